#include "formats/interleaved.hpp"

#include <cstring>

namespace klono::formats {

std::optional<Interleaved> interleaved_of(std::string_view kind, int bits) {
  Interleaved layout;
  layout.bytes = static_cast<std::size_t>(bits) / 8;
  const bool whole = bits == 8 || bits == 16 || bits == 32 || bits == 64;
  if (kind == "float" && (bits == 32 || bits == 64)) layout.kind = Interleaved::Kind::Float;
  else if (kind == "int" && whole) layout.kind = Interleaved::Kind::Signed;
  else if (kind == "uint" && whole) layout.kind = Interleaved::Kind::Unsigned;
  else return std::nullopt;
  return layout;
}

double interleaved_number(const Interleaved& layout, const std::byte* at) {
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < layout.bytes; ++k)
    bits = bits << 8U | std::to_integer<std::uint64_t>(at[layout.big_endian ? k : layout.bytes - 1 - k]);
  if (layout.kind == Interleaved::Kind::Unsigned) return static_cast<double>(bits);
  const auto unused = static_cast<unsigned>(64 - 8 * layout.bytes);
  if (layout.kind == Interleaved::Kind::Signed) return static_cast<double>(static_cast<std::int64_t>(bits << unused) >> unused);
  if (layout.bytes == 8) {
    double value = 0.0;
    std::memcpy(&value, &bits, sizeof value);
    return value;
  }
  const auto half = static_cast<std::uint32_t>(bits);
  float value = 0.0F;
  std::memcpy(&value, &half, sizeof value);
  return static_cast<double>(value);
}

void decode_interleaved(const Interleaved& layout, std::size_t column, double zero, double factor, std::span<const std::byte> bytes, std::span<float> into) {
  const std::byte* at = bytes.data() + column * layout.bytes;
  for (float& value : into) {
    value = static_cast<float>(factor * (interleaved_number(layout, at) - zero));
    at += layout.row_bytes();
  }
}

}  // namespace klono::formats

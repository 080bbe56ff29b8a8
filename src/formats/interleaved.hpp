#pragma once
/// Binary files of rows: one number of each column after the other, all of one kind.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace klono::formats {

struct Interleaved {
  enum class Kind : std::uint8_t { Signed, Unsigned, Float };

  Kind kind = Kind::Signed;
  std::size_t bytes = 2;    ///< a number: 1, 2, 4 or 8; 4 or 8 for Float
  bool big_endian = false;
  std::size_t columns = 1;  ///< > 0

  std::size_t row_bytes() const { return bytes * columns; }
};

/// "int", "uint" or "float" of `bits`; nothing for kinds there are not.
std::optional<Interleaved> interleaved_of(std::string_view kind, int bits);

/// value = factor * (number - zero) of one column; as many rows as `into` has, all of which `bytes` must hold.
void decode_interleaved(const Interleaved& layout, std::size_t column, double zero, double factor, std::span<const std::byte> bytes, std::span<float> into);

/// The same without scale, as doubles.
double interleaved_number(const Interleaved& layout, const std::byte* at);

}  // namespace klono::formats

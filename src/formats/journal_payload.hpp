#pragma once
/// What stands inside the frames of a journal, byte by byte.
///
///   1 header     u8 sensor, f64 planned_s, f64 interval as told, texts: id, context, program version
///   2 anchor     f64 stamp_ms, i64 unix_ms, i32 offset_min
///   3 readings   u32 count, stamps, 9 columns (acceleration, linear, rotation; x, y, z each)
///   4 gap        f64 begin_ms, f64 end_ms, u8 reason
///   5 mark       u32 number, f64 stamp_ms, i8 strength, u8 taken back
///   6 block      f64 stamp_ms, u8 task, u8 end
///   7 sign       i8
///   8 end        f64 stamp_ms
///
/// A text is u32 length and UTF-8. Stamps of readings: u8 0 and an f64 each; or u8 1, the first as i64 microseconds and
/// an i32 for each other one, microseconds since the first. A column: u8 0 nothing but not-a-number; u8 1 and an i16
/// each, tenths; u8 2 and an f32 each; u8 3 and an i16 each, thousandths of standard gravity in m/s². -32768 stands for
/// not-a-number. The smallest of them that gives every value back is taken.

#include <bit>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

#include "formats/journal.hpp"

namespace klono::formats::journal {

template <class T>
concept PayloadNumber = std::integral<T> || std::floating_point<T>;

template <std::size_t kSize>
using BitsOf = std::conditional_t<
    kSize == 1, std::uint8_t,
    std::conditional_t<kSize == 2, std::uint16_t, std::conditional_t<kSize == 4, std::uint32_t, std::uint64_t>>>;

/// Appends little-endian numbers.
class PayloadWriter {
 public:
  template <PayloadNumber T>
  void put(T value) {
    const auto bits = std::bit_cast<BitsOf<sizeof(T)>>(value);
    for (unsigned k = 0; k < sizeof(T); ++k)
      bytes_.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(bits) >> (8 * k) & 0xFF));
  }
  void put_text(std::string_view text);
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

/// Takes them back. Past the end it gives zeros and says so.
class PayloadReader {
 public:
  explicit PayloadReader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <PayloadNumber T>
  T get() {
    std::uint64_t bits = 0;
    if (!has(sizeof(T))) return T{};
    for (unsigned k = 0; k < sizeof(T); ++k) bits |= std::to_integer<std::uint64_t>(bytes_[k]) << (8 * k);
    bytes_ = bytes_.subspan(sizeof(T));
    return std::bit_cast<T>(static_cast<BitsOf<sizeof(T)>>(bits));
  }
  std::string get_text();
  /// Whether that many bytes are left; if not, the payload is broken.
  bool has(std::size_t count) {
    whole_ = whole_ && bytes_.size() >= count;
    return whole_;
  }
  bool whole() const { return whole_; }

 private:
  std::span<const std::byte> bytes_;
  bool whole_ = true;
};

std::uint8_t type_of(const Frame& frame);
bool is_known(std::uint8_t type);

/// Of a frame that is no Readings.
std::vector<std::byte> payload_of(const Frame& frame);
std::vector<std::byte> payload_of(std::span<const Reading> readings);

/// nullopt for an unknown type and for bytes that do not hold what the type promises. Bytes after it are left for
/// later versions.
std::optional<Frame> frame_of(std::uint8_t type, std::span<const std::byte> payload);

}  // namespace klono::formats::journal

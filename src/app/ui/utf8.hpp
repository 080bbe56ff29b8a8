#pragma once
/// Reading UTF-8 one code point at a time.

#include <cstddef>
#include <string_view>

namespace klono::app::ui {

/// The code point at `at`, which moves behind it. Bytes that are no UTF-8 read as U+FFFD, one at a time.
inline char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : (lead >> 5) == 6 ? 2 : (lead >> 4) == 14 ? 3 : (lead >> 3) == 30 ? 4 : 0;
  if (length == 0 || at + length > text.size()) {
    ++at;
    return 0xFFFD;
  }
  if (length == 1) return byte(at++);
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) {
      ++at;
      return 0xFFFD;
    }
    value = (value << 6) | (byte(at + i) & 0x3FU);
  }
  at += length;
  return value;
}

}  // namespace klono::app::ui

#pragma once

#include <cstdint>
#include <string>

namespace klono::formats {

/// Appends one code point up to 0x10FFFF as UTF-8.
void append_utf8(std::string& text, std::uint32_t code);

}  // namespace klono::formats

#pragma once
/// Whole numbers as files hold them, the low byte first.

#include <cstdint>
#include <string>

namespace klono::synth {

/// The low 16 bits of `value`.
inline void put16(std::string& bytes, std::uint64_t value) {
  bytes.push_back(static_cast<char>(value & 0xFFU));
  bytes.push_back(static_cast<char>((value >> 8) & 0xFFU));
}

/// The low 32 bits.
inline void put32(std::string& bytes, std::uint64_t value) {
  put16(bytes, value);
  put16(bytes, value >> 16);
}

}  // namespace klono::synth

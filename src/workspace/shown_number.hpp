#pragma once

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <system_error>

namespace klono::workspace {

/// 0-based place of a number as shown; none if it is not one of 1 to `total`.
inline std::optional<std::size_t> shown_number(std::string_view number, std::size_t total) {
  std::size_t n = 0;
  const auto end = std::from_chars(number.data(), number.data() + number.size(), n);
  if (end.ec != std::errc() || end.ptr != number.data() + number.size()) return std::nullopt;
  return n >= 1 && n <= total ? std::optional(n - 1) : std::nullopt;
}

}  // namespace klono::workspace

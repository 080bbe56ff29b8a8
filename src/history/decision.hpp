#pragma once
/// Module history: values a person enters. Allowed dependencies: base.

#include <cstdint>
#include <string_view>

namespace klono {

/// What the person said about one event. A rejected event does not count.
enum class Decision : std::uint8_t { None, Confirmed, Rejected };

/// Stable identifiers for files: "", "confirmed", "rejected".
constexpr std::string_view name_of(Decision decision) {
  return decision == Decision::Confirmed ? "confirmed" : decision == Decision::Rejected ? "rejected" : "";
}

}  // namespace klono

#pragma once

#include <cstdint>
#include <vector>

#include "detection/event.hpp"

namespace klono::patterns {

/// How many movements were looked at and left out for one reason.
struct ReasonCount {
  Reason reason = Reason::None;
  std::int64_t count = 0;
};

/// Of all that the detector left out, the most frequent reason first (among equals in the order of Reason). What a person
/// rejected is not among them.
std::vector<ReasonCount> count_reasons(const Analysis& analysis);

/// Analysable of recorded time, 0..1; NaN where nothing was recorded.
double analysable_share(const Analysis& analysis);

}  // namespace klono::patterns

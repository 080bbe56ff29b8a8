#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detection/event.hpp"
#include "history/decision.hpp"

namespace klono::patterns {

/// An even train of events, as hiccups make them; described, never named (METHODS.md 6).
struct Train {
  std::int32_t group = -1;
  std::int64_t members = 0;
  double begin_s = 0.0;            ///< first onset
  double end_s = 0.0;              ///< last onset
  double median_interval_s = 0.0;  ///< onset to onset
  double variation = 0.0;          ///< standard deviation of the intervals over their mean
};

/// Groups of rhythmic events, in order of time. Rejected members do not count, and no interval reaches over one; a train that
/// keeps fewer than `rhythmic_members` of them is none.
std::vector<Train> even_trains(const Analysis& analysis, std::span<const Decision> decisions = {});

}  // namespace klono::patterns

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detection/event.hpp"
#include "history/decision.hpp"

namespace klono::patterns {

/// An event within this of an onset of sleep is told as near it (clinical.md 3.2 asks for half an hour).
inline constexpr double kNearSleep_s = 1800.0;

/// One onset of sleep and the brief events around it.
struct NearSleep {
  SleepOnset onset;
  std::int64_t events = 0;  ///< of those that count, each at the nearest onset only
};

/// Of each onset in analysis.rest, in their order.
std::vector<NearSleep> events_near_sleep(const Analysis& analysis, std::span<const Decision> decisions = {});

/// The nearest onset within kNearSleep_s of a time; null without one.
const SleepOnset* onset_near(const RestEstimate& rest, double t_s);

}  // namespace klono::patterns

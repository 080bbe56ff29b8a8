#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detection/event.hpp"
#include "history/decision.hpp"
#include "history/sleep_mark.hpp"

namespace klono::patterns {

/// An event within this of an onset of sleep is told as near it (clinical.md 3.2 asks for half an hour).
inline constexpr double kNearSleep_s = 1800.0;

/// One onset of sleep and the brief events around it.
struct NearSleep {
  SleepOnset onset;
  std::int64_t events = 0;  ///< of those that count, each at the nearest onset only
  std::int64_t before = 0;  ///< how many of them came before it
};

/// Rest and onsets as they are told beside the person's own marks: times at which they say that they fell asleep stand in
/// place of all others. Without such, an estimate at a time when they were up by their marks is left out (chosen).
RestEstimate told_rest(const RestEstimate& found, std::span<const SleepMark> marks);

/// Of each onset in `rest`, in their order.
std::vector<NearSleep> events_near_sleep(const RestEstimate& rest, std::span<const Event> events, std::span<const Decision> decisions = {});

/// The nearest onset within kNearSleep_s of a time; null without one.
const SleepOnset* onset_near(const RestEstimate& rest, double t_s);

}  // namespace klono::patterns

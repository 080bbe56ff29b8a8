#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "detection/event.hpp"
#include "history/decision.hpp"
#include "patterns/rates.hpp"

namespace klono::patterns {

/// The figures every screen and page shows; computed in this one place.
struct Summary {
  Rate brief;           ///< twitches, burst members and rhythmic members together
  Rate limb;            ///< limb movements
  std::array<std::int64_t, 4> counted_by_class{};  ///< Twitch, Burst, Rhythmic, LimbMovement; rejected left out
  std::int64_t series = 0;           ///< groups with at least two members that count
  std::int64_t longest_series = 0;   ///< members of the largest
  std::int64_t confirmed = 0;
  std::int64_t rejected = 0;         ///< by the person
  double median_peak_g = 0.0;        ///< of brief events that count; NaN without any
  double p90_peak_g = 0.0;
  double median_duration_s = 0.0;
  double median_interval_s = 0.0;    ///< onset to onset within one unbroken stretch; NaN below 2 events
};

/// `decisions` is parallel to analysis.events; shorter means None for the rest.
Summary summarise(const Analysis& analysis, std::span<const Decision> decisions = {});

/// Whether an event is one of the brief ones that make the rate.
bool is_brief(EventClass event_class);

}  // namespace klono::patterns

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "detection/event.hpp"
#include "history/decision.hpp"
#include "patterns/limb_rules.hpp"
#include "patterns/near_sleep.hpp"
#include "patterns/rates.hpp"
#include "patterns/trains.hpp"
#include "signal/recording.hpp"

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
  std::vector<Train> trains;         ///< even trains, in order of time
  RestEstimate rest;                 ///< the person's own marks before those of the file and before estimates
  std::vector<NearSleep> near_sleep;  ///< its onsets of sleep with the events around them
  std::array<LimbRuleFigures, 2> limb_rules{};  ///< limb movements in series, by each rule
};

/// `decisions` is parallel to analysis.events; shorter means None for the rest. `sleep_marks` sorted.
Summary summarise(const Analysis& analysis, std::span<const Decision> decisions = {}, std::span<const SleepMark> sleep_marks = {});

/// One part of a guided test. Parts are never added together: jerks at rest and jerks on action are different things
/// (clinical.md D10).
struct BlockSummary {
  Task task = Task::Rest;
  TimeSpan span;
  double length_s = 0.0;      ///< recorded in it
  double analysable_s = 0.0;  ///< recorded less what could not be analysed
  Rate brief;                 ///< of brief events, per hour of analysable_s
  double median_peak_g = 0.0; ///< of brief events; NaN without any
};

/// Of each part, in their order. An event belongs to the part that holds its onset; rejected ones do not count. Where
/// `segments` are not given, each part counts as recorded from end to end.
std::vector<BlockSummary> summarise_blocks(const Analysis& analysis, std::span<const Decision> decisions, std::span<const Block> blocks,
                                           std::span<const Segment> segments = {});

/// The part that holds a time; null outside all. Within one reading of its ends counts as inside (20 ms).
const Block* block_at(std::span<const Block> blocks, double t_s);

/// Whether an event is one of the brief ones that make the rate.
bool is_brief(EventClass event_class);

}  // namespace klono::patterns

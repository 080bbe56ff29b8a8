#pragma once
/// Where events go: as many of each kind as the rates ask for, never two at once.

#include <vector>

#include "base/interval.hpp"
#include "synth/event_shape.hpp"
#include "synth/random.hpp"
#include "synth/synthetic.hpp"
#include "synth/time_axis.hpp"

namespace klono::synth {

/// Events that belong together, times relative to the first.
struct EventItem {
  std::vector<EventPlan> members;
  double length_s = 0.0;  ///< until the last movement has died away
};

EventItem make_single(Random& random, const SyntheticSpec& spec);
EventItem make_series(Random& random, const SyntheticSpec& spec, int members);
EventItem make_rhythmic(Random& random, const SyntheticSpec& spec, int members, double interval_s);
EventItem make_limb_movement(Random& random);
EventItem make_fasciculation(Random& random, const SyntheticSpec& spec);

/// Moves the item to `start_s` and names its series.
std::vector<EventPlan> placed(EventItem item, double start_s, std::int32_t series);

/// True-time stretches in which an event may lie: 2 s from the ends and from longer gaps, 0.25 s
/// from the seams that a few lost samples leave.
std::vector<TimeSpan> room_for_events(const TimeAxis& axis);

/// Gives every jerk its own distance from joint to sensor, 0.15 to 0.45 m (chosen: from a wrist on the forearm to an
/// ankle on the shank); members of a series share it.
void draw_levers(std::vector<EventPlan>& plans, std::uint64_t seed);

/// The part of `a` inside `b`; both sorted and disjoint.
std::vector<TimeSpan> common(const std::vector<TimeSpan>& a, const std::vector<TimeSpan>& b);

/// rate x hours of each kind, rounded, at evenly random places with at least 2.5 s between items
/// (so a single stays single). What finds no place is left out. Sorted by start.
std::vector<EventPlan> schedule(const SyntheticSpec& spec, const std::vector<TimeSpan>& room);

}  // namespace klono::synth

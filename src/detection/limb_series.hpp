#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/interval.hpp"

namespace klono::detection {

/// Limits of the AASM manual for movements in series.
struct AasmSeries {
  double interval_low_s = 5.0;
  double interval_high_s = 90.0;
  double members = 4.0;
};

/// Runs of limb movements, each as places in the list of movements, in order of time.
using LimbRuns = std::vector<std::vector<std::size_t>>;

/// By the AASM manual: four and more movements of 0.5 to 10 s, 5 to 90 s from onset to onset, both included. A longer
/// movement is no limb movement and is passed over. The manual does not say what ends a series: a movement that begins
/// sooner than 5 s after the last one counted is passed over too, and a longer interval ends it (chosen; this is what the
/// rule of WASM changed).
///
/// @param movements  of one limb, sorted by onset; `breaks` sorted: nothing is counted across their begin
/// @source AASM manual as told in PMC9619152, table 3, and in the scoring manual of the NSRR; not seen in the first source.
LimbRuns aasm_runs(std::span<const TimeSpan> movements, std::span<const TimeSpan> breaks, const AasmSeries& limits = {});

/// By WASM 2016: four and more candidates of 0.5 to 10 s, 10 to 90 s from onset to onset, both included. A shorter or a
/// longer interval ends the run, and so does a movement of more than 10 s. The movement after such an interval may begin
/// the next run (chosen).
///
/// @param movements  as above
/// @source Ferri et al. 2016 as told in PMC9619152, table 3; not seen in the first source.
LimbRuns wasm_runs(std::span<const TimeSpan> movements, std::span<const TimeSpan> breaks);

/// Movements of two legs as one row by the AASM manual: movements of 0.5 to 10 s on different legs that begin less than 5 s apart are one. It begins
/// and ends as the first (chosen).
///
/// @param one, other  each sorted by onset
/// @source as aasm_runs()
std::vector<TimeSpan> both_legs_aasm(std::span<const TimeSpan> one, std::span<const TimeSpan> other);

/// By WASM 2016: movements that overlap, or of which the next begins less than 0.5 s after the end of the last, are one, from the first onset to
/// the last end. Of at most four parts and 15 s together it still counts as one of 10 s (that limit was not seen in the sources at hand).
///
/// @source as wasm_runs()
std::vector<TimeSpan> both_legs_wasm(std::span<const TimeSpan> one, std::span<const TimeSpan> other);

/// What counts as a limb movement by either rule: 0.5 to 10 s.
inline constexpr double kShortestLimb_s = 0.5;
inline constexpr double kLongestLimb_s = 10.0;

}  // namespace klono::detection

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

/// What counts as a limb movement by either rule: 0.5 to 10 s.
inline constexpr double kShortestLimb_s = 0.5;
inline constexpr double kLongestLimb_s = 10.0;

}  // namespace klono::detection

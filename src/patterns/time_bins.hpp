#pragma once

#include <span>
#include <vector>

#include "detection/event.hpp"
#include "history/decision.hpp"
#include "patterns/rates.hpp"
#include "signal/recording.hpp"

namespace klono::patterns {

/// Below it the recording as a strip says as much (chosen).
inline constexpr double kShortestForBins_s = 7200.0;
/// A rate over less is drawn hollow (look, "Charts").
inline constexpr double kSolidExposure_s = 600.0;

/// Masks and gaps within [0, duration_s), sorted and merged.
std::vector<TimeSpan> without_analysis(const Analysis& analysis, std::span<const Gap> gaps, double duration_s);

/// Brief events that count in one stretch of time. Its rate has no hours where nothing could be analysed.
struct TimeBin {
  TimeSpan span;
  Rate rate;

  bool absent() const { return rate.hours <= 0.0; }
  bool hollow() const { return rate.hours * 3600.0 < kSolidExposure_s; }
};

/// The whole recording in at most 25 bins of a round width that begin at round times of the clock.
std::vector<TimeBin> time_bins(const Analysis& analysis, std::span<const Decision> decisions, std::span<const Gap> gaps, const WallClock& start,
                               double duration_s);

/// The highest rate of a bin that is not hollow: a few seconds with one event would dwarf all else. 0 without any.
double highest_rate(std::span<const TimeBin> bins);

}  // namespace klono::patterns

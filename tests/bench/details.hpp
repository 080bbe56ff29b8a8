#pragma once
/// What recall and precision do not tell of ours: how exact onsets and peaks are, whether series are found as such, and
/// whether a confidence means what it says.

#include <array>
#include <string>
#include <vector>

#include "bench/hard_scenarios.hpp"
#include "bench/methods.hpp"
#include "bench/score.hpp"
#include "bench/table.hpp"

namespace klono::bench {

inline constexpr std::size_t kConfidenceBins = 10;

struct Details {
  /// Of found jerks of at least 6 dB, at a true rate of 98 Hz and more, unrounded.
  std::vector<double> onset_error_s;        ///< size
  std::vector<double> onset_error_periods;  ///< the same in sample periods
  std::vector<double> peak_error;           ///< size, as a share of the true peak
  Score series;                             ///< runs and trains of which at least three members are visible
  std::array<int, kConfidenceBins> detected{};  ///< by confidence, 0 to 1
  std::array<int, kConfidenceBins> true_ones{};  ///< of them; invisible events are true ones here
  int false_events = 0;
  int brief_false_events = 0;                ///< of them, all but limb movements: a willed movement of 0.7 to 10 s is one, too
  double expected_false = 0.0;               ///< told by the analyses, for the scored time
  double doubted = 0.0;                      ///< sum of 1 less the confidence, of detections that count here
  double hours = 0.0;             ///< scored
  double analysable_hours = 0.0;  ///< of the whole recordings
  double recorded_hours = 0.0;
};

Details measure_details(const SweepPoint& point, const std::vector<HardSpec>& specs, const std::string& folder);

/// Share of true events by confidence, with the exact binomial interval.
Table reliability_table(const Details& details, const std::string& key, const std::string& title);

/// A series counts as found where one group of detections holds half of its visible members or more.
Score series_score(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events);

}  // namespace klono::bench

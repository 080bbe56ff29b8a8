#pragma once
/// Counts and what follows from them.

#include <string>
#include <vector>

#include "base/interval.hpp"
#include "bench/matching.hpp"

namespace klono::bench {

/// NaN where there is nothing to divide by: no statistic of an empty set is 0.
struct Score {
  int truth = 0;
  int found = 0;
  int detected = 0;  ///< detections that this row can answer for
  int false_events = 0;

  double recall() const;
  double precision() const;
  double f1() const;
  Score& operator+=(const Score& other);
};

/// A labelled Score; the rows of one table.
struct ScoreRow {
  std::string label;
  Score score;
};

/// Index 0..4 of the bands below 0, 0-6, 6-12, 12-20, above 20 dB.
std::size_t band_of(double snr_db);
const std::vector<std::string>& band_labels();

/// Lies wholly outside `disturbed`, with `margin_s` to spare.
bool is_clear(const TimeSpan& span, const std::vector<TimeSpan>& disturbed, double margin_s);

/// Quantile by straight lines between order statistics; NaN of nothing.
double quantile(std::vector<double> values, double share);

}  // namespace klono::bench

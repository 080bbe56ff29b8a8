#pragma once
/// Ours, the oracle and public methods on the same hard recordings: the benchmark by which the detector is trusted.

#include <optional>
#include <string>
#include <vector>

#include "bench/hard_scenarios.hpp"
#include "bench/table.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

struct ComparisonSize {
  int rest_recordings = 40;      ///< modelled ones, each split
  double rest_length_s = 1200.0;
  int active_recordings = 32;
  double active_length_s = 300.0;
  int bootstrap_draws = 400;
};

/// A minute or two: wide intervals, the same kinds of recordings.
ComparisonSize short_comparison();

/// Seconds, modelled backgrounds only: part of every test run, to see that it runs.
ComparisonSize smallest_comparison();

/// Tables of the wanted split (both without one); thresholds are always chosen on the train split. `folder`: real
/// recordings, may be empty.
std::vector<Table> compare(const DetectorSettings& settings, const ComparisonSize& size, std::optional<Split> wanted, const std::string& folder);

}  // namespace klono::bench

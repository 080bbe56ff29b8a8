#pragma once
/// Ours, the oracle and public methods on the same EMG, and the leg movement rule at the rates of a sleep laboratory.

#include <optional>
#include <string>
#include <vector>

#include "bench/hard_scenarios.hpp"
#include "bench/table.hpp"
#include "detection/emg/emg_settings.hpp"

namespace klono::bench {

struct EmgComparisonSize {
  int recordings = 30;        ///< modelled ones, each split; a multiple of 15
  double length_s = 180.0;
  int bootstrap_draws = 400;
  int limb_recordings = 8;    ///< each rate
};

/// Half a minute: wide intervals, the same kinds of recordings.
EmgComparisonSize short_emg_comparison();

/// Thresholds by the train split; tables of the wanted split (both without one). `folder`: real recordings, may be empty.
std::vector<Table> compare_emg(const EmgSettings& settings, const EmgComparisonSize& size, std::optional<Split> wanted, const std::string& folder);

/// Leg movements of 0.65 to 9.3 s that the rule must find, and stretches that are too short (0.3 s and less), too long (12 s) or too weak
/// (3 uV) for it, in noise with mains, without and with a heart, at 200 and 256 Hz.
Table limb_rule_table(const EmgSettings& settings, int recordings, Split split);

}  // namespace klono::bench

#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "detection/emg/emg_event.hpp"
#include "patterns/limb_rules.hpp"

namespace klono::patterns {

/// The EMG of both legs in one recording, as places in its list of channels.
struct LegPair {
  std::size_t first = 0;
  std::size_t second = 0;
};

/// The two channels in microvolts whose names speak of legs ("LLeg", "Leg/R", "EMG TIB 2", "LAT", "RAT", …); none where there are not exactly two.
std::optional<LegPair> leg_pair(const EmgAnalysis& emg);

/// Both legs as one row of movements, each rule with its own way of putting them together (detection/limb_series.hpp). Per hour that could be
/// analysed in the channel with fewer of them. What ends a run in one leg ends it for both.
std::array<LimbRuleFigures, 2> limb_rules(const EmgAnalysis& emg, const LegPair& legs);

}  // namespace klono::patterns

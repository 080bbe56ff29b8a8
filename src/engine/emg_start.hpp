#pragma once

#include <optional>
#include <vector>

#include "detection/emg/emg_analysis.hpp"
#include "signal/recording.hpp"

namespace klono::engine {

/// Whether there is anything to look for: EMG alone as check_emg, all else as formats::check_analysable.
Status check_usable(const Recording& recording);

/// The analysis of the EMG that a recording holds, alone or beside acceleration; none where it holds none. EMG that cannot be
/// analysed is told in `warnings` and hides nothing else. `recording` must outlive it.
std::optional<StepwiseEmg> start_emg(const Recording& recording, const EmgSettings& settings, std::vector<Warning>& warnings,
                                     const EmgChannelListener& listener = {});

}  // namespace klono::engine

#pragma once
/// The floor: methods that anyone can find and code in an afternoon, each at a list of thresholds.
///
/// Own filters, so that nothing is borrowed from the detector they are compared with. Values follow the sources named; what
/// has none is marked *chosen*. Events as each method tells them, sorted by onset.

#include <vector>

#include "detection/event.hpp"
#include "signal/recording.hpp"

namespace klono::bench {

/// Local maxima of |a| (each axis high-passed at 0.5 Hz and low-passed at 20 Hz, second order) above `multiple` times the
/// median of |a| over the recording, at least 0.3 s apart (*chosen*). The event reaches as far as half of its peak.
std::vector<std::vector<Event>> threshold_and_peaks(const Recording& recording, const std::vector<double>& multiples);

/// Teager–Kaiser energy x[n]^2 - x[n-1] x[n+1] of the same signal, summed over the axes, mean over 50 ms. From above
/// mean + h deviations of rest to below mean + h/3 (double threshold; *chosen*: a third), pauses up to 0.12 s bridged. Mean and
/// deviation by median and quartiles, as single readings of the recording must not set them (Solnik 2010: mean + h SD of a baseline).
std::vector<std::vector<Event>> teager_kaiser(const Recording& recording, const std::vector<double>& deviations);

/// As actigraphs tell limb movements (PAM-RL: 0.3 to 20 Hz, on above a level, off below half of it, 200 and 100 mg by the maker;
/// Sforza 2005 as told in PendulumDocs), ended by 0.5 s below the off level as in the leg rules of AASM and WASM (the device waits for
/// 1 s, in which members of a series would melt), at most 10 s long. No shortest length (*chosen*): a jerk may be shorter than the rules' 0.5 s.
std::vector<std::vector<Event>> limb_movement_rule(const Recording& recording, const std::vector<double>& on_levels_g);

}  // namespace klono::bench

#pragma once
/// The methods of EMG that are compared, each at all its thresholds.

#include <functional>
#include <string>
#include <vector>

#include "bench/emg/emg_cases.hpp"
#include "bench/emg/emg_find.hpp"
#include "detection/emg/emg_settings.hpp"

namespace klono::bench {

/// What one method finds at each of its points in one recording; sorted by onset.
using EmgFound = std::vector<std::vector<EmgFind>>;

struct EmgMethod {
  std::string name;
  std::vector<std::string> points;
  std::function<EmgFound(const EmgCase&)> run;
};

/// Thresholds on the score.
EmgMethod emg_oracle_method();

/// Counted bursts of every kind; settings as they are.
EmgMethod our_emg_method(const std::string& name, const EmgSettings& settings);

/// `bursts.on_multiple` swept, the off level as it is, or 0.8 of the on level where that is lower.
EmgMethod our_emg_sweep(const std::string& name, const EmgSettings& settings);

/// Rectified and smoothed EMG above mean + h deviations of rest, and TKEO with two thresholds. High-passed at 20 Hz, mains and its third
/// harmonic notched at 50 and 60 Hz, both of second order.
std::vector<EmgMethod> public_emg_methods();

/// Mean over 50 ms of the rectified signal above mean + h deviations (Hodges & Bui 1996, Electroenceph Clin Neurophysiol 101:511; the rest by
/// median and quartiles, not by a stretch that a person chose), stretches shorter than 20 ms left out, pauses of 15 ms bridged (chosen).
EmgFound rectified_and_smoothed(const Recording& recording, const std::vector<double>& deviations);

/// TKEO x[n]^2 - x[n-1] x[n+1], mean over 25 ms of its size, from above mean + h deviations to below mean + h/3 (Solnik 2010, Eur J Appl Physiol
/// 110:489: TKEO and mean + h SD; two thresholds chosen), pauses of 15 ms bridged.
EmgFound teager_kaiser_emg(const Recording& recording, const std::vector<double>& deviations);

}  // namespace klono::bench

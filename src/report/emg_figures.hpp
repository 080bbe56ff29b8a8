#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "detection/emg/emg_event.hpp"
#include "patterns/rates.hpp"

namespace klono::report {

/// What a person reads of one EMG channel. Rates per analysable hour of the channel; medians are NaN where there is nothing to
/// take them of.
struct EmgFigures {
  patterns::Rate bursts;      ///< bursts alone, without potentials and longer activity
  double burst_length_s = 0.0;  ///< median
  double burst_peak = 0.0;      ///< median, in the channel's unit
  patterns::Rate potentials;
  std::int64_t activities = 0;
  double activity_s = 0.0;    ///< together
  std::int64_t silences = 0;
  double silence_length_s = 0.0;  ///< median
  patterns::Rate limb;
  std::int64_t limb_in_series = 0;
};

EmgFigures figures_of(const EmgChannelAnalysis& channel);

/// "42 µV", or "42 counts" where the file is not in microvolts.
std::string emg_size_words(const EmgChannelAnalysis& channel, double size);

/// "34 ms"; "not known" where it is no number.
std::string emg_length_words(double seconds);

}  // namespace klono::report

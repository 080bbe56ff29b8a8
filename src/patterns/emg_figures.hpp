#pragma once

#include <cstdint>

#include "detection/emg/emg_event.hpp"
#include "patterns/rates.hpp"

namespace klono::patterns {

/// What a person reads of one EMG channel: the same on every screen, page and command line. Rates per analysable hour of the
/// channel; medians are NaN where there is nothing to take them of.
struct EmgFigures {
  Rate bursts;      ///< bursts alone, without potentials and longer activity
  double burst_length_s = 0.0;  ///< median
  double burst_peak = 0.0;      ///< median, in the channel's unit
  Rate potentials;
  std::int64_t activities = 0;
  double activity_s = 0.0;    ///< together
  std::int64_t silences = 0;
  double silence_length_s = 0.0;  ///< median
  Rate limb;
  std::int64_t limb_in_series = 0;          ///< by the rule of the AASM manual, with the limits of the settings
  std::int64_t limb_in_series_wasm = 0;     ///< by that of WASM 2016
};

EmgFigures figures_of(const EmgChannelAnalysis& channel);

}  // namespace klono::patterns

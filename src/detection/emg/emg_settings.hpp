#pragma once
/// Settings of the EMG analysis: one struct a stage, each default with its source or the word "chosen".

#include <span>
#include <string_view>

#include "base/result.hpp"
#include "detection/setting_table.hpp"

namespace klono {

/// What is kept of the signal.
struct EmgConditioningSettings {
  double band_low_hz = 20.0;
  double band_high_hz = 300.0;    ///< or 0.45 of the sampling rate where that is lower
  double limb_low_hz = 10.0;      ///< of the leg movement rule
  double limb_high_hz = 100.0;    ///< likewise
  double mains_above = 6.0;       ///< power at 50 or 60 Hz over its neighbours that counts as mains
};

/// The quiet level, and where a burst begins and ends.
struct EmgBurstSettings {
  double envelope_s = 0.015;
  double floor_window_s = 30.0;
  double on_multiple = 4.0;       ///< envelope over the quiet level
  double off_multiple = 1.7;
  double steady_s = 0.05;         ///< a longer envelope, by which weak bursts are told
  double steady_multiple = 1.9;   ///< likewise, over the quiet level
  double smallest_uv = 3.0;       ///< envelope; where the unit is microvolts
  double edge_share = 0.2;        ///< of the largest TKEO level: where onset and end are set
  double merge_s = 0.015;         ///< shorter dips do not end a burst
  double shortest_s = 0.003;
  double potential_s = 0.020;     ///< shorter and alone: the size of one motor unit
  double potential_alone_s = 0.2;
  double potential_least_uv = 50.0;  ///< peak to peak; where the unit is microvolts
  double longest_s = 0.3;         ///< longer is activity, not a burst
  double slow_below_hz = 40.0;    ///< mean frequency below which it is not muscle
};

/// Pauses in steady activity.
struct EmgSilenceSettings {
  double shortest_s = 0.05;
  double longest_s = 0.5;
  double level_share = 0.25;      ///< of the activity before
  double activity_s = 0.3;        ///< steady activity before it
  double activity_least_uv = 10.0;  ///< rms; where the unit is microvolts
};

/// Leg movements by the rule of the AASM manual; microvolts only.
struct EmgLimbSettings {
  double on_uv = 8.0;
  double off_uv = 2.0;
  double off_s = 0.5;
  double shortest_s = 0.5;
  double longest_s = 10.0;
  double series_interval_low_s = 5.0;
  double series_interval_high_s = 90.0;
  double series_members = 4.0;
};

/// What cannot be analysed, and channels together.
struct EmgSignalSettings {
  double hum_share = 0.9995;       ///< of the power: a lead that hears mains only
  double flat_s = 1.0;            ///< one value for this long: a lead that is off
  double together_s = 0.025;      ///< onsets of two channels this close belong together
};

/// All that can change a result; travels with every result.
struct EmgSettings {
  EmgConditioningSettings conditioning;
  EmgBurstSettings bursts;
  EmgSilenceSettings silences;
  EmgLimbSettings limb;
  EmgSignalSettings signal;
};

/// One numeric setting as a person meets it.
using EmgSettingInfo = SettingOf<EmgSettings>;

/// Every setting, in display order. The one place that knows ranges and sources.
std::span<const EmgSettingInfo> emg_setting_table();

/// Sets one value by key; the range is checked. Error: BadSetting, naming the key and the range.
Status set_by_key(EmgSettings& settings, std::string_view key, double value);

}  // namespace klono

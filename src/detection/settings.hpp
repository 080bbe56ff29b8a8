#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "detection/setting_table.hpp"

namespace klono {

enum class Sensitivity : std::uint8_t { Careful, Balanced, Sensitive };

/// Movement against gravity, and the working rate.
struct ConditioningSettings {
  double split_half_s = 1.0;   ///< gravity is the weighted mean over this long on both sides
  double band_high_hz = 20.0;  ///< or 0.45 of the sampling rate where that is lower
};

/// Local noise floor and the candidate level.
struct CandidateSettings {
  double floor_window_s = 60.0;
  double floor_multiple = 7.0;
  double smallest_peak_g = 0.020;
  double false_per_hour = 0.5;        ///< of the matched filters, by chance in steady noise
  double matched_share = 0.15;        ///< of smallest_peak_g: what the matched filters know may be this much smaller
  double off_fraction = 0.4;
  double envelope_s = 0.10;
  double coarse_step_g = 0.005;  ///< acceleration rounded to this or more: the gyroscope is asked too
};

/// What a candidate must satisfy to be counted, and which stretches cannot be analysed.
struct RejectionSettings {
  double longest_rise_s = 0.15;
  double quiet_s = 1.0;
  double largest_tilt_deg = 10.0;
  double shortest_event_s = 0.03;
  double knock_above_hz = 8.0;
  double tremor_low_hz = 3.0;
  double tremor_high_hz = 13.0;
  double tremor_narrowness = 0.6;
  double body_movement_s = 10.0;
  double body_margin_s = 5.0;
};

/// Classes and groups.
struct GroupingSettings {
  double twitch_below_s = 0.7;
  double limb_movement_below_s = 10.0;
  double series_gap_s = 2.0;
  double rhythmic_cv_below = 0.35;
  double rhythmic_members = 5.0;
  double rhythmic_interval_s = 15.0;
};

/// Stages of the detector that can be left out, to measure what each buys (METHODS.md 11). All on wherever people are told results.
struct StageSettings {
  bool foretelling = true;      ///< whitening in time: what goes on as before is taken away
  bool directions = true;       ///< whitening across directions
  bool three_forms = true;      ///< of a jerk; else the middle one alone
  bool near_null = true;        ///< the recording's own height of the last seconds; else of the last minute alone
  bool own_tail = true;         ///< the recording's own tail; else that of Gaussian noise
  bool other_causes = true;     ///< knocks and slow movement may explain better what looks like a jerk
  bool unexplained_rest = true; ///< what a jerk leaves unexplained is held against it
};

/// All that can change a result; travels with every result. Gate off reports everything.
struct DetectorSettings {
  Sensitivity sensitivity = Sensitivity::Balanced;
  bool gate = true;
  ConditioningSettings conditioning;
  CandidateSettings candidates;
  RejectionSettings rejection;
  GroupingSettings grouping;
  StageSettings stages;
};

/// What a sensitivity means: factors on the floor multiple, on the smallest peaks and on what may be found by chance.
struct SensitivityFactors {
  double floor_multiple = 1.0;
  double smallest_peak = 1.0;
  double false_per_hour = 1.0;
};
SensitivityFactors factors_of(Sensitivity sensitivity);

/// What the matched filters may find by chance in an hour of steady noise, at the sensitivity set.
double false_events_per_hour(const DetectorSettings& settings);

/// The peak in g that the matched filters must tell at least, at the sensitivity set.
double smallest_matched_g(const DetectorSettings& settings);

/// One numeric setting as a person meets it.
using SettingInfo = SettingOf<DetectorSettings>;

/// Every numeric setting, in display order. The one place that knows ranges and sources.
std::span<const SettingInfo> setting_table();

/// Sets one value by key; the range is checked. Error: BadSetting, naming the key and the range.
Status set_by_key(DetectorSettings& settings, std::string_view key, double value);

std::string_view name_of(Sensitivity sensitivity);

}  // namespace klono

#include "detection/settings.hpp"

namespace klono {
namespace {

#define KLONO_SETTING(stage, field, unit, low, high, source)                                                     \
  SettingInfo {                                                                                                  \
    #stage "." #field, unit, low, high, source, [](const DetectorSettings& s) { return s.stage.field; },         \
        [](DetectorSettings& s, double value) { s.stage.field = value; }                                         \
  }

constexpr SettingInfo kTable[] = {
    KLONO_SETTING(conditioning, split_half_s, "s", 0.5, 1.0, "chosen: the longest that leaves an event final 2 s after it"),
    KLONO_SETTING(conditioning, band_high_hz, "Hz", 8.0, 40.0, "a jerked limb moves below 10 Hz (limb model, METHODS 10)"),
    KLONO_SETTING(candidates, floor_window_s, "s", 10.0, 300.0, "chosen: long against a series, short against a night"),
    KLONO_SETTING(candidates, floor_multiple, "", 3.0, 20.0, "chosen: 6 to 8 times the local floor is usual for ankle sensors"),
    KLONO_SETTING(candidates, smallest_peak_g, "g", 0.0, 1.0, "leg movement monitors use 15 to 50 mg (METHODS 10)"),
    KLONO_SETTING(candidates, false_per_hour, "/h", 0.001, 100.0, "chosen: few against the events of a day, and told with every result"),
    KLONO_SETTING(candidates, matched_share, "", 0.0, 1.0, "chosen: 3 mg of 20; heart beats move a resting limb by 1 to 3 mg"),
    KLONO_SETTING(candidates, off_fraction, "", 0.2, 0.8, "leg movement monitors use 0.3 to 0.5 of the upper level (METHODS 10)"),
    KLONO_SETTING(candidates, envelope_s, "s", 0.05, 0.5, "chosen: a third of the shortest swing of a limb"),
    KLONO_SETTING(candidates, coarse_step_g, "g", 0.001, 1.0, "chosen: a step of 5 mg exceeds the noise of a phone's sensor; browsers round to 10 mg"),
    KLONO_SETTING(rejection, longest_rise_s, "s", 0.05, 1.0, "chosen: a jerk rises within 0.15 s"),
    KLONO_SETTING(rejection, quiet_s, "s", 0.0, 10.0, "1 s on both sides removes most false events of daily movement (METHODS 10)"),
    KLONO_SETTING(rejection, largest_tilt_deg, "deg", 1.0, 90.0, "chosen: before against after"),
    KLONO_SETTING(rejection, shortest_event_s, "s", 0.0, 0.5, "chosen: shorter is one or two samples of a usual phone"),
    KLONO_SETTING(rejection, knock_above_hz, "Hz", 6.0, 25.0, "chosen: a touched phone is taken to ring at 8 to 20 Hz"),
    KLONO_SETTING(rejection, tremor_low_hz, "Hz", 1.0, 10.0, "tremor lies between 3 and 13 Hz (PMC6806079)"),
    KLONO_SETTING(rejection, tremor_high_hz, "Hz", 5.0, 20.0, "tremor lies between 3 and 13 Hz (PMC6806079)"),
    KLONO_SETTING(rejection, tremor_narrowness, "", 0.3, 0.95, "chosen: share of the power within 1 Hz of the peak; noise stays below 0.3"),
    KLONO_SETTING(rejection, body_movement_s, "s", 2.0, 60.0, "leg movements last at most 10 s (AASM)"),
    KLONO_SETTING(rejection, body_margin_s, "s", 0.0, 30.0, "chosen: limbs settle within seconds"),
    KLONO_SETTING(grouping, twitch_below_s, "s", 0.2, 2.0, "chosen: a jerked limb rings for 0.27 to 0.67 s (limb model, METHODS 10)"),
    KLONO_SETTING(grouping, limb_movement_below_s, "s", 2.0, 60.0, "leg movements last 0.5 to 10 s (AASM)"),
    KLONO_SETTING(grouping, series_gap_s, "s", 0.5, 10.0, "chosen: a convention"),
    KLONO_SETTING(grouping, rhythmic_cv_below, "", 0.05, 1.0, "chosen: a measured bout of hiccups varied by 0.25 of its interval"),
    KLONO_SETTING(grouping, rhythmic_members, "", 4.0, 20.0, "chosen: four intervals, so that chance rarely makes a train"),
    KLONO_SETTING(grouping, rhythmic_interval_s, "s", 1.0, 60.0, "hiccups come 4 to 60 a minute (METHODS 10)"),
};

#undef KLONO_SETTING

}  // namespace

SensitivityFactors factors_of(Sensitivity sensitivity) {
  switch (sensitivity) {
    case Sensitivity::Careful: return {1.3, 1.5, 0.2};
    case Sensitivity::Balanced: break;
    case Sensitivity::Sensitive: return {0.75, 0.6, 6.0};
  }
  return {};
}

double false_events_per_hour(const DetectorSettings& settings) {
  return settings.candidates.false_per_hour * factors_of(settings.sensitivity).false_per_hour;
}

double smallest_matched_g(const DetectorSettings& settings) {
  return settings.candidates.matched_share * settings.candidates.smallest_peak_g * factors_of(settings.sensitivity).smallest_peak;
}

std::span<const SettingInfo> setting_table() { return kTable; }

Status set_by_key(DetectorSettings& settings, std::string_view key, double value) { return set_in_table<DetectorSettings>(kTable, settings, key, value); }

std::string_view name_of(Sensitivity sensitivity) {
  switch (sensitivity) {
    case Sensitivity::Careful: return "careful";
    case Sensitivity::Balanced: break;
    case Sensitivity::Sensitive: return "sensitive";
  }
  return "balanced";
}

}  // namespace klono

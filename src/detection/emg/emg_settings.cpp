#include "detection/emg/emg_settings.hpp"

namespace klono {
namespace {

#define KLONO_EMG_SETTING(stage, field, unit, low, high, source)                                                  \
  EmgSettingInfo {                                                                                                \
    "emg." #stage "." #field, unit, low, high, source, [](const EmgSettings& s) { return s.stage.field; },         \
        [](EmgSettings& s, double value) { s.stage.field = value; }                                               \
  }

constexpr EmgSettingInfo kTable[] = {
    KLONO_EMG_SETTING(conditioning, band_low_hz, "Hz", 5.0, 100.0, "surface EMG lies between 20 and 300 Hz (METHODS 11)"),
    KLONO_EMG_SETTING(conditioning, band_high_hz, "Hz", 80.0, 1000.0, "surface EMG lies between 20 and 300 Hz (METHODS 11)"),
    KLONO_EMG_SETTING(conditioning, limb_low_hz, "Hz", 5.0, 30.0, "leg channels of sleep laboratories: 10 to 100 Hz (METHODS 11)"),
    KLONO_EMG_SETTING(conditioning, limb_high_hz, "Hz", 40.0, 300.0, "leg channels of sleep laboratories: 10 to 100 Hz (METHODS 11)"),
    KLONO_EMG_SETTING(conditioning, mains_above, "", 2.0, 100.0, "chosen: noise alone stays below 4"),
    KLONO_EMG_SETTING(bursts, envelope_s, "s", 0.005, 0.05, "RMS over 10 to 20 ms (METHODS 11)"),
    KLONO_EMG_SETTING(bursts, floor_window_s, "s", 10.0, 300.0, "a noise floor of 30 s is used for leg EMG (METHODS 11)"),
    KLONO_EMG_SETTING(bursts, on_multiple, "", 2.0, 20.0, "chosen: the envelope of noise stays below 3.5 times its quiet level"),
    KLONO_EMG_SETTING(bursts, off_multiple, "", 1.2, 10.0, "chosen on the train split of the benchmark"),
    KLONO_EMG_SETTING(bursts, steady_s, "s", 0.02, 0.2, "chosen on the train split of the benchmark"),
    KLONO_EMG_SETTING(bursts, steady_multiple, "", 1.5, 20.0, "chosen on the train split of the benchmark"),
    KLONO_EMG_SETTING(bursts, smallest_uv, "uV", 0.0, 1000.0, "chosen: some times the noise of a surface electrode"),
    KLONO_EMG_SETTING(bursts, edge_share, "", 0.05, 0.5, "chosen: the least error of onset on the modelled bursts of the tests"),
    KLONO_EMG_SETTING(bursts, merge_s, "s", 0.002, 0.1, "chosen: the pauses within one burst of modelled EMG"),
    KLONO_EMG_SETTING(bursts, shortest_s, "s", 0.0, 0.02, "chosen: shorter is not a potential of a muscle"),
    KLONO_EMG_SETTING(bursts, potential_s, "s", 0.005, 0.05, "chosen: a motor unit's potential at the skin lasts 5 to 15 ms"),
    KLONO_EMG_SETTING(bursts, potential_alone_s, "s", 0.0, 5.0, "chosen: a motor unit used on purpose fires 5 times a second and more"),
    KLONO_EMG_SETTING(bursts, potential_least_uv, "uV", 0.0, 1000.0, "50 uV peak to peak (PMID 7515791)"),
    KLONO_EMG_SETTING(bursts, longest_s, "s", 0.1, 2.0, "bursts last 10 to 300 ms (METHODS 11)"),
    KLONO_EMG_SETTING(bursts, slow_below_hz, "Hz", 0.0, 80.0, "chosen: heart beats and cables lie below, muscle above"),
    KLONO_EMG_SETTING(silences, shortest_s, "s", 0.03, 0.2, "silent periods of 50 to 500 ms (PMID 37952446)"),
    KLONO_EMG_SETTING(silences, longest_s, "s", 0.1, 2.0, "silent periods of 50 to 500 ms (PMID 37952446)"),
    KLONO_EMG_SETTING(silences, level_share, "", 0.05, 0.6, "chosen: steady activity of modelled EMG does not fall this far for 50 ms"),
    KLONO_EMG_SETTING(silences, activity_s, "s", 0.1, 5.0, "chosen: as long as the longest burst"),
    KLONO_EMG_SETTING(silences, activity_least_uv, "uV", 0.0, 1000.0, "chosen: clearly above the noise of a surface electrode"),
    KLONO_EMG_SETTING(limb, on_uv, "uV", 1.0, 100.0, "AASM manual: 8 uV above rest"),
    KLONO_EMG_SETTING(limb, off_uv, "uV", 0.5, 50.0, "AASM manual: below 2 uV above rest"),
    KLONO_EMG_SETTING(limb, off_s, "s", 0.1, 5.0, "AASM manual: for at least 0.5 s"),
    KLONO_EMG_SETTING(limb, shortest_s, "s", 0.1, 5.0, "AASM manual: 0.5 to 10 s"),
    KLONO_EMG_SETTING(limb, longest_s, "s", 2.0, 60.0, "AASM manual: 0.5 to 10 s"),
    KLONO_EMG_SETTING(limb, series_interval_low_s, "s", 1.0, 30.0, "AASM manual: 5 to 90 s from onset to onset"),
    KLONO_EMG_SETTING(limb, series_interval_high_s, "s", 30.0, 300.0, "AASM manual: 5 to 90 s from onset to onset"),
    KLONO_EMG_SETTING(limb, series_members, "", 2.0, 20.0, "AASM manual: four and more"),
    KLONO_EMG_SETTING(signal, hum_share, "", 0.5, 1.0, "chosen: mains forty-five times what is left"),
    KLONO_EMG_SETTING(signal, flat_s, "s", 0.2, 60.0, "chosen: as for acceleration"),
    KLONO_EMG_SETTING(signal, together_s, "s", 0.005, 0.2, "chosen: a volley reaches neighbouring muscles within some milliseconds"),
};

#undef KLONO_EMG_SETTING

}  // namespace

std::span<const EmgSettingInfo> emg_setting_table() { return kTable; }

Status set_by_key(EmgSettings& settings, std::string_view key, double value) { return set_in_table<EmgSettings>(kTable, settings, key, value); }

}  // namespace klono

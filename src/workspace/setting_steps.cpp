#include "workspace/setting_steps.hpp"

#include <fast_float/fast_float.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/words.hpp"

namespace klono::workspace {
namespace {

struct Name {
  std::string_view field;
  Word word;
};

constexpr std::array kNames{Name{"split_half_s", Word::app_settings_split_half_s},
                            Name{"band_high_hz", Word::app_settings_band_high_hz},
                            Name{"floor_window_s", Word::app_settings_floor_window_s},
                            Name{"floor_multiple", Word::app_settings_floor_multiple},
                            Name{"smallest_peak_g", Word::app_settings_smallest_peak_g},
                            Name{"false_per_hour", Word::app_settings_false_per_hour},
                            Name{"matched_share", Word::app_settings_matched_share},
                            Name{"off_fraction", Word::app_settings_off_fraction},
                            Name{"envelope_s", Word::app_settings_envelope_s},
                            Name{"coarse_step_g", Word::app_settings_coarse_step_g},
                            Name{"longest_rise_s", Word::app_settings_longest_rise_s},
                            Name{"quiet_s", Word::app_settings_quiet_s},
                            Name{"largest_tilt_deg", Word::app_settings_largest_tilt_deg},
                            Name{"shortest_event_s", Word::app_settings_shortest_event_s},
                            Name{"twitch_below_s", Word::app_settings_twitch_below_s},
                            Name{"limb_movement_below_s", Word::app_settings_limb_movement_below_s},
                            Name{"series_gap_s", Word::app_settings_series_gap_s},
                            Name{"rhythmic_cv_below", Word::app_settings_rhythmic_cv_below},
                            Name{"rhythmic_members", Word::app_settings_rhythmic_members},
                            Name{"rhythmic_interval_s", Word::app_settings_rhythmic_interval_s},
                            Name{"knock_above_hz", Word::app_settings_knock_above_hz},
                            Name{"tremor_low_hz", Word::app_settings_tremor_low_hz},
                            Name{"tremor_high_hz", Word::app_settings_tremor_high_hz},
                            Name{"tremor_narrowness", Word::app_settings_tremor_narrowness},
                            Name{"body_movement_s", Word::app_settings_body_movement_s},
                            Name{"body_margin_s", Word::app_settings_body_margin_s}};

/// A step and its decimal exponent, so that multiples are exact decimals.
struct Step {
  double mantissa;
  int exponent;

  double size() const { return mantissa * std::pow(10.0, exponent); }
  double multiple(double count) const {
    return exponent < 0 ? count * mantissa / std::pow(10.0, -exponent) : count * mantissa * std::pow(10.0, exponent);
  }
};

/// About a tenth of the default, of which the default is a multiple: one step down and one up lead back.
Step step_of(const SettingInfo& info) {
  const double value = std::abs(default_of(info));
  const double tenth = std::max(value / 10.0, 1e-6);
  const int exponent = static_cast<int>(std::floor(std::log10(tenth) + 1e-9));
  const double lead = tenth / std::pow(10.0, exponent) * (1.0 + 1e-9);
  for (const double mantissa : {5.0, 2.0}) {
    const Step step{mantissa, exponent};
    const double steps = value / step.size();
    if (mantissa <= lead && std::abs(steps - std::round(steps)) < 1e-6) return step;
  }
  return {1.0, exponent};
}

}  // namespace

bool same_settings(const DetectorSettings& a, const DetectorSettings& b) {
  if (a.sensitivity != b.sensitivity || a.gate != b.gate) return false;
  return std::ranges::all_of(setting_table(), [&](const SettingInfo& info) { return info.get(a) == info.get(b); });
}

const SettingInfo* find_setting(std::string_view key) {
  for (const SettingInfo& info : setting_table())
    if (info.key == key) return &info;
  return nullptr;
}

std::string setting_name(const SettingInfo& info) {
  const std::string_view field = info.key.substr(info.key.rfind('.') + 1);
  for (const Name& name : kNames)
    if (name.field == field) return std::string(word(name.word));
  return std::string(info.key);
}

std::string setting_value(const SettingInfo& info, double value) {
  if (info.unit.empty()) return number_text(value);
  const std::string_view unit = info.unit == "deg" ? word(Word::app_settings_unit_deg) : info.unit;
  return fill(Word::app_settings_value_unit, {{"value", number_text(value)}, {"unit", std::string(unit)}});
}

double default_of(const SettingInfo& info) { return info.get(DetectorSettings{}); }

std::optional<double> smaller_value(const SettingInfo& info, double value) {
  const Step step = step_of(info);
  const double next = std::max(step.multiple(std::ceil(value / step.size() - 1e-6) - 1.0), info.low);
  return next < value ? std::optional(next) : std::nullopt;
}

std::optional<double> larger_value(const SettingInfo& info, double value) {
  const Step step = step_of(info);
  const double next = std::min(step.multiple(std::floor(value / step.size() + 1e-6) + 1.0), info.high);
  return next > value ? std::optional(next) : std::nullopt;
}

std::string number_text(double value) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end.ptr};
}

std::optional<double> number_from(std::string_view text) {
  double value = 0.0;
  const auto end = fast_float::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace klono::workspace

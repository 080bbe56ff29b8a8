#pragma once
/// Tables of numeric settings: what a person meets in files, on the Settings screen and in METHODS.md.

#include <span>
#include <string_view>

#include "base/result.hpp"

namespace klono {

/// One numeric setting of `Settings`.
template <class Settings>
struct SettingOf {
  std::string_view key;      ///< "candidates.smallest_peak_g"
  std::string_view unit;     ///< "g", "uV", "s", "Hz", "deg", ""
  double low;                ///< inclusive range
  double high;
  std::string_view source;   ///< where the default comes from, or "chosen: why"
  double (*get)(const Settings&);
  void (*set)(Settings&, double);
};

/// BadSetting, naming the key and the range, or that there is no such key.
Error setting_out_of_range(std::string_view key, double low, double high, double value);
Error setting_unknown(std::string_view key);

/// Sets one value by key; the range is checked. Error: BadSetting.
template <class Settings>
Status set_in_table(std::span<const SettingOf<Settings>> table, Settings& settings, std::string_view key, double value) {
  for (const SettingOf<Settings>& info : table) {
    if (info.key != key) continue;
    if (!(value >= info.low && value <= info.high)) return setting_out_of_range(key, info.low, info.high, value);
    info.set(settings, value);
    return Done{};
  }
  return setting_unknown(key);
}

}  // namespace klono

#pragma once
/// Detector settings as a person changes them: names, values as text, steps.

#include <optional>
#include <string>
#include <string_view>

#include "detection/settings.hpp"

namespace klono::workspace {

bool same_settings(const DetectorSettings& a, const DetectorSettings& b);

/// The row of detection's table with that key, or null.
const SettingInfo* find_setting(std::string_view key);

/// "Smallest peak"; the key itself where no words exist.
std::string setting_name(const SettingInfo& info);

/// "0.02 g", "7", "10 degrees".
std::string setting_value(const SettingInfo& info, double value);

double default_of(const SettingInfo& info);

/// The next round value below or above, inside the range; none at its end. One step is a tenth of the
/// default, rounded down to 1, 2 or 5 times a power of ten.
std::optional<double> smaller_value(const SettingInfo& info, double value);
std::optional<double> larger_value(const SettingInfo& info, double value);

/// Shortest text that reads back as the same number, as commands carry it.
std::string number_text(double value);

/// A whole text as a finite number.
std::optional<double> number_from(std::string_view text);

}  // namespace klono::workspace

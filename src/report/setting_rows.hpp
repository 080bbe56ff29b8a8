#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detection/settings.hpp"

namespace klono::report {

/// One detector setting as every output names it; the keys are those of the settings files.
struct SettingRow {
  std::string key;
  std::string value;   ///< shortest exact number, or a word
  std::string unit;
  std::string source;  ///< where the default comes from
  bool is_number = true;
};

/// Sensitivity and gate, then the whole setting table.
std::vector<SettingRow> setting_rows(const DetectorSettings& settings);

/// The lines "key=value" of a person's choices in reading, split.
std::vector<std::pair<std::string, std::string>> reading_choices(std::string_view lines);

}  // namespace klono::report

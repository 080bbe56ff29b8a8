#include "report/setting_rows.hpp"

#include "base/words.hpp"
#include "report/text.hpp"

namespace klono::report {

std::vector<SettingRow> setting_rows(const DetectorSettings& settings) {
  std::vector<SettingRow> rows;
  rows.push_back({"sensitivity", std::string(name_of(settings.sensitivity)), "",
                  std::string(word(Word::report_method_sensitivity_source)), false});
  rows.push_back({"gate", settings.gate ? "on" : "off", "", std::string(word(Word::report_method_gate_source)), false});
  for (const SettingInfo& info : setting_table())
    rows.push_back({std::string(info.key), number_text(info.get(settings)), std::string(info.unit), std::string(info.source)});
  return rows;
}

std::vector<std::pair<std::string, std::string>> reading_choices(std::string_view lines) {
  std::vector<std::pair<std::string, std::string>> choices;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) continue;
    choices.emplace_back(clean_text(line.substr(0, equals)), clean_text(line.substr(equals + 1)));
  }
  return choices;
}

}  // namespace klono::report

#include "cli/settings_file.hpp"

#include <fstream>
#include <iterator>

#include "base/words.hpp"
#include "cli/refusals.hpp"
#include "formats/number_text.hpp"
#include "history/recording_context.hpp"
#include "nlohmann/json.hpp"

namespace klono::cli {
namespace {

using nlohmann::json;

Status set_sensitivity(DetectorSettings& settings, std::string_view value) {
  for (const Sensitivity choice : {Sensitivity::Careful, Sensitivity::Balanced, Sensitivity::Sensitive}) {
    if (name_of(choice) != value) continue;
    settings.sensitivity = choice;
    return Done{};
  }
  return usage(fill(Word::cli_usage_bad_choice,
                    {{"name", "sensitivity"}, {"choices", "careful, balanced, sensitive"}, {"value", std::string(value)}}));
}

Status set_place(Choices& choices, std::string_view value) {
  const auto placement = history::placement_of(value);
  if (!placement) {
    std::string known;
    for (const history::Placement& one : history::all_placements()) known += (known.empty() ? "" : ", ") + history::id_of(one);
    return usage(fill(Word::cli_usage_bad_choice, {{"name", "place"}, {"choices", known}, {"value", std::string(value)}}));
  }
  history::RecordingContext context;
  context.placement = placement;
  choices.context = history::json_of(context);
  return Done{};
}

Status set_gate(DetectorSettings& settings, std::string_view value) {
  if (value != "on" && value != "off")
    return usage(fill(Word::cli_usage_bad_choice, {{"name", "gate"}, {"choices", "on, off"}, {"value", std::string(value)}}));
  settings.gate = value == "on";
  return Done{};
}

/// The value as the text a flag would carry; lists joined by commas; empty for other kinds.
std::string flag_text(const json& value) {
  if (value.is_string()) return *value.get_ptr<const json::string_t*>();
  if (value.is_number()) return formats::number_text(value.get<double>());
  if (!value.is_array()) return {};
  std::string text;
  for (const json& item : value) {
    if (item.is_structured()) return {};
    text += (text.empty() ? "" : ",") + flag_text(item);
  }
  return text;
}

Status apply_reading(Choices& choices, const std::string& file_name, const json& object) {
  for (const auto& [key, value] : object.items()) {
    const std::string text = flag_text(value);
    if (text.empty()) return usage(fill(Word::cli_settings_wrong_kind, {{"name", file_name}, {"key", "reading." + key}}));
    KLONO_CHECK(key == "place" ? set_place(choices, text) : formats::set_option(choices.reading, key, text));
  }
  return Done{};
}

Status apply_detector(Choices& choices, const std::string& file_name, const json& object) {
  for (const auto& [key, value] : object.items()) {
    if (key == "sensitivity" && value.is_string()) {
      KLONO_CHECK(set_sensitivity(choices.detector, flag_text(value)));
    } else if (key == "gate" && (value.is_boolean() || value.is_string())) {
      KLONO_CHECK(set_gate(choices.detector, value.is_boolean() ? (value.get<bool>() ? "on" : "off") : flag_text(value)));
    } else if (value.is_number()) {
      KLONO_CHECK(set_by_key(choices.detector, key, value.get<double>()));
    } else {
      return usage(fill(Word::cli_settings_wrong_kind, {{"name", file_name}, {"key", "detector." + key}}));
    }
  }
  return Done{};
}

constexpr std::string_view kEmg = "emg.";

Status apply_emg(Choices& choices, const std::string& file_name, const json& object) {
  for (const auto& [key, value] : object.items()) {
    if (!value.is_number()) return usage(fill(Word::cli_settings_wrong_kind, {{"name", file_name}, {"key", "emg." + key}}));
    KLONO_CHECK(set_by_key(choices.emg, key.starts_with(kEmg) ? key : std::string(kEmg) + key, value.get<double>()));
  }
  return Done{};
}

Status apply_settings_file(Choices& choices, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    return usage(fill(Word::base_file_cannot_open, {{"name", path}, {"why", std::string(word(Word::base_file_cannot_open_advice))}}));
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return apply_settings_json(choices, path, text);
}

Status apply_assignment(Choices& choices, const std::string& assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string::npos) return usage(fill(Word::cli_usage_set_form, {{"value", assignment}}));
  const std::string key = assignment.substr(0, equals);
  const std::optional<double> value = formats::parse_number(assignment.substr(equals + 1), false);
  if (!value) return usage(fill(Word::cli_usage_bad_number, {{"name", key}, {"value", assignment.substr(equals + 1)}}));
  return key.starts_with(kEmg) ? set_by_key(choices.emg, key, *value) : set_by_key(choices.detector, key, *value);
}

std::string setting_line(const auto& info, double value) {
  return std::string(info.key) + " = " + formats::number_text(value) + (info.unit.empty() ? "" : " ") + std::string(info.unit) + "    (" +
         formats::number_text(info.low) + " to " + formats::number_text(info.high) + "; " + std::string(info.source) + ")\n";
}

}  // namespace

OptionList reading_options() {
  return {{"--columns", true}, {"--unit", true}, {"--rate", true}, {"--scale", true}, {"--member", true}, {"--settings", true}};
}

OptionList detector_options() {
  return {{"--sensitivity", true}, {"--gate", true}, {"--set", true}, {"--place", true}};
}

Result<Choices> choices_from(const Arguments& arguments) {
  Choices choices;
  for (const std::string& path : arguments.values("--settings")) KLONO_CHECK(apply_settings_file(choices, path));
  for (const std::string_view key : {"columns", "unit", "rate", "scale", "member"}) {
    const std::optional<std::string> value = arguments.value("--" + std::string(key));
    if (value) KLONO_CHECK(formats::set_option(choices.reading, key, *value));
  }
  if (const auto value = arguments.value("--place")) KLONO_CHECK(set_place(choices, *value));
  if (const auto value = arguments.value("--sensitivity")) KLONO_CHECK(set_sensitivity(choices.detector, *value));
  if (const auto value = arguments.value("--gate")) KLONO_CHECK(set_gate(choices.detector, *value));
  for (const std::string& assignment : arguments.values("--set")) KLONO_CHECK(apply_assignment(choices, assignment));
  return choices;
}

Status apply_settings_json(Choices& choices, std::string_view file_name, std::string_view text) {
  const std::string name(file_name);
  const json document = json::parse(text, nullptr, false);
  if (!document.is_object()) return usage(fill(Word::cli_settings_not_json, {{"name", name}}));
  for (const auto& [key, value] : document.items()) {
    if (key != "reading" && key != "detector" && key != "emg") return usage(fill(Word::cli_settings_unknown_key, {{"name", name}, {"key", key}}));
    if (!value.is_object()) return usage(fill(Word::cli_settings_wrong_kind, {{"name", name}, {"key", key}}));
    KLONO_CHECK(key == "reading" ? apply_reading(choices, name, value) : key == "emg" ? apply_emg(choices, name, value) : apply_detector(choices, name, value));
  }
  return Done{};
}

std::string settings_text(const Choices& choices) {
  std::string text = "sensitivity = " + std::string(name_of(choices.detector.sensitivity)) + "    (careful, balanced, sensitive)\n";
  text += std::string("gate = ") + (choices.detector.gate ? "on" : "off") + "    (on, off)\n";
  for (const SettingInfo& info : setting_table()) text += setting_line(info, info.get(choices.detector));
  for (const EmgSettingInfo& info : emg_setting_table()) text += setting_line(info, info.get(choices.emg));
  return text;
}

}  // namespace klono::cli

// Commands on settings: how it looks, and what the detector is asked for.

#include <array>
#include <string>
#include <utility>

#include "base/words.hpp"
#include "workspace/choices.hpp"
#include "workspace/setting_steps.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
namespace {

constexpr std::array kThemes{Choice<Theme>{"system", Theme::System, Word::app_settings_theme_system},
                             Choice<Theme>{"light", Theme::Light, Word::app_settings_theme_light},
                             Choice<Theme>{"dark", Theme::Dark, Word::app_settings_theme_dark}};

constexpr std::array kSensitivities{
    Choice<Sensitivity>{"careful", Sensitivity::Careful, Word::app_settings_sensitivity_careful},
    Choice<Sensitivity>{"balanced", Sensitivity::Balanced, Word::app_settings_sensitivity_balanced},
    Choice<Sensitivity>{"sensitive", Sensitivity::Sensitive, Word::app_settings_sensitivity_sensitive}};

}  // namespace

void Workspace::set_theme(std::string_view name) {
  const auto* theme = choice_of(kThemes, name);
  if (!theme) return say(fill(Word::app_common_unknown_command, {{"command", "theme " + std::string(name)}}));
  theme_ = theme->value;
  effects_.emplace_back(StoreSetting{"theme", std::string(name)});
  say(fill(Word::app_settings_theme_status, {{"name", text(theme->label)}}));
}

void Workspace::set_sensitivity(std::string_view name) {
  const auto* choice = choice_of(kSensitivities, name);
  if (!choice) return say(fill(Word::app_common_unknown_command, {{"command", "sensitivity " + std::string(name)}}));
  settings_.sensitivity = choice->value;
  effects_.emplace_back(StoreSetting{"sensitivity", std::string(name)});
  settings_changed(fill(Word::app_settings_sensitivity_status, {{"name", text(choice->label)}}));
}

void Workspace::set_gate(std::string_view name) {
  if (name != "on" && name != "off")
    return say(fill(Word::app_common_unknown_command, {{"command", "gate " + std::string(name)}}));
  settings_.gate = name == "on";
  effects_.emplace_back(StoreSetting{"gate", std::string(name)});
  settings_changed(text(settings_.gate ? Word::app_settings_gate_status_on : Word::app_settings_gate_status_off));
}

void Workspace::set_value(std::string_view key, std::string_view value) {
  const SettingInfo* info = find_setting(key);
  if (!info) return say(fill(Word::app_settings_unknown_key, {{"key", std::string(key)}}));
  const auto number = number_from(value);
  if (!number) return say(fill(Word::app_settings_not_a_number, {{"value", std::string(value)}}));
  if (!set_by_key(settings_, key, *number).ok())
    return say(fill(Word::app_settings_bad_value, {{"name", setting_name(*info)},
                                                   {"low", setting_value(*info, info->low)},
                                                   {"high", setting_value(*info, info->high)}}));
  effects_.emplace_back(StoreSetting{std::string(key), number_text(*number)});
  settings_changed(
      fill(Word::app_settings_changed, {{"name", setting_name(*info)}, {"value", setting_value(*info, *number)}}));
}

void Workspace::reset_value(std::string_view key) {
  if (key == "all") {
    settings_ = DetectorSettings{};
    for (std::string& stored : stored_keys())
      if (stored != "theme") effects_.emplace_back(StoreSetting{std::move(stored), ""});
    return settings_changed(text(Word::app_settings_all_back));
  }
  const SettingInfo* info = find_setting(key);
  if (!info) return say(fill(Word::app_settings_unknown_key, {{"key", std::string(key)}}));
  info->set(settings_, default_of(*info));
  effects_.emplace_back(StoreSetting{std::string(key), ""});
  settings_changed(fill(Word::app_settings_back,
                        {{"name", setting_name(*info)}, {"value", setting_value(*info, default_of(*info))}}));
}

}  // namespace klono::workspace

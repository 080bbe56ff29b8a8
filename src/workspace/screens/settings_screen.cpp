#include <algorithm>

#include "detection/event.hpp"
#include "view/plain_words.hpp"
#include "workspace/screens.hpp"
#include "workspace/setting_steps.hpp"

namespace klono::workspace {
namespace {

Section appearance(const Workspace& workspace) {
  Section section;
  section.heading = text(Word::app_settings_appearance);
  const auto choice = [&](const char* command, Word label, Theme theme) {
    section.actions.push_back(action(command, text(label), true, workspace.theme() == theme));
  };
  choice("theme system", Word::app_settings_theme_system, Theme::System);
  choice("theme light", Word::app_settings_theme_light, Theme::Light);
  choice("theme dark", Word::app_settings_theme_dark, Theme::Dark);
  return section;
}

Section sensitivity(const DetectorSettings& settings) {
  Section section;
  section.heading = text(Word::app_settings_sensitivity);
  section.paragraphs = {text(Word::app_settings_sensitivity_hint)};
  const auto choice = [&](const char* command, Word label, Sensitivity value) {
    section.actions.push_back(action(command, text(label), true, settings.sensitivity == value));
  };
  choice("sensitivity careful", Word::app_settings_sensitivity_careful, Sensitivity::Careful);
  choice("sensitivity balanced", Word::app_settings_sensitivity_balanced, Sensitivity::Balanced);
  choice("sensitivity sensitive", Word::app_settings_sensitivity_sensitive, Sensitivity::Sensitive);
  return section;
}

Section gate(const DetectorSettings& settings) {
  Section section;
  section.heading = text(Word::app_settings_gate);
  section.paragraphs = {text(Word::app_settings_gate_hint)};
  section.actions = {action("gate on", text(Word::app_settings_gate_on), true, settings.gate),
                     action("gate off", text(Word::app_settings_gate_off), true, !settings.gate)};
  return section;
}

/// A step down or up; at the end of the range the action stays, disabled, so that the row keeps its shape.
Action step_action(const SettingInfo& info, double value, std::optional<double> next, Word label) {
  const double target = next.value_or(value);
  return action("set " + std::string(info.key) + " " + number_text(target),
                fill(label, {{"name", setting_name(info)}, {"value", setting_value(info, target)}}), next.has_value());
}

Row setting_row(const SettingInfo& info, const DetectorSettings& settings) {
  const double value = info.get(settings);
  const double usual = default_of(info);
  Row row;
  row.id = std::string(info.key);
  row.cells = {
      setting_name(info), setting_value(info, value), setting_value(info, usual),
      fill(Word::app_settings_range, {{"low", number_text(info.low)}, {"high", setting_value(info, info.high)}}),
      std::string(info.source)};
  row.actions = {
      step_action(info, value, smaller_value(info, value), Word::app_settings_smaller),
      step_action(info, value, larger_value(info, value), Word::app_settings_larger),
      action("reset " + std::string(info.key),
             fill(Word::app_settings_reset, {{"name", setting_name(info)}, {"value", setting_value(info, usual)}}),
             value != usual)};
  row.selected = value != usual;
  return row;
}

Section values(const DetectorSettings& settings) {
  Section section;
  section.heading = text(Word::app_settings_values);
  section.paragraphs = {text(Word::app_settings_finding_lead)};
  Table table;
  table.caption = text(Word::app_settings_values_caption);
  table.columns = {text(Word::app_settings_column_name), text(Word::app_settings_column_value),
                   text(Word::app_settings_column_default), text(Word::app_settings_column_range),
                   text(Word::app_settings_column_source)};
  for (const SettingInfo& info : setting_table()) table.rows.push_back(setting_row(info, settings));
  section.tables.push_back(std::move(table));
  section.actions = {
      action("reset all", text(Word::app_settings_reset_all), !same_settings(settings, DetectorSettings{}))};
  return section;
}

Section data(const Workspace& workspace) {
  Section section;
  section.heading = text(Word::app_settings_data);
  const auto open =
      static_cast<std::int64_t>(std::ranges::count(workspace.entries(), EntryState::Ready, &Entry::state));
  section.paragraphs = {
      text(Word::app_settings_data_recordings), text(Word::app_settings_data_settings),
      text(Word::app_settings_data_network),
      fill(Word::app_settings_data_open, {{"recordings", view::count_words(open, word(Word::app_common_recording),
                                                                           word(Word::app_common_recordings))}})};
  return section;
}

Section about(const Workspace& workspace) {
  Section section;
  section.heading = text(Word::app_settings_about);
  section.paragraphs = {
      text(Word::app_settings_use_for), text(Word::app_settings_use_not_for), text(Word::app_settings_use_limits),
      fill(Word::app_settings_version,
           {{"program", workspace.program_version()}, {"detector", std::to_string(kDetectorVersion)}})};
  section.actions = {action("go help", text(Word::app_common_help_link))};
  return section;
}

}  // namespace

std::vector<Section> settings_sections(const Workspace& workspace) {
  const DetectorSettings& settings = workspace.settings();
  return {appearance(workspace), sensitivity(settings), gate(settings),
          values(settings),      data(workspace),       about(workspace)};
}

}  // namespace klono::workspace

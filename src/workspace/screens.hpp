#pragma once
/// The words and structure of every screen. Pure functions of the workspace: canvas and mirror show
/// the same, and neither decides what there is to say.

#include "base/words.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {

ScreenModel build_screen_model(const Workspace& workspace);

std::vector<Section> library_sections(const Workspace& workspace);
std::vector<Section> reading_sections(const Workspace& workspace, const Entry& entry);
std::vector<Section> refused_sections(const Entry& entry);
std::vector<Section> question_sections(const Entry& entry);
std::vector<Section> review_sections(const Workspace& workspace, const Entry& entry);
std::vector<Section> report_sections(const Workspace& workspace);
std::vector<Section> settings_sections(const Workspace& workspace);
std::vector<Section> help_sections();
/// Title, progress and sections of whatever step of recording is on.
void fill_record(ScreenModel& model, const Workspace& workspace);
std::vector<Section> running_sections(const RecordFlow& flow);
/// On every other screen while a recording runs.
Section recording_runs_section();
std::vector<Section> patterns_sections(const Workspace& workspace);
std::vector<Section> history_sections();

// Parts of Review.
Section found_section(const Entry& entry);
/// The parts of a guided test, each with its own figures: never one rate.
Section parts_section(const Entry& entry);
Section recording_section(const Entry& entry);
/// Times of sleep that the person marked, and the actions that mark one at the middle of what is shown.
Section sleep_section(const Entry& entry);
Section limits_section(const Entry& entry);
Section not_analysable_section(const Entry& entry);
Section not_counted_section(const Entry& entry);
/// The movement of Entry::looked_at, with the list it stands in; only where it is set.
Section looked_at_section(const Workspace& workspace, const Entry& entry);
Section events_section(const Workspace& workspace, const Entry& entry);
Section selected_section(const Workspace& workspace, const Entry& entry);
Section view_section(const Workspace& workspace, const Entry& entry);
Section export_section(bool enabled);

// Parts of Review where the recording holds EMG (Entry::data.emg).
Section emg_found_section(const Entry& entry);
Section emg_list_section(const Workspace& workspace, const Entry& entry);
Section emg_selected_section(const Entry& entry);
Section emg_not_analysable_section(const Entry& entry);
Section emg_not_counted_section(const Entry& entry);

// Parts of Patterns.
/// When sleep began, who says so, and the brief events around it.
Section around_sleep_section(const Entry& entry);
/// Limb movements in series by two rules.
Section limb_series_section(const Entry& entry);
/// The same of one EMG channel.
Section emg_limb_series_section(const EmgChannelAnalysis& channel);
Section even_trains_section(const Entry& entry);
/// Parts of one row that stand under it: "Before: 5 · After: 7"; from the third cell on.
std::string row_note(const Table& table, const Row& row);

// Words that more than one screen needs.
/// As a person counts the rows of a list: from 1.
std::string number_of(std::size_t place);
/// Its size, where sizes are known.
std::string peak_of(const Entry& entry, const Event& event);
Action action(std::string command, std::string label, bool enabled = true, bool pressed = false);
std::string event_count(std::int64_t count);
std::string size_words(std::int64_t bytes);
std::string hours_words(double hours);
/// Two figures below ten, whole above; a true minus sign.
std::string figure_words(double value);
std::string decision_words(Decision decision);
/// "high" from 0.75, "fair" from 0.5, else "low" (chosen: quarters a person can tell apart).
std::string confidence_words(double confidence);
/// Part of the file that is read, 0..1; 0 where it is not known.
double part_read(const Entry& entry);

}  // namespace klono::workspace

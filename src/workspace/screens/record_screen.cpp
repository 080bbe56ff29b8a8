// The Record screens before and after a recording, as the mirror reads them. While one runs: record_running_screen.cpp.

#include "view/plain_words.hpp"
#include "workspace/record_words.hpp"
#include "workspace/saved_view.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

using history::RecordingContext;
using protocol::recorder::SensorState;
using protocol::recorder::Source;

std::string step_words(int step) { return fill(Word::record_place_step, {{"n", std::to_string(step)}}); }

Action record_action(const std::string& words, std::string label, bool enabled = true, bool pressed = false) {
  return action("record " + words, std::move(label), enabled, pressed);
}

std::string named(std::string_view verb, std::string_view name) { return std::string(verb) + " " + std::string(name); }

// ---- 1 of 3

Section places_section(const RecordFlow& flow) {
  Section section;
  section.heading = text(Word::record_map_places);
  section.paragraphs = {step_words(1), text(Word::record_map_hint)};
  for (const history::Placement& place : history::all_placements())
    section.actions.push_back(record_action(named("place", history::id_of(place)), view::placement_words(place), true,
                                            flow.context().placement == place));
  return section;
}

Section fixing_section(const RecordFlow& flow) {
  const history::Placement& place = *flow.context().placement;
  Section section;
  section.heading = text(Word::record_fix_heading);
  section.paragraphs = {view::placement_words(place)};
  if (flow.same_place_as_last()) section.paragraphs.push_back(text(Word::record_place_same_as_last));
  for (const history::Fixing fixing : history::fixings_of(place.place))
    section.actions.push_back(record_action(named("fix", history::name_of(fixing)), text(view::word_of(fixing)), true,
                                            flow.context().fixing == fixing));
  return section;
}

std::vector<Section> place_sections(const RecordFlow& flow) {
  std::vector<Section> sections{places_section(flow)};
  if (flow.context().placement) sections.push_back(fixing_section(flow));
  Section on;
  on.actions = {record_action("next", text(Word::record_continue), flow.context().placement.has_value()),
                record_action("skip-place", text(Word::record_place_skip))};
  sections.push_back(std::move(on));
  return sections;
}

// ---- 2 of 3

std::vector<Section> activity_sections(const RecordFlow& flow) {
  using history::Activity;
  const RecordingContext& context = flow.context();
  Section choices;
  choices.paragraphs = {step_words(2)};
  for (const Activity activity : {Activity::AtRest, Activity::Sleeping, Activity::GuidedTest, Activity::Moving}) {
    choices.paragraphs.push_back(fill(Word::record_list_two, {{"first", text(view::word_of(activity))}, {"second", text(note_of(activity))}}));
    choices.actions.push_back(record_action(named("activity", history::name_of(activity)), text(view::word_of(activity)),
                                            true, context.activity == activity));
  }
  std::vector<Section> sections{std::move(choices)};
  if (!history::details_of(context.activity).empty()) {
    Section details;
    details.heading = text(Word::record_activity_more);
    for (const history::ActivityDetail detail : history::details_of(context.activity))
      details.actions.push_back(record_action(named("detail", history::name_of(detail)), text(view::word_of(detail)), true,
                                              context.detail == detail));
    sections.push_back(std::move(details));
  }
  Section on;
  on.actions = {record_action("next", text(Word::record_continue)), record_action("back", text(Word::app_common_back))};
  sections.push_back(std::move(on));
  return sections;
}

// ---- 3 of 3

/// Asking for the sensor, and the ways on where there is none.
Section sensor_section(const RecordFlow& flow) {
  const SensorState state = flow.sensor();
  const SensorWords words = sensor_words(state);
  Section section;
  section.paragraphs = {step_words(3), place_and_fixing_words(flow.context())};
  if (state == SensorState::Delivering) {
    section.paragraphs.push_back(text(Word::record_check_tap_hint));
  } else if (!words.what.empty()) {
    section.paragraphs.push_back(words.what);
    if (!words.advice.empty()) section.paragraphs.push_back(words.advice);
  } else {
    section.paragraphs.push_back(text(Word::record_check_begin_note));
  }
  const bool asked = state == SensorState::Asking || state == SensorState::Delivering;
  if (!asked)
    section.actions.push_back(record_action("begin-check", text(state == SensorState::Idle ? Word::record_check_begin : Word::record_check_again)));
  if (flow.abilities().bluetooth && flow.source() == Source::Phone)
    section.actions.push_back(record_action("source polar", text(Word::record_use_polar)));
  if (flow.source() == Source::Polar)
    section.actions.push_back(record_action("source phone", text(Word::record_use_phone)));
  if (!asked) section.actions.push_back(action("open-file", text(Word::record_open_logger_file)));
  return section;
}

Section check_section(const RecordFlow& flow) {
  Section section;
  section.heading = text(Word::record_check_found);
  for (const CheckLine& line : flow.check_lines()) section.paragraphs.push_back(line.text);
  return section;
}

Section length_section(const RecordFlow& flow) {
  static constexpr std::pair<PlannedLength, const char*> kLengths[] = {
      {PlannedLength::Ten, "10"}, {PlannedLength::Twenty, "20"}, {PlannedLength::Forty, "40"}, {PlannedLength::Night, "night"}};
  Section section;
  section.heading = text(Word::record_length_heading);
  for (const auto& [length, name] : kLengths)
    section.actions.push_back(record_action(named("length", name), text(word_of(length)), true, flow.length() == length));
  return section;
}

std::vector<Section> check_sections(const RecordFlow& flow) {
  std::vector<Section> sections{sensor_section(flow)};
  if (flow.sensor() == SensorState::Delivering) sections.push_back(check_section(flow));
  if (!flow.guided()) sections.push_back(length_section(flow));
  Section on;
  if (!flow.guided() && flow.length() == PlannedLength::Night) on.paragraphs.push_back(text(Word::record_safety));
  if (!flow.can_start()) on.paragraphs.push_back(text(Word::record_start_waiting));
  on.actions = {record_action("start", text(Word::record_start), flow.can_start()),
                record_action(flow.counts_live() ? "count off" : "count on", text(Word::record_live_count_ask), true, flow.counts_live()),
                record_action("back", text(Word::app_common_back))};
  if (flow.guided())
    on.actions.push_back(record_action(flow.sounds() ? "sound off" : "sound on", text(Word::record_guided_sound), true, flow.sounds()));
  sections.push_back(std::move(on));
  return sections;
}

// ---- saved

std::vector<Section> saved_sections(const Workspace& workspace) {
  const SavedView view = saved_view(workspace);
  Section section;
  section.paragraphs = {view.recorded};
  for (const SavedView::Line& line : view.lines) section.paragraphs.push_back(line.label + ": " + line.value);
  section.paragraphs.push_back(view.stage_words);
  section.paragraphs.push_back(text(view.in_memory ? Word::record_trouble_storage_refused : Word::record_saved_copy_note));
  section.actions = {record_action("review", text(Word::record_saved_review), view.stage == SavedView::Stage::Done),
                     record_action("copy", text(Word::record_saved_copy)),
                     record_action("done", text(Word::record_saved_done_button))};
  return {std::move(section)};
}

std::string title_of(const Workspace& workspace) {
  switch (workspace.record().step()) {
    case RecordStep::Place:
      return text(Word::record_place_heading);
    case RecordStep::Activity:
      return text(Word::record_activity_heading);
    case RecordStep::Check:
      return text(Word::record_check_heading);
    case RecordStep::Running:
      return text(workspace.record().paused() ? Word::record_paused : Word::record_recording);
    case RecordStep::Guided:
      return text(Word::record_guided_heading);
    case RecordStep::Saved:
      break;
  }
  return saved_view(workspace).heading;
}

std::vector<Section> sections_of(const Workspace& workspace) {
  const RecordFlow& flow = workspace.record();
  switch (flow.step()) {
    case RecordStep::Place:
      return place_sections(flow);
    case RecordStep::Activity:
      return activity_sections(flow);
    case RecordStep::Check:
      return check_sections(flow);
    case RecordStep::Running:
    case RecordStep::Guided:
      return running_sections(flow);
    case RecordStep::Saved:
      break;
  }
  return saved_sections(workspace);
}

}  // namespace

void fill_record(ScreenModel& model, const Workspace& workspace) {
  model.title = title_of(workspace);
  if (workspace.record().step() == RecordStep::Saved) model.progress = saved_view(workspace).progress;
  model.sections = sections_of(workspace);
}

Section recording_runs_section() {
  Section section;
  section.actions = {action("go record", text(Word::record_running_elsewhere))};
  return section;
}

}  // namespace klono::workspace

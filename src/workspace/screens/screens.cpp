#include <algorithm>
#include <array>

#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

struct Place {
  Screen screen;
  const char* command;
  const char* name;
  Word label;
};

constexpr std::array kPlaces{Place{Screen::Library, "go library", "library", Word::app_nav_library},
                             Place{Screen::Record, "go record", "record", Word::app_nav_record},
                             Place{Screen::Review, "go review", "review", Word::app_nav_review},
                             Place{Screen::Patterns, "go patterns", "patterns", Word::app_nav_patterns},
                             Place{Screen::History, "go history", "history", Word::app_nav_history},
                             Place{Screen::Report, "go report", "report", Word::app_nav_report},
                             Place{Screen::Settings, "go settings", "settings", Word::app_nav_settings},
                             Place{Screen::Help, "go help", "help", Word::app_nav_help}};

/// Review in the four states a recording can be in.
void fill_review(ScreenModel& model, const Workspace& workspace) {
  const Entry* entry = workspace.current();
  if (!entry) {
    Section section;
    section.paragraphs = {text(Word::app_review_no_recording)};
    section.actions = {action("open-file", text(Word::app_common_open_file)),
                       action("open-example", text(Word::app_common_open_example))};
    model.sections = {std::move(section)};
    return;
  }
  switch (entry->state) {
    case EntryState::Kept:
    case EntryState::Reading:
      model.screen = "reading";
      model.title = text(Word::app_reading_title);
      model.progress = part_read(*entry);
      model.sections = reading_sections(workspace, *entry);
      break;
    case EntryState::Asking:
      model.screen = "question";
      model.title = text(Word::app_question_title);
      model.sections = question_sections(*entry);
      break;
    case EntryState::Refused:
      model.screen = "refused";
      model.title = text(Word::app_refused_title);
      model.sections = refused_sections(*entry);
      break;
    case EntryState::Ready:
      model.title = entry->title;
      if (entry->analysing_again && entry->data.analysis.recorded_s > 0.0)
        model.progress = std::clamp(entry->progress.analysed_s / entry->data.analysis.recorded_s, 0.0, 1.0);
      model.sections = review_sections(workspace, *entry);
      break;
  }
}

void fill_sections(ScreenModel& model, const Workspace& workspace) {
  switch (workspace.screen()) {
    case Screen::Library:
      if (workspace.entries().empty()) model.title = text(Word::app_library_first_title);
      model.sections = library_sections(workspace);
      break;
    case Screen::Record:
      fill_record(model, workspace);
      break;
    case Screen::Review:
      fill_review(model, workspace);
      break;
    case Screen::Patterns:
      model.sections = patterns_sections(workspace);
      break;
    case Screen::History:
      model.sections = history_sections();
      break;
    case Screen::Report:
      model.sections = report_sections(workspace);
      break;
    case Screen::Settings:
      model.sections = settings_sections(workspace);
      break;
    case Screen::Help:
      model.sections = help_sections();
      break;
  }
}

}  // namespace

ScreenModel build_screen_model(const Workspace& workspace) {
  ScreenModel model;
  for (const Place& place : kPlaces) {
    const bool here = workspace.screen() == place.screen;
    const bool enabled = place.screen != Screen::Review || !workspace.entries().empty();
    model.navigation.push_back(action(place.command, text(place.label), enabled, here));
    if (!here) continue;
    model.screen = place.name;
    model.title = text(place.label);
  }
  model.status = workspace.status();
  fill_sections(model, workspace);
  if (workspace.record().recording() && workspace.screen() != Screen::Record)
    model.sections.insert(model.sections.begin(), recording_runs_section());
  // Wherever the person is, the last step can be taken back.
  if (workspace.can_undo() || workspace.can_redo()) {
    Section steps;
    steps.actions = {action("undo", text(Word::app_common_undo), workspace.can_undo()),
                     action("redo", text(Word::app_common_redo), workspace.can_redo())};
    model.sections.push_back(std::move(steps));
  }
  return model;
}

}  // namespace klono::workspace

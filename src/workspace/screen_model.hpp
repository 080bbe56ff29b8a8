#pragma once
/// Module workspace: what the person has open and does with it. Allowed dependencies: report's
/// model, patterns, history, view, protocol, value headers of signal and detection, base.
/// No ImGui, no GL. One ScreenModel a screen: the app draws it, the page mirrors it, and both send
/// the same commands back.

#include <string>
#include <vector>

namespace klono::workspace {

/// Something a person can do: `command` is what both canvas and mirror send.
struct Action {
  std::string command;  ///< "open-example", "select-event 12", "reject-event 12", …
  std::string label;
  bool enabled = true;
  bool pressed = false;  ///< for toggles and the current tab
};

/// One row of a table: cells in the order of Table::columns, then what can be done with it.
struct Row {
  std::string id;
  std::vector<std::string> cells;
  std::vector<Action> actions;
  bool selected = false;
};

struct Table {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<Row> rows;
};

/// A run of text under a heading.
struct Section {
  std::string heading;
  std::vector<std::string> paragraphs;
  std::vector<Action> actions;
  std::vector<Table> tables;
};

struct ScreenModel {
  std::string screen;   ///< "library", "review", "settings", "help", "reading", "refused", …
  std::string title;    ///< level-1 heading
  std::string status;   ///< live region: what just happened, one sentence
  double progress = -1.0;  ///< 0..1 while something runs, else -1
  std::vector<Action> navigation;
  std::vector<Section> sections;
};

/// The model as JSON for the mirror; keys as the field names above.
std::string json_of(const ScreenModel& model);

}  // namespace klono::workspace

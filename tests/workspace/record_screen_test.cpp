#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "history/recording_context.hpp"
#include "opened.hpp"
#include "recorder_news.hpp"

namespace klono::workspace {
namespace {

std::vector<Action> actions_of(const Workspace& workspace) {
  std::vector<Action> all;
  for (const Section& section : workspace.screen_model().sections)
    all.insert(all.end(), section.actions.begin(), section.actions.end());
  return all;
}

const Action* find(const std::vector<Action>& actions, std::string_view command) {
  const auto found = std::ranges::find(actions, command, &Action::command);
  return found == actions.end() ? nullptr : &*found;
}

TEST_CASE("Every place of the body can be chosen without seeing the figure") {
  const Workspace workspace = on_record();
  const std::vector<Action> actions = actions_of(workspace);
  for (const history::Placement& place : history::all_placements()) {
    const Action* action = find(actions, "record place " + history::id_of(place));
    REQUIRE(action != nullptr);
    CHECK_FALSE(action->label.empty());
  }
  CHECK_FALSE(find(actions, "record next")->enabled);
}

TEST_CASE("Each action of every step is understood") {
  for (const char* step : {"place", "check", "recording", "night", "guided", "saved"}) {
    const std::string name = step;
    CAPTURE(name);
    const auto make = [&] {
      if (name == "place") return on_record();
      if (name == "check") return at_check();
      if (name == "night") return recording("sleeping");
      if (name == "guided") return recording("guided_test");
      Workspace workspace = recording();
      workspace.command("record mark");
      if (name == "recording") return workspace;
      workspace.command("record stop");
      workspace.receive(recorder::News(recorder::Saved{workspace.record().running().id, 60.0, 60.0, 1e5, {}}));
      return workspace;
    };
    for (const Action& action : actions_of(make())) {
      CAPTURE(action.command);
      Workspace workspace = make();
      workspace.command(action.command);
      CHECK(workspace.status().find("This cannot be done") == std::string::npos);
    }
  }
}

TEST_CASE("The check tells each line in words, and start waits for readings") {
  Workspace workspace = on_record();
  for (const char* words : {"place left_ankle", "next", "activity sleeping", "next"}) workspace.command(std::string("record ") + words);
  CHECK_FALSE(find(actions_of(workspace), "record start")->enabled);
  const Workspace ready = at_check("sleeping");
  CHECK(find(actions_of(ready), "record start")->enabled);
  std::string all;
  for (const Section& section : ready.screen_model().sections)
    for (const std::string& line : section.paragraphs) all += line + "\n";
  CHECK(all.find("60 readings a second") != std::string::npos);
  CHECK(all.find("1.00\u00A0g") != std::string::npos);
  CHECK(all.find("under a pillow") != std::string::npos);
}

TEST_CASE("A machine without a sensor says so and shows the ways on") {
  Workspace workspace("1.0");
  recorder::Abilities none;
  none.bluetooth = true;
  workspace.receive(recorder::News(none));
  workspace.command("go record");
  workspace.command("record skip-place");
  workspace.command("record next");
  const std::vector<Action> actions = actions_of(workspace);
  CHECK(find(actions, "record source polar") != nullptr);
  CHECK(find(actions, "open-file") != nullptr);
  CHECK_FALSE(find(actions, "record start")->enabled);
}

TEST_CASE("While one records, every other screen leads back to it") {
  Workspace workspace = recording();
  for (const char* screen : {"library", "patterns", "history", "report", "settings", "help"}) {
    workspace.command(std::string("go ") + screen);
    CHECK(find(actions_of(workspace), "go record") != nullptr);
  }
}

TEST_CASE("Nothing is counted on screen unless it was asked for") {
  Workspace workspace = recording();
  recorder::Running running = workspace.record().running();
  running.live_events = 12;
  workspace.receive(recorder::News(running));
  const auto lines = [&] {
    std::string all;
    for (const Section& section : workspace.screen_model().sections)
      for (const std::string& line : section.paragraphs) all += line + "\n";
    return all;
  };
  CHECK(lines().find("12") == std::string::npos);
  workspace.command("record count on");
  CHECK(lines().find("12 found so far") != std::string::npos);
}

}  // namespace
}  // namespace klono::workspace

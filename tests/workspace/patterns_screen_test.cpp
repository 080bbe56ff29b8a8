// What the Patterns screen says, for canvas and screen reader alike.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/words.hpp"
#include "workspace/opened.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

Workspace showing(protocol::Opened reply) {
  Workspace workspace("1.0");
  workspace.command("open-example");
  workspace.receive(std::move(reply));
  workspace.command("go patterns");
  return workspace;
}

}  // namespace

TEST_CASE("Without a recording Patterns say what they will hold, and lead to one") {
  Workspace workspace("1.0");
  workspace.command("go patterns");
  const auto& sections = workspace.screen_model().sections;
  CHECK(sections.front().paragraphs.size() == 2);
  CHECK(sections.front().actions.front().command == "open-file");
}

TEST_CASE("An estimated onset of sleep is called an estimate, and there is a way to mark one") {
  protocol::Opened reply = opened(1, {100.0}, 5400.0);
  reply.analysis.rest.long_rests = {{600.0, 5000.0}};
  reply.analysis.rest.onsets = {{600.0, OnsetSource::Estimate}};
  Workspace workspace = showing(reply);
  const Section* sleep = section_with(workspace, text(Word::sleep_pattern_heading));
  REQUIRE(sleep != nullptr);
  CHECK(sleep->paragraphs[0].find("estimated onset of sleep") != std::string::npos);
  CHECK(sleep->paragraphs[1] == text(Word::sleep_pattern_estimate_note));
  REQUIRE(sleep->tables.size() == 1);
  CHECK(sleep->tables[0].rows[0].cells[2] == text(Word::sleep_pattern_source_estimate));
  workspace.command(sleep->actions[0].command);
  CHECK(workspace.screen() == Screen::Review);
  CHECK(workspace.current()->marking_sleep);
}

TEST_CASE("Where there is nothing around sleep, in series or in trains, Patterns say so") {
  const Workspace workspace = showing(opened(1, {100.0}));
  CHECK(section_with(workspace, text(Word::sleep_pattern_heading))->paragraphs[0] == text(Word::sleep_pattern_none));
  CHECK(section_with(workspace, text(Word::runs_limb_heading))->paragraphs[0] == text(Word::runs_limb_no_movements));
  CHECK(section_with(workspace, text(Word::runs_limb_heading))->tables.empty());
  CHECK(section_with(workspace, text(Word::runs_train_heading))->paragraphs[0] == text(Word::runs_train_none));
}

TEST_CASE("A guided test has no patterns of its own") {
  protocol::Opened reply = opened(1, {100.0});
  reply.info.blocks = {{{0.0, 60.0}, Task::Rest}};
  const Workspace workspace = showing(reply);
  CHECK(section_with(workspace, text(Word::runs_limb_heading)) == nullptr);
}

TEST_CASE("Each rule stands in a row of its own, and an even train leads to its events in Review") {
  protocol::Opened reply = opened(1, {100.0, 104.0, 108.0, 112.0, 116.0, 200.0, 206.0, 230.0, 250.0, 270.0, 290.0}, 3600.0);
  for (std::size_t i = 0; i < 5; ++i) {
    reply.analysis.events[i].event_class = EventClass::Rhythmic;
    reply.analysis.events[i].group = 7;
  }
  for (std::size_t i = 5; i < reply.analysis.events.size(); ++i) {
    reply.analysis.events[i].event_class = EventClass::LimbMovement;
    reply.analysis.events[i].duration_s = 2.0;
  }
  Workspace workspace = showing(reply);
  const Section* limb = section_with(workspace, text(Word::runs_limb_heading));
  REQUIRE(limb->tables.size() == 1);
  const std::vector<Row>& rules = limb->tables[0].rows;
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].cells[0] == text(Word::runs_limb_aasm));
  CHECK(rules[0].cells[1] == "6 in 1 run");
  CHECK(rules[1].cells[0] == text(Word::runs_limb_wasm));
  CHECK(rules[1].cells[1] == "5 in 1 run");
  const Section* trains = section_with(workspace, text(Word::runs_train_heading));
  REQUIRE(trains->tables.size() == 1);
  workspace.command(trains->tables[0].rows[0].actions[0].command);
  CHECK(workspace.screen() == Screen::Review);
  CHECK(workspace.current()->selected == std::size_t{0});
}

}  // namespace klono::workspace

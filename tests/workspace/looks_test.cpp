// Movements that were looked at and not counted: counted by reason, listed, gone through, by the same commands everywhere.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "workspace/opened.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

Workspace with_left_out() {
  Workspace workspace("1.0");
  workspace.command("open-example");
  protocol::Opened reply = opened(1, {100.0, 200.0});
  const auto add = [&](double onset_s, Reason reason) {
    reply.analysis.not_counted.push_back(event_at_onset(onset_s));
    reply.analysis.not_counted.back().reason = reason;
  };
  add(50.0, Reason::HandlingKnock);
  add(60.0, Reason::BodyMovement);
  add(150.0, Reason::BodyMovement);
  add(590.0, Reason::BodyMovement);
  workspace.receive(reply);
  return workspace;
}

std::string heading_of(Reason reason) { return fill(Word::app_review_look_heading, {{"reason", view::reason_words(reason)}}); }

}  // namespace

TEST_CASE("What was left out is counted by reason, the most frequent first, and each reason leads to its movements") {
  const Workspace workspace = with_left_out();
  const Section* section = section_with(workspace, text(Word::app_review_not_counted));
  REQUIRE(section != nullptr);
  REQUIRE(section->tables.size() == 1);
  const std::vector<Row>& rows = section->tables[0].rows;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].id == "body_movement");
  CHECK(rows[0].cells == std::vector<std::string>{view::reason_words(Reason::BodyMovement), "3"});
  CHECK(rows[0].actions[0].command == "list-reason body_movement");
  CHECK(rows[1].id == "handling_knock");
  CHECK(rows[1].cells[1] == "1");
}

TEST_CASE("A reason lists its movements and shows the first of them") {
  Workspace workspace = with_left_out();
  workspace.command("list-reason body_movement");
  REQUIRE(workspace.current()->looked_at);
  CHECK(workspace.current()->looked_at->index == 1);
  const Section* section = section_with(workspace, heading_of(Reason::BodyMovement));
  REQUIRE(section != nullptr);
  REQUIRE(section->tables.size() == 2);
  const std::vector<Row>& rows = section->tables[1].rows;
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].selected);
  CHECK(rows[2].actions[0].command == "look-at 4");
}

TEST_CASE("Steps stay within the list and say so at its ends") {
  Workspace workspace = with_left_out();
  workspace.command("list-reason body_movement");
  workspace.command("previous-look");
  CHECK(workspace.status() == word(Word::app_review_look_first));
  workspace.command("next-look");
  workspace.command("next-look");
  CHECK(workspace.current()->looked_at->index == 3);
  CHECK(workspace.current()->viewport.span().contains(590.0));
  workspace.command("next-look");
  CHECK(workspace.status() == word(Word::app_review_look_last));
  CHECK(workspace.current()->looked_at->index == 3);
}

TEST_CASE("A movement of another reason opens the list of every reason, one of the list leaves it") {
  Workspace workspace = with_left_out();
  workspace.command("list-reason body_movement");
  workspace.command("look-at 3");
  CHECK(workspace.current()->looked_list() == std::vector<std::size_t>{1, 2, 3});
  workspace.command("look-at 1");
  CHECK(workspace.current()->looked_list() == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("An event, or looking away, ends the look; another analysis does too") {
  for (const char* command : {"select-event 1", "look-away", "confirm-event 2"}) {
    Workspace workspace = with_left_out();
    workspace.command("list-reason all");
    REQUIRE(workspace.current()->looked_at);
    workspace.command(command);
    CHECK_FALSE(workspace.current()->looked_at);
  }
  Workspace workspace = with_left_out();
  workspace.command("look-at 2");
  workspace.receive(opened(1, {100.0}));
  CHECK_FALSE(workspace.current()->looked_at);
}

TEST_CASE("What is not there is said, and changes nothing") {
  Workspace workspace = with_left_out();
  workspace.command("list-reason walking");
  CHECK(workspace.status() == fill(Word::app_review_no_such_reason, {{"reason", "walking"}}));
  workspace.command("look-at 9");
  CHECK(workspace.status() == fill(Word::app_review_no_such_look, {{"n", "9"}}));
  CHECK_FALSE(workspace.current()->looked_at);
}

TEST_CASE("A list of more than a page is turned") {
  Workspace workspace("1.0");
  workspace.command("open-example");
  protocol::Opened reply = opened(1, {}, 6000.0);
  for (int i = 0; i < 150; ++i) {
    reply.analysis.not_counted.push_back(event_at_onset(10.0 + i));
    reply.analysis.not_counted.back().reason = Reason::TooWeak;
  }
  workspace.receive(reply);
  workspace.command("list-reason too_weak");
  CHECK(section_with(workspace, heading_of(Reason::TooWeak))->tables[1].rows.size() == 100);
  workspace.command("looks-next");
  CHECK(section_with(workspace, heading_of(Reason::TooWeak))->tables[1].rows.size() == 50);
  workspace.command("looks-next");
  CHECK(workspace.status() == word(Word::app_review_look_last));
}

TEST_CASE("Only an event found by its form says so") {
  Workspace workspace("1.0");
  workspace.command("open-example");
  protocol::Opened reply = opened(1, {100.0, 200.0});
  reply.analysis.events[1].by_form = true;
  workspace.receive(reply);
  const auto told = [&](const char* command) {
    workspace.command(command);
    const Section section = selected_section(workspace, *workspace.current());
    return std::ranges::count(section.paragraphs, word(Word::app_review_why_form));
  };
  CHECK(told("select-event 1") == 0);
  CHECK(told("select-event 2") == 1);
}

TEST_CASE("An even train is told with its number and interval, also beside each of its events") {
  Workspace workspace("1.0");
  workspace.command("open-example");
  protocol::Opened reply = opened(1, {100.0, 110.0, 120.0, 130.0, 140.0, 150.0});
  for (Event& event : reply.analysis.events) {
    event.event_class = EventClass::Rhythmic;
    event.group = 0;
  }
  workspace.receive(reply);
  const Section found = found_section(*workspace.current());
  CHECK(std::ranges::any_of(found.paragraphs, [](const std::string& line) { return line.find("even train of 6 events") != std::string::npos && line.find("10\u00A0s") != std::string::npos; }));
  const Section selected = selected_section(workspace, *workspace.current());
  const auto row = std::ranges::find(selected.tables[0].rows, "train", &Row::id);
  REQUIRE(row != selected.tables[0].rows.end());
  CHECK(row->cells[1] == fill(Word::runs_train_figure_value, {{"count", "6"}, {"interval", "10\u00A0s"}}));
}

}  // namespace klono::workspace

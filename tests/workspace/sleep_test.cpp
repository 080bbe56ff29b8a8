// Times of sleep that the person marks in Review: set, taken back, kept with the recording, and used before estimates.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/words.hpp"
#include "workspace/opened.hpp"
#include "workspace/recording_card.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

/// An hour and a half with events around 3000 s, and an estimated onset of sleep at 600 s.
Workspace with_night() {
  Workspace workspace("1.0");
  workspace.command("open-example");
  protocol::Opened reply = opened(1, {2900.0, 2990.0, 3010.0, 3500.0}, 5400.0);
  reply.analysis.rest.long_rests = {{600.0, 5000.0}};
  reply.analysis.rest.onsets = {{600.0, OnsetSource::Estimate}};
  workspace.receive(reply);
  return workspace;
}

const Entry& entry_of(const Workspace& workspace) { return workspace.entries().front(); }

void mark_at(Workspace& workspace, const char* moment, double at_s) {
  workspace.show({at_s - 10.0, at_s + 10.0});
  workspace.command(std::string("mark-sleep ") + moment);
}

}  // namespace

TEST_CASE("A mark goes to the middle of what is shown") {
  Workspace workspace = with_night();
  mark_at(workspace, "fell_asleep", 3000.0);
  REQUIRE(entry_of(workspace).sleep_marks.size() == 1);
  CHECK(entry_of(workspace).sleep_marks[0].moment == SleepMoment::FellAsleep);
  CHECK(entry_of(workspace).sleep_marks[0].at_s == doctest::Approx(3000.0));
  CHECK(workspace.toast_visible());
}

TEST_CASE("Figures near sleep follow a mark at once, and the estimate again when it is taken back") {
  Workspace workspace = with_night();
  REQUIRE(entry_of(workspace).summary.near_sleep.size() == 1);
  CHECK(entry_of(workspace).summary.near_sleep[0].onset.source == OnsetSource::Estimate);
  CHECK(entry_of(workspace).summary.near_sleep[0].events == 0);
  mark_at(workspace, "fell_asleep", 3000.0);
  CHECK(entry_of(workspace).summary.near_sleep[0].onset.source == OnsetSource::Person);
  CHECK(entry_of(workspace).summary.near_sleep[0].events == 4);
  CHECK(entry_of(workspace).summary.near_sleep[0].before == 2);
  workspace.command("undo");
  CHECK(entry_of(workspace).summary.near_sleep[0].onset.source == OnsetSource::Estimate);
  workspace.command("redo");
  CHECK(entry_of(workspace).summary.near_sleep[0].onset.source == OnsetSource::Person);
}

TEST_CASE("Marks and answers are taken back in the order they were given") {
  Workspace workspace = with_night();
  workspace.command("confirm-event 1");
  mark_at(workspace, "lay_down", 400.0);
  workspace.command("reject-event 2");
  workspace.command("undo");
  CHECK(entry_of(workspace).decisions[1] == Decision::None);
  CHECK(entry_of(workspace).sleep_marks.size() == 1);
  workspace.command("undo");
  CHECK(entry_of(workspace).sleep_marks.empty());
  CHECK(entry_of(workspace).decisions[0] == Decision::Confirmed);
  workspace.command("undo");
  CHECK(entry_of(workspace).decisions[0] == Decision::None);
}

TEST_CASE("A mark is taken away by its number, and nothing else is") {
  Workspace workspace = with_night();
  mark_at(workspace, "fell_asleep", 3000.0);
  mark_at(workspace, "lay_down", 2500.0);
  workspace.command("unmark-sleep 3");
  CHECK(workspace.status() == fill(Word::sleep_own_no_such, {{"n", "3"}}));
  workspace.command("unmark-sleep 1");
  REQUIRE(entry_of(workspace).sleep_marks.size() == 1);
  CHECK(entry_of(workspace).sleep_marks[0].moment == SleepMoment::FellAsleep);
  workspace.command("mark-sleep dreamt");
  CHECK(entry_of(workspace).sleep_marks.size() == 1);
}

TEST_CASE("A screen reader finds a button a moment with the time it would mark, and one to remove each mark") {
  Workspace workspace = with_night();
  workspace.command("go review");
  mark_at(workspace, "woke_up", 4800.0);
  const Section* section = section_with(workspace, text(Word::sleep_own_heading));
  REQUIRE(section != nullptr);
  REQUIRE(section->actions.size() == 3);
  CHECK(section->actions[1].command == "mark-sleep fell_asleep");
  CHECK(section->actions[1].label.find("1:20:00") != std::string::npos);
  REQUIRE(section->tables.size() == 1);
  CHECK(section->tables[0].rows[0].actions[0].command == "unmark-sleep 1");
}

TEST_CASE("Marks stay with the recording: the card beside it gives them back, and an export carries them") {
  RecordingCard card;
  card.sleep_marks = {{SleepMoment::LayDown, 12.5}, {SleepMoment::FellAsleep, 700.25}};
  CHECK(card_from_json(json_of(card)).sleep_marks == card.sleep_marks);
  CHECK(card_from_json(R"({"sleep":[[1,"dreamt"],["x","woke_up"],[3,"woke_up"],4]})").sleep_marks == std::vector<SleepMark>{{SleepMoment::WokeUp, 3.0}});
  Workspace workspace = with_night();
  mark_at(workspace, "fell_asleep", 3000.0);
  (void)workspace.take_requests();
  workspace.command("save analysis");
  const auto exports = only<protocol::ExportRequest>(workspace.take_requests());
  REQUIRE(exports.size() == 1);
  CHECK(exports[0].sleep_marks == entry_of(workspace).sleep_marks);
}

TEST_CASE("A guided test has no times of sleep") {
  Workspace workspace("1.0");
  workspace.command("open-example");
  protocol::Opened reply = opened(1, {100.0});
  reply.info.blocks = {{{0.0, 60.0}, Task::Rest}};
  workspace.receive(reply);
  CHECK(section_with(workspace, text(Word::sleep_own_heading)) == nullptr);
  workspace.command("mark-sleep lay_down");
  CHECK(entry_of(workspace).sleep_marks.empty());
}

}  // namespace klono::workspace

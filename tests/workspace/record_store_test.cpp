#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "opened.hpp"
#include "recorder_news.hpp"
#include "workspace/saved_view.hpp"

namespace klono::workspace {
namespace {

/// Recorded for an hour less a gap, stopped, and handed to the engine.
Workspace after_stop() {
  Workspace workspace = recording();
  workspace.command("record mark");
  workspace.set_now(3700.0);
  workspace.command("record stop");
  workspace.receive(recorder::News(recorder::Saved{workspace.record().running().id, 3500.0, 3600.0, 5e6, {}}));
  return workspace;
}

TEST_CASE("A recording that ends is opened by itself, while the person reads that it is saved") {
  Workspace workspace = after_stop();
  const auto opens = only<recorder::StoreOpen>(workspace.take_orders());
  REQUIRE(opens.size() == 1);
  CHECK(workspace.screen() == Screen::Record);
  CHECK(saved_view(workspace).stage == SavedView::Stage::Finding);

  workspace.receive(recorder::News(recorder::StoredFile{opens[0].id, 7, 5e6}));
  const auto files = only<protocol::OpenFile>(workspace.take_requests());
  REQUIRE(files.size() == 1);
  CHECK(files[0].source == 7);

  protocol::Opened reply = opened(files[0].recording, {100.0, 200.0}, 3600.0);
  reply.info.gaps = {{{500.0, 500.2}, GapReason::Missing}, {{1000.0, 1100.0}, GapReason::Hidden}, {{2000.0, 2000.3}, GapReason::Missing}};
  workspace.receive(std::move(reply));
  CHECK(workspace.screen() == Screen::Record);
  const SavedView view = saved_view(workspace);
  CHECK(view.stage == SavedView::Stage::Done);
  CHECK(view.recorded.find("58\u00A0min") != std::string::npos);
  const bool gap_told = std::ranges::any_of(view.lines, [](const auto& line) { return line.label.find("the page was hidden") != std::string::npos; });
  CHECK(gap_told);
  // What is shorter than a second is one line, not many.
  CHECK(std::ranges::count_if(view.lines, [](const auto& line) { return line.label.starts_with("No data"); }) == 1);
  CHECK(std::ranges::count_if(view.lines, [](const auto& line) { return line.label.starts_with("2 shorter stretches"); }) == 1);
  // No figure of events on that page.
  for (const SavedView::Line& line : view.lines) CHECK(line.label.find("event") == std::string::npos);

  workspace.command("record review");
  CHECK(workspace.screen() == Screen::Review);
  CHECK(workspace.current()->title == "Left ankle, at rest");
}

TEST_CASE("Decisions and figures are kept beside the recording, and list it on the next visit without reading it") {
  Workspace workspace = after_stop();
  const std::string id = only<recorder::StoreOpen>(workspace.take_orders())[0].id;
  workspace.receive(recorder::News(recorder::StoredFile{id, 7, 5e6}));
  protocol::Opened reply = opened(workspace.entries().front().id, {100.0, 200.0, 300.0}, 3600.0);
  reply.overview = {0.0, 3600.0, std::vector<float>(2048, 0.01F)};
  workspace.receive(std::move(reply));
  workspace.command("record review");
  workspace.command("reject-event 2");
  const auto cards = only<recorder::StoreCard>(workspace.take_orders());
  REQUIRE_FALSE(cards.empty());

  Workspace next("1.0");
  recorder::StoredRecording one = stored_recording(id, kBegan_unix_ms);
  one.card = cards.back().card;
  next.receive(recorder::News(recorder::Stored{{one}, false}));
  REQUIRE(next.entries().size() == 1);
  const Entry& entry = next.entries().front();
  CHECK(entry.state == EntryState::Kept);
  CHECK(entry.has_figures());
  CHECK(entry.summary.brief.count == 2);
  CHECK(entry.summary.brief.per_hour == doctest::Approx(workspace.current()->summary.brief.per_hour));
  CHECK(entry.to_review() == 2);
  CHECK(entry.data.overview.peak_g.size() == RecordingCard::kStripColumns);

  next.command("open-recording " + std::to_string(entry.id));
  CHECK(next.screen() == Screen::Review);
  CHECK(only<recorder::StoreOpen>(next.take_orders()).size() == 1);
  next.receive(recorder::News(recorder::StoredFile{id, 3, 5e6}));
  next.receive(opened(next.entries().front().id, {100.0, 200.0, 300.0}, 3600.0));
  CHECK(next.current()->decisions[1] == Decision::Rejected);
}

TEST_CASE("An unfinished recording is offered until it is kept, and the answer lasts") {
  Workspace workspace("1.0");
  workspace.receive(recorder::News(recorder::Stored{{stored_recording("b", 2e12, false), stored_recording("a", 1e12)}, false}));
  REQUIRE(workspace.entries().size() == 2);
  CHECK(workspace.entries()[0].stored->offered());
  CHECK_FALSE(workspace.entries()[1].stored->offered());
  workspace.command("keep-recording " + std::to_string(workspace.entries()[0].id));
  CHECK_FALSE(workspace.entries()[0].stored->offered());
  const auto cards = only<recorder::StoreCard>(workspace.take_orders());
  REQUIRE(cards.size() == 1);
  CHECK(card_from_json(cards[0].card).accepted);

  Workspace next("1.0");
  recorder::StoredRecording one = stored_recording("b", 2e12, false);
  one.card = cards[0].card;
  next.receive(recorder::News(recorder::Stored{{one}, false}));
  CHECK_FALSE(next.entries()[0].stored->offered());
}

TEST_CASE("What another tab records now is not offered as unfinished") {
  Workspace workspace("1.0");
  workspace.receive(recorder::News(recorder::Stored{{stored_recording("b", 2e12, false), stored_recording("a", 1e12, false)}, true}));
  REQUIRE(workspace.entries().size() == 1);
  CHECK(workspace.entries()[0].stored->id == "a");
}

TEST_CASE("Deleting waits for second thoughts: undo brings the recording back, and only later it is removed") {
  Workspace workspace("1.0");
  workspace.set_now(10.0);
  workspace.receive(recorder::News(recorder::Stored{{stored_recording("b", 2e12), stored_recording("a", 1e12)}, false}));
  (void)workspace.take_orders();
  const std::string first = std::to_string(workspace.entries()[0].id);
  workspace.command("delete-recording " + first);
  CHECK(workspace.entries().size() == 1);
  CHECK(workspace.take_orders().empty());
  workspace.command("undo");
  REQUIRE(workspace.entries().size() == 2);
  CHECK(workspace.entries()[0].stored->id == "b");

  workspace.command("delete-recording " + first);
  // The list of the store does not bring it back meanwhile.
  workspace.receive(recorder::News(recorder::Stored{{stored_recording("b", 2e12), stored_recording("a", 1e12)}, false}));
  CHECK(workspace.entries().size() == 1);
  workspace.set_now(10.0 + Workspace::kToast_s + 0.1);
  const auto removed = only<recorder::StoreRemove>(workspace.take_orders());
  REQUIRE(removed.size() == 1);
  CHECK(removed[0].id == "b");
}

TEST_CASE("Closing a recording made here only frees it: it stays in the list with its figures") {
  Workspace workspace = after_stop();
  const std::string id = only<recorder::StoreOpen>(workspace.take_orders())[0].id;
  workspace.receive(recorder::News(recorder::StoredFile{id, 7, 5e6}));
  workspace.receive(opened(workspace.entries().front().id, {100.0}, 3600.0));
  const std::string number = std::to_string(workspace.entries().front().id);
  workspace.command("open-recording " + number);
  workspace.command("close-recording " + number);
  CHECK(only<protocol::Close>(workspace.take_requests()).size() == 1);
  REQUIRE(workspace.entries().size() == 1);
  CHECK(workspace.entries().front().state == EntryState::Kept);
  CHECK(workspace.entries().front().has_figures());
  CHECK(workspace.screen() == Screen::Library);
}

TEST_CASE("A recording whose file is gone is said to be gone, and leaves the list") {
  Workspace workspace("1.0");
  workspace.receive(recorder::News(recorder::Stored{{stored_recording("a", 1e12)}, false}));
  workspace.command("open-recording " + std::to_string(workspace.entries()[0].id));
  workspace.receive(recorder::News(recorder::StoredFile{"a", 0, 0.0}));
  CHECK(workspace.entries().empty());
  CHECK(workspace.status().find("Night, left ankle") != std::string::npos);
}

TEST_CASE("What another tab removed leaves the list; files that were opened stay") {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "ankle.csv", 1000);
  workspace.receive(recorder::News(recorder::Stored{{stored_recording("b", 2e12), stored_recording("a", 1e12)}, false}));
  CHECK(workspace.entries().size() == 3);
  workspace.receive(recorder::News(recorder::Stored{{stored_recording("a", 1e12)}, false}));
  REQUIRE(workspace.entries().size() == 2);
  CHECK(workspace.entries()[0].title == "ankle.csv");
}

TEST_CASE("A guided test never shows one rate: the parts are told one by one") {
  Workspace workspace = after_stop();
  const std::string id = only<recorder::StoreOpen>(workspace.take_orders())[0].id;
  workspace.receive(recorder::News(recorder::StoredFile{id, 7, 5e6}));
  protocol::Opened reply = opened(workspace.entries().front().id, {10.0, 20.0, 80.0}, 195.0);
  reply.info.blocks = {{{5.0, 65.0}, Task::Rest}, {{70.0, 130.0}, Task::ArmsOut}, {{135.0, 195.0}, Task::Reach}};
  workspace.receive(std::move(reply));
  workspace.command("go review");
  const ScreenModel& review = workspace.screen_model();
  std::string all;
  for (const Section& section : review.sections)
    for (const std::string& line : section.paragraphs) all += line + "\n";
  CHECK(all.find("Rest: 2") != std::string::npos);
  CHECK(all.find("Arms out: 1") != std::string::npos);
  CHECK(all.find("per hour") == std::string::npos);
  workspace.command("go library");
  for (const Section& section : workspace.screen_model().sections)
    for (const Table& table : section.tables)
      for (const Row& row : table.rows) CHECK(row.cells[3].find("per hour") == std::string::npos);
}

TEST_CASE("A card comes back as it was written, and garbage gives an empty one") {
  RecordingCard card;
  card.worn = R"({"place":"left_ankle"})";
  card.accepted = true;
  card.decisions = {{12.345, Decision::Confirmed}, {20.0, Decision::Rejected}};
  RecordingCard::Found found;
  found.detector_version = 2;
  found.length_s = 3600.0;
  found.analysable_s = 3000.5;
  found.brief = 12;
  found.onsets_s = {1.5, 2.25};
  found.masks = {{{10.0, 20.0}, Reason::Walking}};
  found.gaps = {{{30.0, 40.0}, GapReason::Hidden}};
  found.parts = {{{0.0, 60.0}, Task::ArmsOut}};
  found.strip_g = {0.01F, std::nanf(""), 1.25F};
  card.found = found;
  const RecordingCard back = card_from_json(json_of(card));
  CHECK(back.worn == card.worn);
  CHECK(back.accepted);
  REQUIRE(back.decisions.size() == 2);
  CHECK(back.decisions[0].onset_s == doctest::Approx(12.345));
  CHECK(back.decisions[1].decision == Decision::Rejected);
  REQUIRE(back.found);
  CHECK(back.found->masks[0].reason == Reason::Walking);
  CHECK(back.found->gaps[0].reason == GapReason::Hidden);
  CHECK(back.found->parts[0].task == Task::ArmsOut);
  CHECK(back.found->strip_g[0] == doctest::Approx(0.01));
  CHECK(std::isnan(back.found->strip_g[1]));
  CHECK(json_of(back) == json_of(card));
  for (const char* garbage : {"", "7", "[]", "{\"found\":{\"masks\":[[1,0,\"walking\"],[0,1,7]],\"strip_mg\":[\"x\"]}}", "{\"decisions\":[[\"a\",\"b\"]]}"})
    CHECK(card_from_json(garbage).decisions.empty());
}

}  // namespace
}  // namespace klono::workspace

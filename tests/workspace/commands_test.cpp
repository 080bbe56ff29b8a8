#include <doctest/doctest.h>

#include "opened.hpp"

namespace klono::workspace {
namespace {

using protocol::ExportKind;
using protocol::TraceMode;

Decision decision(const Workspace& workspace, std::size_t number) { return workspace.current()->decisions[number - 1]; }

std::size_t selected(const Workspace& workspace) { return workspace.current()->selected.value_or(998) + 1; }

TEST_CASE("Opening a file asks the host to let the person choose") {
  Workspace workspace("1.0");
  workspace.command("open-file");
  const auto effects = workspace.take_effects();
  REQUIRE(effects.size() == 1);
  CHECK(std::holds_alternative<ChooseFiles>(effects[0]));
  CHECK(workspace.take_effects().empty());
}

TEST_CASE("The example is opened once; asking again shows it") {
  Workspace workspace("1.0");
  workspace.command("open-example");
  CHECK(only<protocol::OpenExample>(workspace.take_requests()).size() == 1);
  workspace.command("go library");
  workspace.command("open-example");
  CHECK(only<protocol::OpenExample>(workspace.take_requests()).empty());
  CHECK(workspace.entries().size() == 1);
  CHECK(workspace.screen() == Screen::Review);
  CHECK(workspace.current()->example);
}

TEST_CASE("Where the sensor was worn can be said, travels with the page, and can be taken back") {
  Workspace workspace = with_example();
  workspace.command("worn left_ankle");
  CHECK(workspace.current()->context().placement == history::placement_of("left_ankle"));
  workspace.command("save summary");
  const auto asked = only<protocol::ExportRequest>(workspace.take_requests());
  REQUIRE(asked.size() == 1);
  CHECK(history::context_from_json(asked[0].context).placement == history::placement_of("left_ankle"));
  workspace.command("worn left_chest");  // there is no such place
  CHECK(workspace.current()->context().placement == history::placement_of("left_ankle"));
  workspace.command("worn none");
  CHECK_FALSE(workspace.current()->context().placement.has_value());
}

TEST_CASE("Every screen can be gone to, Review once something is open") {
  Workspace workspace("1.0");
  const std::pair<const char*, Screen> places[] = {{"go record", Screen::Record},     {"go patterns", Screen::Patterns},
                                                   {"go history", Screen::History},   {"go report", Screen::Report},
                                                   {"go settings", Screen::Settings}, {"go help", Screen::Help},
                                                   {"go library", Screen::Library}};
  for (const auto& [command, screen] : places) {
    workspace.command(command);
    CHECK(workspace.screen() == screen);
  }
  workspace.command("go review");
  CHECK(workspace.screen() == Screen::Library);
  CHECK_FALSE(workspace.status().empty());
  workspace.file_chosen(5, "a.csv", 10);
  workspace.command("go library");
  workspace.command("go review");
  CHECK(workspace.screen() == Screen::Review);
}

TEST_CASE("A recording opens at its first event to review") {
  const Workspace workspace = with_example();
  CHECK(selected(workspace) == 1);
  CHECK(workspace.current()->viewport.span().contains(100.0));
  CHECK(workspace.current()->viewport.span().length_s() == doctest::Approx(60.0));
}

TEST_CASE("Selecting an event brings it into view and keeps the zoom") {
  Workspace workspace = with_example();
  workspace.show({0.0, 20.0});
  workspace.command("select-event 3");
  CHECK(selected(workspace) == 3);
  CHECK(workspace.current()->viewport.span().contains(300.0));
  CHECK(workspace.current()->viewport.span().length_s() == doctest::Approx(20.0));
}

TEST_CASE("Next and previous walk the list as it is sorted and filtered, and stop at its ends") {
  Workspace workspace = with_example();
  workspace.command("previous-event");
  CHECK(selected(workspace) == 1);
  workspace.command("next-event");
  workspace.command("next-event");
  CHECK(selected(workspace) == 3);
  workspace.command("next-event");
  workspace.command("next-event");
  CHECK(selected(workspace) == 4);
  workspace.command("reject-event 2");
  workspace.command("filter rejected");
  workspace.command("next-event");
  CHECK(selected(workspace) == 2);
}

TEST_CASE("Confirming and rejecting move on to the next event still to review, around the end") {
  Workspace workspace = with_example();
  workspace.command("select-event 3");
  workspace.command("reject-event 3");
  CHECK(decision(workspace, 3) == Decision::Rejected);
  CHECK(workspace.status() == "Event 3 is not an event.");
  CHECK(workspace.toast_visible());
  CHECK(selected(workspace) == 4);
  workspace.command("confirm-event 4");
  CHECK(selected(workspace) == 1);
  workspace.command("confirm-event 1");
  CHECK(selected(workspace) == 2);
  workspace.command("confirm-event 2");
  CHECK(selected(workspace) == 2);
  CHECK(workspace.current()->to_review() == 0);
}

TEST_CASE("The figures follow each decision at once") {
  Workspace workspace = with_example();
  CHECK(workspace.current()->summary.brief.count == 4);
  workspace.command("reject-event 2");
  CHECK(workspace.current()->summary.brief.count == 3);
  CHECK(workspace.current()->summary.rejected == 1);
  workspace.command("undo");
  CHECK(workspace.current()->summary.brief.count == 4);
}

TEST_CASE("The same answer a second time takes it back") {
  Workspace workspace = with_example();
  workspace.command("reject-event 2");
  workspace.command("reject-event 2");
  CHECK(decision(workspace, 2) == Decision::None);
  CHECK(selected(workspace) == 2);
  workspace.command("undo");
  CHECK(decision(workspace, 2) == Decision::Rejected);
}

TEST_CASE("A chain of decisions is undone and done again step by step, selecting each event") {
  Workspace workspace = with_example();
  workspace.command("confirm-event 1");
  workspace.command("reject-event 2");
  workspace.command("confirm-event 2");
  workspace.command("undo");
  CHECK(decision(workspace, 2) == Decision::Rejected);
  CHECK(selected(workspace) == 2);
  workspace.command("undo");
  CHECK(decision(workspace, 2) == Decision::None);
  workspace.command("undo");
  CHECK(decision(workspace, 1) == Decision::None);
  CHECK(selected(workspace) == 1);
  CHECK_FALSE(workspace.can_undo());
  workspace.command("redo");
  workspace.command("redo");
  workspace.command("redo");
  CHECK(decision(workspace, 1) == Decision::Confirmed);
  CHECK(decision(workspace, 2) == Decision::Confirmed);
  CHECK_FALSE(workspace.can_redo());
  workspace.command("undo");
  workspace.command("reject-event 4");
  CHECK_FALSE(workspace.can_redo());
}

TEST_CASE("Any chain of decisions is undone to the beginning and done again to the end") {
  Workspace workspace = with_example({10, 20, 30, 40, 50, 60, 70});
  unsigned random = 1;
  for (int i = 0; i < 60; ++i) {
    random = random * 1664525U + 1013904223U;
    workspace.command(((random >> 20) % 2 == 0 ? "confirm-event " : "reject-event ") +
                      std::to_string((random >> 24) % 7 + 1));
  }
  const auto after = workspace.current()->decisions;
  while (workspace.can_undo()) workspace.command("undo");
  CHECK(workspace.current()->decisions == std::vector<Decision>(7, Decision::None));
  CHECK(workspace.current()->kept.empty());
  while (workspace.can_redo()) workspace.command("redo");
  CHECK(workspace.current()->decisions == after);
}

TEST_CASE("All that is shown can be confirmed at once and taken back at once") {
  Workspace workspace = with_example();
  workspace.command("reject-event 2");
  workspace.command("confirm-shown");
  CHECK(workspace.current()->decisions ==
        std::vector{Decision::Confirmed, Decision::Rejected, Decision::Confirmed, Decision::Confirmed});
  workspace.command("undo");
  CHECK(workspace.current()->decisions ==
        std::vector{Decision::None, Decision::Rejected, Decision::None, Decision::None});
}

TEST_CASE("The toast with undo goes after six seconds, the sentence stays for the screen reader") {
  Workspace workspace = with_example();
  workspace.set_now(100.0);
  workspace.command("reject-event 1");
  workspace.set_now(105.9);
  CHECK(workspace.toast_visible());
  const auto before = workspace.revision();
  workspace.set_now(106.1);
  CHECK_FALSE(workspace.toast_visible());
  CHECK(workspace.revision() > before);
  CHECK(workspace.status() == "Event 1 is not an event.");
  CHECK(workspace.can_undo());
}

TEST_CASE("Dismissing takes the message away and nothing else") {
  Workspace workspace = with_example();
  workspace.command("reject-event 1");
  workspace.command("dismiss");
  CHECK_FALSE(workspace.toast_visible());
  CHECK(workspace.status().empty());
  CHECK(decision(workspace, 1) == Decision::Rejected);
  CHECK(workspace.can_undo());
}

TEST_CASE("Zooming and panning change the visible stretch only") {
  Workspace workspace = with_example();
  const auto length_s = [&] { return workspace.current()->viewport.span().length_s(); };
  workspace.command("zoom-fit");
  CHECK(length_s() == doctest::Approx(600.0));
  workspace.command("zoom-in");
  CHECK(length_s() == doctest::Approx(300.0));
  const double begin_s = workspace.current()->viewport.span().begin_s;
  workspace.command("pan-right");
  CHECK(workspace.current()->viewport.span().begin_s == doctest::Approx(begin_s + 75.0));
  workspace.command("pan-left");
  CHECK(workspace.current()->viewport.span().begin_s == doctest::Approx(begin_s));
  workspace.command("zoom-out");
  CHECK(length_s() == doctest::Approx(600.0));
}

TEST_CASE("The list is sorted by time, by size and by likeness") {
  Workspace workspace("1.0");
  workspace.command("open-example");
  auto reply = opened(1, {10.0, 20.0, 30.0, 40.0, 50.0});
  reply.analysis.events[1].peak_g = 0.9;
  reply.analysis.events[3].peak_g = 0.5;
  reply.waveforms[2] = swing(30.0, 1.0, 0.2);
  workspace.receive(reply);
  CHECK(workspace.listed_events() == std::vector<std::size_t>{0, 1, 2, 3, 4});
  workspace.command("sort size");
  CHECK(workspace.listed_events() == std::vector<std::size_t>{1, 3, 0, 2, 4});
  workspace.command("sort likeness");
  CHECK(workspace.listed_events().front() == 2);
  workspace.command("sort time");
  CHECK(workspace.order() == EventOrder::Time);
}

TEST_CASE("The list shows what the filter lets through") {
  Workspace workspace = with_example();
  workspace.command("confirm-event 1");
  workspace.command("reject-event 2");
  workspace.command("filter review");
  CHECK(workspace.listed_events() == std::vector<std::size_t>{2, 3});
  workspace.command("filter confirmed");
  CHECK(workspace.listed_events() == std::vector<std::size_t>{0});
  workspace.command("filter rejected");
  CHECK(workspace.listed_events() == std::vector<std::size_t>{1});
  workspace.command("filter all");
  CHECK(workspace.listed_events().size() == 4);
}

TEST_CASE("A long list is turned page by page, and the selection turns it too") {
  std::vector<double> onsets;
  for (int i = 0; i < 250; ++i) onsets.push_back(2.0 * i);
  Workspace workspace = with_example(onsets);
  workspace.command("list-previous");
  CHECK(workspace.list_page() == 0);
  workspace.command("list-next");
  workspace.command("list-next");
  workspace.command("list-next");
  CHECK(workspace.list_page() == 2);
  workspace.command("select-event 150");
  CHECK(workspace.list_page() == 1);
}

TEST_CASE("Movement or as recorded, as asked") {
  Workspace workspace = with_example();
  workspace.command("trace recorded");
  CHECK(workspace.trace_mode() == TraceMode::AsRecorded);
  workspace.command("trace movement");
  CHECK(workspace.trace_mode() == TraceMode::Movement);
}

TEST_CASE("The theme is changed, stored and restored") {
  Workspace workspace("1.0");
  workspace.command("theme dark");
  CHECK(workspace.theme() == Theme::Dark);
  const auto effects = workspace.take_effects();
  REQUIRE(effects.size() == 1);
  const auto* stored = std::get_if<StoreSetting>(&effects[0]);
  REQUIRE(stored);
  Workspace later("1.0");
  later.restore_setting(stored->key, stored->value);
  CHECK(later.theme() == Theme::Dark);
  CHECK(later.take_effects().empty());
}

TEST_CASE("Detector settings are changed, stored, restored and put back") {
  Workspace workspace("1.0");
  workspace.command("sensitivity careful");
  workspace.command("gate off");
  workspace.command("set candidates.smallest_peak_g 0.05");
  CHECK(workspace.settings().sensitivity == Sensitivity::Careful);
  CHECK_FALSE(workspace.settings().gate);
  CHECK(workspace.settings().candidates.smallest_peak_g == doctest::Approx(0.05));
  Workspace later("1.0");
  for (const Effect& effect : workspace.take_effects())
    if (const auto* stored = std::get_if<StoreSetting>(&effect)) later.restore_setting(stored->key, stored->value);
  CHECK(later.settings().sensitivity == Sensitivity::Careful);
  CHECK_FALSE(later.settings().gate);
  CHECK(later.settings().candidates.smallest_peak_g == workspace.settings().candidates.smallest_peak_g);
  workspace.command("reset candidates.smallest_peak_g");
  CHECK(workspace.settings().candidates.smallest_peak_g == doctest::Approx(0.02));
  workspace.command("reset all");
  CHECK(workspace.settings().gate);
  CHECK(workspace.settings().sensitivity == Sensitivity::Balanced);
}

TEST_CASE("Every key that may be stored is named for loading") {
  Workspace workspace("1.0");
  workspace.command("theme light");
  workspace.command("gate off");
  workspace.command("sensitivity sensitive");
  for (const SettingInfo& info : setting_table()) workspace.command("reset " + std::string(info.key));
  const auto keys = Workspace::stored_keys();
  for (const Effect& effect : workspace.take_effects()) {
    const auto* stored = std::get_if<StoreSetting>(&effect);
    REQUIRE(stored);
    CHECK(std::find(keys.begin(), keys.end(), stored->key) != keys.end());
  }
}

TEST_CASE("What was stored by a stranger or a later version leaves the defaults") {
  Workspace workspace("1.0");
  for (const char* value : {"", "purple", "1e999", "-4", "nan"}) {
    for (const std::string& key : Workspace::stored_keys()) workspace.restore_setting(key, value);
    workspace.restore_setting("nonsense", value);
  }
  CHECK(workspace.theme() == Theme::System);
  CHECK(workspace.settings().gate);
  for (const SettingInfo& info : setting_table()) CHECK(info.get(workspace.settings()) == info.get(DetectorSettings{}));
}

TEST_CASE("Files are asked of the engine with the decisions and handed to the host when they come") {
  Workspace workspace = with_example();
  workspace.command("reject-event 2");
  workspace.command("save summary");
  workspace.command("share table");
  workspace.command("save analysis");
  const auto exports = only<protocol::ExportRequest>(workspace.take_requests());
  REQUIRE(exports.size() == 3);
  CHECK(exports[0].kind == ExportKind::SummaryHtml);
  CHECK(exports[1].kind == ExportKind::EventsCsv);
  CHECK(exports[2].kind == ExportKind::AnalysisJson);
  CHECK(exports[0].decisions[1] == Decision::Rejected);
  CHECK(workspace.busy());
  (void)workspace.take_effects();
  workspace.receive(
      protocol::ExportReply{exports[1].request, 1, ExportKind::EventsCsv, "e.csv", "text/csv", {1, 2, 3}});
  workspace.receive(protocol::ExportReply{4711, 1, ExportKind::EventsCsv, "stray.csv", "text/csv", {}});
  const auto effects = workspace.take_effects();
  REQUIRE(effects.size() == 1);
  const auto* file = std::get_if<SaveFile>(&effects[0]);
  REQUIRE(file);
  CHECK(file->share);
  CHECK(file->name == "e.csv");
  CHECK(file->bytes.size() == 3);
}

TEST_CASE("Closing can be undone for six seconds, decisions and all; then the engine forgets it") {
  Workspace workspace = with_example();
  workspace.set_now(10.0);
  workspace.command("reject-event 2");
  workspace.command("close-recording 1");
  CHECK(workspace.entries().empty());
  CHECK(workspace.screen() == Screen::Library);
  CHECK(only<protocol::Close>(workspace.take_requests()).empty());
  workspace.command("undo");
  REQUIRE(workspace.current());
  CHECK(decision(workspace, 2) == Decision::Rejected);
  CHECK(workspace.screen() == Screen::Review);
  workspace.command("close-recording 1");
  workspace.set_now(17.0);
  CHECK(only<protocol::Close>(workspace.take_requests()).size() == 1);
  CHECK_FALSE(workspace.can_undo());
}

TEST_CASE("Closing one recording leaves the others and their history alone") {
  Workspace workspace = with_example();
  workspace.command("reject-event 1");
  workspace.file_chosen(3, "other.csv", 100);
  workspace.receive(opened(2, {5.0}, 30.0));
  workspace.command("close-recording 2");
  workspace.set_now(100.0);
  CHECK(workspace.entries().size() == 1);
  workspace.command("undo");
  CHECK(workspace.entries().front().decisions[0] == Decision::None);
}

TEST_CASE("Unknown and impossible commands change nothing but the status") {
  const char* commands[] = {"",
                            " ",
                            "nonsense",
                            "go",
                            "go nowhere",
                            "go library now",
                            "open-recording",
                            "open-recording 77",
                            "open-recording x",
                            "close-recording 77",
                            "select-event",
                            "select-event 0",
                            "select-event 5",
                            "select-event -1",
                            "select-event 1x",
                            "confirm-event 99",
                            "reject-event two",
                            "zoom",
                            "zoom-in 2",
                            "trace",
                            "trace sideways",
                            "theme",
                            "theme purple",
                            "set",
                            "set candidates.smallest_peak_g",
                            "set candidates.smallest_peak_g much",
                            "set candidates.smallest_peak_g 1e9",
                            "set candidates.smallest_peak_g nan",
                            "set no.such 1",
                            "reset no.such",
                            "sensitivity high",
                            "gate ajar",
                            "save",
                            "save everything",
                            "share nothing",
                            "stop-reading 1",
                            "use-partial 1",
                            "answer --rate 50",
                            "retry 1",
                            "retry 9",
                            "sort",
                            "sort colour",
                            "filter",
                            "filter none",
                            "undo",
                            "redo",
                            "list-next",
                            "list-previous",
                            "GO LIBRARY",
                            "reject-event 1 2"};
  for (const char* command : commands) {
    CAPTURE(command);
    Workspace workspace = with_example();
    const Workspace before = workspace;
    workspace.command(command);
    CHECK_FALSE(workspace.status().empty());
    CHECK(workspace.status() != before.status());
    CHECK(workspace.screen() == before.screen());
    CHECK(workspace.theme() == before.theme());
    CHECK(workspace.trace_mode() == before.trace_mode());
    CHECK(workspace.filter() == before.filter());
    CHECK(workspace.order() == before.order());
    CHECK(workspace.entries().size() == before.entries().size());
    REQUIRE(workspace.current());
    CHECK(workspace.current()->decisions == before.current()->decisions);
    CHECK(workspace.current()->selected == before.current()->selected);
    CHECK(workspace.current()->state == EntryState::Ready);
    CHECK(workspace.current()->viewport.span() == before.current()->viewport.span());
    CHECK_FALSE(workspace.can_undo());
    CHECK(workspace.take_requests().empty());
    CHECK(workspace.take_effects().empty());
    for (const SettingInfo& info : setting_table())
      CHECK(info.get(workspace.settings()) == info.get(before.settings()));
  }
}

}  // namespace
}  // namespace klono::workspace

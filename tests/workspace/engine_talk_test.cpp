#include <doctest/doctest.h>

#include "opened.hpp"

namespace klono::workspace {
namespace {

using protocol::Reanalyse;
using protocol::SpectrogramRequest;
using protocol::TraceRequest;

protocol::Failed failed(protocol::RecordingId id, Error error) { return {id, "night.csv", 41000, std::move(error)}; }

Error rate_question() {
  return {.code = ErrorCode::NeedsChoice,
          .what = "It has no times.",
          .advice = "",
          .question = Question{.kind = Question::Kind::Rate,
                               .option = "--rate",
                               .prompt = "How many readings a second?",
                               .suggestions = "50\n100"}};
}

protocol::TraceReply answer_to(const TraceRequest& request) {
  return {request.request,
          request.recording,
          request.mode,
          request.begin_s,
          request.end_s,
          request.columns,
          std::vector<float>(6 * request.columns, 0.0F)};
}

protocol::SpectrogramReply answer_to(const SpectrogramRequest& request) {
  return {request.request,
          request.recording,
          request.begin_s,
          request.end_s,
          20.0,
          request.columns,
          request.rows,
          std::vector<std::uint8_t>(request.columns * request.rows)};
}

TEST_CASE("A chosen file is read with the settings as they are") {
  Workspace workspace("1.0");
  workspace.command("sensitivity careful");
  workspace.file_chosen(42, "night.csv", 41000);
  const auto requests = only<protocol::OpenFile>(workspace.take_requests());
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].source == 42);
  CHECK(requests[0].name == "night.csv");
  CHECK(requests[0].settings.sensitivity == Sensitivity::Careful);
  CHECK(workspace.busy());
  CHECK(workspace.current()->state == EntryState::Reading);
}

TEST_CASE("Several files get an entry each, newest first, and the list is shown") {
  Workspace workspace("1.0");
  for (std::uint32_t i = 1; i <= 3; ++i) workspace.file_chosen(i, "file" + std::to_string(i), 10);
  CHECK(only<protocol::OpenFile>(workspace.take_requests()).size() == 3);
  REQUIRE(workspace.entries().size() == 3);
  CHECK(workspace.entries()[0].title == "file3");
  CHECK(workspace.entries()[0].id != workspace.entries()[1].id);
  CHECK(workspace.screen() == Screen::Library);
}

TEST_CASE("Reading another file leaves the screen that the person went to") {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "night.csv", 10);
  workspace.command("go help");
  workspace.receive(opened(1, {100.0}));
  CHECK(workspace.screen() == Screen::Help);
  CHECK(workspace.current()->state == EntryState::Ready);
  CHECK_FALSE(workspace.busy());
}

TEST_CASE("Only one trace and one spectrogram are asked for at a time, and the newest window wins") {
  Workspace workspace = with_example();
  workspace.set_window_pixels(800, 64);
  auto requests = workspace.take_requests();
  REQUIRE(only<TraceRequest>(requests).size() == 1);
  REQUIRE(only<SpectrogramRequest>(requests).size() == 1);
  const auto first = only<TraceRequest>(requests)[0];
  const auto first_spectrogram = only<SpectrogramRequest>(requests)[0];
  for (int i = 0; i < 30; ++i) {
    workspace.show({double(i), 20.0 + i});
    CHECK(workspace.take_requests().empty());
  }
  workspace.receive(answer_to(first));
  requests = workspace.take_requests();
  REQUIRE(requests.size() == 1);
  CHECK(only<TraceRequest>(requests)[0].begin_s == doctest::Approx(29.0));
  workspace.receive(answer_to(first_spectrogram));
  requests = workspace.take_requests();
  REQUIRE(requests.size() == 1);
  CHECK(only<SpectrogramRequest>(requests)[0].begin_s == doctest::Approx(29.0));
  CHECK(workspace.window().trace.begin_s == first.begin_s);
}

TEST_CASE("An answered window is not asked for again until something changes") {
  Workspace workspace = with_example();
  workspace.set_window_pixels(800, 0);
  auto trace = only<TraceRequest>(workspace.take_requests());
  REQUIRE(trace.size() == 1);
  workspace.receive(answer_to(trace[0]));
  CHECK(workspace.take_requests().empty());
  workspace.set_window_pixels(801, 0);
  trace = only<TraceRequest>(workspace.take_requests());
  REQUIRE(trace.size() == 1);
  workspace.receive(answer_to(trace[0]));
  workspace.command("trace recorded");
  trace = only<TraceRequest>(workspace.take_requests());
  REQUIRE(trace.size() == 1);
  CHECK(trace[0].mode == protocol::TraceMode::AsRecorded);
  workspace.receive(answer_to(trace[0]));
  workspace.command("zoom-fit");
  CHECK(only<TraceRequest>(workspace.take_requests()).size() == 1);
}

TEST_CASE("Another recording's pixels are never shown") {
  Workspace workspace = with_example();
  workspace.set_window_pixels(100, 0);
  const auto trace = only<TraceRequest>(workspace.take_requests());
  workspace.file_chosen(9, "b.csv", 5);
  workspace.receive(opened(2, {3.0}, 30.0));
  workspace.receive(answer_to(trace.at(0)));
  CHECK(workspace.window().trace.columns == 0);
  const auto next = only<TraceRequest>(workspace.take_requests());
  REQUIRE(next.size() == 1);
  CHECK(next[0].recording == 2);
}

TEST_CASE("No pixels are asked for while another screen is shown") {
  Workspace workspace = with_example();
  workspace.command("go help");
  workspace.set_window_pixels(100, 20);
  CHECK(workspace.take_requests().empty());
  workspace.command("go review");
  CHECK(workspace.take_requests().size() == 2);
}

TEST_CASE("A window that could not be made is not asked for again and again") {
  Workspace workspace = with_example();
  workspace.set_window_pixels(100, 0);
  CHECK(workspace.take_requests().size() == 1);
  workspace.receive(failed(1, {.code = ErrorCode::Internal, .what = "It went wrong."}));
  CHECK(workspace.take_requests().empty());
  CHECK(workspace.current()->state == EntryState::Ready);
  workspace.command("zoom-fit");
  CHECK(workspace.take_requests().size() == 1);
}

TEST_CASE("Closing the recording that pixels are asked of does not block the next one") {
  Workspace workspace = with_example();
  workspace.set_window_pixels(100, 0);
  CHECK(workspace.take_requests().size() == 1);
  workspace.command("close-recording 1");
  workspace.file_chosen(9, "b.csv", 5);
  workspace.receive(opened(2, {3.0}, 30.0));
  CHECK(only<TraceRequest>(workspace.take_requests()).size() == 1);
}

TEST_CASE("Changed settings analyse again, one analysis at a time, the newest settings last") {
  Workspace workspace = with_example();
  workspace.command("sensitivity careful");
  workspace.command("set candidates.smallest_peak_g 0.03");
  workspace.command("set candidates.smallest_peak_g 0.04");
  auto again = only<Reanalyse>(workspace.take_requests());
  REQUIRE(again.size() == 1);
  CHECK(workspace.busy());
  workspace.receive(opened(1, {100.0}));
  again = only<Reanalyse>(workspace.take_requests());
  REQUIRE(again.size() == 1);
  CHECK(again[0].settings.candidates.smallest_peak_g == doctest::Approx(0.04));
  workspace.receive(opened(1, {100.0}));
  CHECK(workspace.take_requests().empty());
  CHECK_FALSE(workspace.busy());
}

TEST_CASE("Decisions outlive other settings, also for events that are not found for a while") {
  Workspace workspace = with_example();
  workspace.command("confirm-event 1");
  workspace.command("reject-event 3");
  workspace.command("sensitivity careful");
  workspace.receive(opened(1, {100.1, 200.0, 400.05}));
  CHECK(workspace.current()->decisions == std::vector{Decision::Confirmed, Decision::None, Decision::None});
  CHECK(workspace.current()->summary.rejected == 0);
  workspace.command("sensitivity balanced");
  workspace.receive(opened(1, {100.0, 150.0, 200.0, 300.0, 400.0}));
  CHECK(workspace.current()->decisions ==
        std::vector{Decision::Confirmed, Decision::None, Decision::None, Decision::Rejected, Decision::None});
}

TEST_CASE("Undo reaches the same movement after other settings, by time and not by number") {
  Workspace workspace = with_example();
  workspace.command("reject-event 1");
  workspace.command("sensitivity sensitive");
  workspace.receive(opened(1, {50.0, 100.1, 200.0}));
  CHECK(workspace.current()->decisions[1] == Decision::Rejected);
  workspace.command("undo");
  CHECK(workspace.current()->decisions == std::vector<Decision>(3, Decision::None));
  CHECK(workspace.current()->selected == 1);
}

TEST_CASE("Undoing a decision about an event that is hidden now holds when it comes back") {
  Workspace workspace = with_example();
  workspace.command("reject-event 1");
  workspace.command("sensitivity careful");
  workspace.receive(opened(1, {200.0}));
  workspace.command("undo");
  workspace.command("sensitivity balanced");
  workspace.receive(opened(1, {100.0, 200.0}));
  CHECK(workspace.current()->decisions == std::vector<Decision>(2, Decision::None));
}

TEST_CASE("The selection and the view stay where they are when it is analysed again") {
  Workspace workspace = with_example();
  workspace.command("select-event 3");
  workspace.show({290.0, 310.0});
  workspace.command("gate off");
  workspace.receive(opened(1, {100.0, 120.0, 200.0, 300.05}));
  CHECK(workspace.current()->selected == 3);
  CHECK(workspace.current()->viewport.span() == TimeSpan{290.0, 310.0});
}

TEST_CASE("A file read with settings that changed meanwhile is analysed again by itself") {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "night.csv", 10);
  workspace.command("gate off");
  CHECK(only<Reanalyse>(workspace.take_requests()).empty());
  workspace.receive(opened(1, {100.0}));
  CHECK(only<Reanalyse>(workspace.take_requests()).size() == 1);
}

TEST_CASE("A question is answered once and the same file read again with the answer") {
  Workspace workspace("1.0");
  workspace.file_chosen(7, "night.csv", 41000);
  (void)workspace.take_requests();
  workspace.receive(failed(1, rate_question()));
  CHECK(workspace.current()->state == EntryState::Asking);
  workspace.command("answer --unit g");
  CHECK(workspace.current()->state == EntryState::Asking);
  workspace.command("answer --rate 50");
  CHECK(workspace.current()->state == EntryState::Reading);
  auto requests = only<protocol::OpenFile>(workspace.take_requests());
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].recording == 1);
  CHECK(requests[0].source == 7);
  CHECK(requests[0].reading == "rate=50\n");
  Error unit = rate_question();
  unit.question->option = "--member";
  workspace.receive(failed(1, unit));
  workspace.command("answer member raw data/night one.csv");
  requests = only<protocol::OpenFile>(workspace.take_requests());
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].reading == "rate=50\nmember=raw data/night one.csv\n");
  workspace.receive(failed(1, rate_question()));
  workspace.command("answer --rate 100");
  CHECK(only<protocol::OpenFile>(workspace.take_requests()).at(0).reading ==
        "member=raw data/night one.csv\nrate=100\n");
}

TEST_CASE("A refused file says why, can be tried again, and can be removed") {
  Workspace workspace("1.0");
  workspace.file_chosen(7, "night.csv", 41000);
  workspace.receive(failed(1, {.code = ErrorCode::RefusedFormat, .what = "It has one value for each minute."}));
  CHECK(workspace.current()->state == EntryState::Refused);
  CHECK_FALSE(workspace.busy());
  (void)workspace.take_requests();
  workspace.command("retry 1");
  CHECK(only<protocol::OpenFile>(workspace.take_requests()).size() == 1);
  CHECK(workspace.current()->state == EntryState::Reading);
  workspace.receive(failed(1, {.code = ErrorCode::RefusedFormat, .what = "It has one value for each minute."}));
  workspace.command("close-recording 1");
  CHECK(workspace.entries().empty());
  workspace.set_now(1000.0);
  CHECK(workspace.take_requests().empty());
}

TEST_CASE("Reading can be stopped; what the engine sends afterwards is sent back") {
  Workspace workspace("1.0");
  workspace.file_chosen(7, "night.csv", 41000);
  (void)workspace.take_requests();
  workspace.command("stop-reading 1");
  CHECK(workspace.entries().empty());
  const auto cancels = only<protocol::Cancel>(workspace.take_requests());
  REQUIRE(cancels.size() == 1);
  CHECK_FALSE(cancels[0].keep_partial);
  workspace.receive(protocol::Progress{1, 5, 10, 0.5, 1.0, 0});
  workspace.receive(failed(1, {.code = ErrorCode::Cancelled, .what = "Stopped."}));
  CHECK(workspace.entries().empty());
  workspace.receive(opened(1, {1.0}));
  CHECK(only<protocol::Close>(workspace.take_requests()).size() == 1);
}

TEST_CASE("What is read so far can be used") {
  Workspace workspace("1.0");
  workspace.file_chosen(7, "night.csv", 41000);
  workspace.receive(protocol::Progress{1, 20000, 41000, 0.4, 300.0, 2});
  CHECK(workspace.current()->progress.analysed_s == doctest::Approx(300.0));
  workspace.command("use-partial 1");
  const auto cancels = only<protocol::Cancel>(workspace.take_requests());
  REQUIRE(cancels.size() == 1);
  CHECK(cancels[0].keep_partial);
  auto reply = opened(1, {100.0}, 300.0);
  reply.info.partial = true;
  workspace.receive(reply);
  CHECK(workspace.current()->data.info.partial);
}

TEST_CASE("A recording closed while it is analysed again comes back with what the engine said meanwhile") {
  for (const bool works : {true, false}) {
    Workspace workspace = with_example();
    workspace.command("gate off");
    workspace.command("close-recording 1");
    if (works)
      workspace.receive(opened(1, {100.0, 120.0}));
    else
      workspace.receive(failed(1, {.code = ErrorCode::Internal, .what = "It went wrong."}));
    workspace.command("undo");
    REQUIRE(workspace.current());
    CHECK(workspace.current()->data.analysis.events.size() == (works ? 2 : 4));
    CHECK_FALSE(workspace.busy());
    CHECK(only<protocol::Close>(workspace.take_requests()).empty());
  }
}

TEST_CASE("Every change raises the revision, and nothing else does") {
  Workspace workspace = with_example();
  const auto grows = [&](auto act) {
    const auto before = workspace.revision();
    act();
    return workspace.revision() > before;
  };
  CHECK(grows([&] { workspace.command("reject-event 1"); }));
  CHECK(grows([&] { workspace.show({0.0, 10.0}); }));
  CHECK_FALSE(grows([&] { workspace.show({0.0, 10.0}); }));
  CHECK(grows([&] { workspace.set_window_pixels(10, 10); }));
  CHECK_FALSE(grows([&] { workspace.set_window_pixels(10, 10); }));
  CHECK_FALSE(grows([&] { workspace.set_now(0.5); }));
  CHECK_FALSE(grows([&] { (void)workspace.take_requests(); }));
  CHECK_FALSE(grows([&] { (void)workspace.screen_model(); }));
  CHECK_FALSE(grows([&] { (void)workspace.listed_events(); }));
}

}  // namespace
}  // namespace klono::workspace

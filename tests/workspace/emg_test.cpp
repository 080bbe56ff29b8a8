// EMG in the workspace: beside movement and alone; what the mirror says of it; going through it by commands.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "view/emg_words.hpp"
#include "view/plain_words.hpp"
#include "workspace/opened.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

EmgBurst burst(double onset_s, double length_s, double peak, EmgKind kind = EmgKind::Burst) {
  EmgBurst one;
  one.onset_s = onset_s;
  one.end_s = onset_s + length_s;
  one.duration_s = length_s;
  one.peak_uv = peak;
  one.rms_uv = peak / 3.0;
  one.floor_uv = 3.0;
  one.above_floor = one.rms_uv / 3.0;
  one.mean_hz = 90.0;
  one.kind = kind;
  one.band = EmgBand::To50;
  return one;
}

EmgAnalysis two_legs() {
  EmgChannelAnalysis left;
  left.name = "Leg L";
  left.unit = "uV";
  left.rate_hz = 1000.0;
  left.recorded_s = 600.0;
  left.analysable_s = 590.0;
  left.floor_uv = 3.0;
  left.bursts = {burst(50.0, 0.040, 120.0), burst(300.0, 0.060, 80.0)};
  left.masks = {{{0.0, 10.0}, EmgReason::Saturation}};
  left.not_counted = {burst(70.0, 0.1, 50.0)};
  left.not_counted.front().reason = EmgReason::Heart;
  EmgChannelAnalysis right = left;
  right.name = "Leg R";
  right.bursts = {burst(100.0, 0.010, 60.0, EmgKind::Potential), burst(400.0, 2.0, 90.0, EmgKind::Activity)};
  right.masks.clear();
  right.not_counted.clear();
  EmgAnalysis emg;
  emg.channels = {left, right};
  return emg;
}

protocol::Opened muscle_alone() {
  protocol::Opened reply = opened(1, {});
  reply.info.has_movement = false;
  reply.analysis = {};
  reply.overview.peak_g.clear();
  reply.emg = two_legs();
  reply.emg_overview.assign(2048, 1.0F);
  return reply;
}

Workspace with(protocol::Opened reply) {
  Workspace workspace("1.0");
  workspace.file_chosen(1, "leg.edf", 1000);
  workspace.set_window_pixels(300, 40);
  (void)workspace.take_requests();
  workspace.receive(std::move(reply));
  return workspace;
}

const Section* section_of(const ScreenModel& model, std::string_view heading) {
  const auto found = std::ranges::find(model.sections, heading, &Section::heading);
  return found == model.sections.end() ? nullptr : &*found;
}

bool has_command(const ScreenModel& model, std::string_view command) {
  return std::ranges::any_of(model.sections, [&](const Section& section) {
    return std::ranges::any_of(section.actions, [&](const Action& action) { return action.command == command; });
  });
}

}  // namespace

TEST_CASE("The list holds the bursts of all channels in order of time") {
  const std::vector<EmgItem> items = emg_items(two_legs());
  REQUIRE(items.size() == 4);
  CHECK(items[0].channel == 0);
  CHECK(items[1].channel == 1);
  CHECK(items[2].channel == 0);
  CHECK(items[3].span.begin_s == 400.0);
}

TEST_CASE("A channel at the rate of a sleep laboratory gives leg movements to the list, under their own name") {
  EmgAnalysis emg = two_legs();
  for (EmgChannelAnalysis& channel : emg.channels) {
    channel.detail = EmgDetail::LimbMovements;
    channel.bursts.clear();
  }
  emg.channels[1].limb_movements = {{20.0, 21.5, 1.5, 30.0, 2.0, true}};
  const std::vector<EmgItem> items = emg_items(emg);
  REQUIRE(items.size() == 1);
  CHECK(items[0].limb);
  CHECK(emg_nouns(emg).many == word(Word::emg_leg_movements));
  CHECK(emg_kind_of(emg, items[0]) == word(Word::emg_leg_movement));
  CHECK(emg_length_of(items[0]) == "1.5\u00A0s");
}

TEST_CASE("EMG alone asks for lanes of EMG and for nothing of movement") {
  Workspace workspace = with(muscle_alone());
  const std::vector<protocol::Request> requests = workspace.take_requests();
  const auto traces = only<protocol::TraceRequest>(requests);
  REQUIRE(traces.size() == 1);
  CHECK(traces[0].mode == protocol::TraceMode::Emg);
  CHECK(only<protocol::SpectrogramRequest>(requests).empty());
  workspace.receive(protocol::TraceReply{traces[0].request, 1, protocol::TraceMode::Emg, traces[0].begin_s, traces[0].end_s, 300, std::vector<float>(1200)});
  CHECK(workspace.window().emg.min_max.size() == 1200);
  CHECK(workspace.window().trace.min_max.empty());
  CHECK(workspace.take_requests().empty());
}

TEST_CASE("Movement and EMG of one recording are both asked for and both kept") {
  protocol::Opened reply = opened(1, {100.0, 200.0});
  reply.emg = two_legs();
  Workspace workspace = with(std::move(reply));
  const auto traces = only<protocol::TraceRequest>(workspace.take_requests());
  REQUIRE(traces.size() == 2);
  for (const protocol::TraceRequest& request : traces)
    workspace.receive(protocol::TraceReply{request.request, 1, request.mode, request.begin_s, request.end_s, 300,
                                           std::vector<float>(request.mode == protocol::TraceMode::Emg ? 1200 : 1800)});
  CHECK(workspace.window().emg.min_max.size() == 1200);
  CHECK(workspace.window().trace.min_max.size() == 1800);
}

TEST_CASE("The mirror of EMG alone tells each channel, lists the bursts, and says nothing of movement") {
  Workspace workspace = with(muscle_alone());
  const ScreenModel& model = workspace.screen_model();
  CHECK(model.screen == "review");
  const Section* found = section_of(model, word(Word::emg_page_heading));
  REQUIRE(found);
  // The very sentences that the command line prints.
  for (const std::string& sentence : view::emg_channel_sentences(workspace.current()->data.emg->channels[0]))
    CHECK(std::ranges::find(found->paragraphs, sentence) != found->paragraphs.end());
  const Section* list = section_of(model, word(Word::emg_events));
  REQUIRE(list);
  REQUIRE(list->tables.size() == 1);
  REQUIRE(list->tables[0].rows.size() == 4);
  CHECK(list->tables[0].rows[0].cells[2] == "Leg L");
  CHECK(list->tables[0].rows[0].cells[3] == word(Word::emg_kind_burst));
  CHECK(list->tables[0].rows[0].cells[4] == "40 ms");
  CHECK(list->tables[0].rows[0].cells[5] == "120\u00A0\u00B5V");
  CHECK(list->tables[0].rows[3].cells[4] == "2.0\u00A0s");
  const Section* lost = section_of(model, word(Word::emg_review_not_analysable));
  REQUIRE(lost);
  CHECK(lost->tables[0].rows[0].cells[1] == word(Word::emg_reason_saturation));
  REQUIRE(section_of(model, word(Word::emg_review_not_counted)));
  CHECK(section_of(model, word(Word::emg_review_not_counted))->tables[0].rows[0].cells[1] == word(Word::emg_reason_heart));
  CHECK(section_of(model, word(Word::app_review_events)) == nullptr);
  CHECK(section_of(model, word(Word::app_review_limits)) == nullptr);
  CHECK_FALSE(has_command(model, "trace recorded"));
  CHECK(has_command(model, "save summary"));
}

TEST_CASE("Bursts are gone through by commands, and what is too short to be seen is looked at closely") {
  Workspace workspace = with(muscle_alone());
  workspace.command("zoom-fit");
  workspace.command("next-burst");
  REQUIRE(workspace.current()->selected_muscle == std::size_t{0});
  const TimeSpan near = workspace.current()->viewport.span();
  CHECK(near.contains(50.0));
  CHECK(near.length_s() < 5.0);
  workspace.command("next-burst");
  CHECK(workspace.current()->selected_muscle == std::size_t{1});
  CHECK(workspace.current()->viewport.span().contains(100.0));
  workspace.command("select-burst 4");
  CHECK(workspace.status().find("Leg R") != std::string::npos);
  workspace.command("next-burst");
  CHECK(workspace.status() == word(Word::emg_review_last_reached));
  CHECK(workspace.current()->selected_muscle == std::size_t{3});
  workspace.command("previous-burst");
  CHECK(workspace.current()->selected_muscle == std::size_t{2});
  workspace.command("select-burst 5");
  CHECK(workspace.status() == fill(Word::emg_review_no_such, {{"what", std::string(word(Word::emg_event))}, {"n", "5"}}));
  CHECK(section_of(workspace.screen_model(), fill(Word::emg_review_selected_heading,
                                                  {{"what", std::string(word(Word::emg_event))}, {"n", "3"}, {"time", view::clock_words(workspace.current()->data.info.start, 300.0, true)}})) != nullptr);
}

TEST_CASE("A recording without EMG has no bursts to go to") {
  Workspace workspace = with_example();
  workspace.command("next-burst");
  CHECK(workspace.status() == word(Word::emg_review_last_reached));
  workspace.command("select-burst 1");
  CHECK_FALSE(workspace.current()->selected_muscle);
  CHECK(section_of(workspace.screen_model(), word(Word::emg_page_heading)) == nullptr);
}

TEST_CASE("A long list of bursts is turned in pages, and the page follows the chosen one") {
  protocol::Opened reply = muscle_alone();
  reply.emg->channels[1].bursts.clear();
  reply.emg->channels[0].bursts.clear();
  for (int i = 0; i < 250; ++i) reply.emg->channels[0].bursts.push_back(burst(20.0 + 2.0 * i, 0.04, 100.0));
  Workspace workspace = with(std::move(reply));
  const auto rows = [&] { return section_of(workspace.screen_model(), word(Word::emg_events))->tables[0].rows; };
  CHECK(rows().size() == 100);
  workspace.command("bursts-next");
  CHECK(rows().front().id == "101");
  workspace.command("select-burst 250");
  CHECK(rows().size() == 50);
  CHECK(rows().back().selected);
  workspace.command("bursts-next");
  CHECK(workspace.muscle_page() == 2);
}

TEST_CASE("The Library and the Report tell EMG alone by its own figures") {
  Workspace workspace = with(muscle_alone());
  CHECK(workspace.status().find("leg.edf") != std::string::npos);
  workspace.command("go library");
  const Table* table = nullptr;
  for (const Section& section : workspace.screen_model().sections)
    if (!section.tables.empty()) table = &section.tables.front();
  REQUIRE(table);
  CHECK(table->rows[0].cells[3] == emg_count_words(two_legs(), 4));
  CHECK(table->rows[0].cells[4] == word(Word::emg_library_found));
  workspace.command("go report");
  const Section* channels = section_of(workspace.screen_model(), word(Word::emg_report_per_channel));
  REQUIRE(channels);
  CHECK(channels->paragraphs[0] == view::emg_channel_line(two_legs().channels[0]));
}

}  // namespace klono::workspace

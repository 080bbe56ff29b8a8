// EMG through the engine: alone, and beside movement.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "base/words.hpp"
#include "detection/emg/emg_analysis.hpp"
#include "detection/stepwise_analysis.hpp"
#include "engine/emg_files.hpp"
#include "engine/emg_track.hpp"
#include "engine/talk.hpp"
#include "formats/reader.hpp"

using namespace klono;
using test::Talk;

namespace {

Recording recording_of(const std::string& bytes) {
  auto recording = formats::read_recording(std::make_shared<MemorySource>(bytes), {});
  REQUIRE(recording.ok());
  return std::move(recording).value();
}

std::vector<float> lanes(Talk& talk, double begin_s, double end_s, std::uint32_t columns) {
  talk.send(protocol::TraceRequest{9, 5, protocol::TraceMode::Emg, begin_s, end_s, columns});
  talk.run();
  auto reply = talk.take<protocol::TraceReply>();
  REQUIRE(reply);
  CHECK(reply->mode == protocol::TraceMode::Emg);
  return std::move(reply->min_max);
}

void check_same_bursts(const EmgAnalysis& got, const EmgAnalysis& expected) {
  REQUIRE(got.channels.size() == expected.channels.size());
  for (std::size_t k = 0; k < got.channels.size(); ++k) {
    const EmgChannelAnalysis& a = got.channels[k];
    const EmgChannelAnalysis& b = expected.channels[k];
    CHECK(a.name == b.name);
    CHECK(a.floor_uv == b.floor_uv);
    REQUIRE(a.bursts.size() == b.bursts.size());
    for (std::size_t i = 0; i < a.bursts.size(); ++i) {
      CHECK(a.bursts[i].onset_s == b.bursts[i].onset_s);
      CHECK(a.bursts[i].peak_uv == b.bursts[i].peak_uv);
    }
  }
}

}  // namespace

TEST_CASE("A recording of EMG alone opens with the bursts that the analysis of the whole file gives") {
  const synth::SyntheticEmg muscle = test::made_muscle();
  const std::string bytes = test::emg_file(muscle, false);
  const Recording whole = recording_of(bytes);
  const Result<EmgAnalysis> expected = analyse_emg(whole, {});
  REQUIRE(expected.ok());
  Talk talk;
  const protocol::Opened open = test::opened(talk, bytes);
  CHECK_FALSE(open.info.has_movement);
  CHECK(open.analysis.events.empty());
  CHECK(open.overview.peak_g.empty());
  REQUIRE(open.emg);
  check_same_bursts(*open.emg, expected.value());
  CHECK(open.emg->channels[0].bursts.size() > muscle.truth.size() / 2);
  REQUIRE(open.emg_overview.size() == 2048);
  CHECK(*std::ranges::max_element(open.emg_overview) > 8.0F);  // bursts stand far above the quiet level
}

TEST_CASE("Movement and EMG of one file come together, each as it comes alone") {
  const std::string bytes = test::emg_file(test::made_muscle(), true);
  const Recording whole = recording_of(bytes);
  REQUIRE(whole.emg);
  const Analysis movement = analyse(whole, {});
  Talk talk;
  const protocol::Opened open = test::opened(talk, bytes);
  CHECK(open.info.has_movement);
  CHECK(open.info.rate_hz == doctest::Approx(100.0).epsilon(0.001));
  CHECK(open.analysis.events.size() == movement.events.size());
  CHECK(open.overview.peak_g.size() == 2048);
  REQUIRE(open.emg);
  check_same_bursts(*open.emg, analyse_emg(*whole.emg, {}).value());
  CHECK(lanes(talk, 0.0, 20.0, 200).size() == 2 * 2 * 200);
  talk.send(protocol::TraceRequest{10, 5, protocol::TraceMode::Movement, 0.0, 20.0, 200});
  talk.run();
  CHECK(talk.take<protocol::TraceReply>()->min_max.size() == 3 * 2 * 200);
}

TEST_CASE("Other settings of movement leave the EMG as it was") {
  Talk talk;
  const protocol::Opened before = test::opened(talk, test::emg_file(test::made_muscle(), true));
  protocol::Reanalyse again{5, {}};
  again.settings.candidates.smallest_peak_g = 0.5;
  talk.send(again);
  talk.run();
  const auto after = talk.take<protocol::Opened>();
  REQUIRE(after);
  CHECK(after->analysis.settings.candidates.smallest_peak_g == 0.5);
  REQUIRE(after->emg);
  check_same_bursts(*after->emg, *before.emg);
  talk.send(protocol::Reanalyse{5, {}});
  talk.run();
  CHECK(talk.take<protocol::Opened>()->emg);
}

TEST_CASE("EMG alone answers to other settings too, so that nothing waits for it") {
  Talk talk;
  test::opened(talk, test::emg_file(test::made_muscle(), false));
  protocol::Reanalyse again{5, {}};
  again.settings.candidates.smallest_peak_g = 0.5;
  talk.send(again);
  talk.run();
  const auto after = talk.take<protocol::Opened>();
  REQUIRE(after);
  CHECK(after->emg->channels.size() == 2);
}

TEST_CASE("The lanes hold what bursts are looked for in: a burst is as large as it is told, and mains is gone") {
  Talk talk;
  const protocol::Opened open = test::opened(talk, test::emg_file(test::made_muscle(), false));
  const EmgChannelAnalysis& channel = open.emg->channels[1];
  REQUIRE(channel.bursts.size() > 3);
  const EmgBurst& burst = channel.bursts[2];
  constexpr std::uint32_t kColumns = 400;
  const std::vector<float> near = lanes(talk, burst.onset_s - 0.2, burst.end_s + 0.2, kColumns);
  REQUIRE(near.size() == 2 * 2 * kColumns);
  float largest = 0.0F;
  for (std::size_t i = 2 * kColumns; i < near.size(); ++i) largest = std::max(largest, std::abs(near[i]));
  CHECK(static_cast<double>(largest) == doctest::Approx(burst.peak_uv).epsilon(0.05));
  // Just before it the trace is quiet, although mains of 20 uV is in the file.
  float before = 0.0F;
  for (std::size_t i = 2 * kColumns; i < 2 * kColumns + 60; ++i) before = std::max(before, std::abs(near[i]));
  CHECK(static_cast<double>(before) < 8.0 * channel.floor_uv);
}

TEST_CASE("A window of the signal, made anew, is the signal of the whole pass") {
  const synth::SyntheticEmg muscle = test::made_muscle();
  Recording recording = muscle.recording;
  for (std::int64_t i = 40'000; i < 40'400; ++i) recording.channels[0].samples[static_cast<std::size_t>(i)] = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> whole(static_cast<std::size_t>(recording.num_samples()), std::numeric_limits<float>::quiet_NaN());
  engine::EmgTrack track;
  auto analysis = StepwiseEmg::begin(recording, {}, [&](std::size_t channel, const EmgPlace& place, std::span<const float> signal) {
    track.take(channel, place, signal);
    if (channel == 0) std::copy(signal.begin(), signal.end(), whole.begin() + place.first);
  });
  REQUIRE(analysis.ok());
  while (analysis.value().step(9'999)) {
  }
  track.finish(analysis.value().finish());
  for (const auto& [begin, end] : {std::pair<std::int64_t, std::int64_t>{0, 3000}, {30'017, 31'500}, {39'000, 41'500}, {118'000, 120'000}}) {
    CAPTURE(begin);
    const std::vector<float> window = track.signal(recording, 0, begin, end);
    REQUIRE(window.size() == static_cast<std::size_t>(end - begin));
    double worst = 0.0;
    std::size_t holes = 0;
    for (std::size_t i = 0; i < window.size(); ++i) {
      const float expected = whole[static_cast<std::size_t>(begin) + i];
      CHECK(std::isnan(window[i]) == std::isnan(expected));
      if (std::isnan(expected)) ++holes;
      else worst = std::max(worst, static_cast<double>(std::abs(window[i] - expected)));
    }
    CHECK(worst < 0.5);  // microvolts; bursts are some hundred, mains 20
    CHECK(holes == (begin == 39'000 ? 400 : 0));
  }
}

TEST_CASE("A coarse view of the lanes holds a finer one") {
  Talk talk;
  const protocol::Opened open = test::opened(talk, test::emg_file(test::made_muscle(), false));
  constexpr std::uint32_t kColumns = 30;
  const std::vector<float> coarse = lanes(talk, 0.0, open.info.duration_s, kColumns);
  REQUIRE(coarse.size() == 2 * 2 * kColumns);
  const double column_s = open.info.duration_s / kColumns;
  for (std::uint32_t i = 1; i + 1 < kColumns; ++i) {
    const std::vector<float> fine = lanes(talk, i * column_s, (i + 1) * column_s, 200);
    for (std::size_t k = 0; k < 2 * 200; k += 2) {
      CHECK(fine[k] >= coarse[2 * i] - 0.5F);
      CHECK(fine[k + 1] <= coarse[2 * i + 1] + 0.5F);
    }
  }
}

TEST_CASE("At the rate of a sleep laboratory leg movements are told and no bursts") {
  Talk talk;
  const protocol::Opened open = test::opened(talk, test::emg_file(test::made_muscle(256.0), false));
  REQUIRE(open.emg);
  for (const EmgChannelAnalysis& channel : open.emg->channels) {
    CHECK(channel.detail == EmgDetail::LimbMovements);
    CHECK(channel.bursts.empty());
  }
  CHECK(lanes(talk, 0.0, 10.0, 100).size() == 2 * 2 * 100);
}

TEST_CASE("What is handed over of EMG alone is a table of its bursts and a page without figures of movement") {
  Talk talk;
  const protocol::Opened open = test::opened(talk, test::emg_file(test::made_muscle(), false));
  const auto handed_over = [&](protocol::ExportKind kind) {
    talk.send(protocol::ExportRequest{1, 5, kind, "Leg", {}, {}, {}});
    talk.run();
    auto reply = talk.take<protocol::ExportReply>();
    REQUIRE(reply);
    return std::string(reply->bytes.begin(), reply->bytes.end());
  };
  const std::string table = handed_over(protocol::ExportKind::EventsCsv);
  std::size_t bursts = 0;
  for (const EmgChannelAnalysis& channel : open.emg->channels) bursts += channel.bursts.size() + channel.not_counted.size();
  const auto lines = static_cast<std::size_t>(std::ranges::count(table, '\n'));
  CHECK(lines == 4 + emg_setting_table().size() + 1 + bursts);
  const std::string page = handed_over(protocol::ExportKind::SummaryHtml);
  CHECK(page.find(std::string(word(Word::emg_page_heading))) != std::string::npos);
  CHECK(page.find("EMG Leg L") != std::string::npos);
  CHECK(page.find(std::string(word(Word::report_figures_heading))) == std::string::npos);
}

TEST_CASE("EMG that is stopped early keeps what was analysed") {
  Talk talk;
  talk.tick_s = 0.06;
  talk.add_file(1, test::emg_file(test::made_muscle(1000.0, 8.0), false));
  talk.send(test::open_file_request(5, 1));
  double share = 0.0;
  bool stopped = false;
  while (talk.step()) {
    const auto progress = talk.take<protocol::Progress>();
    if (!progress) continue;
    CHECK(progress->share >= share);
    share = progress->share;
    if (progress->analysed_s < 120.0) continue;
    talk.send(protocol::Cancel{5, true});
    stopped = true;
    break;
  }
  REQUIRE(stopped);
  talk.run();
  const auto open = talk.take<protocol::Opened>();
  REQUIRE(open);
  CHECK(open->info.partial);
  CHECK(open->info.duration_s >= 120.0);
  CHECK(open->info.duration_s < 479.0);
  CHECK(open->emg->channels[0].recorded_s == doctest::Approx(open->info.duration_s).epsilon(0.01));
  for (const EmgBurst& burst : open->emg->channels[0].bursts) CHECK(burst.end_s <= open->info.duration_s);
}

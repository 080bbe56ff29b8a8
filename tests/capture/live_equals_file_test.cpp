// The heart of it: what was found while recording is what is found in the file, one for one.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "capture/live_detection.hpp"
#include "deck.hpp"
#include "detection/stepwise_analysis.hpp"
#include "formats/journal_stream.hpp"
#include "read_back.hpp"
#include "synth/synthetic.hpp"

using namespace klono;
using namespace klono::test;
namespace journal = formats::journal;
namespace messages = protocol::recorder;

namespace {

/// Jerks of a limb, some in series, as the phone delivers them.
std::vector<journal::Reading> jerking_phone(double seconds, std::uint64_t seed, const PhoneSpec& phone) {
  synth::SyntheticSpec spec;
  spec.seed = seed;
  spec.duration_s = seconds;
  spec.rate_hz = 50.0;  // polled 60 times a second: one of six readings comes twice
  spec.noise_g = 0.003;
  spec.background = synth::BackgroundKind::Still;
  spec.singles_per_hour = 300.0;
  spec.series_per_hour = 60.0;
  spec.limb_per_hour = 40.0;
  spec.peak_g_low = 0.1;
  return deliver(synth::make(spec).recording, phone);
}

/// The page was hidden: nothing is delivered, its script tells of it after the return.
std::vector<Happening> hide(std::vector<journal::Reading>& readings, double from_ms, double until_ms) {
  std::erase_if(readings, [&](const journal::Reading& reading) { return reading.stamp_ms >= from_ms && reading.stamp_ms < until_ms; });
  return {{until_ms + 200.0, [=](Deck& deck) {
             deck.recorder.gap({from_ms, until_ms, GapReason::Hidden});
             deck.recorder.anchor({until_ms, 1'795'555'800'000 + static_cast<std::int64_t>(until_ms), 60});
           }}};
}

void add(std::vector<Happening>& happenings, double at_ms, messages::Order order) {
  happenings.push_back({at_ms, [at_ms, order](Deck& deck) { deck.order(at_ms, order); }});
}

/// Live detection on the same bytes, in random pieces of whole frames and random work: the table that Saved tells of.
Analysis live_table(std::span<const std::byte> bytes, std::uint64_t seed) {
  Random random(seed);
  journal::Writer writer;
  capture::LiveDetection live{DetectorSettings{}};
  for (const journal::Frame& frame : frames_of(bytes)) {
    live.add(writer.encode(frame));
    if (random() % 3 == 0) live.advance(random() % 200);
  }
  live.finish();
  return live.analysis();
}

void check_one_for_one(const Deck& deck, const Analysis& file, std::uint64_t seed) {
  const messages::Saved saved = deck.all<messages::Saved>().back();
  REQUIRE(saved.onsets_s.size() == file.events.size());
  const Analysis live = live_table(deck.stored, seed);
  REQUIRE(live.events.size() == file.events.size());
  for (std::size_t i = 0; i < file.events.size(); ++i) {
    CHECK(std::abs(saved.onsets_s[i] - file.events[i].onset_s) < 1e-9);
    CHECK(std::abs(live.events[i].onset_s - file.events[i].onset_s) < 1e-9);
    CHECK(live.events[i].peak_g == doctest::Approx(file.events[i].peak_g).epsilon(1e-9));
    CHECK(live.events[i].event_class == file.events[i].event_class);
    CHECK(live.events[i].group == file.events[i].group);
  }
  CHECK(live.not_counted.size() == file.not_counted.size());
  CHECK(live.masks.size() == file.masks.size());
  CHECK(live.recorded_s == doctest::Approx(file.recorded_s).epsilon(1e-9));
  CHECK(live.analysable_s == doctest::Approx(file.analysable_s).epsilon(1e-9));
  CHECK(saved.recorded_s == doctest::Approx(live.recorded_s).epsilon(1e-3));
}

}  // namespace

TEST_CASE("Settled live events equal those of the file, through jitter, repeats, rounding, a hidden page, a pause and marks") {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    CAPTURE(seed);
    PhoneSpec phone;
    phone.seed = seed;
    phone.jitter_ms = 2.0;
    phone.gyroscope = seed % 2 == 0;
    phone.sign = seed == 3 ? -1.0 : 1.0;
    std::vector<journal::Reading> readings = jerking_phone(300.0, seed, phone);
    std::vector<Happening> happenings = hide(readings, 95'000.0, 118'000.0);
    add(happenings, 60'000.0, messages::Mark{1});
    add(happenings, 61'500.0, messages::Strength{1, 6});
    add(happenings, 70'000.0, messages::Mark{2});
    add(happenings, 71'000.0, messages::Unmark{2});
    add(happenings, 150'000.0, messages::Pause{});
    add(happenings, 171'234.0, messages::Resume{});
    add(happenings, 200'000.0, messages::Mark{3});
    add(happenings, readings.back().stamp_ms + 700.0, messages::RecordEnd{});
    Deck deck;
    deck.recorder.anchor({4'000.0, 1'795'555'804'000, 60});
    deck.recorder.tick(4'900.0);
    deck.recorder.order(messages::RecordBegin{"made", "{}", 300.0, false, true});
    play(deck, readings, happenings, 100 + seed);

    const Recording recording = read_back(deck.stored);
    const Analysis file = analyse(recording, {});
    CHECK(file.events.size() > 8);
    check_one_for_one(deck, file, seed);

    // And the rest of what happened is in the file.
    REQUIRE(recording.marks.size() == 2);
    CHECK(recording.marks[0].at_s == doctest::Approx((60'000.0 - readings.front().stamp_ms) / 1000.0).epsilon(1e-6));
    CHECK(recording.marks[0].strength == 6);
    CHECK(recording.marks[1].strength == -1);
    const auto has_gap = [&](GapReason reason, double begin_ms, double end_ms) {
      return std::ranges::any_of(recording.gaps, [&](const Gap& gap) {
        return gap.reason == reason && std::abs(gap.span.begin_s - (begin_ms - readings.front().stamp_ms) / 1000.0) < 0.1 &&
               std::abs(gap.span.end_s - (end_ms - readings.front().stamp_ms) / 1000.0) < 0.5;
      });
    };
    CHECK(has_gap(GapReason::Hidden, 95'000.0, 118'000.0));
    CHECK(has_gap(GapReason::Paused, 150'000.0, 171'234.0));
    CHECK_FALSE(recording.unfinished);
  }
}

TEST_CASE("A guided test: the parts' live events equal those of the file, and what lies between counts in neither") {
  PhoneSpec phone;
  std::vector<journal::Reading> readings = jerking_phone(230.0, 11, phone);
  std::vector<Happening> happenings;
  add(happenings, 12'345.0, messages::TaskBegin{Task::Rest});
  add(happenings, 72'345.0, messages::TaskEnd{});
  add(happenings, 80'000.0, messages::TaskBegin{Task::ArmsOut});
  add(happenings, 140'000.0, messages::TaskBegin{Task::Reach});
  add(happenings, 200'000.0, messages::TaskEnd{});
  add(happenings, readings.back().stamp_ms + 100.0, messages::RecordEnd{});
  Deck deck;
  deck.recorder.tick(4'900.0);
  deck.recorder.order(begin_of("made", R"({"activity": "guided_test"})"));
  play(deck, readings, happenings, 12);
  const Recording recording = read_back(deck.stored);
  REQUIRE(recording.blocks.size() == 3);
  CHECK(recording.blocks[1].task == Task::ArmsOut);
  CHECK(recording.blocks[1].span.length_s() == doctest::Approx(60.0).epsilon(0.01));
  const Analysis file = analyse(recording, {});
  CHECK(file.events.size() > 4);
  const messages::Saved saved = deck.all<messages::Saved>().back();
  REQUIRE(saved.onsets_s.size() == file.events.size());
  const Analysis live = live_table(deck.stored, 5);
  for (std::size_t i = 0; i < file.events.size(); ++i) {
    CHECK(std::abs(saved.onsets_s[i] - file.events[i].onset_s) < 1e-9);
    CHECK(live.events[i].event_class == file.events[i].event_class);
    CHECK(std::ranges::any_of(recording.blocks, [&](const Block& block) { return block.span.contains(file.events[i].onset_s); }));
  }
  CHECK(file.recorded_s == doctest::Approx(180.0).epsilon(0.01));
}

TEST_CASE("How batches fall and when ticks come changes nothing that was found") {
  const std::vector<journal::Reading> readings = jerking_phone(120.0, 21, {});
  std::vector<double> first;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    Deck deck;
    deck.recorder.tick(4'900.0);
    deck.recorder.order(begin_of("made"));
    std::vector<Happening> happenings;
    add(happenings, readings.back().stamp_ms + 400.0, messages::RecordEnd{});
    play(deck, readings, happenings, seed);
    const std::vector<double> onsets = deck.all<messages::Saved>().back().onsets_s;
    CHECK(onsets.size() > 3);
    if (first.empty()) first = onsets;
    CHECK(onsets == first);
  }
}

TEST_CASE("The live count is told only when it was asked for") {
  const std::vector<journal::Reading> readings = jerking_phone(90.0, 31, {});
  for (const bool asked : {false, true}) {
    Deck deck;
    deck.recorder.order(messages::RecordBegin{"made", "{}", 0.0, false, asked});
    play(deck, readings, {}, 1);
    CHECK((deck.all<messages::Running>().back().live_events >= 0) == asked);
  }
}

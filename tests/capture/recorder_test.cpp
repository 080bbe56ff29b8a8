#include "capture/recorder.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "deck.hpp"

using namespace klono;
using namespace klono::test;
namespace journal = formats::journal;
namespace messages = protocol::recorder;

namespace {

template <class T>
std::vector<T> only(const std::vector<journal::Frame>& frames) {
  std::vector<T> found;
  for (const journal::Frame& frame : frames)
    if (const T* one = std::get_if<T>(&frame)) found.push_back(*one);
  return found;
}

std::vector<journal::Reading> readings_in(const std::vector<journal::Frame>& frames) {
  std::vector<journal::Reading> all;
  for (const journal::Readings& batch : only<journal::Readings>(frames)) all.insert(all.end(), batch.readings.begin(), batch.readings.end());
  return all;
}

bool same_values(const journal::Reading& a, const journal::Reading& b) {
  const auto same = [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (!same(a.acceleration[axis], b.acceleration[axis]) || !same(a.linear[axis], b.linear[axis]) || !same(a.rotation[axis], b.rotation[axis]))
      return false;
  return std::abs(a.stamp_ms - b.stamp_ms) < 1e-3;
}

Happening ordered(double at_ms, messages::Order order) {
  return {at_ms, [at_ms, order](Deck& deck) { deck.order(at_ms, order); }};
}

}  // namespace

TEST_CASE("Before a recording readings only feed the check, which is told several times a second") {
  Deck deck;
  deck.recorder.order(messages::CheckBegin{});
  play(deck, deliver(lying(4.0, 200.0, 0.005), {}), {}, 1);
  CHECK(deck.stored.empty());
  const auto checks = deck.all<messages::Check>();
  CHECK(checks.size() >= 4);
  CHECK(checks.back().rate_hz == doctest::Approx(60.0).epsilon(0.02));
  CHECK(deck.all<messages::Running>().empty());
  deck.recorder.order(messages::CheckEnd{});
  deck.recorder.tick(1e6);
  CHECK(deck.all<messages::Check>().size() == checks.size());
}

TEST_CASE("A recording holds every reading as it was delivered, in order, between its header and its end") {
  Deck deck;
  PhoneSpec turned;
  turned.sign = -1.0;
  const std::vector<journal::Reading> readings = deliver(lying(20.0, 50.0, 0.01), turned);
  const auto begin = readings.begin() + 300;
  deck.recorder.order(messages::CheckBegin{});
  for (auto at = readings.begin(); at < begin; at += 10) {
    deck.recorder.readings(journal::SensorKind::DeviceMotion, {at, at + 10}, 1.0 / 60.0);
    deck.recorder.tick((at + 9)->stamp_ms);
  }
  deck.recorder.anchor({5000.0, 1'795'555'800'000, 60});
  deck.recorder.order(messages::RecordBegin{"2026-11-26-22-48-05", R"({"activity": "at_rest"})", 600.0, false, false});
  CHECK(deck.flushed > 0);  // the header is safe at once
  play(deck, {begin, readings.end()}, {ordered(readings.back().stamp_ms + 400.0, messages::RecordEnd{})}, 2);
  CHECK(deck.flushed == deck.stored.size());
  const std::vector<journal::Frame> frames = frames_of(deck.stored);
  REQUIRE(frames.size() > 4);
  const auto* header = std::get_if<journal::Header>(&frames.front());
  REQUIRE(header != nullptr);
  CHECK(header->id == "2026-11-26-22-48-05");
  CHECK(header->context == R"({"activity": "at_rest"})");
  CHECK(header->planned_s == 600.0);
  CHECK(header->interval_as_told == doctest::Approx(1.0 / 60.0));
  CHECK(header->program_version == "0.0.0-test");
  CHECK(std::holds_alternative<journal::End>(frames.back()));
  REQUIRE(only<journal::Anchor>(frames).size() == 1);
  CHECK(only<journal::Anchor>(frames)[0].unix_ms == 1'795'555'800'000);
  REQUIRE(only<journal::SignRecord>(frames).size() == 1);
  CHECK(only<journal::SignRecord>(frames)[0].sign == -1);
  const std::vector<journal::Reading> kept = readings_in(frames);
  REQUIRE(kept.size() == static_cast<std::size_t>(readings.end() - begin));
  for (std::size_t i = 0; i < kept.size(); ++i) CHECK(same_values(kept[i], begin[static_cast<std::ptrdiff_t>(i)]));
}

TEST_CASE("After any tick everything is stored: cutting the bytes anywhere costs at most what came since") {
  Deck deck;
  deck.recorder.order(begin_of("a"));
  std::vector<std::pair<std::size_t, std::size_t>> after_ticks;  // bytes, readings
  std::size_t delivered = 0;
  const std::vector<journal::Reading> readings = deliver(lying(12.0, 200.0, 0.01), {});
  Random random(3);
  while (delivered < readings.size()) {
    const std::size_t count = std::min<std::size_t>(1 + random() % 25, readings.size() - delivered);
    deck.recorder.readings(journal::SensorKind::DeviceMotion, std::span(readings).subspan(delivered, count), 16.0);
    delivered += count;
    if (random() % 3 > 0) continue;
    deck.recorder.tick(readings[delivered - 1].stamp_ms);
    CHECK(deck.flushed == deck.stored.size());
    after_ticks.emplace_back(deck.flushed, delivered);
  }
  CHECK(readings_in(frames_of(std::span(deck.stored).first(after_ticks.back().first))).size() == after_ticks.back().second);
  for (int i = 0; i < 300; ++i) {
    const std::size_t cut = after_ticks.front().first + random() % (deck.stored.size() - after_ticks.front().first);
    const auto last = std::ranges::upper_bound(after_ticks, cut, {}, &std::pair<std::size_t, std::size_t>::first) - 1;
    CHECK(readings_in(frames_of(std::span(deck.stored).first(cut))).size() >= last->second);
  }
}

TEST_CASE("A pause keeps no readings and leaves its gap, also when the recording ends inside it") {
  for (const bool resumed : {true, false}) {
    Deck deck;
    const std::vector<journal::Reading> readings = deliver(lying(20.0, 200.0, 0.01), {});
    const double pause_ms = 10'000.0;
    const double resume_ms = 16'000.0;
    deck.recorder.readings(journal::SensorKind::DeviceMotion, std::span(readings).first(1), 16.0);
    deck.recorder.order(begin_of("a"));
    std::vector<Happening> happenings{ordered(pause_ms, messages::Pause{}), ordered(pause_ms + 500.0, messages::Pause{})};
    if (resumed) happenings.push_back(ordered(resume_ms, messages::Resume{}));
    happenings.push_back(ordered(readings.back().stamp_ms + 500.0, messages::RecordEnd{}));
    play(deck, readings, happenings, 4);
    const std::vector<journal::Frame> frames = frames_of(deck.stored);
    std::size_t expected = 0;
    for (const journal::Reading& reading : readings)
      if (reading.stamp_ms < pause_ms || (resumed && reading.stamp_ms >= resume_ms)) ++expected;
    // What happened in the pause and is delivered after it is told apart by its stamp.
    CHECK(readings_in(frames).size() == expected);
    const auto gaps = only<journal::GapRecord>(frames);
    REQUIRE(gaps.size() == 1);
    CHECK(gaps[0].reason == GapReason::Paused);
    CHECK(gaps[0].begin_ms == pause_ms);
    if (resumed) CHECK(gaps[0].end_ms == resume_ms);
    const auto told = deck.all<messages::Running>();
    CHECK(std::ranges::any_of(told, &messages::Running::paused));
    CHECK(told.back().paused == false);
  }
}

TEST_CASE("Marks can be given a strength and taken back, and are counted") {
  Deck deck;
  deck.recorder.order(begin_of("a"));
  deck.order(1000.0, messages::Mark{1});
  deck.order(2000.0, messages::Mark{2});
  deck.order(2500.0, messages::Strength{2, 7});
  deck.order(3000.0, messages::Unmark{1});
  deck.order(3100.0, messages::Unmark{9});
  deck.order(3200.0, messages::Strength{1, 3});
  CHECK(deck.all<messages::Running>().back().marks == 1);
  deck.order(4000.0, messages::Mark{3});
  CHECK(deck.all<messages::Running>().back().marks == 2);
  const auto marks = only<journal::MarkRecord>(frames_of(deck.stored));
  REQUIRE(marks.size() == 5);
  CHECK(marks[0].stamp_ms == 1000.0);
  CHECK(marks[1].stamp_ms == 2000.0);
  CHECK(marks[2].number == 2);
  CHECK(marks[2].stamp_ms == 2000.0);
  CHECK(marks[2].strength == 7);
  CHECK(marks[3].number == 1);
  CHECK(marks[3].taken_back);
}

TEST_CASE("The begin and end of a part stand between the readings before and after them, though batches come late") {
  Deck deck;
  const std::vector<journal::Reading> readings = deliver(lying(30.0, 200.0, 0.01), {});
  deck.recorder.order(begin_of("a"));
  play(deck, readings,
       {ordered(8'000.0, messages::TaskBegin{Task::Rest}), ordered(14'000.0, messages::TaskEnd{}), ordered(18'000.0, messages::TaskBegin{Task::ArmsOut}),
        ordered(24'000.0, messages::TaskBegin{Task::Reach}), ordered(readings.back().stamp_ms + 300.0, messages::RecordEnd{})},
       5);
  double last_reading_ms = 0.0;
  std::vector<journal::BlockRecord> blocks;
  for (const journal::Frame& frame : frames_of(deck.stored)) {
    if (const auto* batch = std::get_if<journal::Readings>(&frame)) {
      for (const journal::Reading& reading : batch->readings) {
        if (!blocks.empty()) CHECK(reading.stamp_ms >= blocks.back().stamp_ms);
        last_reading_ms = reading.stamp_ms;
      }
    } else if (const auto* block = std::get_if<journal::BlockRecord>(&frame)) {
      CHECK(last_reading_ms < block->stamp_ms);
      blocks.push_back(*block);
    }
  }
  REQUIRE(blocks.size() == 6);
  CHECK((blocks[0].task == Task::Rest && !blocks[0].end && blocks[0].stamp_ms == 8'000.0));
  CHECK((blocks[1].task == Task::Rest && blocks[1].end && blocks[1].stamp_ms == 14'000.0));
  CHECK((blocks[3].task == Task::ArmsOut && blocks[3].end && blocks[3].stamp_ms == 24'000.0));
  CHECK((blocks[4].task == Task::Reach && !blocks[4].end && blocks[4].stamp_ms == 24'000.0));
  CHECK(blocks[5].end);
}

TEST_CASE("How it goes is told at the start, on every change, each five seconds, and at the end") {
  Deck deck;
  const std::vector<journal::Reading> readings = deliver(lying(40.0, 200.0, 0.01), {});
  deck.recorder.anchor({4000.0, 1'795'555'800'000, 60});
  deck.recorder.tick(5000.0);
  deck.recorder.order(begin_of("night"));
  REQUIRE(deck.all<messages::Running>().size() == 1);
  CHECK(deck.all<messages::Running>()[0].since_unix_ms == 1'795'555'801'000.0);
  CHECK(deck.all<messages::Running>()[0].offset_min == 60);
  CHECK(deck.all<messages::Running>()[0].live_events == -1);
  play(deck, readings, {}, 6);
  const auto told = deck.all<messages::Running>();
  CHECK(told.size() >= 7);
  CHECK(told.size() <= 10);
  CHECK(told.back().recorded_s > 30.0);
  CHECK(told.back().bytes > 10'000.0);
  // Silence is a change; so is the return of readings.
  const double later_ms = readings.back().stamp_ms + 5'000.0;
  deck.recorder.tick(later_ms);
  CHECK_FALSE(deck.all<messages::Running>().back().receiving);
  PhoneSpec again;
  again.begin_ms = later_ms + 100.0;
  play(deck, deliver(lying(2.0, 200.0, 0.01), again), {}, 7);
  CHECK(deck.all<messages::Running>().back().receiving);
  deck.order(later_ms + 3'000.0, messages::RecordEnd{});
  REQUIRE(deck.all<messages::Saved>().size() == 1);
  const messages::Saved saved = deck.all<messages::Saved>()[0];
  CHECK(saved.id == "night");
  CHECK(saved.bytes == static_cast<double>(deck.stored.size()));
  CHECK(saved.elapsed_s == doctest::Approx((later_ms + 3'000.0 - 5'000.0) / 1000.0));
  CHECK(saved.recorded_s == doctest::Approx(42.0).epsilon(0.01));
  CHECK(std::holds_alternative<messages::Saved>(deck.news.back()));
}

TEST_CASE("Whatever comes in whatever order, it goes on") {
  Deck deck;
  deck.recorder.order(messages::RecordEnd{});
  deck.recorder.order(messages::Mark{1});
  deck.recorder.order(messages::Resume{});
  deck.recorder.order(messages::StoreList{});
  deck.recorder.polar_bytes({}, 10.0);
  deck.recorder.gap({0.0, 1.0, GapReason::Hidden});
  deck.recorder.tick(std::nan(""));
  CHECK(deck.stored.empty());
  deck.recorder.order(begin_of("a"));
  const std::size_t size = deck.stored.size();
  deck.recorder.order(begin_of("b"));  // one at a time
  deck.recorder.order(messages::CheckBegin{});
  CHECK(deck.stored.size() == size);
  journal::Reading odd;
  odd.stamp_ms = std::nan("");
  deck.recorder.readings(journal::SensorKind::DeviceMotion, {&odd, 1}, std::nan(""));
  odd.stamp_ms = 100.0;
  odd.acceleration = {std::nanf(""), 1e30F, -1e30F};
  deck.recorder.readings(journal::SensorKind::DeviceMotion, {&odd, 1}, 16.0);
  deck.recorder.tick(200.0);
  deck.recorder.order(messages::RecordEnd{});
  REQUIRE(deck.all<messages::Saved>().size() == 1);
  CHECK(only<journal::End>(frames_of(deck.stored)).size() == 1);
  deck.stored.clear();
  deck.recorder.order(begin_of("b"));
  CHECK(only<journal::Header>(frames_of(deck.stored)).size() == 1);
}

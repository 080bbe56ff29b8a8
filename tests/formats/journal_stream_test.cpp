// From the frames of a recording made here to even samples: the same whatever the batches, true to the stamps, and with
// every gap, part and mark in its place.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "formats/inputs.hpp"
#include "formats/journal_inputs.hpp"
#include "formats/journal_stream.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"

namespace klono::formats {
namespace {

using namespace inputs;
using namespace journal;

constexpr double kG = 9.80665;

/// What a stream gave.
struct Heard {
  std::vector<Segment> segments;
  std::vector<std::optional<Task>> tasks;
  std::array<std::vector<float>, 3> acceleration, rotation;
  std::vector<Gap> gaps;
  Recording description;
  bool has_gravity = true;
};

Heard hear(std::span<const Frame> frames) {
  Heard heard;
  Stream stream({.begin_segment = [&](double start_s, double rate_hz, std::optional<Task> task) {
                   heard.segments.push_back({static_cast<std::int64_t>(heard.acceleration[0].size()), 0, start_s, rate_hz});
                   heard.tasks.push_back(task);
                 },
                 .samples = [&](const auto& acceleration, const auto& rotation) {
                   for (std::size_t k = 0; k < 3; ++k) {
                     heard.acceleration[k].insert(heard.acceleration[k].end(), acceleration[k].begin(), acceleration[k].end());
                     heard.rotation[k].insert(heard.rotation[k].end(), rotation[k].begin(), rotation[k].end());
                   }
                   heard.segments.back().count = static_cast<std::int64_t>(heard.acceleration[0].size()) - heard.segments.back().first_index;
                 },
                 .end_segment = [] {},
                 .gap = [&](const Gap& gap) { heard.gaps.push_back(gap); }});
  for (const Frame& frame : frames) stream.push(frame);
  stream.finish();
  heard.description = stream.description();
  heard.has_gravity = stream.has_gravity();
  return heard;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

bool same(const Heard& a, const Heard& b) {
  bool equal = a.segments.size() == b.segments.size() && a.tasks == b.tasks && a.gaps.size() == b.gaps.size();
  for (std::size_t i = 0; equal && i < a.segments.size(); ++i)
    equal = a.segments[i].start_s == b.segments[i].start_s && a.segments[i].rate_hz == b.segments[i].rate_hz && a.segments[i].count == b.segments[i].count;
  for (std::size_t k = 0; k < 3; ++k)
    equal = equal && same_bits(a.acceleration[k], b.acceleration[k]) && same_bits(a.rotation[k], b.rotation[k]);
  return equal;
}

std::vector<journal::Reading> moving(double begin_s, double end_s, Delivery delivery = {}) {
  return delivered(sine(5.0, 3.0), sine(4.0, 30.0), begin_s, end_s, delivery);
}

/// Largest distance of the x samples from the sine they should follow, in units of its amplitude.
double error_of(const Heard& heard, const std::vector<float>& samples, double hz, double amplitude, double first_s = 0.0) {
  constexpr double skip_s = 0.1;
  double worst = 0.0;
  for (const Segment& segment : heard.segments)
    for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
      const double t_s = segment.time_of(i);
      if (t_s < segment.start_s + skip_s || t_s > segment.end_s() - skip_s) continue;
      worst = std::max(worst, std::abs(static_cast<double>(samples[static_cast<std::size_t>(i)]) / amplitude - std::sin(2.0 * std::numbers::pi * hz * (first_s + t_s))));
    }
  return worst;
}

constexpr double kFirst_ms = 5000.0;  // stamp of time zero
double stamp_of(double t_s) { return kFirst_ms + 1000.0 * t_s; }

}  // namespace

TEST_CASE("samples do not depend on how readings were cut into batches, bit for bit") {
  for (const bool one_sensor_each : {false, true}) {
    const std::vector<journal::Reading> readings =
        moving(0.0, 40.0, {.jitter_s = 0.003, .rounding = 0.1, .repeated_share = 0.1, .lost_share = 0.05, .one_sensor_each = one_sensor_each});
    const Heard whole = hear(recorded(readings, readings.size()));
    CHECK(whole.acceleration[0].size() > 2000);
    for (const std::size_t per_batch : std::vector<std::size_t>{1, 2, 3, 7, 60, 500}) CHECK(same(hear(recorded(readings, per_batch)), whole));
  }
}

TEST_CASE("what was stored and read back gives the same samples as what was delivered, bit for bit") {
  const std::vector<Frame> frames = recorded(moving(0.0, 30.0, {.jitter_s = 0.002, .repeated_share = 0.1}));
  std::vector<Frame> stored;
  Parser parser;
  REQUIRE(parser.push(journal_bytes(frames), stored).ok());
  CHECK(same(hear(stored), hear(frames)));
}

TEST_CASE("a sine sampled at uneven times is found again at even ones") {
  // 5 Hz at 60 readings a second, stamps off by 2 ms rms: within half a per cent of its amplitude; even stamps: within
  // a thousandth. Every value is the truth at its own stamp, so what is left is the interpolation's own error.
  for (const auto& [jitter_s, bound] : {std::pair{0.0, 0.001}, {0.002, 0.005}}) {
    const std::vector<journal::Reading> readings = moving(0.0, 60.0, {.jitter_s = jitter_s});
    const double first_s = (readings.front().stamp_ms - kFirst_ms) / 1000.0;
    const Heard heard = hear(recorded(readings));
    CHECK(heard.segments.size() == 1);
    CHECK(heard.segments[0].rate_hz == 60.0);
    CHECK(error_of(heard, heard.acceleration[0], 5.0, 3.0 / kG, first_s) < bound);
    CHECK(error_of(heard, heard.rotation[0], 4.0, 30.0, first_s) < bound);
    for (const float z : heard.acceleration[2]) REQUIRE(z == doctest::Approx(1.0).epsilon(1e-5));
  }
}

TEST_CASE("sensors that tell their readings apart are brought to one grid") {
  const Heard heard = hear(recorded(moving(0.0, 30.0, {.one_sensor_each = true})));
  CHECK(heard.segments.size() == 1);
  CHECK(error_of(heard, heard.acceleration[0], 5.0, 3.0 / kG) < 0.002);
  CHECK(error_of(heard, heard.rotation[0], 4.0, 30.0) < 0.002);
}

TEST_CASE("the grid takes a usual rate within 3 %, else the measured one") {
  const auto rate = [](double rate_hz) { return hear(recorded(moving(0.0, 10.0, {.rate_hz = rate_hz}))).segments.at(0).rate_hz; };
  CHECK(rate(59.3) == 60.0);
  CHECK(rate(49.0) == 50.0);
  CHECK(rate(101.5) == 100.0);
  CHECK(rate(198.0) == 200.0);
  CHECK(rate(25.6) == 25.0);
  CHECK(rate(52.0) == doctest::Approx(52.0).epsilon(1e-4));
  CHECK(rate(32.0) == doctest::Approx(32.0).epsilon(1e-4));
}

TEST_CASE("an hour at a true rate of 59.3 Hz keeps the time of an event within 20 ms") {
  const double event_s = 3590.0;
  const auto knock = [&](double t_s) { return Vector{t_s >= event_s && t_s < event_s + 0.1 ? 5.0 : 0.0, 0.0, kG}; };
  const Heard heard = hear(recorded(delivered(knock, sine(1.0, 1.0), 0.0, 3600.0, {.rate_hz = 59.3, .rotation = false})));
  REQUIRE(heard.segments.size() == 1);
  const auto first = std::ranges::find_if(heard.acceleration[0], [](float x) { return x > 0.25F; });
  const double found_s = heard.segments[0].time_of(first - heard.acceleration[0].begin());
  CHECK(std::abs(found_s - event_s) < 0.020);
  CHECK(heard.segments[0].end_s() == doctest::Approx(3600.0).epsilon(1e-5));
}

TEST_CASE("readings told twice are left out, and readings that only look alike are kept") {
  const std::vector<journal::Reading> once = moving(0.0, 30.0);
  const std::vector<journal::Reading> twice = moving(0.0, 30.0, {.repeated_share = 0.3});
  CHECK(twice.size() > once.size() + 400);
  const Heard heard = hear(recorded(twice));
  CHECK(error_of(heard, heard.acceleration[0], 5.0, 3.0 / kG) < 0.02);
  CHECK(has_warning(heard.description, "duplicate-rows"));
  const Motion still = [](double) { return Vector{0.0, 0.0, kG}; };
  const Heard rest = hear(recorded(delivered(still, still, 0.0, 30.0)));
  CHECK(rest.acceleration[0].size() == 1800);
  CHECK_FALSE(has_warning(rest.description, "duplicate-rows"));
}

TEST_CASE("stamps that do not go forward are left out and told") {
  std::vector<journal::Reading> readings = moving(0.0, 30.0);
  const Heard whole = hear(recorded(readings));
  std::vector<journal::Reading> disturbed;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    disturbed.push_back(readings[i]);
    if (i % 50 != 20) continue;
    disturbed.push_back(readings[i]);
    disturbed.back().acceleration[0] = 77.0F;  // the same stamp again
    disturbed.push_back(readings[i - 10]);     // and an older one
    disturbed.push_back({std::nan(""), {1.0F, 2.0F, 3.0F}, {}, {}});
  }
  const Heard heard = hear(recorded(disturbed));
  CHECK(same_bits(heard.acceleration[0], whole.acceleration[0]));
  CHECK(has_warning(heard.description, "stamps-not-forward"));
}

TEST_CASE("a step of the stamps is a gap, and nothing is computed across it") {
  const std::vector<Frame> frames = joined({recorded(moving(0.0, 10.0)), batches(moving(12.0, 20.0))});
  const Heard heard = hear(frames);
  REQUIRE(heard.segments.size() == 2);
  REQUIRE(heard.gaps.size() == 1);
  CHECK(heard.gaps[0].reason == GapReason::Missing);
  CHECK(heard.gaps[0].span.begin_s == doctest::Approx(10.0));
  CHECK(heard.gaps[0].span.end_s == doctest::Approx(12.0));
  CHECK(heard.segments[1].start_s == doctest::Approx(12.0));
  CHECK(error_of(heard, heard.acceleration[0], 5.0, 3.0 / kG) < 0.001);
}

TEST_CASE("a lost reading or two is no gap") {
  std::vector<journal::Reading> readings = moving(0.0, 20.0);
  readings.erase(readings.begin() + 600, readings.begin() + 602);
  CHECK(hear(recorded(readings)).segments.size() == 1);
}

TEST_CASE("a gap has the reason its record tells, whether the record comes before or after the readings behind it") {
  for (const GapReason reason : {GapReason::Hidden, GapReason::Frozen, GapReason::Silent, GapReason::Paused}) {
    for (const bool late : {false, true}) {
      std::vector<Frame> after = batches(moving(15.0, 20.0));
      after.insert(after.begin() + (late ? 3 : 0), GapRecord{stamp_of(9.9), stamp_of(15.0), reason});
      const Heard heard = hear(joined({recorded(moving(0.0, 10.0)), after}));
      CHECK(heard.segments.size() == 2);
      REQUIRE(heard.description.gaps.size() == 1);
      CHECK(heard.description.gaps[0].reason == reason);
      CHECK(heard.description.gaps[0].span.length_s() == doctest::Approx(5.0));
    }
  }
}

TEST_CASE("empty readings in between are told as such") {
  std::vector<journal::Reading> nothing = moving(10.0, 12.0, {.acceleration = false, .rotation = false});
  const Heard heard = hear(joined({recorded(moving(0.0, 10.0)), batches(nothing), batches(moving(12.0, 20.0))}));
  REQUIRE(heard.gaps.size() == 1);
  CHECK(heard.gaps[0].reason == GapReason::Invalid);
}

TEST_CASE("a clock that stood still while the device slept is put right by the wall clock") {
  std::vector<Frame> frames = recorded(moving(0.0, 60.0));
  frames.emplace_back(Anchor{stamp_of(60.0), 1'795'733'285'000 + 100 + 60'000 + 3'600'000, 60});
  const std::vector<Frame> rest = batches(moving(60.01, 90.0));
  frames.insert(frames.end(), rest.begin(), rest.end());
  frames.emplace_back(MarkRecord{1, stamp_of(70.0), 4, false});
  frames.emplace_back(MarkRecord{2, stamp_of(50.0), -1, false});
  const Heard heard = hear(frames);
  REQUIRE(heard.segments.size() == 2);
  CHECK(heard.segments[1].start_s == doctest::Approx(3660.0).epsilon(1e-4));
  REQUIRE(heard.gaps.size() == 1);
  CHECK(heard.gaps[0].span.length_s() == doctest::Approx(3600.0).epsilon(1e-4));
  REQUIRE(heard.description.marks.size() == 2);
  CHECK(heard.description.marks[0].at_s == doctest::Approx(50.0));
  CHECK(heard.description.marks[1].at_s == doctest::Approx(3670.0));
  CHECK(heard.description.start.unix_ns == 1'795'733'285'100'000'000);
}

TEST_CASE("a drifting clock and a wall clock set back add no time") {
  std::vector<Frame> frames = recorded(moving(0.0, 10.0));
  for (int minute = 1; minute <= 30; ++minute) {
    frames.emplace_back(Anchor{stamp_of(10.0 * minute), 1'795'733'285'000 + 100 + 10'000LL * minute + 80LL * minute, 60});
    if (minute == 20) frames.emplace_back(Anchor{stamp_of(200.5), 1'795'733'285'000 - 3'600'000, 60});
    if (minute == 20) frames.emplace_back(Anchor{stamp_of(201.0), 1'795'733'285'000 + 201'000, 60});
    const std::vector<Frame> more = batches(moving(10.0 * minute, 10.0 * minute + 10.0));
    frames.insert(frames.end(), more.begin(), more.end());
  }
  const Heard heard = hear(frames);
  CHECK(heard.description.start.basis == ClockBasis::Utc);
  for (std::size_t i = 0; i + 1 < heard.segments.size(); ++i) CHECK(heard.segments[i].end_s() <= heard.segments[i + 1].start_s + 1e-9);
}

TEST_CASE("parts of a test cut the recording where they begin and end") {
  for (const bool late : {false, true}) {  // a part's record may come a batch before or after its readings
    const std::vector<journal::Reading> readings = moving(0.0, 40.0);
    std::vector<Frame> frames = recorded({}, 1);
    frames.pop_back();
    for (std::size_t i = 0; i < readings.size(); ++i) {
      frames.emplace_back(Readings{{readings[i]}});
      const double ahead_s = late ? 0.0 : -0.2;
      const double t_s = (readings[i].stamp_ms - kFirst_ms) / 1000.0;
      const auto at = [&](double when_s) { return t_s >= when_s + ahead_s && t_s < when_s + ahead_s + 1.0 / 60.0 - 1e-9; };
      if (at(10.0)) frames.emplace_back(BlockRecord{stamp_of(10.0), Task::Rest, false});
      if (at(20.0)) frames.emplace_back(BlockRecord{stamp_of(20.0), Task::ArmsOut, false});
      if (at(30.0)) frames.emplace_back(BlockRecord{stamp_of(30.0), Task::ArmsOut, true});
    }
    const Heard heard = hear(frames);
    REQUIRE(heard.segments.size() == 4);
    CHECK(heard.tasks == std::vector<std::optional<Task>>{std::nullopt, Task::Rest, Task::ArmsOut, std::nullopt});
    REQUIRE(heard.description.blocks.size() == 2);
    CHECK(heard.description.blocks[0].task == Task::Rest);
    CHECK(heard.description.blocks[0].span.begin_s == doctest::Approx(10.0).epsilon(0.005));
    CHECK(heard.description.blocks[0].span.end_s == doctest::Approx(20.0).epsilon(0.005));
    CHECK(heard.description.blocks[1].span.end_s == doctest::Approx(30.0).epsilon(0.005));
    CHECK(heard.gaps.empty());
    for (const Block& block : heard.description.blocks)
      for (const Segment& segment : heard.segments)
        for (const double edge_s : {block.span.begin_s, block.span.end_s})
          CHECK_FALSE((segment.start_s < edge_s - 1e-9 && segment.end_s() > edge_s + 1e-9));
  }
}

TEST_CASE("marks are where they were felt; one that was taken back is none") {
  std::vector<Frame> frames = recorded(moving(0.0, 20.0));
  frames.emplace_back(MarkRecord{2, stamp_of(9.0), -1, false});
  frames.emplace_back(MarkRecord{1, stamp_of(5.0), -1, false});
  frames.emplace_back(MarkRecord{3, stamp_of(12.0), -1, false});
  frames.emplace_back(MarkRecord{1, stamp_of(5.0), 7, false});
  frames.emplace_back(MarkRecord{3, stamp_of(12.0), -1, true});
  const Recording description = hear(frames).description;
  REQUIRE(description.marks.size() == 2);
  CHECK(description.marks[0].at_s == doctest::Approx(5.0));
  CHECK(description.marks[0].strength == 7);
  CHECK(description.marks[1].at_s == doctest::Approx(9.0));
  CHECK(description.marks[1].strength == -1);
}

TEST_CASE("axes that point the other way are turned, from the sign's record on or from the start") {
  const std::vector<Frame> turned = joined({{SignRecord{-1}}, recorded(moving(0.0, 10.0))});
  CHECK(hear(turned).acceleration[2].front() == doctest::Approx(-1.0));
  const Heard changed = hear(joined({recorded(moving(0.0, 10.0)), {SignRecord{-1}}, batches(moving(10.0, 20.0))}));
  CHECK(changed.segments.size() == 2);
  CHECK(changed.acceleration[2].back() == doctest::Approx(-1.0));
  CHECK(changed.acceleration[2].front() == doctest::Approx(1.0));
}

TEST_CASE("without gravity in the readings, acceleration without gravity leads") {
  const Heard heard = hear(recorded(moving(0.0, 10.0, {.acceleration = false, .linear = true})));
  CHECK_FALSE(heard.has_gravity);
  CHECK(error_of(heard, heard.acceleration[0], 5.0, 3.0 / kG) < 0.001);
  CHECK(std::abs(heard.acceleration[2].at(100)) < 1e-4F);
  CHECK(hear(recorded(moving(0.0, 10.0, {.linear = true}))).has_gravity);
}

TEST_CASE("a missing gyroscope leaves not-a-number and delays nothing") {
  const Heard heard = hear(recorded(moving(0.0, 10.0, {.rotation = false})));
  CHECK(heard.acceleration[0].size() == 600);
  CHECK(std::ranges::all_of(heard.rotation[0], [](float x) { return std::isnan(x); }));
  std::size_t given = 0;
  Stream stream({.begin_segment = {}, .samples = [&](const auto& acceleration, const auto&) { given += acceleration[0].size(); }, .end_segment = {}, .gap = {}});
  std::size_t pushed = 0;
  for (const journal::Reading& reading : moving(0.0, 10.0)) {
    stream.push(Readings{{reading}});
    ++pushed;
    if (pushed > 130) REQUIRE(given + 8 >= pushed);
  }
}

TEST_CASE("a file of it opens as a recording, by the same way as live") {
  std::vector<Frame> frames = recorded(moving(0.0, 10.0));
  frames.pop_back();
  frames.emplace_back(GapRecord{stamp_of(9.9), stamp_of(15.0), GapReason::Hidden});
  const std::vector<Frame> more = batches(moving(15.0, 30.0));
  frames.insert(frames.end(), more.begin(), more.end());
  frames.emplace_back(MarkRecord{1, stamp_of(20.0), 3, false});
  const Heard heard = hear(frames);
  const std::string text = journal_text(frames);
  const Result<Recording> result = read_recording(source_of(text), {});
  REQUIRE(result.ok());
  const Recording& recording = result.value();
  CHECK(check_analysable(recording).ok());
  CHECK(recording.format == "Klonograph recording");
  CHECK(recording.context == R"({"place": "left_ankle"})");
  CHECK(recording.planned_s == 3600.0);
  CHECK(recording.unfinished);
  CHECK(recording.rate_hz == 60.0);
  REQUIRE(recording.channels.size() == 6);
  CHECK(recording.channels[0].unit == "g");
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(same_bits(recording.channels[k].samples, heard.acceleration[k]));
    CHECK(same_bits(recording.channels[3 + k].samples, heard.rotation[k]));
  }
  REQUIRE(recording.segments.size() == 2);
  CHECK(recording.segments[1].end_index() == recording.num_samples());
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].reason == GapReason::Hidden);
  REQUIRE(recording.marks.size() == 1);
  CHECK(recording.warnings.empty());
  frames.emplace_back(End{stamp_of(30.0)});
  CHECK_FALSE(read(journal_text(frames)).unfinished);
}

TEST_CASE("its rows are shown as they were delivered, before anything was left out") {
  const std::vector<journal::Reading> readings = moving(0.0, 10.0, {.rounding = 0.1, .repeated_share = 0.2});
  const Result<RawTable> result = read_table(source_of(journal_text(recorded(readings))), {});
  REQUIRE(result.ok());
  const RawTable& table = result.value();
  CHECK(table.num_rows() == static_cast<std::int64_t>(readings.size()));
  REQUIRE(table.columns.size() == 6);
  CHECK(table.columns[0].unit == "m/s2");
  CHECK(table.columns[0].values[5] == readings[5].acceleration[0]);
  CHECK(table.columns[3].values[5] == readings[5].rotation[0]);
  CHECK(table.time.seconds[5] == doctest::Approx((readings[5].stamp_ms - readings[0].stamp_ms) / 1000.0));
  REQUIRE(table.recording.has_value());
}

TEST_CASE("damage to a file costs what it hit and is told") {
  std::string text = journal_text(recorded(moving(0.0, 60.0)));
  const Recording whole = read(text);
  CHECK(whole.warnings.empty());
  std::string hurt = text;
  hurt[text.size() / 2] ^= 0x20;
  const Recording recording = read(hurt);
  CHECK(has_warning(recording, "journal-skipped"));
  CHECK(has_warning(recording, "journal-lost"));
  CHECK(recording.segments.size() == 2);
  CHECK(recording.num_samples() > whole.num_samples() - 20);
  const Recording cut = read(text.substr(0, text.size() - 40));
  CHECK(has_warning(cut, "journal-torn"));
  CHECK(cut.unfinished);
  std::string headless = text;
  headless[20] ^= 0x01;
  const Recording without_head = read(headless);
  CHECK(has_warning(without_head, "journal-head"));
  CHECK(without_head.num_samples() == whole.num_samples());
}

TEST_CASE("nothing but a head is refused in words") {
  CHECK(refusal_of(journal_text(recorded({}))).code == ErrorCode::Empty);
  CHECK(refusal_of("KLONOJ1\n").code == ErrorCode::Empty);
}

}  // namespace klono::formats

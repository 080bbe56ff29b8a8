// Time: rate from the stamps, doubled stamps, holes, restarts, held values, files without time.

#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>

#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

/// Readings [from, to) moved in time by `shift_s`.
std::vector<MotionSample> part(const std::vector<MotionSample>& readings, std::size_t from, std::size_t to, double shift_s = 0.0) {
  std::vector<MotionSample> some(readings.begin() + static_cast<std::ptrdiff_t>(from), readings.begin() + static_cast<std::ptrdiff_t>(to));
  for (MotionSample& reading : some) reading.t_s += shift_s;
  return some;
}

std::vector<MotionSample> joined(std::vector<MotionSample> first, const std::vector<MotionSample>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// Readings from `from` on stay at one value for `seconds`.
std::vector<MotionSample> held(std::vector<MotionSample> readings, std::size_t from, double seconds) {
  for (std::size_t i = from + 1; i < readings.size() && readings[i].t_s < readings[from].t_s + seconds; ++i)
    for (std::size_t k = 0; k < 3; ++k) readings[i].axis[k] = readings[from].axis[k];
  return readings;
}

}  // namespace

TEST_CASE("the rate is that of the stamps, whatever the setting was called") {
  for (const double rate_hz : {25.0, 49.40, 98.52, 102.6, 401.0}) {
    const Recording recording = read(written(motion(rate_hz)));
    CHECK(recording.rate_hz == doctest::Approx(rate_hz).epsilon(1e-5));
    CHECK(recording.duration_s() == doctest::Approx(20.0).epsilon(1e-3));
    CHECK(recording.segments.size() == 1);
  }
}

TEST_CASE("a date that could be read two ways is told, one that could not is not") {
  const auto warned = [](const std::string& date) {
    std::string text = "time,x,y,z\n";
    for (int i = 0; i < 400; ++i) {
      char row[96];
      std::snprintf(row, sizeof row, "%s 10:00:%02d.%03d,0.0%d,0.0,1.0\n", date.c_str(), i / 50, (i % 50) * 20, i % 7);
      text += row;
    }
    return has_warning(read(text), "date-order");
  };
  CHECK(warned("03/04/2025"));
  CHECK_FALSE(warned("04/04/2025"));
  CHECK_FALSE(warned("13/04/2025"));
  CHECK_FALSE(warned("04/25/2025"));
  CHECK_FALSE(warned("2025-03-04"));
  CHECK_FALSE(warned("03.04.2025"));
}

TEST_CASE("a row written twice is one reading") {
  std::vector<MotionSample> doubled;
  for (std::size_t i = 0; i < motion().size(); ++i) {
    doubled.push_back(motion()[i]);
    if (i % 10 == 0) doubled.push_back(motion()[i]);
  }
  const Recording recording = read(written(doubled));
  CHECK(axis(recording, 0) == axis(read(written(motion())), 0));
  CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-9));
  CHECK(has_warning(recording, "duplicate-rows"));
}

TEST_CASE("equal stamps with other values are all kept and spread to the next") {
  for (const std::size_t batch : std::vector<std::size_t>{2, 3, 5}) {
    CAPTURE(batch);
    std::vector<MotionSample> batched = part(motion(), 0, 30 * batch + 1);
    const std::vector<MotionSample> truth = batched;
    for (std::size_t i = 0; i < batched.size(); ++i) batched[i].t_s = truth[i - i % batch].t_s;
    const Recording recording = read(written(batched));
    CHECK(largest_difference(recording, truth) < 1e-5);
    CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-6));
    CHECK(recording.gaps.empty());
    CHECK(has_warning(recording, "equal-stamps"));
  }
}

TEST_CASE("stamps of whole seconds are spread over each second") {
  Writing writing;
  writing.time = [](double t_s) { return "2024-05-07 18:55:" + std::string(t_s < 10.0 ? "0" : "") + std::to_string(static_cast<int>(t_s + 1e-6)); };
  for (const std::size_t skipped : std::vector<std::size_t>{0, 13}) {  // the first second is rarely whole
    const Recording recording = read(written(part(motion(), skipped, 1000), writing));
    CHECK(largest_difference(recording, part(motion(), skipped, 1000)) < 1e-5);
    CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-6));
    CHECK(recording.gaps.empty());
    CHECK(has_warning(recording, "whole-second-stamps"));
  }
}

TEST_CASE("a missing stretch is a gap of its own length, and no reading is lost or made up") {
  const std::vector<MotionSample> readings = joined(part(motion(), 0, 300), part(motion(), 437, 1000));
  const Recording recording = read(written(readings));
  REQUIRE(recording.segments.size() == 2);
  CHECK(recording.segments[0].count == 300);
  CHECK(recording.segments[1].start_s == doctest::Approx(437 * 0.02).epsilon(1e-6));
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].reason == GapReason::Missing);
  CHECK(recording.gaps[0].span.begin_s == doctest::Approx(6.0).epsilon(1e-6));
  CHECK(recording.gaps[0].span.end_s == doctest::Approx(437 * 0.02).epsilon(1e-6));
  CHECK(largest_difference(recording, readings) < 1e-5);
}

TEST_CASE("a step is a gap beyond three usual steps or the usual step and 50 ms, whichever is longer") {
  struct Step {
    double rate_hz;
    std::size_t left_out;  ///< readings
    bool gap;
  };
  // 50 Hz: 70 ms. 100 Hz: 60 ms. 25 Hz: 120 ms.
  for (const Step step : {Step{50.0, 2, false}, {50.0, 3, true}, {100.0, 4, false}, {100.0, 6, true}, {25.0, 1, false}, {25.0, 3, true}}) {
    CAPTURE(step.rate_hz);
    CAPTURE(step.left_out);
    const std::vector<MotionSample> all = motion(step.rate_hz);
    const Recording recording = read(written(joined(part(all, 0, 200), part(all, 200 + step.left_out, all.size()))));
    CHECK(recording.gaps.size() == (step.gap ? 1 : 0));
  }
}

TEST_CASE("a step back of more than a second is a restart: another segment, nothing lost") {
  const std::vector<MotionSample> readings = joined(part(motion(), 0, 600), part(motion(), 600, 1000, -12.0));
  const Recording recording = read(written(readings));
  REQUIRE(recording.segments.size() == 2);
  CHECK(recording.segments[0].count == 600);
  CHECK(recording.segments[1].count == 400);
  CHECK(recording.segments[1].start_s >= recording.segments[0].end_s() - 1e-9);
  for (const Gap& gap : recording.gaps) CHECK(gap.reason == GapReason::Restart);
  CHECK(largest_difference(recording, readings) < 1e-5);
}

TEST_CASE("a few rows out of order are put back, and said so") {
  std::vector<MotionSample> swapped = motion();
  for (const std::size_t i : std::vector<std::size_t>{40, 333, 801}) std::swap(swapped[i], swapped[i + 1]);
  const Recording recording = read(written(swapped));
  CHECK(largest_difference(recording, motion()) < 1e-5);
  CHECK(recording.segments.size() == 1);
  CHECK(has_warning(recording, "out-of-order"));
}

TEST_CASE("values held for a second or more are a gap; shorter ones and those of coarse sensors are not") {
  const Recording long_hold = read(written(held(motion(), 300, 2.5)));
  REQUIRE(long_hold.gaps.size() == 1);
  CHECK(long_hold.gaps[0].reason == GapReason::Held);
  CHECK(long_hold.gaps[0].span.begin_s == doctest::Approx(6.02).epsilon(1e-3));
  CHECK(long_hold.gaps[0].span.end_s == doctest::Approx(8.5).epsilon(5e-3));
  CHECK(long_hold.segments.size() == 2);
  CHECK(read(written(held(motion(), 300, 0.9))).gaps.empty());

  std::vector<MotionSample> coarse = motion();
  for (MotionSample& reading : coarse)
    for (double& value : reading.axis) value = std::round(value * 64.0) / 64.0;
  CHECK(read(written(held(coarse, 300, 2.5))).gaps.empty());
}

TEST_CASE("a second of zeros on all axes is an invalid stretch, whatever the sensor") {
  std::vector<MotionSample> zeros = motion();
  for (std::size_t i = 300; i < 400; ++i)
    for (double& value : zeros[i].axis) value = 0.0;
  const Recording recording = read(written(zeros));
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].reason == GapReason::Invalid);
  CHECK(recording.gaps[0].span.length_s() == doctest::Approx(2.0).epsilon(1e-3));
  CHECK(recording.num_samples() == 900);
}

TEST_CASE("rows without numbers are left out and, where they are many, leave a gap") {
  std::string text = written(motion());
  const std::string whole = text;
  text.clear();
  int row = 0;
  for (std::size_t at = 0; at < whole.size(); ++row) {
    const std::size_t end = whole.find('\n', at) + 1;
    const bool empty = row > 500 && row <= 600;
    text += empty ? whole.substr(at, whole.find(',', at) - at) + ",NaN,NaN,NaN\n" : whole.substr(at, end - at);
    at = end;
  }
  const Recording recording = read(text);
  CHECK(recording.num_samples() == 900);
  REQUIRE(recording.gaps.size() == 1);
  CHECK(recording.gaps[0].span.length_s() == doctest::Approx(2.0).epsilon(1e-3));
  CHECK(has_warning(recording, "missing-numbers"));
}

TEST_CASE("a logger that writes a row whenever any sensor fires repeats the acceleration: the change rate counts") {
  std::string text = "time,gFx,gFy,gFz,ax,ay,az,wx,wy,wz\n";
  for (const MotionSample& reading : motion())
    for (int repeat = 0; repeat < 3; ++repeat)
      text += fixed(reading.t_s + 0.006 * repeat, 4) + "," + fixed(reading.axis[0], 5) + "," + fixed(reading.axis[1], 5) + "," +
              fixed(reading.axis[2], 5) + ",0.1,0.2,0.3," + std::to_string(repeat) + ",0,0\n";
  const Recording recording = read(text);
  CHECK(largest_difference(recording, motion()) < 1e-5);
  CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-5));
  CHECK(has_warning(recording, "held-rows"));
}

TEST_CASE("without a column of time a person is asked for the rate, and the answer is obeyed") {
  for (const std::string header : {"x,y,z", ""}) {
    Writing writing;
    writing.with_time = false;
    writing.header = header;
    const std::string text = written(motion(), writing);
    const Error error = refusal_of(text);
    CHECK(error.code == ErrorCode::NeedsChoice);
    REQUIRE(error.question.has_value());
    CHECK(error.question->kind == Question::Kind::Rate);
    CHECK(error.question->option == "--rate");
    CHECK(error.question->suggestions.find("50\n") != std::string::npos);
    ReadOptions options;
    REQUIRE(set_option(options, "rate", "64").ok());
    const Recording recording = read(text, options);
    CHECK(recording.rate_hz == doctest::Approx(64.0).epsilon(1e-9));
    CHECK(largest_difference(recording, motion()) < 1e-5);
  }
}

TEST_CASE("a row number is no time") {
  std::string text;
  int row = 0;
  for (const MotionSample& reading : motion())
    text += std::to_string(row++) + "," + fixed(reading.axis[0], 5) + "," + fixed(reading.axis[1], 5) + "," + fixed(reading.axis[2], 5) + "\n";
  CHECK(refusal_of(text).question.value().kind == Question::Kind::Rate);
  CHECK(largest_difference(read(text, choosing("rate", "50")), motion()) < 1e-5);
}

TEST_CASE("a rate stated in a comment is taken where there are no times") {
  Writing writing;
  writing.with_time = false;
  writing.header = "x,y,z";
  CHECK(read("# Sampling Rate (Hz):= 100.00\n" + written(motion(), writing)).rate_hz == doctest::Approx(100.0));
}

}  // namespace klono::formats

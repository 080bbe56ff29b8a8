#include <doctest/doctest.h>

#include <cmath>
#include <random>
#include <string>

#include "view/viewport.hpp"

namespace klono::view {
namespace {

/// Tue 21 Oct 2025, 22:48:30.250 on the wall.
WallClock evening() {
  return {.basis = ClockBasis::Local, .unix_ns = 1'761'086'910'250'000'000, .offset_min = std::nullopt};
}

std::vector<Tick> labelled(const std::vector<Tick>& ticks) {
  std::vector<Tick> majors;
  for (const Tick& tick : ticks)
    if (tick.major) majors.push_back(tick);
  return majors;
}

std::string labels(const std::vector<Tick>& ticks) {
  std::string all;
  for (const Tick& tick : labelled(ticks)) all += (all.empty() ? "" : " | ") + tick.label;
  return all;
}

TEST_CASE("Labels never stand closer than asked, whatever the span, width and clock") {
  std::mt19937 random(11);
  const auto between = [&](double low, double high) { return std::uniform_real_distribution(low, high)(random); };
  for (int i = 0; i < 3000; ++i) {
    const double length_s = std::exp(between(std::log(0.25), std::log(30.0 * 86400.0)));
    const double begin_s = between(0.0, 86400.0);
    const double width_px = between(200.0, 2500.0);
    const double label_px = between(60.0, 120.0);
    WallClock start;
    if (i % 3 != 0) {
      start.basis = i % 3 == 1 ? ClockBasis::Local : ClockBasis::Utc;
      start.unix_ns = static_cast<std::int64_t>(between(0.0, 2.0e9) * 1e9);
      if (i % 2 == 0) start.offset_min = 120;
    }
    const TimeSpan span{begin_s, begin_s + length_s};
    const auto ticks = time_ticks(span, width_px, label_px, start);
    const auto majors = labelled(ticks);
    const double tolerance_s = 1e-6 * length_s + 1e-5;
    for (std::size_t k = 0; k < ticks.size(); ++k) {
      CHECK(ticks[k].t_s >= span.begin_s - tolerance_s);
      CHECK(ticks[k].t_s <= span.end_s + tolerance_s);
      CHECK(ticks[k].label.empty() != ticks[k].major);
      if (k > 0) CHECK(ticks[k].t_s > ticks[k - 1].t_s);
    }
    for (std::size_t k = 1; k < majors.size(); ++k) {
      CHECK((majors[k].t_s - majors[k - 1].t_s) / length_s * width_px >= label_px * (1.0 - 1e-6));
      CHECK(majors[k].label != majors[k - 1].label);
    }
  }
}

TEST_CASE("A ruler wide enough for several labels has at least two of them") {
  for (double length_s = 0.3; length_s < 86400.0; length_s *= 1.7)
    CHECK(labelled(time_ticks({0.0, length_s}, 1000.0, 80.0, {})).size() >= 2);
}

TEST_CASE("Ticks stand on the round minutes of the wall clock, not of the recording") {
  // One hour from 22:48:30.25 at ten-minute steps: the first round one is 22:50.
  const auto ticks = time_ticks({0.0, 3600.0}, 700.0, 90.0, evening());
  CHECK(labels(ticks) == "22:50 | 23:00 | 23:10 | 23:20 | 23:30 | 23:40");
  CHECK(labelled(ticks).front().t_s == doctest::Approx(89.75));
}

TEST_CASE("Seconds and parts of seconds are labelled as finely as their step") {
  CHECK(labels(time_ticks({0.0, 35.0}, 400.0, 80.0, evening())) == "22:48:40 | 22:48:50 | 22:49:00");
  CHECK(labels(time_ticks({0.0, 1.0}, 400.0, 100.0, evening())) == "22:48:30.5 | 22:48:31.0");
}

TEST_CASE("A night crosses midnight as 00:00, several days show their dates") {
  CHECK(labels(time_ticks({0.0, 4.0 * 3600.0}, 500.0, 90.0, evening())) == "23:00 | 00:00 | 01:00 | 02:00");
  CHECK(labels(time_ticks({0.0, 3.0 * 86400.0}, 400.0, 100.0, evening())) == "Wed 22 | Thu 23 | Fri 24");
}

TEST_CASE("An instant with a known zone is labelled in the recorder's time") {
  WallClock start = evening();
  start.basis = ClockBasis::Utc;
  start.offset_min = 120;
  CHECK(labels(time_ticks({0.0, 3600.0}, 300.0, 90.0, start)) == "01:00 | 01:30");
}

TEST_CASE("Without a clock, labels count from the start") {
  CHECK(labels(time_ticks({0.0, 40.0}, 400.0, 90.0, {})) == "0:00 | 0:10 | 0:20 | 0:30 | 0:40");
  CHECK(labels(time_ticks({0.0, 2.0 * 3600.0}, 500.0, 100.0, {})) == "0 min | 30 min | 1 h | 1 h 30 | 2 h");
  CHECK(labels(time_ticks({3599.0, 3601.0}, 200.0, 80.0, {})) == "59:59 | 1:00:00 | 1:00:01");
}

TEST_CASE("Nothing to show has no ticks") {
  CHECK(time_ticks({5.0, 5.0}, 400.0, 80.0, {}).empty());
  CHECK(time_ticks({0.0, 5.0}, 0.0, 80.0, {}).empty());
  CHECK(time_ticks({0.0, 5.0}, 400.0, 0.0, {}).empty());
}

TEST_CASE("An axis ends at the next 1, 2 or 5") {
  CHECK(nice_ceiling(0.53) == doctest::Approx(1.0));
  CHECK(nice_ceiling(0.41) == doctest::Approx(0.5));
  CHECK(nice_ceiling(0.5) == doctest::Approx(0.5));
  CHECK(nice_ceiling(0.02) == doctest::Approx(0.02));
  CHECK(nice_ceiling(1.2) == doctest::Approx(2.0));
  CHECK(nice_ceiling(6.0) == doctest::Approx(10.0));
  CHECK(nice_ceiling(0.0) > 0.0);
  CHECK(nice_ceiling(std::nan("")) > 0.0);
  for (double value = 0.0013; value < 50.0; value *= 1.07) {
    CHECK(nice_ceiling(value) >= value * (1.0 - 1e-8));
    CHECK(nice_ceiling(value) <= 2.5 * value);
  }
}

}  // namespace
}  // namespace klono::view

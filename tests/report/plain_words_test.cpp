#include "view/plain_words.hpp"

#include <cmath>
#include <limits>
#include <set>

#include <doctest/doctest.h>

using namespace klono;
using namespace klono::view;

namespace {
constexpr std::int64_t kEvening_ns = 1'795'559'467'000'000'000;  // 2026-11-24 22:31:07 read as UTC
}

TEST_CASE("Figures have two places below ten and are whole above") {
  CHECK(figure_words(0.0) == "0");
  CHECK(figure_words(0.0561) == "0.056");
  CHECK(figure_words(0.5) == "0.50");
  CHECK(figure_words(4.64) == "4.6");
  CHECK(figure_words(9.96) == "10");
  CHECK(figure_words(0.0996) == "0.10");
  CHECK(figure_words(14.7) == "15");
  CHECK(figure_words(1234.0) == "1234");
  CHECK(figure_words(-0.53) == "\u22120.53");
  CHECK(figure_words(std::nan("")) == "not known");
}

TEST_CASE("Lengths of time carry where they round up") {
  CHECK(duration_words(0.0) == "0\u00A0s");
  CHECK(duration_words(0.34) == "0.34\u00A0s");
  CHECK(duration_words(9.97) == "10\u00A0s");
  CHECK(duration_words(59.4) == "59\u00A0s");
  CHECK(duration_words(59.6) == "1\u00A0min");
  CHECK(duration_words(200.0) == "3\u00A0min 20\u00A0s");
  CHECK(duration_words(3599.6) == "1\u00A0h");
  CHECK(duration_words(25920.0) == "7\u00A0h 12\u00A0min");
  CHECK(duration_words(7199.0) == "2\u00A0h");
  CHECK(duration_words(604800.0) == "168\u00A0h");
  CHECK(duration_words(-90.0) == "\u22121\u00A0min 30\u00A0s");
  CHECK(duration_words(std::numeric_limits<double>::infinity()) == "not known");
}

TEST_CASE("The length of an event does not claim single milliseconds") {
  CHECK(length_words(0.343) == "0.34\u00A0s");
  CHECK(length_words(0.047) == "0.047\u00A0s");
  CHECK(length_words(0.9961) == "1.0\u00A0s");
  CHECK(length_words(1.23) == "1.2\u00A0s");
  CHECK(length_words(12.0) == "12\u00A0s");
}

TEST_CASE("Clock times follow the recorder's own clock") {
  const WallClock local{ClockBasis::Local, kEvening_ns, std::nullopt};
  CHECK(clock_words(local, 0.0, true) == "22:31:07");
  CHECK(clock_words(local, 0.0, false) == "22:31");
  CHECK(clock_words(local, 5400.0, true) == "00:01:07");
  CHECK(clock_words(local, 0.9999, true) == "22:31:07");
  CHECK(clock_words(local, 1.0 - 1e-12, true) == "22:31:08");
  const std::string next_day = clock_words(local, 86400.0, false);
  CHECK(next_day.ends_with(" 22:31"));
  CHECK(next_day.size() > 8);  // weekday and day before it
  CHECK(clock_words(local, 2 * 86400.0, false) != next_day);
  CHECK(clock_words({ClockBasis::Utc, kEvening_ns, 120}, 0.0, false) == "00:31");
  CHECK(clock_words({ClockBasis::Utc, kEvening_ns, -60}, 0.0, false) == "21:31");
  CHECK(clock_words({}, 3727.0, true) == "+1:02:07");
  CHECK(clock_words({}, 127.0, false) == "+0:02");
}

TEST_CASE("Dates say when they are not the recorder's own") {
  CHECK(date_words({ClockBasis::Local, kEvening_ns, std::nullopt}) == "24 Nov 2026");
  CHECK(date_words({ClockBasis::Utc, kEvening_ns, 120}) == "25 Nov 2026");
  CHECK(date_words({ClockBasis::Utc, kEvening_ns, std::nullopt}) == "24 Nov 2026 (UTC)");
  CHECK(date_words({}).empty());
  CHECK_FALSE(date_words({ClockBasis::Utc, std::numeric_limits<std::int64_t>::max(), 2'000'000'000}).empty());
}

TEST_CASE("Sizes are told in g, as the axes are") {
  CHECK(acceleration_words(0.0384) == "0.038\u00A0g");
  CHECK(acceleration_words(0.00512) == "0.0051\u00A0g");
  CHECK(acceleration_words(0.0996) == "0.10\u00A0g");
  CHECK(acceleration_words(0.423) == "0.42\u00A0g");
  CHECK(acceleration_words(1.34) == "1.3\u00A0g");
  CHECK(acceleration_words(0.0) == "0\u00A0g");
  CHECK(acceleration_words(std::nan("")) == "not known");
}

TEST_CASE("A rate is told per hour and its interval with it, or neither") {
  const patterns::Rate rate = patterns::poisson_rate(42, 1.0);
  CHECK(rate_words(rate) == "42 per hour");
  CHECK(interval_words(rate) == "95\u00A0% interval 30 to 57");
  CHECK(rate_words(patterns::poisson_rate(0, 6.7)) == "0 per hour");
  CHECK(interval_words(patterns::poisson_rate(0, 6.7)) == "95\u00A0% interval 0 to 0.55");
  CHECK(rate_words(patterns::poisson_rate(0, 0.0)) == "no rate");
  CHECK(interval_words(patterns::poisson_rate(0, 0.0)) == "no interval");
}

TEST_CASE("Counts, frequencies, kinds and reasons are words") {
  CHECK(count_words(1, "event", "events") == "1 event");
  CHECK(count_words(0, "event", "events") == "0 events");
  CHECK(frequency_words(6.28) == "6.3\u00A0Hz");
  CHECK(class_words(EventClass::Burst) == "in a burst");
  std::set<std::string> reasons;
  for (int i = 0; i <= static_cast<int>(Reason::Settling); ++i) reasons.insert(reason_words(static_cast<Reason>(i)));
  CHECK(reasons.size() == static_cast<std::size_t>(Reason::Settling) + 1);
}

#include "patterns/summary.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace klono;
using patterns::Summary;
using patterns::summarise;

namespace {

Event event_at(double onset_s, EventClass event_class, double peak_g = 0.1, std::int32_t group = -1) {
  Event event;
  event.onset_s = onset_s;
  event.peak_s = onset_s + 0.1;
  event.end_s = onset_s + 0.3;
  event.duration_s = 0.3;
  event.peak_g = peak_g;
  event.event_class = event_class;
  event.group = group;
  return event;
}

/// Two hours with one event of each kind, and a burst of three.
Analysis mixed() {
  Analysis analysis;
  analysis.analysable_s = analysis.recorded_s = 7200.0;
  analysis.events = {event_at(10, EventClass::Twitch, 0.10), event_at(100, EventClass::Burst, 0.20, 4),
                     event_at(101, EventClass::Burst, 0.30, 4), event_at(102, EventClass::Burst, 0.40, 4),
                     event_at(300, EventClass::Rhythmic, 0.50, 5), event_at(303, EventClass::Rhythmic, 0.60, 5),
                     event_at(900, EventClass::LimbMovement, 0.9), event_at(1000, EventClass::Movement, 2.0)};
  return analysis;
}

}  // namespace

TEST_CASE("Twitches, bursts and rhythmic members make one rate, limb movements another, movements none") {
  const Summary summary = summarise(mixed());
  CHECK(summary.brief.count == 6);
  CHECK(summary.brief.hours == 2.0);
  CHECK(summary.brief.per_hour == 3.0);
  CHECK(summary.limb.count == 1);
  CHECK(summary.limb.per_hour == 0.5);
  CHECK(summary.counted_by_class == std::array<std::int64_t, 4>{1, 3, 2, 1});
}

TEST_CASE("What the person rejects does not count anywhere") {
  const std::vector<Decision> decisions{Decision::Rejected,  Decision::Confirmed, Decision::Rejected, Decision::None,
                                        Decision::Confirmed, Decision::Rejected,  Decision::Rejected};
  const Summary summary = summarise(mixed(), decisions);
  CHECK(summary.confirmed == 2);
  CHECK(summary.rejected == 4);
  CHECK(summary.brief.count == 3);
  CHECK(summary.limb.count == 0);
  CHECK(summary.counted_by_class == std::array<std::int64_t, 4>{0, 2, 1, 0});
  CHECK(summary.series == 1);
  CHECK(summary.longest_series == 2);
  CHECK(summary.median_peak_g == doctest::Approx(0.4));
}

TEST_CASE("A series has at least two members that count") {
  const Summary summary = summarise(mixed());
  CHECK(summary.series == 2);
  CHECK(summary.longest_series == 3);
  Analysis alone = mixed();
  alone.events.resize(2);
  CHECK(summarise(alone).series == 0);
  CHECK(summarise(alone).longest_series == 0);
}

TEST_CASE("Sizes and lengths are those of brief events, between order statistics") {
  const Summary summary = summarise(mixed());
  CHECK(summary.median_peak_g == doctest::Approx(0.35));
  CHECK(summary.p90_peak_g == doctest::Approx(0.55));
  CHECK(summary.median_duration_s == doctest::Approx(0.3));
}

TEST_CASE("Intervals run from onset to onset and never across what could not be analysed") {
  Analysis analysis = mixed();
  CHECK(summarise(analysis).median_interval_s == doctest::Approx(3.0));  // of 90, 1, 1, 198, 3
  analysis.masks = {{{20.0, 22.0}, Reason::BodyMovement}, {{200.0, 260.0}, Reason::Walking}};
  CHECK(summarise(analysis).median_interval_s == doctest::Approx(1.0));  // of 1, 1, 3
  analysis.masks = {{{0.0, 2.0}, Reason::Settling}};
  CHECK(summarise(analysis).median_interval_s == doctest::Approx(3.0));
}

TEST_CASE("A recording without events has a rate of zero with an interval, and no sizes") {
  Analysis analysis;
  analysis.analysable_s = 3600.0;
  const Summary summary = summarise(analysis);
  CHECK(summary.brief.per_hour == 0.0);
  CHECK(summary.brief.high == doctest::Approx(3.68887945));
  CHECK(std::isnan(summary.median_peak_g));
  CHECK(std::isnan(summary.p90_peak_g));
  CHECK(std::isnan(summary.median_duration_s));
  CHECK(std::isnan(summary.median_interval_s));
  CHECK(summary.series == 0);
}

TEST_CASE("Without an analysable hour there is no rate to state") {
  Analysis analysis = mixed();
  analysis.analysable_s = 0.0;
  const Summary summary = summarise(analysis);
  CHECK(summary.brief.hours == 0.0);
  CHECK(summary.brief.per_hour == 0.0);
  CHECK(std::isinf(summary.brief.high));
}

TEST_CASE("Rejecting everything leaves the same as finding nothing") {
  const Analysis analysis = mixed();
  const std::vector<Decision> decisions(analysis.events.size(), Decision::Rejected);
  const Summary summary = summarise(analysis, decisions);
  CHECK(summary.brief.count == 0);
  CHECK(summary.rejected == 8);
  CHECK(std::isnan(summary.median_peak_g));
  CHECK(std::isnan(summary.median_interval_s));
}

TEST_CASE("One event has no interval") {
  Analysis analysis = mixed();
  analysis.events.resize(1);
  CHECK(std::isnan(summarise(analysis).median_interval_s));
}

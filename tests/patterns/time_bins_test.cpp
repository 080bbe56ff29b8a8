// Events over the time of a recording, in bins of the clock.

#include <vector>

#include <doctest/doctest.h>

#include "patterns/time_bins.hpp"

using namespace klono;
using patterns::time_bins;

namespace {

Event twitch_at(double onset_s) {
  Event event;
  event.onset_s = onset_s;
  event.event_class = EventClass::Twitch;
  return event;
}

}  // namespace

TEST_CASE("Bins begin at round times of the clock and count each event once, over the time that could be analysed") {
  Analysis analysis;
  for (const double onset_s : {10.0, 1799.0, 1800.0, 9000.0}) analysis.events.push_back(twitch_at(onset_s));
  analysis.masks = {{{3600.0, 4200.0}, Reason::BodyMovement}};
  const WallClock at_half_past{ClockBasis::Local, 1'792'623'600'000'000'000 - 1800'000'000'000, std::nullopt};
  const auto bins = time_bins(analysis, {}, {}, at_half_past, 10.0 * 3600.0);
  REQUIRE(bins.size() == 20);
  CHECK(bins[0].span.end_s == 1800.0);
  CHECK(bins[0].rate.count == 2);
  CHECK(bins[0].rate.per_hour == 4.0);
  CHECK(bins[1].rate.count == 1);
  CHECK(bins[2].rate.hours == doctest::Approx(1200.0 / 3600.0));
  std::int64_t all = 0;
  for (const auto& bin : bins) all += bin.rate.count;
  CHECK(all == 4);
}

TEST_CASE("What the person rejected stands in no bin, and a bin without analysable time has no rate") {
  Analysis analysis;
  analysis.events = {twitch_at(10.0), twitch_at(20.0)};
  const std::vector<Gap> gaps{{{1800.0, 3600.0}, GapReason::Missing}};
  const auto bins = time_bins(analysis, std::vector<Decision>{Decision::Rejected}, gaps, {}, 9.0 * 3600.0);
  CHECK(bins[0].rate.count == 1);
  CHECK(bins[1].absent());
  CHECK(patterns::highest_rate(bins) == 2.0);
}

TEST_CASE("Gaps and masks that meet are one stretch without analysis, inside the recording") {
  Analysis analysis;
  analysis.masks = {{{-5.0, 10.0}, Reason::Settling}, {{20.0, 30.0}, Reason::Walking}, {{95.0, 120.0}, Reason::EdgeOfData}};
  const std::vector<Gap> gaps{{{30.0, 40.0}, GapReason::Missing}};
  CHECK(patterns::without_analysis(analysis, gaps, 100.0) == std::vector<TimeSpan>{{0.0, 10.0}, {20.0, 40.0}, {95.0, 100.0}});
}

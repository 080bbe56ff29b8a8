// Even trains, and limb movements in series, out of an analysis.

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

#include "patterns/leg_pair.hpp"
#include "patterns/limb_rules.hpp"
#include "patterns/near_sleep.hpp"
#include "patterns/trains.hpp"

using namespace klono;
using patterns::even_trains;
using patterns::LimbRule;
using patterns::limb_rules;

namespace {

Event event_in_group(double onset_s, EventClass event_class, std::int32_t group = -1, double duration_s = 0.3) {
  Event event;
  event.onset_s = onset_s;
  event.duration_s = duration_s;
  event.end_s = onset_s + duration_s;
  event.event_class = event_class;
  event.group = group;
  return event;
}

Analysis an_hour() {
  Analysis analysis;
  analysis.recorded_s = analysis.analysable_s = 3600.0;
  return analysis;
}

Analysis limb_movements_at(std::initializer_list<double> onsets) {
  Analysis analysis = an_hour();
  for (const double onset_s : onsets) analysis.events.push_back(event_in_group(onset_s, EventClass::LimbMovement, -1, 2.0));
  return analysis;
}

/// Intervals 10, 12, 8, 10, 12: median 10, mean 10.4, standard deviation 1.673.
Analysis one_train() {
  Analysis analysis = an_hour();
  for (const double onset_s : {100.0, 110.0, 122.0, 130.0, 140.0, 152.0}) analysis.events.push_back(event_in_group(onset_s, EventClass::Rhythmic, 3));
  analysis.events.push_back(event_in_group(500.0, EventClass::Twitch));
  return analysis;
}

}  // namespace

TEST_CASE("A train is told by its number, its length, its usual interval and how much that varies") {
  const auto trains = even_trains(one_train());
  REQUIRE(trains.size() == 1);
  CHECK(trains[0].group == 3);
  CHECK(trains[0].members == 6);
  CHECK(trains[0].begin_s == 100.0);
  CHECK(trains[0].end_s == 152.0);
  CHECK(trains[0].median_interval_s == 10.0);
  CHECK(trains[0].variation == doctest::Approx(1.67332 / 10.4).epsilon(1e-5));
}

TEST_CASE("No interval of a train reaches over a member that the person rejected") {
  std::vector<Decision> decisions(7, Decision::None);
  decisions[2] = Decision::Rejected;
  const auto trains = even_trains(one_train(), decisions);
  REQUIRE(trains.size() == 1);
  CHECK(trains[0].members == 5);
  // Left: 10, 10, 12. With the hole of 20 s the median were 11.
  CHECK(trains[0].median_interval_s == 10.0);
}

TEST_CASE("A train of which too few members are left is none") {
  std::vector<Decision> decisions(7, Decision::None);
  decisions[1] = decisions[2] = Decision::Rejected;
  CHECK(even_trains(one_train(), decisions).empty());
}

TEST_CASE("Both rules tell movements in series per analysable hour") {
  const auto rules = limb_rules(limb_movements_at({100, 120, 140, 160, 180, 1000, 1006, 1012, 1018}));
  CHECK(rules[0].rule == LimbRule::Aasm);
  CHECK(rules[0].runs == 2);
  CHECK(rules[0].in_series.count == 9);
  CHECK(rules[0].in_series.per_hour == 9.0);
  CHECK(rules[0].longest == 5);
  CHECK(rules[0].median_interval_s == 20.0);
  CHECK(rules[1].rule == LimbRule::Wasm2016);
  CHECK(rules[1].runs == 1);
  CHECK(rules[1].in_series.count == 5);
}

TEST_CASE("A movement that the person rejected is in no series") {
  const Analysis analysis = limb_movements_at({100, 120, 140, 160});
  CHECK(limb_rules(analysis)[0].runs == 1);
  const auto rules = limb_rules(analysis, std::vector<Decision>{Decision::None, Decision::Rejected});
  CHECK(rules[0].runs == 0);
  CHECK(std::isnan(rules[0].median_interval_s));
}

TEST_CASE("A long stretch that could not be analysed ends a run by WASM, the end of the data by both") {
  Analysis analysis = limb_movements_at({100, 120, 160, 180});
  analysis.masks = {{{130.0, 145.0}, Reason::BodyMovement}};
  CHECK(limb_rules(analysis)[0].runs == 1);
  CHECK(limb_rules(analysis)[1].runs == 0);
  analysis.masks = {{{130.0, 131.0}, Reason::PostureChange}};
  CHECK(limb_rules(analysis)[1].runs == 1);
  analysis.masks = {{{130.0, 130.7}, Reason::EdgeOfData}};
  CHECK(limb_rules(analysis)[0].runs == 0);
  CHECK(limb_rules(analysis)[1].runs == 0);
}

TEST_CASE("Longer activity of EMG ends a run by WASM alone") {
  EmgChannelAnalysis channel;
  channel.recorded_s = channel.analysable_s = 3600.0;
  for (const double onset_s : {100.0, 120.0, 160.0, 180.0}) channel.limb_movements.push_back({onset_s, onset_s + 2.0, 2.0, 30.0, 2.0, false});
  CHECK(limb_rules(channel)[1].in_series.count == 4);
  channel.longer_activity = {{130.0, 142.0}};
  CHECK(limb_rules(channel)[0].in_series.count == 4);
  CHECK(limb_rules(channel)[1].in_series.count == 0);
}

TEST_CASE("Brief events near an onset of sleep are counted, each at the nearest, up to half an hour away") {
  Analysis analysis = an_hour();
  analysis.rest.onsets = {{2000.0, OnsetSource::Estimate}, {5000.0, OnsetSource::Estimate}};
  for (const double onset_s : {100.0, 200.0, 1999.0, 2100.0, 3600.0, 6800.0, 6801.0}) analysis.events.push_back(event_in_group(onset_s, EventClass::Twitch));
  analysis.events.push_back(event_in_group(2200.0, EventClass::LimbMovement));
  const auto near = patterns::events_near_sleep(analysis.rest, analysis.events);
  REQUIRE(near.size() == 2);
  CHECK(near[0].events == 3);
  CHECK(near[1].events == 2);
  std::vector<Decision> decisions(8, Decision::None);
  decisions[2] = Decision::Rejected;
  CHECK(patterns::events_near_sleep(analysis.rest, analysis.events, decisions)[0].events == 2);
  CHECK(near[0].before == 2);
}

TEST_CASE("When the person marks falling asleep, their time stands in place of an estimate and of the file's") {
  RestEstimate rest;
  rest.long_rests = {{1000.0, 9000.0}};
  rest.onsets = {{1000.0, OnsetSource::Estimate}};
  const std::vector<SleepMark> marks{{SleepMoment::LayDown, 900.0}, {SleepMoment::FellAsleep, 2500.0}, {SleepMoment::WokeUp, 8000.0}};
  for (const OnsetSource source : {OnsetSource::Estimate, OnsetSource::File}) {
    rest.onsets[0].source = source;
    const RestEstimate told = patterns::told_rest(rest, marks);
    REQUIRE(told.onsets.size() == 1);
    CHECK(told.onsets[0].at_s == 2500.0);
    CHECK(told.onsets[0].source == OnsetSource::Person);
    CHECK(told.long_rests == rest.long_rests);
  }
}

TEST_CASE("An estimate at a time when the person was up by their own marks is left out; what the file marks stays") {
  RestEstimate rest;
  rest.onsets = {{1000.0, OnsetSource::Estimate}, {5000.0, OnsetSource::Estimate}};
  const std::vector<SleepMark> marks{{SleepMoment::LayDown, 3000.0}};
  REQUIRE(patterns::told_rest(rest, marks).onsets.size() == 1);
  CHECK(patterns::told_rest(rest, marks).onsets[0].at_s == 5000.0);
  rest.onsets[0].source = OnsetSource::File;
  CHECK(patterns::told_rest(rest, marks).onsets.size() == 2);
  CHECK(patterns::told_rest(rest, {}).onsets.size() == 2);
}

TEST_CASE("A run is told from its first onset to its last end") {
  const auto rules = limb_rules(limb_movements_at({100.0, 120.0, 140.0, 160.0}));
  REQUIRE(rules[0].spans.size() == 1);
  CHECK(rules[0].spans[0] == TimeSpan{100.0, 162.0});
}

TEST_CASE("Two leg channels are known by their names, and counted as one row of movements") {
  const auto leg = [](const char* name, double first_s) {
    EmgChannelAnalysis channel;
    channel.name = name;
    channel.analysable_s = 3600.0;
    for (int k = 0; k < 3; ++k) channel.limb_movements.push_back({first_s + 40.0 * k, first_s + 40.0 * k + 2.0, 2.0, 50.0, 2.0, false});
    return channel;
  };
  EmgAnalysis emg;
  for (const auto& [left, right] : {std::pair{"LLeg", "RLeg"}, std::pair{"EMG TIB 1", "EMG TIB 2"}, std::pair{"LAT", "RAT"}, std::pair{"Leg/L", "Leg/R"}}) {
    emg.channels = {leg("Chin", 0.0), leg(left, 100.0), leg(right, 120.0)};
    const auto pair = patterns::leg_pair(emg);
    REQUIRE(pair);
    CHECK(pair->first == 1);
    CHECK(pair->second == 2);
    const auto rules = patterns::limb_rules(emg, *pair);
    for (const auto& figures : rules) {
      CHECK(figures.runs == 1);
      CHECK(figures.longest == 6);
      CHECK(figures.in_series.per_hour == doctest::Approx(6.0));
    }
    CHECK(limb_rules(emg.channels[1])[0].runs == 0);
  }
  emg.channels = {leg("Chin", 0.0), leg("Plate", 1.0), leg("Rate", 2.0)};
  CHECK_FALSE(patterns::leg_pair(emg));
  emg.channels = {leg("Left leg", 0.0), leg("Right leg", 1.0), leg("Leg 3", 2.0)};
  CHECK_FALSE(patterns::leg_pair(emg));  // which two?
  emg.channels.pop_back();
  emg.channels[0].microvolts = false;
  CHECK_FALSE(patterns::leg_pair(emg));
}

#include "workspace/decisions.hpp"

#include <doctest/doctest.h>

#include <random>

#include "opened.hpp"
#include "workspace/likeness.hpp"

namespace klono::workspace {
namespace {

std::vector<Event> events_at(std::initializer_list<double> onsets) {
  std::vector<Event> events;
  for (const double onset_s : onsets) events.push_back(event_at_onset(onset_s));
  return events;
}

TEST_CASE("An event is found again by its onset, within 0.15 s and no further") {
  const auto events = events_at({1.0, 2.0, 2.2, 9.0});
  CHECK(event_at(events, 1.14) == 0);
  CHECK(event_at(events, 0.86) == 0);
  CHECK(event_at(events, 2.11) == 2);
  CHECK(event_at(events, 2.09) == 1);
  CHECK_FALSE(event_at(events, 1.2).has_value());
  CHECK_FALSE(event_at({}, 1.0).has_value());
}

TEST_CASE("Each decision goes to one event, and to the nearest") {
  std::vector<KeptDecision> kept{{10.00, Decision::Confirmed}, {10.20, Decision::Rejected}};
  const auto decisions = carry_over(events_at({10.08, 10.22}), kept);
  CHECK(decisions == std::vector{Decision::Confirmed, Decision::Rejected});
}

TEST_CASE("A decision about an event that is not found any more waits until it is found again") {
  std::vector<KeptDecision> kept{{5.0, Decision::Rejected}, {50.0, Decision::Confirmed}};
  CHECK(carry_over(events_at({50.05}), kept) == std::vector{Decision::Confirmed});
  CHECK(kept.size() == 2);
  CHECK(carry_over(events_at({5.1, 50.0}), kept) == std::vector{Decision::Rejected, Decision::Confirmed});
}

TEST_CASE("Going back and forth between two settings loses no decision, however often") {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> shift(-0.14, 0.14);
  std::vector<Event> first, second;
  for (int i = 0; i < 200; ++i) {
    first.push_back(event_at_onset(i * 0.7));
    second.push_back(event_at_onset(i * 0.7 + shift(random)));
  }
  std::vector<KeptDecision> kept;
  std::vector<Decision> expected;
  for (std::size_t i = 0; i < first.size(); ++i) {
    expected.push_back(i % 3 == 0 ? Decision::Confirmed : i % 3 == 1 ? Decision::Rejected : Decision::None);
    keep(kept, first[i].onset_s, expected.back(), 0.0);
  }
  for (int round = 0; round < 10; ++round) {
    CHECK(carry_over(second, kept) == expected);
    CHECK(carry_over(first, kept) == expected);
  }
}

TEST_CASE("Keeping replaces, and keeping no decision forgets") {
  std::vector<KeptDecision> kept;
  keep(kept, 3.0, Decision::Confirmed, 0.0);
  keep(kept, 1.0, Decision::Confirmed, 0.0);
  keep(kept, 1.0, Decision::Rejected, 0.0);
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].decision == Decision::Rejected);
  keep(kept, 1.1, Decision::None, 0.15);
  CHECK(kept.size() == 1);
  keep(kept, 3.1, Decision::None, 0.0);
  CHECK(kept.size() == 1);
}

TEST_CASE("The odd one out is the one that looks unlike the others, whatever its size") {
  std::vector<Event> events;
  std::vector<protocol::Waveform> waveforms;
  for (int i = 0; i < 9; ++i) {
    const double onset_s = 10.0 * i + 0.003 * i;
    events.push_back(event_at_onset(onset_s));
    waveforms.push_back(swing(onset_s, i == 6 ? 1.0 : 5.0, i == 2 ? 2.0 : 0.1));
  }
  const auto result = oddness(events, waveforms);
  REQUIRE(result.size() == 9);
  for (std::size_t i = 0; i < 9; ++i) {
    CHECK(result[i] >= -1e-9);
    CHECK(result[i] <= 2.0);
    if (i != 6) CHECK(result[i] < 0.5 * result[6]);
  }
}

TEST_CASE("Events without a waveform count as unlike, and no events give no order") {
  CHECK(oddness({}, {}).empty());
  const auto events = events_at({1.0, 2.0});
  CHECK(oddness(events, {})[1] == doctest::Approx(1.0));
}

}  // namespace
}  // namespace klono::workspace

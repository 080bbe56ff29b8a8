#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "signals.hpp"

using namespace klono;
using namespace klono::test;

TEST_CASE("A jerk is found at its onset, with its height, length and direction") {
  Signal signal = still(60.0);
  const std::array<double, 3> direction{0.6, 0.0, 0.8};
  add_jerk(signal, 30.0, 0.30, 4.0, direction);
  const Analysis analysis = detect(signal);
  REQUIRE(analysis.events.size() == 1);
  const Event& event = analysis.events.front();
  CHECK(std::abs(event.onset_s - 30.0) < 0.03);
  CHECK(event.peak_g == doctest::Approx(0.30).epsilon(0.12));
  CHECK(event.event_class == EventClass::Twitch);
  CHECK(event.group == -1);
  CHECK(event.duration_s > 0.15);
  CHECK(event.duration_s < 0.7);
  CHECK(event.rise_s < 0.1);
  CHECK(event.dominant_hz == doctest::Approx(4.0).epsilon(0.25));
  const double along = event.direction[0] * direction[0] + event.direction[1] * direction[1] + event.direction[2] * direction[2];
  CHECK(std::abs(along) > 0.97);
  CHECK(event.quiet_before_s > 5.0);
}

TEST_CASE("Three jerks within two seconds of each other are one burst") {
  Signal signal = still(60.0);
  for (const double t : {30.0, 31.3, 32.9}) add_jerk(signal, t, 0.2);
  const Analysis analysis = detect(signal);
  REQUIRE(analysis.events.size() == 3);
  for (const Event& event : analysis.events) {
    CHECK(event.event_class == EventClass::Burst);
    CHECK(event.group == 0);
  }
}

TEST_CASE("Jerks far apart are twitches of no group") {
  Signal signal = still(90.0);
  for (const double t : {20.0, 47.0, 80.0}) add_jerk(signal, t, 0.2);
  const Analysis analysis = detect(signal);
  REQUIRE(analysis.events.size() == 3);
  for (const Event& event : analysis.events) CHECK(event.event_class == EventClass::Twitch);
}

TEST_CASE("A regular train is rhythmic, an irregular one with the same number of events is not") {
  Signal regular = still(120.0);
  Signal irregular = still(120.0);
  const double jitter[] = {0.1, -0.12, 0.05, 0.15, -0.1, 0.0, 0.08, -0.06};
  for (int i = 0; i < 8; ++i) add_jerk(regular, 30.0 + 4.0 * i + jitter[i], 0.2);
  for (const double t : {30.0, 32.9, 41.8, 45.1, 58.0, 60.8, 71.0, 74.0}) add_jerk(irregular, t, 0.2);
  const Analysis even = detect(regular);
  REQUIRE(even.events.size() == 8);
  for (const Event& event : even.events) {
    CHECK(event.event_class == EventClass::Rhythmic);
    CHECK(event.group == 0);
  }
  for (const Event& event : detect(irregular).events) CHECK(event.event_class != EventClass::Rhythmic);
}

TEST_CASE("A stronger jerk has the higher confidence, all else equal") {
  Signal signal = still(120.0);
  add_jerk(signal, 30.0, 0.04);
  add_jerk(signal, 60.0, 0.10);
  add_jerk(signal, 90.0, 0.40);
  const Analysis analysis = detect(signal);
  REQUIRE(analysis.events.size() == 3);
  CHECK(analysis.events[0].confidence < analysis.events[1].confidence);
  CHECK(analysis.events[1].confidence < analysis.events[2].confidence);
  for (const Event& event : analysis.events) {
    CHECK(event.confidence >= 0.0);
    CHECK(event.confidence <= 1.0);
  }
}

TEST_CASE("The smallest visible event is larger in a noisier recording, and just above it events are found") {
  const Analysis quiet = detect(still(120.0, 100.0, 0.001));
  const Analysis noisy = detect(still(120.0, 100.0, 0.006));
  CHECK(noisy.smallest_visible_g > quiet.smallest_visible_g);
  int found = 0;
  Signal signal = still(600.0, 100.0, 0.004, 5);
  for (int i = 0; i < 28; ++i) add_jerk(signal, 15.0 + 20.0 * i, 1.15 * detect(still(60.0, 100.0, 0.004)).smallest_visible_g);
  found = static_cast<int>(detect(signal).events.size());
  CHECK(found >= 22);
  CHECK(found <= 28);
}
TEST_CASE("A limb that goes out and comes back slowly is one movement, not a series") {
  Signal signal = still(60.0);
  const double stroke_s = 0.6;
  for (std::size_t i = 0; i < static_cast<std::size_t>(2.0 * stroke_s * signal.rate_hz); ++i) {
    const double t = static_cast<double>(i) / signal.rate_hz;
    const double half = std::sin(std::numbers::pi * t / stroke_s);
    signal.axes[0][3000 + i] += static_cast<float>(0.2 * half * std::abs(half));
  }
  const Analysis analysis = detect(signal);
  REQUIRE(analysis.events.size() == 1);
  CHECK(analysis.events.front().event_class == EventClass::LimbMovement);
  CHECK(analysis.events.front().duration_s > 0.8);
}

// The second witness: what rounding hides from acceleration, and what it must not make of it.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "signals.hpp"

using namespace klono;
using namespace klono::test;

namespace {

constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();

Signal without_gyroscope(Signal signal) {
  for (auto& axis : signal.rotation) axis.clear();
  return signal;
}

/// Small swings every 15 s in two minutes of rest.
Signal small_swings(double peak_g, double lever_m = 0.3, double noise_g = 0.002) {
  Signal signal = still(120.0, 60.0, noise_g);
  add_gyroscope(signal);
  for (int i = 0; i < 7; ++i) add_swing(signal, 12.0 + 15.0 * i, peak_g, lever_m);
  return signal;
}

/// Turns about x with angular velocity amplitude_dps * sin(2 pi hz t) over [begin, end); acceleration feels nothing.
void add_rocking(Signal& signal, double begin_s, double end_s, double hz, double amplitude_dps, double decay_s = 1e9) {
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double t = static_cast<double>(i) / signal.rate_hz - begin_s;
    if (t < 0.0 || t >= end_s - begin_s) continue;
    signal.rotation[0][i] += static_cast<float>(amplitude_dps * std::exp(-t / decay_s) * std::sin(2.0 * std::numbers::pi * hz * t));
  }
}

}  // namespace

TEST_CASE("Swings that rounding takes from acceleration are found by the gyroscope, where they are") {
  const Signal signal = rounded_as_browser(small_swings(0.010, 0.15));
  CHECK(detect(without_gyroscope(signal)).events.empty());
  const Analysis analysis = detect(signal);
  REQUIRE(analysis.events.size() == 7);
  for (std::size_t i = 0; i < 7; ++i) {
    const Event& event = analysis.events[i];
    const double middle_s = 12.0 + 15.0 * static_cast<double>(i);
    CHECK(event.onset_s > middle_s - 0.17);  // 10 % of the peak is passed 0.13 s before the middle
    CHECK(event.onset_s < middle_s - 0.06);
    CHECK(event.peak_s == doctest::Approx(middle_s).epsilon(0.006));
    CHECK(event.event_class == EventClass::Twitch);
    CHECK(event.rise_s < 0.15);
    CHECK(event.peak_g > 0.0);
    CHECK(event.peak_g <= 0.030);  // a size is told, and it stays below what acceleration would have shown
    CHECK(event.above_floor > 5.0);
    CHECK(event.confidence > 0.0);
    CHECK(event.confidence < 1.0);
  }
  CHECK(analysis.smallest_visible_g < detect(without_gyroscope(signal)).smallest_visible_g);
}

TEST_CASE("Rotation that is missing, not asked for or beside a fine sensor changes nothing, to the last bit") {
  const Signal coarse = rounded_as_browser(small_swings(0.03));
  const Analysis plain = detect(without_gyroscope(coarse));
  REQUIRE(plain.events.size() >= 3);
  SUBCASE("not-a-number throughout") {
    Signal signal = coarse;
    for (auto& axis : signal.rotation) std::fill(axis.begin(), axis.end(), kNothing);
    check_identical(detect(signal), plain);
  }
  SUBCASE("one axis missing") {
    Signal signal = coarse;
    std::fill(signal.rotation[1].begin(), signal.rotation[1].end(), kNothing);
    check_identical(detect(signal), plain);
  }
  SUBCASE("a gyroscope that was announced and never came") {
    Detector detector({}, {.has_rotation = true});
    detector.begin_segment(0.0, coarse.rate_hz);
    detector.push(coarse.axes[0], coarse.axes[1], coarse.axes[2]);
    detector.finish();
    check_identical(detector.analysis(), plain);
  }
  SUBCASE("rotation that was not announced") {
    Detector detector({}, {.has_rotation = false});
    detector.begin_segment(0.0, coarse.rate_hz);
    detector.push(coarse.axes[0], coarse.axes[1], coarse.axes[2], {coarse.rotation[0], coarse.rotation[1], coarse.rotation[2]});
    detector.finish();
    check_identical(detector.analysis(), plain);
  }
  SUBCASE("acceleration with a fine step") {
    for (const double step_g : {0.0, 0.0005, 0.004}) {
      Signal fine = small_swings(0.012);
      if (step_g > 0.0)
        for (auto& axis : fine.axes)
          for (float& value : axis) value = static_cast<float>(std::nearbyint(static_cast<double>(value) / step_g) * step_g);
      check_identical(detect(fine), detect(without_gyroscope(fine)));
    }
  }
  SUBCASE("a limit above the step") {
    DetectorSettings settings;
    settings.candidates.coarse_step_g = 0.02;
    check_identical(detect(coarse, settings), detect(without_gyroscope(coarse), settings));
  }
}

TEST_CASE("Where rotation is missing for a while, acceleration goes on alone") {
  Signal signal = rounded_as_browser(small_swings(0.010, 0.15));
  for (auto& axis : signal.rotation) std::fill(axis.begin() + 50 * 60, axis.begin() + 65 * 60, kNothing);
  const Analysis analysis = detect(signal);
  CHECK(analysis.events.size() == 6);
  for (const Event& event : analysis.events) CHECK_FALSE((event.onset_s > 49.0 && event.onset_s < 66.0));
}

TEST_CASE("A strong jerk keeps its size with the gyroscope beside it") {
  const Signal signal = rounded_as_browser(small_swings(0.15));
  const Analysis with = detect(signal);
  const Analysis without = detect(without_gyroscope(signal));
  REQUIRE(with.events.size() == 7);
  REQUIRE(without.events.size() == 7);
  for (std::size_t i = 0; i < 7; ++i) {
    CHECK(with.events[i].peak_g == without.events[i].peak_g);
    CHECK(with.events[i].onset_s == doctest::Approx(without.events[i].onset_s).epsilon(1e-3));
  }
}

TEST_CASE("A knock that only the gyroscope feels is handling") {
  Signal signal = still(60.0, 60.0, 0.002);
  add_gyroscope(signal);
  add_rocking(signal, 30.0, 30.6, 11.0, 6.0, 0.08);
  const Analysis analysis = detect(rounded_as_browser(signal));
  CHECK(analysis.events.empty());
  CHECK(has_reason(analysis, Reason::HandlingKnock));
}

TEST_CASE("A device that turns quickly about itself, without acceleration, is no limb") {
  Signal signal = still(60.0, 60.0, 0.002);
  add_gyroscope(signal);
  add_swing(signal, 30.0, 0.008, 0.02);  // 2 cm from the axis
  const Analysis analysis = detect(rounded_as_browser(signal));
  CHECK(analysis.events.empty());
  CHECK(has_reason(analysis, Reason::HandlingKnock));
}

TEST_CASE("A tremor too weak for rounded acceleration is masked as tremor where the gyroscope feels it") {
  Signal signal = still(90.0, 60.0, 0.002);
  add_gyroscope(signal);
  add_rocking(signal, 30.0, 60.0, 5.5, 1.0);
  const Signal coarse = rounded_as_browser(signal);
  const Analysis analysis = detect(coarse);
  CHECK(analysis.events.empty());
  CHECK(masked_s(analysis, Reason::Tremor) > 25.0);
  CHECK(masked_s(detect(without_gyroscope(coarse)), Reason::Tremor) == 0.0);
}

TEST_CASE("A change of posture, slow turning and breathing are no events for the gyroscope either") {
  Signal signal = still(120.0, 60.0, 0.002);
  add_gyroscope(signal);
  add_rocking(signal, 0.0, 120.0, 0.25, 0.9);  // a phone on a breathing chest
  add_turn(signal, 60.0, 61.5, 50.0);
  for (std::size_t i = 60 * 60; i < 61 * 60 + 30; ++i) {
    const double u = (static_cast<double>(i) / 60.0 - 60.0) / 1.5;
    signal.rotation[0][i] += static_cast<float>(50.0 / 1.5 * 6.0 * u * (1.0 - u));
  }
  const Analysis analysis = detect(rounded_as_browser(signal));
  CHECK(analysis.events.empty());
  CHECK(has_reason(analysis, Reason::PostureChange));
}

TEST_CASE("A still hour, rounded as browsers do, holds no events and stays analysable") {
  for (const double noise_g : {0.0005, 0.002, 0.004}) {
    Signal signal = still(3600.0, 60.0, noise_g, 7);
    add_gyroscope(signal);
    const Analysis analysis = detect(rounded_as_browser(signal));
    CAPTURE(noise_g);
    CHECK(analysis.events.size() <= (noise_g < 0.003 ? 0U : 2U));  // where noise spreads the rounding, half an event an hour by chance
    CHECK(analysis.analysable_s >= 0.95 * analysis.recorded_s);
  }
}

#include <doctest/doctest.h>

#include <algorithm>

#include "signals.hpp"

using namespace klono;
using namespace klono::test;

TEST_CASE("A change of posture is not an event") {
  Signal signal = still(60.0);
  add_turn(signal, 30.0, 30.8, 50.0);
  const Analysis analysis = detect(signal);
  CHECK(analysis.events.empty());
  CHECK(has_reason(analysis, Reason::PostureChange));
}

TEST_CASE("Tremor is masked as tremor, whether strong or weak, and holds no events") {
  for (const double amplitude : {0.015, 0.1}) {
    Signal signal = still(90.0);
    add_oscillation(signal, 30.0, 60.0, 5.5, amplitude);
    const Analysis analysis = detect(signal);
    CHECK(analysis.events.empty());
    CHECK(masked_s(analysis, Reason::Tremor) > 25.0);
    CHECK(analysis.analysable_s > 40.0);
  }
}

TEST_CASE("Tremor above a narrow band is told as tremor all the same") {
  DetectorSettings settings;
  settings.conditioning.band_high_hz = 10.0;
  Signal signal = still(90.0);
  add_oscillation(signal, 30.0, 60.0, 12.0, 0.3);
  CHECK(masked_s(detect(signal, settings), Reason::Tremor) > 25.0);
}

TEST_CASE("Walking leaves next to nothing analysable and holds no events") {
  Signal signal = still(120.0);
  add_oscillation(signal, 10.0, 110.0, 1.9, 0.25);
  add_oscillation(signal, 10.0, 110.0, 3.8, 0.10);
  const Analysis analysis = detect(signal);
  CHECK(analysis.events.empty());
  CHECK(masked_s(analysis, Reason::Walking) > 90.0);
}

TEST_CASE("A second of tremor is told as tremor, and two jerks half a second apart are not") {
  Signal signal = still(120.0);
  add_oscillation(signal, 40.0, 41.2, 5.5, 0.040);
  for (const double onset_s : {80.0, 80.5}) add_jerk(signal, onset_s, 0.060);
  const Analysis analysis = detect(signal);
  CHECK(has_reason(analysis, Reason::Tremor));
  CHECK(masked_s(analysis, Reason::Tremor) == doctest::Approx(3.2).epsilon(0.15));
  CHECK(std::ranges::none_of(analysis.events, [](const Event& event) { return event.onset_s < 45.0; }));
  CHECK(std::ranges::any_of(analysis.events, [](const Event& event) { return std::abs(event.onset_s - 80.0) < 0.1; }));
}

TEST_CASE("A series of jerks and a slow train are not taken for tremor or walking") {
  Signal signal = still(120.0);
  for (int i = 0; i < 7; ++i) add_jerk(signal, 20.0 + 0.9 * i, 0.3);
  for (int i = 0; i < 15; ++i) add_jerk(signal, 60.0 + 2.0 * i, 0.2);
  const Analysis analysis = detect(signal);
  CHECK(analysis.events.size() >= 21);
  CHECK(masked_s(analysis, Reason::Tremor) == 0.0);
  CHECK(masked_s(analysis, Reason::Walking) == 0.0);
}

TEST_CASE("One isolated sample is a spike, not an event") {
  Signal signal = still(60.0);
  signal.axes[0][3000] += 0.5F;
  const Analysis analysis = detect(signal);
  CHECK(analysis.events.empty());
}

TEST_CASE("A knock that rings fast and leaves the tilt is handling") {
  Signal signal = still(60.0);
  add_jerk(signal, 30.0, 0.2, 14.0);
  const Analysis analysis = detect(signal);
  CHECK(analysis.events.empty());
  CHECK(has_reason(analysis, Reason::HandlingKnock));
}

TEST_CASE("An event at the sensor's full scale is not counted") {
  Signal signal = still(60.0);
  add_jerk(signal, 30.0, 3.0);
  for (auto& axis : signal.axes)
    for (float& value : axis) value = std::clamp(value, -2.0F, 2.0F);
  Detector detector({}, {.has_gravity = true, .range_g = 2.0});
  detector.begin_segment(0.0, 100.0);
  detector.push(signal.axes[0], signal.axes[1], signal.axes[2]);
  detector.finish();
  CHECK(detector.analysis().events.empty());
  CHECK(has_reason(detector.analysis(), Reason::Saturation));
}

TEST_CASE("Movement for longer than ten seconds is a body movement with five seconds around it") {
  Signal signal = still(120.0);
  for (int i = 0; i < 45; ++i) add_jerk(signal, 50.0 + 0.37 * i + 0.08 * (i % 3), 0.2 + 0.1 * (i % 4), 2.2 + 0.3 * (i % 5));
  add_jerk(signal, 45.5, 0.2);
  const Analysis analysis = detect(signal);
  double covered = 0.0;
  for (const Mask& mask : analysis.masks) covered += mask.span.length_s();
  CHECK(covered > 20.0);
  CHECK(analysis.analysable_s < 100.0);
}

TEST_CASE("With the gate off nothing is masked, jerks are found in movement, and the movement itself is told as not counted") {
  Signal signal = still(160.0);
  add_turn(signal, 20.0, 20.8, 50.0);
  add_oscillation(signal, 40.0, 100.0, 1.0, 0.12);
  add_jerk(signal, 80.0, 0.6);
  add_jerk(signal, 135.0, 0.2);
  DetectorSettings settings;
  settings.gate = false;
  const Analysis open = detect(signal, settings);
  const Analysis gated = detect(signal);
  CHECK(gated.events.size() == 1);
  REQUIRE(open.events.size() == 2);
  CHECK(open.events[0].onset_s == doctest::Approx(80.0).epsilon(0.002));
  CHECK(std::any_of(open.not_counted.begin(), open.not_counted.end(), [](const Event& event) { return event.reason == Reason::BodyMovement && event.onset_s < 41.0; }));
  CHECK(open.masks.empty());
  CHECK(open.analysable_s == open.recorded_s);
}

TEST_CASE("Without gravity in the file, tilt is not asked for and that is said") {
  Signal signal = still(60.0);
  for (float& value : signal.axes[2]) value -= 1.0F;
  add_jerk(signal, 30.0, 0.2);
  Detector detector({}, {.has_gravity = false});
  detector.begin_segment(0.0, 100.0);
  detector.push(signal.axes[0], signal.axes[1], signal.axes[2]);
  detector.finish();
  CHECK(detector.analysis().events.size() == 1);
  CHECK_FALSE(detector.analysis().tilt_checked);
}

TEST_CASE("What could be seen is told of the time that could be analysed, not of the walk that followed") {
  Signal signal = still(300.0);
  add_oscillation(signal, 100.0, 300.0, 1.8, 0.3);
  const Analysis analysis = detect(signal);
  REQUIRE(analysis.analysable_s > 60.0);
  REQUIRE(analysis.analysable_s < 130.0);
  CHECK(analysis.smallest_visible_g < 0.05);
}

#include "detection/noise_floor.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "signals.hpp"

using namespace klono;
using namespace klono::test;

namespace {

/// 60 s of rest, 45 s of walking, then rest with one jerk so many seconds after the walking.
Signal walk_then_jerk(double after_s, double peak_g) {
  Signal signal = still(180.0);
  add_oscillation(signal, 60.0, 105.0, 2.0, 0.16);
  add_jerk(signal, 105.0 + after_s, peak_g);
  return signal;
}

bool found(const Analysis& analysis, double onset_s) {
  return std::ranges::any_of(analysis.events, [&](const Event& event) { return std::abs(event.onset_s - onset_s) < 0.3; });
}

}  // namespace

TEST_CASE("A jerk of twice the smallest visible size is found again fifteen seconds after walking has ended") {
  for (const double after_s : {15.0, 20.0, 40.0}) {
    CAPTURE(after_s);
    const double smallest_g = detect(still(180.0)).smallest_visible_g;
    CHECK(found(detect(walk_then_jerk(after_s, 2.0 * smallest_g)), 105.0 + after_s));
  }
}

TEST_CASE("After a change the floor follows within six seconds downwards, and takes its time upwards") {
  detection::NoiseFloor floor{CandidateSettings{}};
  const auto hear = [&](double seconds, float rms_g) {
    for (double t = 0.0; t < seconds; t += detection::NoiseFloor::kHop_s) floor.add_rms(rms_g);
  };
  hear(60.0, 0.002F);
  CHECK(floor.level() == doctest::Approx(0.002));
  hear(50.0, 0.2F);  // moving
  CHECK(floor.level() > 0.1F);
  hear(6.0, 0.002F);
  CHECK(floor.level() <= 0.003F + 1e-6F);
  hear(60.0, 0.002F);
  hear(15.0, 0.02F);
  CHECK(floor.level() < 0.003F + 1e-6F);
}

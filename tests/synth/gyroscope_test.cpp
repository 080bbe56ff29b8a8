// Rotation belongs to the same motion as acceleration: checked by integrating it, not by the model that made it.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>

#include "synth/csv_export.hpp"
#include "synth/synthetic.hpp"
#include "synth/vec3.hpp"

namespace klono::synth {
namespace {

constexpr double kRadian = std::numbers::pi / 180.0;

Vec3 reading(const SyntheticRecording& made, std::size_t first_channel, std::size_t i) {
  const auto& channels = made.recording.channels;
  return {static_cast<double>(channels[first_channel].samples[i]), static_cast<double>(channels[first_channel + 1].samples[i]),
          static_cast<double>(channels[first_channel + 2].samples[i])};
}

std::size_t index_at(const SyntheticRecording& made, double t_s) { return static_cast<std::size_t>(t_s * made.recording.rate_hz); }

SyntheticSpec quiet(BackgroundKind background) {
  SyntheticSpec spec;
  spec.seed = 11;
  spec.duration_s = 1200.0;
  spec.rate_hz = 200.0;
  spec.noise_g = 0.0;
  spec.rotation_noise_dps = 0.0;
  spec.background = background;
  spec.gyroscope = true;
  return spec;
}

TEST_CASE("A gyroscope beside it leaves the acceleration of a background as it was") {
  for (const auto background : {BackgroundKind::Breathing, BackgroundKind::Handling, BackgroundKind::Walking, BackgroundKind::Tremor}) {
    SyntheticSpec spec = quiet(background);
    spec.noise_g = 0.002;
    const auto with = make(spec);
    spec.gyroscope = false;
    const auto without = make(spec);
    REQUIRE(with.recording.channels.size() == 6);
    REQUIRE(without.recording.channels.size() == 3);
    for (std::size_t k = 0; k < 3; ++k) CHECK(with.recording.channels[k].samples == without.recording.channels[k].samples);
  }
}

TEST_CASE("Turning the sensor step by step, as the gyroscope says, carries gravity through a change of posture") {
  const auto made = make(quiet(BackgroundKind::PostureChanges));
  REQUIRE(made.disturbed.size() >= 3);
  for (const TimeSpan& turn : made.disturbed) {
    if (turn.end_s + 1.0 > made.recording.duration_s()) continue;
    const std::size_t begin = index_at(made, turn.begin_s - 0.2);
    const std::size_t end = index_at(made, turn.end_s + 0.2);
    Vec3 gravity = unit(reading(made, 0, begin));
    for (std::size_t i = begin; i < end; ++i) {
      const Vec3 turning = kRadian * reading(made, 3, i);
      gravity = unit(gravity - (1.0 / made.recording.rate_hz) * cross(turning, gravity));
    }
    const double off = std::acos(std::clamp(dot(gravity, unit(reading(made, 0, end))), -1.0, 1.0)) / kRadian;
    CHECK(off < 2.5);  // breathing tilts and the bias drifts by a degree or two
  }
}

TEST_CASE("A jerk's acceleration is that of a swing about a joint 0.15 to 0.45 m away, and the limb comes back") {
  SyntheticSpec spec = quiet(BackgroundKind::Still);
  spec.singles_per_hour = 90.0;
  const auto made = make(spec);
  REQUIRE(made.truth.size() > 20);
  const double period_s = 1.0 / made.recording.rate_hz;
  for (const TruthEvent& truth : made.truth) {
    const std::size_t begin = index_at(made, truth.onset_s - 0.1);
    const std::size_t end = index_at(made, truth.onset_s + 1.5);
    const Vec3 bias = reading(made, 3, begin);
    double largest = 0.0;
    double fastest = 0.0;
    Vec3 turned;
    for (std::size_t i = begin; i + 1 < end; ++i) {
      const Vec3 now = reading(made, 3, i) - bias;
      largest = std::max(largest, length(reading(made, 3, i + 1) - bias - now) / period_s);
      fastest = std::max(fastest, length(now));
      turned = turned + period_s * now;
    }
    const double lever_m = truth.peak_g * 9.80665 / (kRadian * largest);
    CHECK(lever_m > 0.13);
    CHECK(lever_m < 0.60);  // the tilt of gravity adds to the acceleration of the swing
    CHECK(length(turned) < 0.15 * fastest * 0.1);
  }
}

TEST_CASE("Delivered as a browser does, both sensors come in their steps") {
  SyntheticSpec spec;
  spec.duration_s = 60.0;
  spec.gyroscope = true;
  deliver_as_browser(spec);
  const auto made = make(spec);
  CHECK(made.recording.rate_hz == doctest::Approx(60.0).epsilon(0.001));
  for (std::size_t k = 0; k < 6; ++k) {
    const double step = k < 3 ? 0.1 / 9.80665 : 0.1;
    for (const float value : made.recording.channels[k].samples) {
      const double steps = static_cast<double>(value) / step;
      REQUIRE(std::abs(steps - std::round(steps)) < 1e-3);
    }
  }
}

TEST_CASE("The table of a recording with a gyroscope tells rotation after acceleration") {
  SyntheticSpec spec;
  spec.duration_s = 2.0;
  spec.gyroscope = true;
  const std::string text = to_csv(make(spec));
  CHECK(text.substr(0, text.find('\n')) ==
        "time (s),acceleration x (g),acceleration y (g),acceleration z (g),rotation x (deg/s),rotation y (deg/s),rotation z (deg/s)");
}

}  // namespace
}  // namespace klono::synth

#include "synth/background.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <numbers>

namespace klono::synth {
namespace {

SyntheticRecording quiet_recording(BackgroundKind kind, double noise_g = 0.0) {
  SyntheticSpec spec;
  spec.seed = 3;
  spec.duration_s = 1800.0;
  spec.noise_g = noise_g;
  spec.background = kind;
  return make(spec);
}

Vec3 sample(const SyntheticRecording& made, std::size_t i) {
  const auto& channels = made.recording.channels;
  return {static_cast<double>(channels[0].samples[i]), static_cast<double>(channels[1].samples[i]),
          static_cast<double>(channels[2].samples[i])};
}

Vec3 mean_over(const SyntheticRecording& made, double begin_s, double end_s) {
  Vec3 sum;
  const auto begin = static_cast<std::size_t>(begin_s * 100.0);
  const auto end = static_cast<std::size_t>(end_s * 100.0);
  for (std::size_t i = begin; i < end; ++i) sum = sum + (1.0 / static_cast<double>(end - begin)) * sample(made, i);
  return sum;
}

double largest_step_from(const SyntheticRecording& made, const Vec3& rest, const TimeSpan& span) {
  double largest = 0.0;
  for (auto i = static_cast<std::size_t>(span.begin_s * 100.0); i < static_cast<std::size_t>(span.end_s * 100.0); ++i)
    largest = std::max(largest, length(sample(made, i) - rest));
  return largest;
}

TEST_CASE("A still sensor measures one g and its own noise, each axis as asked") {
  const auto made = quiet_recording(BackgroundKind::Still, 0.004);
  CHECK(length(mean_over(made, 0.0, 1800.0)) == doctest::Approx(1.0).epsilon(0.005));
  CHECK(made.disturbed.empty());
  // Differences of neighbours leave the white part: their deviation is sqrt(2) times the noise.
  double sum = 0.0;
  const auto& x = made.recording.channels[0].samples;
  for (std::size_t i = 1; i < x.size(); ++i) {
    const double step = static_cast<double>(x[i]) - static_cast<double>(x[i - 1]);
    sum += step * step;
  }
  CHECK(std::sqrt(sum / static_cast<double>(x.size() - 1) / 2.0) == doctest::Approx(0.004).epsilon(0.01));
}

TEST_CASE("Breathing and heart move the sensor by milli-g only") {
  const auto made = quiet_recording(BackgroundKind::Breathing);
  const Vec3 rest = mean_over(made, 0.0, 1800.0);
  const double largest = largest_step_from(made, rest, {0.0, 1800.0});
  CHECK(largest > 0.001);
  CHECK(largest < 0.016);
}

TEST_CASE("Posture changes turn gravity for good, over half a second to some seconds") {
  const auto made = quiet_recording(BackgroundKind::PostureChanges);
  REQUIRE(made.disturbed.size() >= 5);
  for (const TimeSpan& span : made.disturbed) {
    if (span.begin_s < 4.0 || span.end_s > 1796.0) continue;
    CHECK(span.length_s() >= 0.5);
    CHECK(span.length_s() <= 4.0);
    const Vec3 before = unit(mean_over(made, span.begin_s - 1.0, span.begin_s));
    const Vec3 after = unit(mean_over(made, span.end_s + 0.1, span.end_s + 1.1));
    CHECK(std::acos(dot(before, after)) > 15.0 * std::numbers::pi / 180.0);
    CHECK(length(after) == doctest::Approx(1.0));
  }
}

TEST_CASE("Knocks leave the tilt unchanged") {
  const auto made = quiet_recording(BackgroundKind::Handling);
  REQUIRE(made.disturbed.size() >= 10);
  double largest = 0.0;
  for (const TimeSpan& span : made.disturbed) {
    const Vec3 before = mean_over(made, std::max(0.0, span.begin_s - 5.0), span.begin_s);
    largest = std::max(largest, largest_step_from(made, before, span));
  }
  CHECK(largest > 0.02);
  const Vec3 start = unit(mean_over(made, 0.0, 20.0));
  const Vec3 end = unit(mean_over(made, 1780.0, 1800.0));
  CHECK(dot(start, end) > 0.9998);
}

TEST_CASE("Walking has its power at the step frequency, tremor at its own") {
  const auto strongest_hz = [](const SyntheticRecording& made, const TimeSpan& span) {
    double best_power = 0.0;
    double best_hz = 0.0;
    const Vec3 rest = mean_over(made, span.begin_s, span.end_s);
    for (double f = 1.2; f < 14.0; f += 0.05) {
      double power = 0.0;
      for (int axis = 0; axis < 3; ++axis) {
        double re = 0.0;
        double im = 0.0;
        for (auto i = static_cast<std::size_t>(span.begin_s * 100.0); i < static_cast<std::size_t>(span.end_s * 100.0); ++i) {
          const Vec3 v = sample(made, i) - rest;
          const double value = axis == 0 ? v.x : axis == 1 ? v.y : v.z;
          const double phase = 2.0 * std::numbers::pi * f * 0.01 * static_cast<double>(i);
          re += value * std::cos(phase);
          im += value * std::sin(phase);
        }
        power += re * re + im * im;
      }
      if (power > best_power) {
        best_power = power;
        best_hz = f;
      }
    }
    return best_hz;
  };
  const auto walking = quiet_recording(BackgroundKind::Walking);
  REQUIRE(walking.disturbed.size() >= 3);
  const TimeSpan walk{walking.disturbed[1].begin_s + 2.0, walking.disturbed[1].begin_s + 12.0};
  CHECK(strongest_hz(walking, walk) > 1.5);
  CHECK(strongest_hz(walking, walk) < 4.6);  // steps, or their second harmonic
  const auto tremor = quiet_recording(BackgroundKind::Tremor);
  REQUIRE(tremor.disturbed.size() >= 3);
  const TimeSpan shaking{tremor.disturbed[1].begin_s + 2.0, tremor.disturbed[1].begin_s + 12.0};
  CHECK(strongest_hz(tremor, shaking) > 3.7);
  CHECK(strongest_hz(tremor, shaking) < 12.3);
}

TEST_CASE("Turning there and back ends where it began") {
  BackgroundPlan plan;
  plan.gravity = unit(Vec3{0.3, -0.2, 0.9});
  plan.turns.push_back({.span = {10.0, 11.0}, .axis = across(plan.gravity, {1.0, 0.0, 0.0}), .angle_rad = 1.0});
  plan.turns.push_back({.span = {20.0, 21.0}, .axis = plan.turns[0].axis, .angle_rad = -1.0});
  CHECK(length(plan.gravity_at(30.0) - plan.gravity) < 1e-12);
  CHECK(std::acos(dot(plan.gravity_at(15.0), plan.gravity)) == doctest::Approx(1.0));
}

TEST_CASE("Disturbed stretches are sorted, merged and inside the recording") {
  for (const BackgroundKind kind : {BackgroundKind::PostureChanges, BackgroundKind::Handling, BackgroundKind::Walking,
                                    BackgroundKind::Tremor}) {
    const auto made = quiet_recording(kind);
    CAPTURE(name_of(kind));
    double previous_s = -1.0;
    for (const TimeSpan& span : made.disturbed) {
      CHECK(span.begin_s > previous_s);
      CHECK(span.length_s() > 0.0);
      previous_s = span.end_s;
    }
    CHECK(previous_s <= 1800.0);
  }
}

}  // namespace
}  // namespace klono::synth

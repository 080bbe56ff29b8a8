// The limb model against its table (METHODS.md 10, A), by independent means: the definition of the
// time above 20 % and a plain discrete Fourier sum.
#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "synth/event_shape.hpp"

namespace klono::synth {
namespace {

struct Row {
  double burst_s, limb_hz, damping, length_s, energy_below_hz;
};

// The 3 Hz column belongs to damping 0.30, the 6 Hz column to 0.25 (found by trying both).
const std::vector<Row> kTable = {
    {0.030, 3.0, 0.30, 0.370, 7.0}, {0.060, 3.0, 0.30, 0.380, 6.5}, {0.100, 3.0, 0.30, 0.510, 5.0},
    {0.250, 3.0, 0.30, 0.670, 5.0}, {0.030, 6.0, 0.25, 0.270, 10.0}, {0.060, 6.0, 0.25, 0.280, 9.0},
    {0.100, 6.0, 0.25, 0.310, 7.0}, {0.250, 6.0, 0.25, 0.480, 7.0}};

double time_above_fifth_s(const std::vector<float>& size, double rate_hz) {
  std::size_t first = size.size();
  std::size_t last = 0;
  for (std::size_t i = 0; i < size.size(); ++i) {
    if (size[i] <= 0.2F) continue;
    first = std::min(first, i);
    last = i;
  }
  return static_cast<double>(last - first) / rate_hz;
}

double power_at(const std::vector<double>& a, double frequency_hz) {
  double re = 0.0;
  double im = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double phase = 2.0 * std::numbers::pi * frequency_hz * EventShape::kStep_s * static_cast<double>(i);
    re += a[i] * std::cos(phase);
    im += a[i] * std::sin(phase);
  }
  return re * re + im * im;
}

double energy_limit_hz(const std::vector<double>& a) {
  constexpr double kStep_hz = 0.2;
  std::vector<double> running{0.0};
  for (double f = kStep_hz; f < 60.0; f += kStep_hz) running.push_back(running.back() + power_at(a, f));
  std::size_t k = 0;
  while (running[k] < 0.95 * running.back()) ++k;
  return kStep_hz * static_cast<double>(k);
}

TEST_CASE("A jerk of the limb model lasts as long as the table says, within 5 %") {
  for (const Row& row : kTable) {
    CAPTURE(row.burst_s);
    CAPTURE(row.limb_hz);
    const auto size = limb_jerk(row.burst_s, row.limb_hz, row.damping, 1000.0);
    CHECK(time_above_fifth_s(size, 1000.0) == doctest::Approx(row.length_s).epsilon(0.05));
  }
}

TEST_CASE("95 % of a jerk's energy lies below the table's frequency, within 0.6 Hz") {
  for (const Row& row : kTable) {
    CAPTURE(row.burst_s);
    CAPTURE(row.limb_hz);
    const auto response = limb_response({.burst_s = row.burst_s, .limb_hz = row.limb_hz, .damping = row.damping});
    CHECK(std::abs(energy_limit_hz(response.acceleration) - row.energy_below_hz) <= 0.6);
  }
}

TEST_CASE("The limb moves as Newton says: acceleration is the second derivative of displacement") {
  const auto response = limb_response({.burst_s = 0.05, .limb_hz = 4.0, .damping = 0.28});
  constexpr double h = EventShape::kStep_s;
  double largest = 0.0;
  for (const double a : response.acceleration) largest = std::max(largest, std::abs(a));
  for (std::size_t i = 1; i + 1 < response.displacement.size(); ++i) {
    const double second =
        (response.displacement[i + 1] - 2.0 * response.displacement[i] + response.displacement[i - 1]) / (h * h);
    CHECK(std::abs(second - response.acceleration[i]) < 0.01 * largest);
  }
}

TEST_CASE("A jerk comes back to rest: acceleration and displacement die away") {
  const auto response = limb_response({.burst_s = 0.1, .limb_hz = 3.0, .damping = 0.25});
  CHECK(std::abs(response.acceleration.back()) < 1e-3);
  CHECK(std::abs(response.displacement.back()) < 1e-5);
}

TEST_CASE("A sampled jerk has peak 1, no negative values and ends small, at any rate") {
  for (const double rate_hz : {25.0, 50.0, 100.0, 200.0}) {
    const auto size = limb_jerk(0.05, 4.5, 0.27, rate_hz);
    REQUIRE(size.size() > 10);
    float largest = 0.0F;
    for (const float value : size) {
      CHECK(value >= 0.0F);
      largest = std::max(largest, value);
    }
    CHECK(largest == 1.0F);
    CHECK(size.back() < 0.05F);
  }
}

TEST_CASE("A limb movement leaves gravity where it was, and keeps its length while it turns") {
  EventPlan plan;
  plan.kind = EventKind::LimbMovement;
  plan.motion = LimbMotion{.angle_rad = 0.5, .out_s = 0.5, .hold_s = 1.0, .back_s = 0.6, .lever_m = 0.3};
  const Vec3 gravity{0.0, 0.6, 0.8};
  const EventShape shape = shape_of(plan, gravity);
  CHECK(length(shape.samples.front()) < 1e-9);
  CHECK(length(shape.samples.back()) < 1e-9);
  const Vec3 held = gravity + shape.at(1.0);
  CHECK(length(held) == doctest::Approx(1.0).epsilon(1e-9));
  CHECK(std::acos(dot(held, gravity)) == doctest::Approx(0.5).epsilon(1e-6));
}

TEST_CASE("Without gravity a limb movement swings but does not tilt") {
  EventPlan plan;
  plan.kind = EventKind::LimbMovement;
  plan.motion = LimbMotion{};
  const EventShape shape = shape_of(plan, {});
  CHECK(length(shape.at(0.65)) < 1e-9);  // held still
  CHECK(measured(shape).peak_g > 0.01);
}

}  // namespace
}  // namespace klono::synth

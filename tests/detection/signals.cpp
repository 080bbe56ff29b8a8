#include "signals.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace klono::test {
namespace {

/// A small generator of its own: uniform sums, near enough to normal for a noise floor.
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : state_(seed * 2654435761ULL + 88172645463325252ULL) {}
  double next() {
    double sum = 0.0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum - 6.0;
  }

 private:
  double uniform() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<double>(state_ >> 11) / 9007199254740992.0;
  }
  std::uint64_t state_;
};

}  // namespace

Signal still(double seconds, double rate_hz, double noise_g, std::uint64_t seed) {
  Signal signal;
  signal.rate_hz = rate_hz;
  Noise noise(seed);
  const auto count = static_cast<std::size_t>(seconds * rate_hz);
  for (std::size_t i = 0; i < count; ++i) {
    signal.axes[0].push_back(static_cast<float>(noise_g * noise.next()));
    signal.axes[1].push_back(static_cast<float>(noise_g * noise.next()));
    signal.axes[2].push_back(static_cast<float>(1.0 + noise_g * noise.next()));
  }
  return signal;
}

void add_jerk(Signal& signal, double onset_s, double peak_g, double hz, std::array<double, 3> direction) {
  const double decay = 2.0 * std::numbers::pi * hz * 0.28;
  const double quarter_s = 0.25 / hz;
  const double at_peak = std::exp(-decay * quarter_s);
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double t = static_cast<double>(i) / signal.rate_hz - onset_s;
    if (t < 0.0 || t > 1.5) continue;
    const double value = peak_g / at_peak * std::exp(-decay * t) * std::sin(2.0 * std::numbers::pi * hz * t);
    for (std::size_t axis = 0; axis < 3; ++axis) signal.axes[axis][i] += static_cast<float>(value * direction[axis]);
  }
}

void add_oscillation(Signal& signal, double begin_s, double end_s, double hz, double amplitude_g) {
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double t = static_cast<double>(i) / signal.rate_hz;
    if (t < begin_s || t >= end_s) continue;
    const double phase = 2.0 * std::numbers::pi * hz * t;
    signal.axes[0][i] += static_cast<float>(amplitude_g * std::sin(phase));
    signal.axes[1][i] += static_cast<float>(0.7 * amplitude_g * std::cos(phase));
  }
}

void add_turn(Signal& signal, double begin_s, double end_s, double degrees) {
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double u = std::clamp((static_cast<double>(i) / signal.rate_hz - begin_s) / (end_s - begin_s), 0.0, 1.0);
    const double angle = degrees * std::numbers::pi / 180.0 * u * u * (3.0 - 2.0 * u);
    const auto y = static_cast<double>(signal.axes[1][i]);
    const auto z = static_cast<double>(signal.axes[2][i]);
    signal.axes[1][i] = static_cast<float>(y * std::cos(angle) + z * std::sin(angle));
    signal.axes[2][i] = static_cast<float>(z * std::cos(angle) - y * std::sin(angle));
  }
}

void add_gyroscope(Signal& signal, double noise_dps, std::uint64_t seed) {
  Noise noise(seed);
  for (auto& axis : signal.rotation) axis.resize(signal.size());
  for (std::size_t i = 0; i < signal.size(); ++i)
    for (auto& axis : signal.rotation) axis[i] = static_cast<float>(noise_dps * noise.next());
}

void add_swing(Signal& signal, double middle_s, double peak_g, double lever_m) {
  constexpr double kWidth_s = 0.05;
  constexpr double kGravity = 9.80665;
  const double largest = std::exp(-0.5);  // of u exp(-u^2 / 2)
  const double turn_dps = 180.0 / std::numbers::pi * peak_g * kGravity * kWidth_s / (lever_m * largest);
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double u = (static_cast<double>(i) / signal.rate_hz - middle_s) / kWidth_s;
    if (std::abs(u) > 6.0) continue;
    const double bell = std::exp(-0.5 * u * u);
    signal.axes[0][i] += static_cast<float>(-peak_g / largest * u * bell);
    if (!signal.rotation[2].empty()) signal.rotation[2][i] += static_cast<float>(turn_dps * bell);
  }
}

Signal rounded_as_browser(Signal signal) {
  const auto round_to = [](std::vector<float>& axis, double step) {
    for (float& value : axis) value = static_cast<float>(std::nearbyint(static_cast<double>(value) / step) * step);
  };
  for (auto& axis : signal.axes) round_to(axis, 0.1 / 9.80665);
  for (auto& axis : signal.rotation) round_to(axis, 0.1);
  return signal;
}

void check_identical(const Analysis& a, const Analysis& b) {
  const auto same = [](const std::vector<Event>& one, const std::vector<Event>& other) {
    REQUIRE(one.size() == other.size());
    for (std::size_t i = 0; i < one.size(); ++i) {
      const Event& x = one[i];
      const Event& y = other[i];
      CHECK(x.onset_s == y.onset_s);
      CHECK(x.end_s == y.end_s);
      CHECK(x.peak_s == y.peak_s);
      CHECK(x.duration_s == y.duration_s);
      CHECK(x.peak_g == y.peak_g);
      CHECK(x.rise_s == y.rise_s);
      CHECK(x.dominant_hz == y.dominant_hz);
      CHECK(x.direction == y.direction);
      CHECK(x.floor_g == y.floor_g);
      CHECK(x.above_floor == y.above_floor);
      CHECK(x.tilt_change_deg == y.tilt_change_deg);
      CHECK(x.quiet_before_s == y.quiet_before_s);
      CHECK(x.quiet_after_s == y.quiet_after_s);
      CHECK(x.confidence == y.confidence);
      CHECK(x.event_class == y.event_class);
      CHECK(x.reason == y.reason);
      CHECK(x.group == y.group);
    }
  };
  same(a.events, b.events);
  same(a.not_counted, b.not_counted);
  REQUIRE(a.masks.size() == b.masks.size());
  for (std::size_t i = 0; i < a.masks.size(); ++i) {
    CHECK(a.masks[i].span.begin_s == b.masks[i].span.begin_s);
    CHECK(a.masks[i].span.end_s == b.masks[i].span.end_s);
    CHECK(a.masks[i].reason == b.masks[i].reason);
  }
  CHECK(a.recorded_s == b.recorded_s);
  CHECK(a.analysable_s == b.analysable_s);
  CHECK(a.noise_floor_g == b.noise_floor_g);
  CHECK(a.step_g == b.step_g);
  CHECK(a.smallest_visible_g == b.smallest_visible_g);
}

Analysis detect(const Signal& signal, const DetectorSettings& settings, std::size_t block, double start_s) {
  const bool has_rotation = !signal.rotation[0].empty();
  Detector detector(settings, {.has_rotation = has_rotation});
  detector.begin_segment(start_s, signal.rate_hz);
  for (std::size_t at = 0; at < signal.size(); at += block) {
    const std::size_t count = std::min(block, signal.size() - at);
    const auto part = [&](std::size_t axis) { return std::span<const float>(signal.axes[axis]).subspan(at, count); };
    std::array<std::span<const float>, 3> turning;
    for (std::size_t axis = 0; has_rotation && axis < 3; ++axis) turning[axis] = std::span<const float>(signal.rotation[axis]).subspan(at, count);
    detector.push(part(0), part(1), part(2), turning);
  }
  detector.finish();
  return detector.analysis();
}

void check_same(const Analysis& a, const Analysis& b, double tolerance, double gain, double shift_s) {
  REQUIRE(a.events.size() == b.events.size());
  const auto close = [&](double x, double y) { return std::abs(x - y) <= tolerance * std::max(1e-3, std::abs(y)) + (tolerance > 0.0 ? 1e-9 : 0.0); };
  for (std::size_t i = 0; i < a.events.size(); ++i) {
    const Event& one = a.events[i];
    const Event& other = b.events[i];
    CHECK(close(one.onset_s + shift_s, other.onset_s));
    CHECK(close(one.duration_s, other.duration_s));
    CHECK(close(one.peak_g * gain, other.peak_g));
    CHECK(one.event_class == other.event_class);
    CHECK(one.group == other.group);
  }
  CHECK(close(a.analysable_s, b.analysable_s));
}

bool has_reason(const Analysis& analysis, Reason reason) {
  return std::any_of(analysis.not_counted.begin(), analysis.not_counted.end(), [&](const Event& event) { return event.reason == reason; });
}

double masked_s(const Analysis& analysis, Reason reason) {
  double total = 0.0;
  for (const Mask& mask : analysis.masks)
    if (mask.reason == reason) total += mask.span.length_s();
  return total;
}

}  // namespace klono::test

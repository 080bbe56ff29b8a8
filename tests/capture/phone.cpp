#include "phone.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace klono::test {
namespace {

constexpr double kStandardGravity = 9.80665;

float rounded(double value, double step) { return static_cast<float>(step > 0.0 ? std::round(value / step) * step : value); }

}  // namespace

std::vector<formats::journal::Reading> deliver(const Recording& motion, const PhoneSpec& spec) {
  Random random(spec.seed);
  std::normal_distribution<double> jitter(0.0, spec.jitter_ms);
  const Segment& segment = motion.segments.front();
  std::vector<formats::journal::Reading> readings;
  double before_ms = -1.0;
  for (std::int64_t poll = 0;; ++poll) {
    const double at_ms = std::max(static_cast<double>(poll) * 1000.0 / spec.rate_hz + jitter(random), before_ms + 0.1);
    before_ms = at_ms;
    const auto index = static_cast<std::int64_t>(std::max(0.0, std::floor(at_ms / 1000.0 * segment.rate_hz)));
    if (index >= segment.count) return readings;
    formats::journal::Reading reading;
    reading.stamp_ms = spec.begin_ms + at_ms;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto g = static_cast<double>(motion.channels[axis].samples[static_cast<std::size_t>(index)]);
      const double moved = g - (axis == 2 ? 1.0 : 0.0);
      reading.acceleration[axis] = rounded(spec.sign * g * kStandardGravity, spec.step);
      reading.linear[axis] = rounded(spec.sign * moved * kStandardGravity, spec.step);
      reading.rotation[axis] = spec.gyroscope ? rounded(60.0 * moved, spec.step) : std::numeric_limits<float>::quiet_NaN();
    }
    readings.push_back(reading);
  }
}

Recording lying(double seconds, double rate_hz, double noise_g, std::uint64_t seed) {
  Random random(seed);
  std::normal_distribution<double> noise(0.0, 1.0);
  Recording recording;
  recording.rate_hz = rate_hz;
  const auto count = static_cast<std::int64_t>(seconds * rate_hz);
  recording.segments = {{0, count, 0.0, rate_hz}};
  recording.channels.resize(3);
  for (std::int64_t i = 0; i < count; ++i)
    for (std::size_t axis = 0; axis < 3; ++axis)
      recording.channels[axis].samples.push_back(static_cast<float>((axis == 2 ? 1.0 : 0.0) + noise_g * noise(random)));
  return recording;
}

}  // namespace klono::test

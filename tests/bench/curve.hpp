#pragma once
/// A value for each sample of a stretch of time, and what public methods do with it.

#include <cstddef>
#include <vector>

#include "signal/recording.hpp"

namespace klono::bench {

struct Curve {
  Segment segment;
  std::vector<double> values;
  double time_of(std::size_t i) const { return segment.start_s + static_cast<double>(i) / segment.rate_hz; }
};

/// Sample numbers of a curve; `last` still belongs to it.
struct Stretch {
  std::size_t begin = 0;
  std::size_t last = 0;
  std::size_t peak = 0;
};

/// Stretches that reach `on` and hold while above `off`, pauses up to `bridge_s` included.
std::vector<Stretch> stretches_above(const Curve& curve, double on, double off, double bridge_s);

/// Mean over `window_s` about each value, at least one to both sides; shorter at the ends.
std::vector<double> mean_over(const std::vector<double>& values, double window_s, double rate_hz);

/// Mean and deviation of rest by median and quartiles, as single readings of the recording must not set them.
struct RestLevel {
  double mean = 0.0;
  double deviation = 0.0;
  double above(double deviations) const { return mean + deviations * deviation; }
};
RestLevel rest_level(const std::vector<double>& values);

}  // namespace klono::bench

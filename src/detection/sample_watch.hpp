#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "detection/noise_floor.hpp"

namespace klono::detection {

/// Watches the samples as delivered: rounding step, isolated samples, full scale.
class SampleWatch {
 public:
  void begin() { count_ = 0; }

  /// What is looked for: readings near `range_g` (0: unknown), and single ones that stand out by twice `smallest_g`.
  struct Limits {
    double range_g = 0.0;
    double smallest_g = 0.0;
  };

  /// Times in s, sorted.
  struct Times {
    std::vector<double> spikes;
    std::vector<double> saturated;

    void forget_before(double t_s);
  };

  /// The next readings of three axes; sample i lies at start_s + (first + i) / rate_hz. Adds to `times`; returns the smallest difference
  /// of neighbours that is not arithmetic, infinity where there is none.
  float look(const std::array<std::span<const float>, 3>& axes, double start_s, std::int64_t first, double rate_hz, const Limits& limits, Times& times);

 private:
  struct Extremes {
    float least_step = std::numeric_limits<float>::infinity();  // of differences that are not arithmetic
    float largest = 0.0F;
    float height = 0.0F;                                        // above the line between neighbours
  };
  Extremes extremes_of(std::span<const float> axis, std::size_t number) const;
  void look_at_each(const std::array<std::span<const float>, 3>& axes, double start_s, std::int64_t first, double rate_hz, const Limits& limits, Times& times) const;

  float previous_[2][3] = {};  // the sample before, and the one before that
  std::int64_t count_ = 0;
};

}  // namespace klono::detection

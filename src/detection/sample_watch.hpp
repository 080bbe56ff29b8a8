#pragma once

#include <cstdint>
#include <vector>

#include "detection/noise_floor.hpp"

namespace klono::detection {

/// Watches the samples as delivered: rounding step, isolated samples, full scale.
class SampleWatch {
 public:
  void begin() { count_ = 0; }
  void look(const float (&sample)[3], double t_s, double period_s, double range_g, double smallest_g, NoiseFloor& floor);
  void forget_before(double t_s);

  std::vector<double> spikes;     ///< times in s, sorted
  std::vector<double> saturated;

 private:
  float previous_[2][3] = {};
  std::int64_t count_ = 0;
};

}  // namespace klono::detection

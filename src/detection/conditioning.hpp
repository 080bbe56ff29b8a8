#pragma once

#include <memory>
#include <span>
#include <vector>

#include "detection/settings.hpp"
#include "detection/track.hpp"
#include "dsp/resampler.hpp"

namespace klono::detection {

/// Samples at the sensor's own rate -> frames at 100 Hz (50 Hz where the sensor is slower than 75 Hz), split
/// into gravity and movement. Both are cut into frames by number, so that nothing depends on how the
/// samples arrived. Latency: the split's half width plus the resampler's reach plus one block of 64 frames.
class Conditioner {
 public:
  Conditioner(const ConditioningSettings& settings, double start_s, double rate_hz);

  static double working_rate(double rate_hz) { return rate_hz >= 75.0 ? 100.0 : 50.0; }

  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z);
  void finish();

  Track& track() { return track_; }
  const Track& track() const { return track_; }

 private:
  void split(bool last);

  Track track_;
  dsp::Resampler resampler_;
  std::vector<float> kernel_;
  std::int64_t half_;
  Axes pending_;                 // resampled; pending_[.][0] is frame first_pending_ - half_
  std::int64_t first_pending_ = 0;
  bool begun_ = false;
};

}  // namespace klono::detection

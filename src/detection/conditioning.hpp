#pragma once

#include <array>
#include <optional>
#include <span>

#include "detection/frame_filter.hpp"
#include "detection/settings.hpp"
#include "detection/swing.hpp"
#include "detection/track.hpp"

namespace klono::detection {

/// Samples at the sensor's own rate -> frames at 100 Hz (50 Hz where the sensor is slower than 75 Hz), split
/// into gravity and movement; with a gyroscope also its swing, frame by frame beside it. Both are cut into frames by
/// number, so that nothing depends on how the samples arrived. Latency: the split's half width plus the resampler's
/// reach plus one block of 64 frames.
class Conditioner {
 public:
  Conditioner(const ConditioningSettings& settings, double rate_hz, bool has_rotation);

  static double working_rate(double rate_hz) { return rate_hz >= 75.0 ? 100.0 : 50.0; }

  /// Appends to `out`. `rotation` is used where there is a gyroscope and it is wanted; each span empty or as long as x.
  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z,
            const std::array<std::span<const float>, 3>& rotation, bool rotation_wanted, Frames& out);
  void finish(bool rotation_wanted, Frames& out);

  /// Rounding noise of the swing in g, rms of one axis, for a gyroscope that rounds to 1 deg/s: times its step.
  double swing_noise_gain() const { return swing_ ? swing_->noise_gain() : 0.0; }

 private:
  void split(Frames& out);

  FrameFilter acceleration_;
  std::optional<Swing> swing_;
};

}  // namespace klono::detection

#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "detection/frame_filter.hpp"
#include "detection/settings.hpp"
#include "detection/track.hpp"

namespace klono::detection {

/// From joint to sensor, metres (chosen: a hand or a foot on one's own forearm or shank at most, a wrist at least).
inline constexpr double kLongestLever_m = 0.45;
inline constexpr double kShortestLever_m = 0.15;
inline constexpr double kUsualLever_m = 0.3;

/// Rotation told as acceleration: how fast the angular velocity changes, times the longest lever. A limb that swings
/// about a joint accelerates a sensor on it by no more than this, and by a third of it at least; its noise and its
/// rounding are the gyroscope's. Shape in time, band and delay are those of movement, so that every rule about events
/// means the same for both. Angular velocity in deg/s; not-a-number where it is missing: frames that a missing sample
/// can reach are not known.
class Swing {
 public:
  Swing(const ConditioningSettings& settings, double rate_hz, double working_hz);

  /// `count` samples, each span empty (missing) or that long. Where rotation is not `wanted` the frames are not known. Appends to `out`.
  void push(const std::array<std::span<const float>, 3>& rotation, std::size_t count, bool wanted, Frames& out);
  void finish(bool wanted, Frames& out);

  /// Noise of the swing on one axis in g rms, for 1 deg/s rms of white noise in the samples.
  double noise_gain() const { return noise_gain_; }

 private:
  void frames(bool wanted, Frames& out);
  bool missing_near(std::int64_t frame) const;

  FrameFilter filter_;
  double noise_gain_ = 0.0;
  double samples_a_frame_;
  double reach_;             // in samples: how far a sample reaches into the frames
  std::array<float, 3> held_{};
  std::array<std::vector<float>, 3> filled_;
  struct Range {
    std::int64_t begin = 0;
    std::int64_t end = 0;
  };
  std::deque<Range> missing_;  // samples, sorted, disjoint
  std::int64_t received_ = 0;
  std::int64_t produced_ = 0;
};

}  // namespace klono::detection

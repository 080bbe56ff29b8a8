#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "detection/track.hpp"
#include "dsp/movement.hpp"
#include "dsp/resampler.hpp"

namespace klono::detection {

/// Three axes from the sensor's rate to the working rate and through one symmetric filter, cut into frames by number,
/// so that nothing depends on how the samples arrived. Before the first and after the last frame the end values are
/// taken to go on. Input must be finite. Latency: the kernel's half width, the resampler's reach, one block.
class FrameFilter {
 public:
  static constexpr std::int64_t kBlock = 64;

  FrameFilter(double in_hz, double out_hz, std::vector<float> kernel);
  /// The filter is that of movement.
  FrameFilter(double in_hz, double out_hz, const dsp::MovementSplit& split);

  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z);
  void finish();

  /// Frames of the next block that is ready, 0 when none is.
  std::int64_t next_block() const;
  /// Appends that block to `out` and, where given, the unfiltered values to `unfiltered`.
  void take(std::int64_t count, Motion& out, Axes* unfiltered);
  /// Lets that block go by: zeros. Only with a kernel; the filter of movement misses no sample.
  void skip(std::int64_t count, Motion& out);
  /// Frees what has been taken.
  void settle();

 private:
  void open();

  dsp::Resampler resampler_;
  std::vector<float> kernel_;
  std::optional<std::array<dsp::MovementFilter, 3>> movement_;  // in place of a kernel
  std::int64_t half_;
  Axes pending_;          // resampled; pending_[.][0] is half_ frames before the first that was not settled
  std::int64_t done_ = 0;
  bool begun_ = false;
  bool last_ = false;
};

}  // namespace klono::detection

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "dsp/hann_mean.hpp"

namespace klono::dsp {

/// How acceleration is split: gravity is the Hann-weighted mean over `half_s` on both sides, movement is what
/// changes faster, up to `top_hz`. Linear phase: events keep their place and shape. Half width 1 s (chosen: the
/// longest that leaves existence of an event final 2 s after it): -6 dB at 0.5 Hz.
struct MovementSplit {
  double half_s = 1.0;
  double top_hz = 20.0;
};

/// Samples that movement looks at on each side.
std::int64_t movement_reach(const MovementSplit& split, double rate_hz);

/// The kernel that gives movement; its half width is returned as (size - 1) / 2 samples.
std::vector<float> movement_kernel(const MovementSplit& split, double rate_hz);

/// The kernel that gives how fast movement changes, per second: the difference of movement 20 ms after and 20 ms before,
/// over those 40 ms. Of the length of movement_kernel, and antisymmetric about the same middle. The two points hold
/// back what is fast (7 % at 5 Hz, half at 15 Hz), where noise would be raised most (chosen).
std::vector<float> change_kernel(const MovementSplit& split, double rate_hz);

/// The kernel that gives gravity, of the same length.
std::vector<float> gravity_kernel(const MovementSplit& split, double rate_hz);

/// Movement of one axis, sample after sample: what movement_kernel gives, at a cost that does not grow with `half_s`.
/// Depends on the samples alone, not on how they are cut into calls.
class MovementFilter {
 public:
  MovementFilter(const MovementSplit& split, double rate_hz);

  /// Samples needed on each side of an output.
  std::int64_t half() const { return half_; }

  /// `around` holds half() samples before the first and after the last of `movement`; a second call goes on where the
  /// first ended.
  void run(std::span<const float> around, std::span<float> movement);

  /// Three axes at once whose filters were made alike and have run as far as one another: to the last bit what each gives by itself.
  static void run_three(const std::array<MovementFilter*, 3>& filters, const std::array<std::span<const float>, 3>& around, const std::array<std::span<float>, 3>& movement);

 private:
  /// The part of `around` that reaches `half` beyond `count` outputs.
  std::span<const float> inner(std::span<const float> around, std::int64_t half, std::size_t count) const;
  void subtract_mean_from_low_pass(std::span<const float> around, std::span<float> movement) const;

  std::vector<float> low_pass_;
  HannMean gravity_;
  std::int64_t half_;
  std::vector<float> mean_;
};

/// The same for a stretch that arrives bit by bit: the first and last values are taken to go on before and after it.
/// Latency: half() samples.
class MovementStream {
 public:
  MovementStream(const MovementSplit& split, double rate_hz) : filter_(split, rate_hz) {}

  /// Appends to `out` what can be told with `samples` added.
  void push(std::span<const float> samples, std::vector<float>& out);
  /// Appends the rest, up to the last sample.
  void finish(std::vector<float>& out);

  /// push() of three axes at once whose streams were made alike and have heard as much as one another.
  static void push_three(const std::array<MovementStream*, 3>& streams, const std::array<std::span<const float>, 3>& samples, const std::array<std::vector<float>*, 3>& out);

 private:
  void hold(std::span<const float> samples);
  std::size_t ready() const;       ///< samples that can be told
  void told(std::size_t count);
  void produce(std::vector<float>& out);

  MovementFilter filter_;
  std::vector<float> pending_;
};

/// Movement of one axis of one contiguous stretch at its own rate; the end values are taken to go on before and after it.
std::vector<float> movement_of(std::span<const float> axis, double rate_hz, const MovementSplit& split = {});

}  // namespace klono::dsp

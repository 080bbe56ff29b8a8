#pragma once

#include <span>
#include <vector>

namespace klono::dsp {

/// How acceleration is split: gravity is the Hann-weighted mean over `half_s` on both sides, movement is what
/// changes faster, up to `top_hz`. Linear phase: events keep their place and shape. Half width 1 s (chosen: the
/// longest that leaves existence of an event final 2 s after it): -6 dB at 0.5 Hz.
struct MovementSplit {
  double half_s = 1.0;
  double top_hz = 20.0;
};

/// The kernel that gives movement; its half width is returned as (size - 1) / 2 samples.
std::vector<float> movement_kernel(const MovementSplit& split, double rate_hz);

/// The kernel that gives how fast movement changes, per second: the difference of movement 20 ms after and 20 ms before,
/// over those 40 ms. Of the length of movement_kernel, and antisymmetric about the same middle. The two points hold
/// back what is fast (7 % at 5 Hz, half at 15 Hz), where noise would be raised most (chosen).
std::vector<float> change_kernel(const MovementSplit& split, double rate_hz);

/// The kernel that gives gravity, of the same length.
std::vector<float> gravity_kernel(const MovementSplit& split, double rate_hz);

/// Movement of one axis of one contiguous stretch at its own rate; the end values are taken to go on before and after it.
std::vector<float> movement_of(std::span<const float> axis, double rate_hz, const MovementSplit& split = {});

}  // namespace klono::dsp

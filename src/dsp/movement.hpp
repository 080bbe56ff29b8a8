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

/// The kernel that gives gravity, of the same length.
std::vector<float> gravity_kernel(const MovementSplit& split, double rate_hz);

/// Movement of one axis of one contiguous stretch at its own rate; the end values are taken to go on before and after it.
std::vector<float> movement_of(std::span<const float> axis, double rate_hz, const MovementSplit& split = {});

}  // namespace klono::dsp

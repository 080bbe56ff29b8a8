#pragma once

#include "detection/settings.hpp"

namespace klono::detection {

/// Of a limb jerk's peak that the movement band keeps (limb model, METHODS.md 10, A), and that the swing keeps (bench).
inline constexpr double kPassband = 0.9;
inline constexpr double kSwingPassband = 0.8;

/// The peak, in g, that is found four times out of five where the local floor is `noise_floor_g` (rms of |movement|,
/// never below what rounding alone makes): METHODS.md 7. The one rule, for the detector's figure and the signal check.
double smallest_visible_peak(const DetectorSettings& settings, double noise_floor_g, double passband = kPassband);

}  // namespace klono::detection

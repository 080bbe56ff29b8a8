#pragma once

#include "detection/settings.hpp"

namespace klono::detection {

/// Of a limb jerk's peak that the movement band keeps (limb model, METHODS.md 10, A), and that the swing keeps (bench).
inline constexpr double kPassband = 0.9;
inline constexpr double kFoundFourOfFive = 0.84;  ///< normal quantile of 0.8
inline constexpr double kSwingPassband = 0.8;

/// The peak, in g, that is found four times out of five where the local floor is `noise_floor_g` (rms of |movement|,
/// never below what rounding alone makes): METHODS.md 7. The one rule, for the detector's figure and the signal check.
double smallest_visible_peak(const DetectorSettings& settings, double noise_floor_g, double passband = kPassband);

/// The peak in g that the matched filters must tell at least: of the settings, and of what rounding (`bare_step_g`, 0 where there
/// is none or noise spreads it) lets be told.
double smallest_told_g(const DetectorSettings& settings, double bare_step_g);

}  // namespace klono::detection

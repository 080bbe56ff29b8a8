#pragma once

#include "detection/settings.hpp"

namespace klono::detection {

/// The peak, in g, that is found four times out of five where the local floor is `noise_floor_g` (rms of |movement|,
/// never below what rounding alone makes): METHODS.md 7. The one rule, for the detector's figure and the signal check.
double smallest_visible_peak(const DetectorSettings& settings, double noise_floor_g);

}  // namespace klono::detection

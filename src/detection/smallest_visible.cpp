#include "detection/smallest_visible.hpp"

#include <algorithm>
#include <cmath>

namespace klono::detection {
namespace {

constexpr double kPassband = 0.9;      // of a limb jerk's peak that the movement band keeps (limb model, METHODS.md 10, A)
constexpr double kFoundWith80 = 0.84;  // normal quantile of 0.8

}  // namespace

double smallest_visible_peak(const DetectorSettings& settings, double noise_floor_g) {
  const SensitivityFactors factors = factors_of(settings.sensitivity);
  const double on = std::max(factors.floor_multiple * settings.candidates.floor_multiple * noise_floor_g,
                             factors.smallest_peak * settings.candidates.smallest_peak_g);
  // Noise along the event adds to its peak or takes from it: 80 % are found where the peak exceeds the level by
  // 0.84 standard deviations of one axis.
  return (on + kFoundWith80 * noise_floor_g / std::sqrt(3.0)) / kPassband;
}

}  // namespace klono::detection

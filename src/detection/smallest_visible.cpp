#include "detection/smallest_visible.hpp"

#include <algorithm>
#include <cmath>

namespace klono::detection {
namespace {

constexpr double kStepsToTell = 0.8;  // of the rounding step: a flicker of one step has the form of anything (chosen)

}  // namespace

double smallest_visible_peak(const DetectorSettings& settings, double noise_floor_g, double passband) {
  const SensitivityFactors factors = factors_of(settings.sensitivity);
  const double on = std::max(factors.floor_multiple * settings.candidates.floor_multiple * noise_floor_g,
                             factors.smallest_peak * settings.candidates.smallest_peak_g);
  // Noise along the event adds to its peak or takes from it: 80 % are found where the peak exceeds the level by
  // 0.84 standard deviations of one axis.
  return (on + kFoundFourOfFive * noise_floor_g / std::sqrt(3.0)) / passband;
}

double smallest_told_g(const DetectorSettings& settings, double bare_step_g) { return std::max(smallest_matched_g(settings), kStepsToTell * bare_step_g); }

}  // namespace klono::detection

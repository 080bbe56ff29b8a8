#include "detection/noise_floor.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace klono::detection {
namespace {

constexpr double kQuantile = 0.30;      // chosen: below the median, so that a third of busy time does not lift it
constexpr double kSlowWindow_s = 300.0;
constexpr float kLeastStep_g = 1e-5F;   // differences below are arithmetic, not the sensor's

}  // namespace

NoiseFloor::NoiseFloor(const CandidateSettings& settings)
    : recent_(static_cast<std::size_t>(std::lround(settings.floor_window_s / kHop_s))),
      slow_(static_cast<std::size_t>(std::lround(kSlowWindow_s / kHop_s))) {}

void NoiseFloor::note_step(float step_g) {
  if (step_g > kLeastStep_g && step_g < step_) step_ = step_g;
}

void NoiseFloor::restart() {
  recent_.clear();
  slow_.clear();
}

float NoiseFloor::level() const { return std::max(recent_.quantile(kQuantile), kRoundingRms * step()); }

}  // namespace klono::detection

#include "detection/noise_floor.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace klono::detection {
namespace {

constexpr double kQuantile = 0.30;      // chosen: below the median, so that a third of busy time does not lift it
constexpr double kSlowWindow_s = 300.0;
constexpr double kFreshWindow_s = 6.0;  // chosen: rest after movement is heard within two of these seconds
constexpr float kFreshMargin = 1.5F;    // chosen: in steady noise so few values hardly ever fall this far below the minute's

}  // namespace

NoiseFloor::NoiseFloor(const CandidateSettings& settings)
    : recent_(static_cast<std::size_t>(std::lround(settings.floor_window_s / kHop_s)), kQuantile),
      fresh_(static_cast<std::size_t>(std::lround(kFreshWindow_s / kHop_s)), kQuantile),
      slow_(static_cast<std::size_t>(std::lround(kSlowWindow_s / kHop_s))) {}

void NoiseFloor::note_step(float step_g) {
  if (!(step_g > kLeastStep_g && step_g < step_)) return;
  step_ = step_g;
  settle();
}

void NoiseFloor::set_step(float step_g) {
  const float step = step_g > 0.0F ? step_g : 1.0F;
  if (step == step_) return;
  step_ = step;
  settle();
}

void NoiseFloor::restart() {
  recent_.clear();
  fresh_.clear();
  slow_.clear();
  settle();
}

void NoiseFloor::add_rms(float rms_g) {
  recent_.add(rms_g);
  fresh_.add(rms_g);
  slow_.add(rms_g);
  settle();
}

bool NoiseFloor::slow_level_below(double level, double factor) const {
  // The largest number that lies below after multiplication: rounding may put the quotient one beside it.
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const auto below = [&](float value) { return factor * static_cast<double>(value) < level; };
  auto limit = static_cast<float>(level / factor);
  while (!below(limit)) limit = std::nextafter(limit, -kInfinity);
  while (below(std::nextafter(limit, kInfinity))) limit = std::nextafter(limit, kInfinity);
  return slow_.quantile_at_most(kSlowQuantile, limit);
}

void NoiseFloor::settle() {
  const float heard = std::min(recent_.value(), kFreshMargin * fresh_.value());
  level_ = std::max(heard, kRoundingRms * step());
}

}  // namespace klono::detection

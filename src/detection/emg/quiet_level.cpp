#include "detection/emg/quiet_level.hpp"

#include <algorithm>
#include <cmath>

namespace klono::detection {
namespace {

constexpr double kFreshWindow_s = 6.0;  // as for acceleration
constexpr float kFreshMargin = 1.5F;
constexpr double kSlowWindow_s = 300.0;  // chosen: long against a contraction that is held
constexpr double kSlowQuantile = 0.1;
constexpr float kSlowMargin = 2.0F;

std::size_t pieces_in(double window_s) { return static_cast<std::size_t>(std::lround(window_s / QuietLevel::kHop_s)); }

}  // namespace

QuietLevel::QuietLevel(double window_s, double quantile) : quantile_(quantile), recent_(pieces_in(window_s)), fresh_(pieces_in(kFreshWindow_s)), slow_(pieces_in(kSlowWindow_s)) {}

void QuietLevel::add(float level) {
  recent_.add(level);
  fresh_.add(level);
  slow_.add(level);
}

void QuietLevel::restart() {
  recent_.clear();
  fresh_.clear();
  slow_.clear();
}

float QuietLevel::level() const {
  return std::min({recent_.quantile(quantile_), kFreshMargin * fresh_.quantile(quantile_), kSlowMargin * slow_.quantile(kSlowQuantile)});
}

}  // namespace klono::detection

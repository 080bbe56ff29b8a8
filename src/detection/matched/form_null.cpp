#include "detection/matched/form_null.hpp"

#include <algorithm>
#include <cmath>

namespace klono::detection {
namespace {

constexpr double kNear_s = 24.0;
constexpr double kRecent_s = 60.0;
constexpr double kSlow_s = 300.0;
constexpr double kFreshMargin = 1.5;  // as in noise_floor.cpp
constexpr double kLeast = 0.85;       // of Gaussian noise: where the whitening has just changed, the past tells too little (chosen)

// Of band-limited Gaussian noise (own simulation, 16 h at each of 25 to 200 Hz): the statistic over its 30 % quantile exceeds `kHourly` once an hour,
// and `kPerE` less for each factor e in the rate; the 60 % quantile lies `kSpread` above.
constexpr double kQuantile = 0.3;
constexpr double kHourly = 3.75;
constexpr double kPerE = 0.29;
constexpr double kSpread = 0.29;
constexpr double kSpreadQuantile = 0.6;
constexpr double kTrustAfter = 100.0;  // blocks until the recording's own tail weighs as much as that of Gaussian noise (chosen)

std::size_t blocks_in(double seconds) { return static_cast<std::size_t>(std::lround(seconds / FormNull::kBlock_s)); }

}  // namespace

FormNull::FormNull(const StageSettings& stages) : stages_(stages), near_(blocks_in(kNear_s), kQuantile), recent_(blocks_in(kRecent_s), kQuantile), slow_(blocks_in(kSlow_s)) {}

void FormNull::restart() {
  near_.clear();
  recent_.clear();
  slow_.clear();
}

void FormNull::add(float statistic) {
  near_.add(statistic);
  recent_.add(statistic);
  // Against the height of its own moment: a recording that is loud now and quiet then has no longer tail by that.
  slow_.add(static_cast<float>(static_cast<double>(statistic) / lowest()));
}

/// The 30 % quantile of the minute, but not far above that of the last seconds; and never below the latter.
double FormNull::lowest() const {
  const auto near = static_cast<double>(near_.value());
  const auto recent = static_cast<double>(recent_.value());
  const double heard = stages_.near_null ? std::max(near, std::min(recent, kFreshMargin * near)) : recent;
  return std::max(heard, kLeast * kGaussian);
}

double FormNull::tail() const {
  if (!stages_.own_tail) return 1.0;
  const auto low = static_cast<double>(slow_.quantile(kQuantile));
  if (!(low > 0.0)) return 1.0;
  const double own = (static_cast<double>(slow_.quantile(kSpreadQuantile)) / low - 1.0) / kSpread;
  const auto heard = static_cast<double>(slow_.size());
  return std::max(1.0, (heard * own + kTrustAfter) / (heard + kTrustAfter));
}

double FormNull::level(double per_hour) const { return lowest() * (1.0 + (kHourly - 1.0 - kPerE * std::log(per_hour)) * tail()); }

}  // namespace klono::detection

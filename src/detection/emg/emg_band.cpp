#include "detection/emg/emg_band.hpp"

#include <algorithm>
#include <cmath>

namespace klono::detection {
namespace {

constexpr double kHop_s = 0.05;
constexpr double kBandHalf_s = 0.1;   // chosen: longer would spread a burst, shorter would let the heart through
constexpr double kLimbHalf_s = 0.15;

double highest(double high_hz, double rate_hz) { return std::min(high_hz, kUsableShare * rate_hz); }

}  // namespace

std::int64_t emg_hop(double rate_hz) { return std::max<std::int64_t>(2, std::lround(kHop_s * rate_hz)); }

EmgBandFilter::EmgBandFilter(double low_hz, double high_hz, double half_s, double rate_hz, double mains_above)
    : hop_(emg_hop(rate_hz)), filter_(band_kernel(low_hz, highest(high_hz, rate_hz), half_s, rate_hz)),
      mains_(rate_hz, hop_, highest(high_hz, rate_hz), mains_above) {}

void EmgBandFilter::end(std::int64_t hops) {
  filter_.finish(filtered_);
  const std::int64_t missing = hops * hop_ - filtered_.end();
  if (missing > 0) std::ranges::fill(filtered_.extend(static_cast<std::size_t>(missing)), 0.0F);
}

void EmgBandFilter::run(Samples& out, bool last) {
  while (filtered_.end() >= (pushed_ + 1) * hop_) {
    mains_.push(filtered_.part(pushed_ * hop_, (pushed_ + 1) * hop_), out, hums);
    ++pushed_;
  }
  filtered_.free_before(pushed_ * hop_);
  if (last) mains_.finish(out, hums);
}

EmgBandFilter main_band(const EmgConditioningSettings& settings, EmgDetail detail, double rate_hz) {
  if (detail == EmgDetail::LimbMovements) return limb_band(settings, rate_hz);
  return {settings.band_low_hz, settings.band_high_hz, kBandHalf_s, rate_hz, settings.mains_above};
}

EmgBandFilter limb_band(const EmgConditioningSettings& settings, double rate_hz) {
  return {settings.limb_low_hz, settings.limb_high_hz, kLimbHalf_s, rate_hz, settings.mains_above};
}

}  // namespace klono::detection

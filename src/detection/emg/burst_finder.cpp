#include "detection/emg/burst_finder.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace klono::detection {
namespace {

constexpr double kTeagerHalf_s = 0.0025;
constexpr double kLag_s = 0.001;
constexpr double kPad_s = 0.006;       // envelope and signal begin together within this
constexpr double kFixOnset_s = 1.5;    // longer regions settle their onset while the samples are still there
constexpr float kEdgeOverFloor = 2.0F;
constexpr double kForm_s = 0.04;       // on each side of the peak
constexpr double kLongestForm_s = 0.2;

double squared(float value) { return static_cast<double>(value) * static_cast<double>(value); }

float root_mean(double sum, std::int64_t count) { return static_cast<float>(std::sqrt(std::max(0.0, sum) / static_cast<double>(count))); }

}  // namespace

EmgEnvelopes::EmgEnvelopes(const EmgBurstSettings& settings, double rate_hz)
    : envelope_half_(std::max<std::int64_t>(1, std::lround(0.5 * settings.envelope_s * rate_hz))),
      steady_half_(std::max<std::int64_t>(1, std::lround(0.5 * settings.steady_s * rate_hz))),
      teager_half_(std::max<std::int64_t>(1, std::lround(kTeagerHalf_s * rate_hz))),
      lag_(std::max<std::int64_t>(1, std::lround(kLag_s * rate_hz))) {}

std::int64_t EmgEnvelopes::reach() const { return std::max({envelope_half_, steady_half_, teager_half_ + lag_}); }

void EmgEnvelopes::extend(EmgTrack& track, std::int64_t until) const {
  const std::int64_t from = track.envelope.end();
  if (until <= from) return;
  const Samples& x = track.signal;
  const auto teager = [&](std::int64_t i) {
    return squared(x.at(i)) - static_cast<double>(x.at(i - lag_)) * static_cast<double>(x.at(i + lag_));
  };
  const auto count = static_cast<std::size_t>(until - from);
  const std::span<float> envelope = track.envelope.extend(count);
  const std::span<float> level = track.teager.extend(count);
  const std::span<float> steady = track.steady.extend(count);
  double steady_square = 0.0;
  for (std::int64_t i = from - steady_half_; i < from + steady_half_; ++i) steady_square += squared(x.at(i));
  for (std::size_t k = 0; k < count; ++k) {
    const std::int64_t n = from + static_cast<std::int64_t>(k);
    double square = 0.0;
    for (std::int64_t i = n - envelope_half_; i <= n + envelope_half_; ++i) square += squared(x.at(i));
    envelope[k] = root_mean(square, 2 * envelope_half_ + 1);
    double energy = 0.0;
    for (std::int64_t i = n - teager_half_; i <= n + teager_half_; ++i) energy += teager(i);
    level[k] = root_mean(energy, 2 * teager_half_ + 1);
    steady_square += squared(x.at(n + steady_half_));
    steady[k] = root_mean(steady_square, 2 * steady_half_ + 1);
    steady_square -= squared(x.at(n - steady_half_));
  }
}

BurstFinder::BurstFinder(const EmgBurstSettings& settings, double rate_hz)
    : settings_(settings), rate_hz_(rate_hz), merge_(std::max<std::int64_t>(1, std::lround(settings.merge_s * rate_hz))),
      pad_(std::lround(kPad_s * rate_hz)) {}

void BurstFinder::add(Sums& sums, const EmgTrack& track, std::int64_t index) const {
  const float value = track.signal.at(index);
  sums.square += squared(value);
  sums.slope += squared(value - track.signal.at(index - 1));
  if (std::abs(value) > std::max(-sums.low, sums.high)) sums.peak = index;
  sums.low = std::min(sums.low, value);
  sums.high = std::max(sums.high, value);
}

void BurstFinder::advance(const EmgTrack& track, const EmgLevels& levels, std::int64_t from, std::int64_t until, std::vector<EmgRegion>& closed) {
  for (std::int64_t n = from; n < until; ++n) {
    const float value = track.envelope.at(n);
    const float off = open_ ? levels_.off : levels.off;
    if (value >= off && (open_ || levels.open)) {
      if (!open_) {
        open_ = true;
        reached_ = false;
        levels_ = levels;
        begin_ = n;
        onset_ = -1;
        sums_ = ahead_ = Sums{};
        teager_peak_ = 0.0F;
      }
      reached_ = reached_ || value >= levels_.on || track.steady.at(n) >= levels_.on_steady;
      last_above_ = n;
    } else if (open_ && n - last_above_ > merge_) {
      close(track, closed);
      continue;
    }
    if (!open_) continue;
    add(ahead_, track, n);
    teager_peak_ = std::max(teager_peak_, track.teager.at(n));
    if (last_above_ == n) sums_ = ahead_;
    if (onset_ < 0 && static_cast<double>(n - begin_) > kFixOnset_s * rate_hz_) fix_onset(track, n);
  }
}

void BurstFinder::fix_onset(const EmgTrack& track, std::int64_t until) {
  const float level = std::max(kEdgeOverFloor * levels_.teager_floor, static_cast<float>(settings_.edge_share) * teager_peak_);
  onset_ = std::max<std::int64_t>(begin_ - pad_, 0);
  while (onset_ < until && track.teager.at(onset_) < level) ++onset_;
}

void BurstFinder::finish(const EmgTrack& track, std::vector<EmgRegion>& closed) {
  if (open_) close(track, closed);
}

void BurstFinder::close(const EmgTrack& track, std::vector<EmgRegion>& closed) {
  open_ = false;
  if (reached_) closed.push_back(measured(track));
}

EmgRegion BurstFinder::measured(const EmgTrack& track) const {
  const std::int64_t from = std::max(track.signal.begin(), std::max<std::int64_t>(begin_ - pad_, 0));
  const std::int64_t until = std::min(last_above_ + 1 + pad_, track.teager.end());
  const bool is_long = onset_ >= 0;
  float largest = teager_peak_;
  if (!is_long)
    for (std::int64_t n = from; n < until; ++n) largest = std::max(largest, track.teager.at(n));
  const float level = std::max(kEdgeOverFloor * levels_.teager_floor, static_cast<float>(settings_.edge_share) * largest);
  EmgRegion region;
  region.is_slow = largest < kEdgeOverFloor * levels_.teager_floor;
  region.begin = is_long ? onset_ : from;
  while (!is_long && !region.is_slow && region.begin < until - 1 && track.teager.at(region.begin) < level) ++region.begin;
  region.end = until;
  if (region.is_slow) {
    region.begin = begin_;
    region.end = last_above_ + 1;
  }
  while (!region.is_slow && region.end > std::max(region.begin + 1, track.teager.begin()) && track.teager.at(region.end - 1) < level) --region.end;

  Sums sums = sums_;
  std::int64_t count = last_above_ + 1 - begin_;
  if (!is_long) {
    sums = Sums{};
    for (std::int64_t n = region.begin; n < region.end; ++n) add(sums, track, n);
    count = region.end - region.begin;
  }
  region.peak = sums_.peak;
  EmgBurst& burst = region.burst;
  burst.duration_s = static_cast<double>(region.end - region.begin) / rate_hz_;
  burst.peak_uv = static_cast<double>(std::max(-sums.low, sums.high));
  burst.peak_to_peak_uv = static_cast<double>(sums.high) - static_cast<double>(sums.low);
  burst.rms_uv = std::sqrt(sums.square / static_cast<double>(std::max<std::int64_t>(1, count)));
  burst.floor_uv = static_cast<double>(levels_.floor);
  burst.above_floor = levels_.floor > 0.0F ? burst.rms_uv / burst.floor_uv : 0.0;
  // Of a sampled sine: |x[n] - x[n-1]| rms = 2 sin(pi f / rate) of its rms.
  const double ratio = sums.square > 0.0 ? std::min(1.0, 0.5 * std::sqrt(sums.slope / sums.square)) : 0.0;
  burst.mean_hz = rate_hz_ / std::numbers::pi * std::asin(ratio);
  if (burst.duration_s < kLongestForm_s) {
    const std::int64_t half = std::lround(kForm_s * rate_hz_);
    for (std::int64_t n = region.peak - half; n <= region.peak + half; ++n) region.form.push_back(track.signal.at(n));
  }
  return region;
}

}  // namespace klono::detection

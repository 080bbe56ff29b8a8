#include "detection/emg/burst_judge.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace klono::detection {
namespace {

// All chosen; a heart beats 35 to 180 times a minute, and the forms of two bursts of a muscle are unlike.
constexpr double kAlike = 0.8;              // correlation of two forms
constexpr double kShift_s = 0.025;         // noise decides which wave of a small beat is the largest
constexpr double kLargestRatio = 1.7;       // of two peaks
constexpr std::size_t kBeats = 6;
constexpr double kShortestInterval_s = 0.33;
constexpr double kLongestInterval_s = 1.7;
constexpr double kEven = 0.2;               // of the usual interval
constexpr double kEvenShare = 0.75;         // of the intervals

/// Of two forms, the second moved by `shift`. What noise of this mean square adds to the power of each is taken off, at most
/// four fifths: the forms of small beats are alike but for their noise.
double correlation(const std::vector<float>& a, const std::vector<float>& b, std::int64_t shift, double noise) {
  double ab = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  const auto size = static_cast<std::int64_t>(std::min(a.size(), b.size()));
  for (std::int64_t i = std::max<std::int64_t>(0, -shift); i < std::min(size, size - shift); ++i) {
    const double x = static_cast<double>(a[static_cast<std::size_t>(i)]);
    const double y = static_cast<double>(b[static_cast<std::size_t>(i + shift)]);
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const double added = noise * static_cast<double>(size - std::abs(shift));
  aa = std::max(0.2 * aa, aa - added);
  bb = std::max(0.2 * bb, bb - added);
  return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : 0.0;
}

}  // namespace

EmgBand band_of(double duration_s, EmgDetail detail) {
  if (detail != EmgDetail::Lengths) return EmgBand::Unresolved;
  if (duration_s <= 0.05) return EmgBand::To50;
  if (duration_s <= 0.1) return EmgBand::To100;
  return duration_s <= 0.3 ? EmgBand::To300 : EmgBand::Longer;
}

BurstJudge::BurstJudge(const EmgSettings& settings, double rate_hz, EmgDetail detail, bool microvolts)
    : settings_(settings), rate_hz_(rate_hz), detail_(detail), microvolts_(microvolts), look_(std::lround(kLook_s * rate_hz)) {}

bool BurstJudge::is_alike(const EmgRegion& a, const EmgRegion& b) const {
  if (a.form.empty() || b.form.empty()) return false;
  const double ratio = a.burst.peak_uv / b.burst.peak_uv;
  if (!(ratio < kLargestRatio && ratio > 1.0 / kLargestRatio)) return false;
  const std::int64_t most = std::lround(kShift_s * rate_hz_);
  for (std::int64_t shift = -most; shift <= most; ++shift)
    if (correlation(a.form, b.form, shift, a.burst.floor_uv * b.burst.floor_uv) > kAlike) return true;
  return false;
}

bool BurstJudge::is_heart(const EmgRegion& region, const std::vector<const EmgRegion*>& beside) const {
  std::vector<std::int64_t> times{region.peak};
  for (const EmgRegion* other : beside)
    if (is_alike(region, *other)) times.push_back(other->peak);
  if (times.size() < kBeats) return false;
  std::ranges::sort(times);
  std::vector<double> intervals_s;
  for (std::size_t k = 1; k < times.size(); ++k) intervals_s.push_back(static_cast<double>(times[k] - times[k - 1]) / rate_hz_);
  std::vector<double> sorted = intervals_s;
  std::ranges::sort(sorted);
  const double usual_s = sorted[sorted.size() / 2];
  if (usual_s < kShortestInterval_s || usual_s > kLongestInterval_s) return false;
  // Beats that were missed leave a multiple of the interval.
  const auto even = std::ranges::count_if(intervals_s, [&](double interval_s) {
    return std::abs(interval_s - usual_s * std::clamp(std::round(interval_s / usual_s), 1.0, 3.0)) <= kEven * usual_s;
  });
  return static_cast<double>(even) >= kEvenShare * static_cast<double>(intervals_s.size());
}

void BurstJudge::judge(EmgRegion& region, const std::vector<const EmgRegion*>& beside) const {
  EmgBurst& burst = region.burst;
  const auto alone = static_cast<std::int64_t>(settings_.bursts.potential_alone_s * rate_hz_);
  const bool is_alone = std::ranges::none_of(beside, [&](const EmgRegion* other) { return other->begin < region.end + alone && other->end > region.begin - alone; });
  burst.band = band_of(burst.duration_s, detail_);
  if (burst.duration_s > settings_.bursts.longest_s) burst.kind = EmgKind::Activity;
  else if (burst.duration_s < settings_.bursts.potential_s && is_alone && !burst.on_activity) burst.kind = EmgKind::Potential;
  if (burst.reason != EmgReason::None) return;
  if (region.is_slow || burst.mean_hz < settings_.bursts.slow_below_hz) burst.reason = EmgReason::SlowWave;
  else if (is_heart(region, beside)) burst.reason = EmgReason::Heart;
  else if (burst.duration_s < settings_.bursts.shortest_s) burst.reason = EmgReason::TooWeak;
  else if (burst.kind == EmgKind::Potential && microvolts_ && burst.peak_to_peak_uv < settings_.bursts.potential_least_uv)
    burst.reason = EmgReason::TooWeak;
}

void BurstJudge::settle(std::int64_t now, std::vector<EmgRegion>& settled) {
  while (!waiting_.empty() && waiting_.front().end + look_ < now) {
    EmgRegion region = std::move(waiting_.front());
    waiting_.pop_front();
    while (!before_.empty() && before_.front().end < region.begin - look_) before_.pop_front();
    std::vector<const EmgRegion*> beside;
    for (const EmgRegion& other : before_) beside.push_back(&other);
    for (const EmgRegion& other : waiting_)
      if (other.begin < region.end + look_) beside.push_back(&other);
    judge(region, beside);
    settled.push_back(region);
    before_.push_back(std::move(region));
  }
}

}  // namespace klono::detection

#include "formats/journal_clock.hpp"

#include <algorithm>
#include <cmath>

namespace klono::formats::journal {
namespace {

constexpr double kJump_ms = 1000.0;
constexpr double kLongestSleep_ms = 7.0 * 86'400'000.0;  // chosen: beyond a week somebody set the clock
constexpr double kMostUnix_ms = 9e12;                    // nanoseconds since 1970 fit 64 bits

}  // namespace

void Clock::begin(double stamp_ms) {
  if (begun()) return;
  first_ms_ = stamp_ms;
  first_added_ms_ = added_before(stamp_ms);
}

bool Clock::jumped(const Anchor& anchor, double not_before_ms) {
  if (!std::isfinite(anchor.stamp_ms) || std::abs(static_cast<double>(anchor.unix_ms)) > kMostUnix_ms) return false;
  if (!base_ || !begun()) base_ = anchor;
  const std::optional<Anchor> before = std::exchange(last_, anchor);
  if (!before) return false;
  const double jump_ms = static_cast<double>(anchor.unix_ms - before->unix_ms) - (anchor.stamp_ms - before->stamp_ms);
  if (!(std::abs(jump_ms) > kJump_ms)) return false;
  if (jump_ms > 0.0 && jump_ms < kLongestSleep_ms) {
    const double from_ms = std::max({anchor.stamp_ms, not_before_ms, jumps_.empty() ? anchor.stamp_ms : jumps_.back().from_ms});
    jumps_.push_back({from_ms, (jumps_.empty() ? 0.0 : jumps_.back().added_ms) + jump_ms});
  }
  return true;
}

double Clock::added_before(double stamp_ms) const {
  const auto after = std::ranges::upper_bound(jumps_, stamp_ms, {}, &Jump::from_ms);
  return after == jumps_.begin() ? 0.0 : std::prev(after)->added_ms;
}

double Clock::time_of(double stamp_ms) const {
  if (!first_ms_ || !std::isfinite(stamp_ms)) return 0.0;
  return (stamp_ms - *first_ms_ + added_before(stamp_ms) - first_added_ms_) / 1000.0;
}

WallClock Clock::start() const {
  WallClock start;
  if (!base_ || !first_ms_) return start;
  const double since_ms = *first_ms_ - base_->stamp_ms;
  if (!(std::abs(since_ms) < kMostUnix_ms / 1e3)) return start;
  start.basis = ClockBasis::Utc;
  start.unix_ns = base_->unix_ms * 1'000'000 + static_cast<std::int64_t>(std::llround(since_ms * 1e6));
  if (std::abs(base_->offset_min) <= 24 * 60) start.offset_min = base_->offset_min;
  return start;
}

}  // namespace klono::formats::journal

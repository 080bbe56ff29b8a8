#include "detection/emg/lead_watch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace klono::detection {
namespace {

constexpr int kHeldReadings = 4;
constexpr double kClippedSpan = 16.0;  // chosen: of the quiet rms; noise spans 8
constexpr double kSlowOverQuiet = 20.0;  // chosen: a cable that moves makes a hundred times the quiet level
constexpr float kSlowOverPeak = 0.7F;    // chosen: the slow part of a burst is below a fifth of its peak, of a heart beat below half
constexpr double kPeakOverQuiet = 6.0;   // chosen: slow waves that leave the band alone disturb nothing
constexpr double kHop_s = 0.05;

}  // namespace

void ReadingWatch::look(std::span<const float> readings, EmgHop& hop) {
  hop.low = hop.high = readings.front();
  hop.flat = true;
  for (const float value : readings) {
    hop.low = std::min(hop.low, value);
    hop.high = std::max(hop.high, value);
    if (run_ > 0 && value != last_) hop.flat = false;
    run_ = run_ > 0 && value == last_ ? run_ + 1 : 1;
    last_ = value;
    if (run_ < kHeldReadings) continue;
    const bool first = hop.held_low > hop.held_high;
    hop.held_low = first ? value : std::min(hop.held_low, value);
    hop.held_high = first ? value : std::max(hop.held_high, value);
  }
}

bool LeadWatch::is_flat(const std::deque<EmgHop>& hops, std::int64_t at, std::int64_t count) const {
  const auto is = [&](std::int64_t h) { return h >= 0 && h < count && hops[static_cast<std::size_t>(h)].flat; };
  if (!is(at)) return false;
  std::int64_t length = 1;
  for (std::int64_t h = at - 1; is(h) && length <= kReach; --h) ++length;
  for (std::int64_t h = at + 1; is(h) && length <= 2 * kReach; ++h) ++length;
  return static_cast<double>(length) * kHop_s >= settings_.flat_s - 1e-9;
}

EmgReason LeadWatch::reason_of(const std::deque<EmgHop>& hops, std::int64_t at, std::int64_t count) const {
  const EmgHop& hop = hops[static_cast<std::size_t>(at)];
  if (is_flat(hops, at, count)) return EmgReason::Disconnected;
  const std::int64_t from = std::max<std::int64_t>(0, at - kReach);
  const std::int64_t until = std::min(count, at + kReach + 1);
  std::vector<double> squares;
  float low = hop.low;
  float high = hop.high;
  for (std::int64_t h = from; h < until; ++h) {
    const EmgHop& one = hops[static_cast<std::size_t>(h)];
    squares.push_back(one.square);
    low = std::min(low, one.low);
    high = std::max(high, one.high);
  }
  std::nth_element(squares.begin(), squares.begin() + static_cast<std::ptrdiff_t>(squares.size() / 4), squares.end());
  const double quiet = std::sqrt(squares[squares.size() / 4]);
  if (hop.hum_square * (1.0 - settings_.hum_share) > quiet * quiet * settings_.hum_share) return EmgReason::Disconnected;
  const bool held_at_extreme = hop.held_low <= hop.held_high && (hop.held_high >= high || hop.held_low <= low);
  if (held_at_extreme && quiet > 0.0 && static_cast<double>(high - low) > kClippedSpan * quiet) return EmgReason::Saturation;
  float peak = 0.0F;  // of the hops beside it too: a beat of the heart may lie across two
  for (std::int64_t h = std::max<std::int64_t>(0, at - kMargin); h < std::min(count, at + kMargin + 1); ++h) peak = std::max(peak, hops[static_cast<std::size_t>(h)].peak);
  const bool is_disturbed = static_cast<double>(hop.peak) > kPeakOverQuiet * quiet;
  if (is_disturbed && static_cast<double>(hop.slow_peak) > kSlowOverQuiet * quiet && hop.slow_peak > kSlowOverPeak * peak) return EmgReason::MovementArtefact;
  return EmgReason::None;
}

}  // namespace klono::detection

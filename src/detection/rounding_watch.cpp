#include "detection/rounding_watch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace klono::detection {

void RoundingWatch::interrupt() {
  for (Axis& axis : axes_) axis.run = 0;
}

void RoundingWatch::look(const std::array<float, 3>& reading, double rate_hz) {
  flat_after_ = std::max<std::int64_t>(1, std::llround(rate_hz));
  double equal = 0.0;
  const bool follows = axes_[0].run > 0;
  for (std::size_t k = 0; k < 3; ++k) {
    Axis& axis = axes_[k];
    const bool same = axis.run > 0 && std::abs(reading[k] - axis.value) <= least_;
    equal += same ? 1.0 / 3.0 : 0.0;
    axis.run = same ? axis.run + 1 : 1;
    if (!same) axis.value = reading[k];  // kept while it is held, so that a slow drift below `least_` is a change at last
    const float off = std::abs(reading[k] - axis.held);
    if (axis.has_held && off > least_) {
      ++axis.away;
      axis.farthest = std::max(axis.farthest, off);
    }
    if (axis.run != kHeldFor) continue;
    if (axis.has_held && repeats()) {
      const float change = std::abs(axis.value - axis.held);
      if (change > least_) note(changes_, change);
      else if (axis.away > 0 && axis.away <= kFlickerAtMost) note(flickers_, axis.farthest);
    }
    axis.held = axis.value;
    axis.has_held = true;
    axis.away = 0;
    axis.farthest = 0.0F;
  }
  if (!follows) return;
  // A plain mean at first, so that it is known soon; then one that forgets.
  ++seen_;
  repeated_ += (equal - repeated_) / std::min(static_cast<double>(seen_), kMemory_s * rate_hz);
}

void RoundingWatch::note(std::deque<float>& list, float change) {
  list.push_back(change);
  if (list.size() > kChanges) list.pop_front();
}

float RoundingWatch::step() const {
  std::vector<float> sorted(changes_.begin(), changes_.end());
  sorted.insert(sorted.end(), flickers_.begin(), flickers_.end());
  if (sorted.empty()) return 0.0F;
  const auto quarter = sorted.begin() + static_cast<std::ptrdiff_t>((sorted.size() - 1) / 4);
  std::nth_element(sorted.begin(), quarter, sorted.end());
  return *quarter;
}

}  // namespace klono::detection

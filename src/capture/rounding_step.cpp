#include "capture/rounding_step.hpp"

#include <algorithm>
#include <cmath>

namespace klono::capture {
namespace {

// All chosen: enough to tell a lattice from noise within seconds, at any rate.
constexpr std::size_t kCandidates = 16;
constexpr std::size_t kRecent = 512;
constexpr std::size_t kRepeats = 3;
constexpr double kTogether = 0.02;   // relative: rounding in single precision leaves less
constexpr double kNear = 0.1;        // of a step from a whole multiple
constexpr double kSmallSteps = 20.0;  // beyond, the step is not known well enough
constexpr double kShare = 0.9;

}  // namespace

void RoundingStep::note(double difference) {
  const double size = std::abs(difference);
  if (!(size >= smallest_)) return;
  if (recent_.size() < kRecent) recent_.push_back(size);
  else recent_[next_++ % kRecent] = size;
  const auto same = std::ranges::find_if(candidates_, [&](const Candidate& c) { return std::abs(size - c.value) <= kTogether * c.value; });
  if (same != candidates_.end()) {
    ++same->count;
    same->value += (size - same->value) / static_cast<double>(same->count);
    return;
  }
  const auto place = std::ranges::lower_bound(candidates_, size, {}, &Candidate::value);
  if (place == candidates_.end() && candidates_.size() >= kCandidates) return;
  candidates_.insert(place, {size, 1});
  if (candidates_.size() > kCandidates) candidates_.pop_back();
}

bool RoundingStep::fits(double step) const {
  std::size_t small = 0;
  std::size_t whole = 0;
  for (const double difference : recent_) {
    const double steps = difference / step;
    if (steps > kSmallSteps) continue;
    ++small;
    if (steps > 0.5 && std::abs(steps - std::round(steps)) <= kNear) ++whole;
  }
  return small >= kRepeats && static_cast<double>(whole) >= kShare * static_cast<double>(small);
}

double RoundingStep::step() const {
  for (const Candidate& candidate : candidates_)
    if (candidate.count >= kRepeats) return fits(candidate.value) ? candidate.value : 0.0;
  return 0.0;
}

}  // namespace klono::capture

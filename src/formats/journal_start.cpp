#include "formats/journal_start.hpp"

#include <algorithm>
#include <cmath>

namespace klono::formats::journal {
namespace {

constexpr double kEnough_ms = 2000.0;
constexpr double kLongStep_ms = 100.0;     // a pause within the first seconds tells nothing of the rate
constexpr double kRepeat_medians = 0.6;    // as in the stream

bool same_values(const Reading& a, const Reading& b) {
  const auto same = [](const std::array<float, 3>& x, const std::array<float, 3>& y) {
    return std::ranges::equal(x, y, [](float p, float q) { return p == q || (std::isnan(p) && std::isnan(q)); });
  };
  return same(a.acceleration, b.acceleration) && same(a.linear, b.linear) && same(a.rotation, b.rotation);
}

/// Stamps without those of readings that were told twice.
std::vector<double> stamps_of(const std::vector<Reading>& readings) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < readings.size(); ++i) steps.push_back(readings[i].stamp_ms - readings[i - 1].stamp_ms);
  std::ranges::sort(steps);
  const double median = steps.empty() ? 0.0 : steps[steps.size() / 2];
  std::vector<double> stamps;
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (i == 0 || readings[i].stamp_ms - stamps.back() >= kRepeat_medians * median || !same_values(readings[i], readings[i - 1]))
      stamps.push_back(readings[i].stamp_ms);
  return stamps;
}

}  // namespace

bool all_finite(const std::array<float, 3>& values) {
  return std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
}

void Start::note(const Reading& reading) {
  const bool gravity = all_finite(reading.acceleration);
  const bool linear = all_finite(reading.linear);
  if (gravity) delivered_ |= kAcceleration;
  if (linear) delivered_ |= kLinear;
  if (all_finite(reading.rotation)) delivered_ |= kRotation;
  if (decided_) return;
  if (gravity) add(gravity_, reading);
  if (linear) add(linear_, reading);
  if (gravity || linear) last_ms_ = std::max(last_ms_, reading.stamp_ms);
}

void Start::add(Candidate& candidate, const Reading& reading) {
  if (!candidate.readings.empty()) {
    const double step_ms = reading.stamp_ms - candidate.readings.back().stamp_ms;
    if (!(step_ms > 0.0)) return;
    candidate.span_ms += std::min(step_ms, kLongStep_ms);
  }
  ++candidate.count;
  candidate.readings.push_back(reading);
}

bool Start::settled() const {
  if (gravity_.span_ms >= kEnough_ms) return true;
  return linear_.span_ms >= kEnough_ms && 2 * gravity_.count < linear_.count;
}

Rate Start::settle() {
  decided_ = true;
  with_gravity_ = has_lead() ? 2 * gravity_.count >= linear_.count : true;
  const Candidate& leader = with_gravity_ ? gravity_ : linear_;
  const Rate rate = rate_of(stamps_of(leader.readings));
  gravity_.readings.clear();
  linear_.readings.clear();
  return rate;
}

std::optional<std::array<float, 3>> Start::lead_of(const Reading& reading) const {
  const std::array<float, 3>& values = with_gravity_ ? reading.acceleration : reading.linear;
  return all_finite(values) ? std::optional(values) : std::nullopt;
}

}  // namespace klono::formats::journal

#include "detection/sample_watch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "dsp/lanes.hpp"

namespace klono::detection {
namespace {

constexpr double kFullScaleShare = 0.985;
constexpr double kSpikeShare = 0.2;  // neighbours of an isolated sample differ by less than this share of it

}  // namespace

SampleWatch::Extremes SampleWatch::extremes_of(std::span<const float> axis, std::size_t number) const {
  constexpr float kNever = std::numeric_limits<float>::infinity();
  Extremes found;
  const auto note = [&](float before, float between, float now) {
    const float step = std::abs(now - between);
    if (step > NoiseFloor::kLeastStep_g && step < found.least_step) found.least_step = step;
    found.height = std::max(found.height, std::abs(between - 0.5F * (before + now)));
    found.largest = std::max(found.largest, std::abs(now));
  };
  const auto sample = [&](std::ptrdiff_t i) { return i >= 0 ? axis[static_cast<std::size_t>(i)] : previous_[-1 - i][number]; };
  for (std::ptrdiff_t i = 0; i < 2 && i < static_cast<std::ptrdiff_t>(axis.size()); ++i) {
    const float now = sample(i);
    const float between = count_ + i >= 1 ? sample(i - 1) : now;
    note(count_ + i >= 2 ? sample(i - 2) : between, between, now);
  }
  const auto size_of = [](dsp::Lanes lanes) { return dsp::larger(lanes, -lanes); };
  const dsp::Lanes never = {kNever, kNever, kNever, kNever};
  dsp::Lanes least = never;
  dsp::Lanes height = {};
  dsp::Lanes largest = {};
  std::size_t i = 2;
  for (; i + dsp::kLanes <= axis.size(); i += dsp::kLanes) {
    const dsp::Lanes before = dsp::load(&axis[i - 2]);
    const dsp::Lanes between = dsp::load(&axis[i - 1]);
    const dsp::Lanes now = dsp::load(&axis[i]);
    const dsp::Lanes step = size_of(now - between);
    least = dsp::smaller(least, step > NoiseFloor::kLeastStep_g ? step : never);
    height = dsp::larger(height, size_of(between - 0.5F * (before + now)));
    largest = dsp::larger(largest, size_of(now));
  }
  for (std::size_t lane = 0; lane < dsp::kLanes; ++lane) {
    found.least_step = std::min(found.least_step, least[lane]);
    found.height = std::max(found.height, height[lane]);
    found.largest = std::max(found.largest, largest[lane]);
  }
  for (; i < axis.size(); ++i) note(axis[i - 2], axis[i - 1], axis[i]);
  return found;
}

float SampleWatch::look(const std::array<std::span<const float>, 3>& axes, double start_s, std::int64_t first, double rate_hz, const Limits& limits, Times& times) {
  constexpr double kNearly = 0.999;  // single precision decides only what needs no closer look
  bool closer = false;
  float least_step = std::numeric_limits<float>::infinity();
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const Extremes found = extremes_of(axes[axis], axis);
    least_step = std::min(least_step, found.least_step);
    closer = closer || static_cast<double>(found.height) > kNearly * 2.0 * limits.smallest_g ||
             (limits.range_g > 0.0 && static_cast<double>(found.largest) >= kNearly * kFullScaleShare * limits.range_g);
  }
  if (closer) look_at_each(axes, start_s, first, rate_hz, limits, times);
  const std::size_t size = axes[0].size();
  for (std::size_t axis = 0; axis < 3; ++axis) {
    previous_[1][axis] = size > 1 ? axes[axis][size - 2] : previous_[0][axis];
    previous_[0][axis] = axes[axis][size - 1];
  }
  count_ += static_cast<std::int64_t>(size);
  return least_step;
}

void SampleWatch::look_at_each(const std::array<std::span<const float>, 3>& axes, double start_s, std::int64_t first, double rate_hz, const Limits& limits, Times& times) const {
  const auto sample = [&](std::size_t axis, std::ptrdiff_t i) { return i >= 0 ? axes[axis][static_cast<std::size_t>(i)] : previous_[-1 - i][axis]; };
  for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(axes[0].size()); ++i) {
    const double t_s = start_s + static_cast<double>(first + i) / rate_hz;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const float now = sample(axis, i);
      if (limits.range_g > 0.0 && static_cast<double>(std::abs(now)) >= kFullScaleShare * limits.range_g) times.saturated.push_back(t_s);
      if (count_ + i < 2) continue;
      // Neighbours agree, the one between stands alone.
      const float before = sample(axis, i - 2);
      const double height = std::abs(static_cast<double>(sample(axis, i - 1)) - 0.5 * (static_cast<double>(before) + static_cast<double>(now)));
      if (height > 2.0 * limits.smallest_g && static_cast<double>(std::abs(now - before)) < kSpikeShare * height) times.spikes.push_back(t_s - 1.0 / rate_hz);
    }
  }
}

void SampleWatch::Times::forget_before(double t_s) {
  for (std::vector<double>* list : {&spikes, &saturated})
    if (list->size() > 256) list->erase(list->begin(), std::lower_bound(list->begin(), list->end(), t_s));
}

}  // namespace klono::detection

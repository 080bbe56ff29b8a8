#include "detection/sample_watch.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace klono::detection {
namespace {

constexpr double kFullScaleShare = 0.985;
constexpr double kSpikeShare = 0.2;  // neighbours of an isolated sample differ by less than this share of it

}  // namespace

void SampleWatch::look(const float (&sample)[3], double t_s, double period_s, double range_g, double smallest_g, NoiseFloor& floor) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (count_ >= 1) floor.note_step(std::abs(sample[axis] - previous_[0][axis]));
    if (range_g > 0.0 && static_cast<double>(std::abs(sample[axis])) >= kFullScaleShare * range_g) saturated.push_back(t_s);
    if (count_ < 2) continue;
    // Neighbours agree, the one between stands alone.
    const float before = previous_[1][axis];
    const float between = previous_[0][axis];
    const double height = std::abs(static_cast<double>(between) - 0.5 * (static_cast<double>(before) + static_cast<double>(sample[axis])));
    if (height > 2.0 * smallest_g && static_cast<double>(std::abs(sample[axis] - before)) < kSpikeShare * height) spikes.push_back(t_s - period_s);
  }
  std::copy(previous_[0], previous_[0] + 3, previous_[1]);
  std::copy(sample, sample + 3, previous_[0]);
  ++count_;
}

void SampleWatch::forget_before(double t_s) {
  for (std::vector<double>* times : {&spikes, &saturated})
    if (times->size() > 256) times->erase(times->begin(), std::lower_bound(times->begin(), times->end(), t_s));
}

}  // namespace klono::detection

#include "dsp/order_statistics.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>

#include "dsp/lanes.hpp"

namespace klono::dsp {
namespace {

/// As std::lower_bound and std::upper_bound, without a branch for the processor to guess wrong.
template <class Before>
std::vector<float>::iterator first_not(std::vector<float>& sorted, Before before) {
  std::size_t from = 0;
  for (std::size_t left = sorted.size(); left > 0;) {
    const std::size_t half = (left + 1) / 2;
    from += before(sorted[from + half - 1]) ? half : 0;
    left -= half;
  }
  return sorted.begin() + static_cast<std::ptrdiff_t>(from);
}

/// Of the value with share `q` of the others below it, among `size` sorted ones.
std::size_t place_of(double q, std::size_t size) {
  return std::min(static_cast<std::size_t>(q * static_cast<double>(size - 1) + 0.5), size - 1);
}

constexpr float kInfinity = std::numeric_limits<float>::infinity();

Lanes all_lanes(float value) { return Lanes{value, value, value, value}; }

float largest_below(std::span<const float> values, float limit) {
  const Lanes limits = all_lanes(limit);
  Lanes best = all_lanes(-kInfinity);
  const auto look = [&](Lanes some) { best = larger(best, some < limits ? some : best); };
  std::size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) look(load(&values[i]));
  for (; i < values.size(); ++i) look(all_lanes(values[i]));
  return std::max(std::max(best[0], best[1]), std::max(best[2], best[3]));
}

float smallest_above(std::span<const float> values, float limit) {
  const Lanes limits = all_lanes(limit);
  Lanes best = all_lanes(kInfinity);
  const auto look = [&](Lanes some) { best = smaller(best, some > limits ? some : best); };
  std::size_t i = 0;
  for (; i + kLanes <= values.size(); i += kLanes) look(load(&values[i]));
  for (; i < values.size(); ++i) look(all_lanes(values[i]));
  return std::min(std::min(best[0], best[1]), std::min(best[2], best[3]));
}

std::size_t count_equal(std::span<const float> values, float value) {
  std::uint32_t count = 0;
  for (const float one : values) count += one == value ? 1 : 0;
  return count;
}

}  // namespace

void RunningQuantile::add(float value) {
  if (values_.empty()) value_ = value;
  if (values_.size() < capacity_) {
    values_.push_back(value);
  } else {
    float& oldest = values_[oldest_];
    below_ -= oldest < value_ ? 1 : 0;
    at_most_ -= oldest <= value_ ? 1 : 0;
    oldest = value;
    oldest_ = oldest_ + 1 == capacity_ ? 0 : oldest_ + 1;
  }
  below_ += value < value_ ? 1 : 0;
  at_most_ += value <= value_ ? 1 : 0;
  const std::size_t place = place_of(q_, values_.size());
  if (place < below_) step_down();
  else if (place >= at_most_) step_up();
}

void RunningQuantile::step_down() {
  value_ = largest_below(values_, value_);
  at_most_ = below_;
  below_ -= count_equal(values_, value_);
}

void RunningQuantile::step_up() {
  value_ = smallest_above(values_, value_);
  below_ = at_most_;
  at_most_ += count_equal(values_, value_);
}

void RunningQuantile::clear() {
  values_.clear();
  oldest_ = 0;
  value_ = 0.0F;
  below_ = at_most_ = 0;
}

void SlidingQuantile::add(float value) {
  order_.push_back(value);
  const auto place = first_not(sorted_, [&](float one) { return !(value < one); });
  if (order_.size() <= capacity_) {
    sorted_.insert(place, value);
    return;
  }
  // The oldest leaves as the new one comes: only what lies between them moves.
  const auto oldest = first_not(sorted_, [&](float one) { return one < order_.front(); });
  order_.pop_front();
  if (oldest < place) {
    std::move(oldest + 1, place, oldest);
    *(place - 1) = value;
  } else {
    std::move_backward(place, oldest, oldest + 1);
    *place = value;
  }
}

void SlidingQuantile::clear() {
  order_.clear();
  sorted_.clear();
}

float SlidingQuantile::quantile(double q) const { return sorted_.empty() ? 0.0F : sorted_[place_of(q, sorted_.size())]; }

void SlidingValues::add(float value) {
  if (values_.size() < capacity_) {
    values_.push_back(value);
    return;
  }
  values_[oldest_] = value;
  oldest_ = oldest_ + 1 == capacity_ ? 0 : oldest_ + 1;
}

void SlidingValues::clear() {
  values_.clear();
  oldest_ = 0;
}

float SlidingValues::quantile(double q) const {
  if (values_.empty()) return 0.0F;
  std::vector<float> values = values_;
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(place_of(q, values.size()));
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

bool SlidingValues::quantile_at_most(double q, float limit) const {
  if (values_.empty()) return 0.0F <= limit;
  std::uint32_t below = 0;
  for (const float value : values_) below += value <= limit ? 1 : 0;
  return below > place_of(q, values_.size());
}

}  // namespace klono::dsp

#include "dsp/order_statistics.hpp"

#include <algorithm>
#include <cstdint>

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

}  // namespace

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

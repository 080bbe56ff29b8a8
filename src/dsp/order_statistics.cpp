#include "dsp/order_statistics.hpp"

#include <algorithm>

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

float SlidingQuantile::quantile(double q) const {
  if (sorted_.empty()) return 0.0F;
  const auto index = static_cast<std::size_t>(q * static_cast<double>(sorted_.size() - 1) + 0.5);
  return sorted_[std::min(index, sorted_.size() - 1)];
}

}  // namespace klono::dsp

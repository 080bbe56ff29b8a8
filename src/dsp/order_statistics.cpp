#include "dsp/order_statistics.hpp"

#include <algorithm>

namespace klono::dsp {

void SlidingQuantile::add(float value) {
  if (order_.size() == capacity_) {
    const auto oldest = std::lower_bound(sorted_.begin(), sorted_.end(), order_.front());
    sorted_.erase(oldest);
    order_.pop_front();
  }
  order_.push_back(value);
  sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), value), value);
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

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace klono::detection {

/// The newest samples of a stretch by their number in it; freed from the front.
class Samples {
 public:
  std::int64_t begin() const { return first_; }
  std::int64_t end() const { return first_ + static_cast<std::int64_t>(values_.size()); }

  /// 0 outside of what was appended.
  float at(std::int64_t index) const { return index >= first_ && index < end() ? values_[static_cast<std::size_t>(index - first_)] : 0.0F; }

  /// Must lie inside.
  std::span<const float> part(std::int64_t from, std::int64_t until) const {
    return std::span<const float>(values_).subspan(static_cast<std::size_t>(from - first_), static_cast<std::size_t>(until - from));
  }

  /// `count` new values at the end, to be filled.
  std::span<float> extend(std::size_t count) {
    values_.resize(values_.size() + count);
    return std::span<float>(values_).last(count);
  }

  void free_before(std::int64_t index) {
    // In big steps, so that a long recording is not moved sample by sample.
    constexpr std::int64_t kStep = 1 << 14;
    if (index - first_ < kStep || index > end()) return;
    values_.erase(values_.begin(), values_.begin() + (index - first_));
    first_ = index;
  }

 private:
  std::vector<float> values_;
  std::int64_t first_ = 0;
};

}  // namespace klono::detection

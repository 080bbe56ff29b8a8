#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "signal/recording.hpp"

namespace klono {

/// Windows of up to `kMost` channels of a recording, whether they lie in memory or are decoded on demand. The spans of one
/// read() last until the next. `recording` must outlive it and stay as it is.
class SampleReader {
 public:
  static constexpr std::size_t kMost = 6;

  /// Null channels are left out: their spans are empty.
  SampleReader(const Recording& recording, std::span<const Channel* const> channels);

  /// Samples [begin, end), which must lie inside the recording.
  void read(std::int64_t begin, std::int64_t end);

  /// Of the k-th channel of the constructor.
  std::span<const float> operator[](std::size_t k) const { return views_[k]; }

 private:
  const Recording* recording_;
  std::array<const Channel*, kMost> channels_{};
  std::array<std::span<const float>, kMost> views_{};
  std::array<std::vector<float>, kMost> rooms_;
};

}  // namespace klono

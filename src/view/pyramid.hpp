#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "signal/recording.hpp"

namespace klono::view {

/// Min/max pyramid over one channel of evenly stored samples: level 0 groups 64 samples, each further level 4 of the one
/// below. NaN samples are ignored; a group of NaN only is NaN. A week at 100 Hz takes 10 MB.
class Pyramid {
 public:
  static constexpr std::int64_t kGroup = 64;  ///< samples in a group of level 0

  Pyramid() = default;
  explicit Pyramid(std::span<const float> samples);

  /// The next samples; then finish() makes the upper levels. For samples that are not kept.
  void append(std::span<const float> samples);
  void finish();

  struct MinMax {
    float min = 0.0F;
    float max = 0.0F;
  };

  /// Smallest and largest of samples [begin, end); NaN both where there are none. `samples` are those given before, or
  /// empty where they were not kept: then the range is widened to whole groups. Cost: O(log n) groups plus at most 128 samples.
  MinMax range(std::span<const float> samples, std::int64_t begin, std::int64_t end) const;

 private:
  MinMax groups(std::int64_t first, std::int64_t last, MinMax start) const;

  std::vector<std::vector<MinMax>> levels_;
  std::int64_t count_ = 0;
  MinMax open_;  // of the group that is not full
};

/// Min/max columns over [begin_s, end_s) of a recording's channel, honouring segments; 2 * columns
/// floats (min, max pairs), NaN where there is no data. `samples` empty: from whole groups, for columns of many of them. Where samples are sparser than columns, each column takes the sample
/// nearest to it in its segment (linear interpolation between neighbours).
std::vector<float> min_max_columns(const Recording& recording, std::span<const float> samples, const Pyramid& pyramid,
                                   double begin_s, double end_s, std::uint32_t columns);

}  // namespace klono::view

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "signal/recording.hpp"

namespace klono::view {

/// Min/max pyramid over one channel of evenly stored samples: level 0 groups 16 samples, each
/// further level 4 of the one below. NaN samples are ignored; a group of NaN only is NaN.
class Pyramid {
 public:
  Pyramid() = default;
  explicit Pyramid(std::span<const float> samples);

  struct MinMax {
    float min = 0.0F;
    float max = 0.0F;
  };

  /// Smallest and largest of samples [begin, end); NaN both where there are none. `samples` must
  /// be those given to the constructor. Cost: O(log n) groups plus at most 32 samples.
  MinMax range(std::span<const float> samples, std::int64_t begin, std::int64_t end) const;

 private:
  std::vector<std::vector<MinMax>> levels_;
};

/// Min/max columns over [begin_s, end_s) of a recording's channel, honouring segments; 2 * columns
/// floats (min, max pairs), NaN where there is no data. Where samples are sparser than columns, each column takes the sample
/// nearest to it in its segment (linear interpolation between neighbours).
std::vector<float> min_max_columns(const Recording& recording, std::span<const float> samples, const Pyramid& pyramid,
                                   double begin_s, double end_s, std::uint32_t columns);

}  // namespace klono::view

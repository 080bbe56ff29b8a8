#pragma once

#include <cstdint>
#include <limits>

#include "signal/recording.hpp"

namespace klono::engine {

inline constexpr float kNone = std::numeric_limits<float>::quiet_NaN();  ///< stands where there is no value

/// Samples whose time lies in [begin_s, end_s), and a neighbour on each side, numbered from `first` on.
struct Clip {
  std::int64_t first = 0;
  std::int64_t end = 0;
  Recording view;  // segments only
};

Clip clip_of(const Recording& recording, double begin_s, double end_s);

}  // namespace klono::engine

#pragma once

#include <algorithm>

namespace klono {

/// Half-open stretch of time [begin_s, end_s), seconds since the first sample.
struct TimeSpan {
  double begin_s = 0.0;
  double end_s = 0.0;

  double length_s() const { return std::max(0.0, end_s - begin_s); }
  bool contains(double t_s) const { return t_s >= begin_s && t_s < end_s; }
  bool overlaps(const TimeSpan& other) const { return begin_s < other.end_s && other.begin_s < end_s; }

  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

}  // namespace klono

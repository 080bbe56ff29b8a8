#pragma once
/// The recent past of one segment at the working rate, by frame number from the segment's start.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace klono::detection {

using Axes = std::array<std::vector<float>, 3>;

/// Frames [first, size()) are kept; older ones are gone.
struct Track {
  double rate_hz = 100.0;
  double start_s = 0.0;
  std::int64_t first = 0;
  Axes recorded;                 ///< resampled, gravity in it
  Axes movement;                 ///< gravity taken away
  std::vector<float> magnitude;  ///< |movement|

  std::int64_t size() const { return first + static_cast<std::int64_t>(magnitude.size()); }
  double time_of(std::int64_t frame) const { return start_s + static_cast<double>(frame) / rate_hz; }
  std::int64_t frames(double seconds) const { return static_cast<std::int64_t>(seconds * rate_hz + 0.5); }
  bool holds(std::int64_t frame) const { return frame >= first && frame < size(); }

  float magnitude_at(std::int64_t frame) const { return magnitude[static_cast<std::size_t>(frame - first)]; }
  std::array<float, 3> movement_at(std::int64_t frame) const {
    const auto i = static_cast<std::size_t>(frame - first);
    return {movement[0][i], movement[1][i], movement[2][i]};
  }
  std::span<const float> movement_span(std::size_t axis, std::int64_t begin, std::int64_t end) const {
    return std::span(movement[axis]).subspan(static_cast<std::size_t>(begin - first), static_cast<std::size_t>(end - begin));
  }

  /// Forgets frames before `frame`, in lumps, so that the cost stays constant.
  void forget_before(std::int64_t frame) {
    const std::int64_t drop = frame - first;
    if (drop < 4096) return;
    for (Axes* axes : {&recorded, &movement})
      for (auto& axis : *axes) axis.erase(axis.begin(), axis.begin() + drop);
    magnitude.erase(magnitude.begin(), magnitude.begin() + drop);
    first += drop;
  }
};

}  // namespace klono::detection

#pragma once
/// The recent past of one segment at the working rate, by frame number from the segment's start.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace klono::detection {

using Axes = std::array<std::vector<float>, 3>;

/// Which sensor a movement is looked at with.
enum class Witness : std::uint8_t { Acceleration, Rotation };

/// Movement as one sensor shows it, in g.
struct Motion {
  Axes axes;
  std::vector<float> magnitude;  ///< length of the vector

  void erase_first(std::int64_t frames) {
    for (auto& axis : axes) axis.erase(axis.begin(), axis.begin() + frames);
    magnitude.erase(magnitude.begin(), magnitude.begin() + frames);
  }
};

/// What conditioning makes of samples.
struct Frames {
  Axes recorded;    ///< resampled, gravity in it
  Motion movement;  ///< acceleration with gravity taken away
  Motion swing;     ///< rotation told as acceleration (swing.hpp); as long as `movement`, or empty without a gyroscope
  std::vector<std::uint8_t> swing_known;  ///< 0 where rotation is missing or not asked; the swing is 0 there

  std::size_t count() const { return movement.magnitude.size(); }
  void clear();
  /// Appends frames [begin, begin + count) of `other`.
  void append(const Frames& other, std::size_t begin, std::size_t count);
};

/// Frames [first, size()) are kept; older ones are gone.
struct Track : Frames {
  double rate_hz = 100.0;
  double start_s = 0.0;
  std::int64_t first = 0;

  std::int64_t size() const { return first + static_cast<std::int64_t>(count()); }
  double time_of(std::int64_t frame) const { return start_s + static_cast<double>(frame) / rate_hz; }
  std::int64_t frames(double seconds) const { return static_cast<std::int64_t>(seconds * rate_hz + 0.5); }
  bool holds(std::int64_t frame) const { return frame >= first && frame < size(); }

  const Motion& motion(Witness witness) const { return witness == Witness::Acceleration ? movement : swing; }
  float magnitude_at(std::int64_t frame, Witness witness = Witness::Acceleration) const {
    return motion(witness).magnitude[static_cast<std::size_t>(frame - first)];
  }
  std::array<float, 3> movement_at(std::int64_t frame) const {
    const auto i = static_cast<std::size_t>(frame - first);
    return {movement.axes[0][i], movement.axes[1][i], movement.axes[2][i]};
  }
  std::span<const float> span_of(std::size_t axis, std::int64_t begin, std::int64_t end, Witness witness = Witness::Acceleration) const {
    return std::span(motion(witness).axes[axis]).subspan(static_cast<std::size_t>(begin - first), static_cast<std::size_t>(end - begin));
  }

  /// Whether `witness` can be heard at this frame.
  bool knows(std::int64_t frame, Witness witness) const {
    return witness == Witness::Acceleration || (!swing_known.empty() && swing_known[static_cast<std::size_t>(frame - first)] != 0);
  }
  bool knows_all(std::int64_t begin, std::int64_t end, Witness witness) const {
    for (std::int64_t i = begin; i < end; ++i)
      if (!knows(i, witness)) return false;
    return true;
  }

  /// Forgets frames before `frame`, in lumps, so that the cost stays constant.
  void forget_before(std::int64_t frame) {
    const std::int64_t drop = frame - first;
    if (drop < 4096) return;
    for (auto& axis : recorded) axis.erase(axis.begin(), axis.begin() + drop);
    movement.erase_first(drop);
    if (!swing_known.empty()) {
      swing.erase_first(drop);
      swing_known.erase(swing_known.begin(), swing_known.begin() + drop);
    }
    first += drop;
  }
};

}  // namespace klono::detection

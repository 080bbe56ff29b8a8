#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "dsp/movement.hpp"
#include "signal/recording.hpp"
#include "view/pyramid.hpp"

namespace klono::engine {

/// The movement (gravity removed) of a whole recording at its own rates, made some samples at a time, with what drawing
/// it takes. A magnitude stands in the first axis; the others are then all NaN. NaN where the samples hold no number.
class MovementTrack {
 public:
  MovementTrack() = default;
  MovementTrack(const Recording& recording, const dsp::MovementSplit& split);

  /// Works on about `most_samples` of one axis. True while there is more. `recording` is that of the constructor.
  bool step(const Recording& recording, std::int64_t most_samples);

  const std::array<std::vector<float>, 3>& axes() const { return axes_; }
  const view::Pyramid& pyramid(std::size_t axis) const { return pyramids_[axis]; }  ///< after step() gave false

 private:
  struct Run {  // finite samples of one segment
    std::int64_t first = 0;
    std::int64_t end = 0;
    double rate_hz = 0.0;
  };
  void find_runs(const Recording& recording);
  void make(const Recording& recording, const Run& run, std::int64_t begin, std::int64_t end);

  dsp::MovementSplit split_;
  std::vector<Run> runs_;
  std::size_t run_ = 0;
  std::int64_t next_ = -1;
  std::array<std::vector<float>, 3> axes_;
  std::array<view::Pyramid, 3> pyramids_;
};

/// All at once.
MovementTrack movement_track_of(const Recording& recording, const dsp::MovementSplit& split);

}  // namespace klono::engine

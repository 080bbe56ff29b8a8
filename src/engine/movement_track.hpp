#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "detection/stepwise_analysis.hpp"
#include "dsp/movement.hpp"
#include "protocol/messages.hpp"
#include "signal/recording.hpp"
#include "view/pyramid.hpp"

namespace klono::engine {

using MotionWindow = std::array<std::vector<float>, 3>;

/// What drawing a recording takes, without its samples: pyramids of the movement (gravity removed), of the recorded axes and of
/// the length of the movement. Made in one pass beside the analysis; windows of movement are computed when they are asked for,
/// from samples in memory or decoded on demand. A magnitude stands in the first axis; the others are then all NaN. NaN where the
/// samples hold no number.
class MovementTrack {
 public:
  MovementTrack() = default;
  explicit MovementTrack(const dsp::MovementSplit& split) : split_(split) {}

  /// The next samples, in order and without a hole (StepwiseAnalysis::Listener).
  void take(const Segment& segment, std::int64_t begin, const std::array<std::span<const float>, 3>& axes);
  void finish();

  const dsp::MovementSplit& split() const { return split_; }

  /// Movement of samples [begin, end); `recording` is the one whose samples were taken.
  MotionWindow movement(const Recording& recording, std::int64_t begin, std::int64_t end) const;

  /// Min/max columns as TraceReply wants them. Where a column holds many samples they come from whole groups of the
  /// pyramid, so that its edge is off by a quarter of a column at most.
  std::vector<float> columns(const Recording& recording, protocol::TraceMode mode, double begin_s, double end_s, std::uint32_t columns) const;

  /// Largest |movement| a column over the whole recording, in g; NaN where there is none.
  std::vector<float> peaks(const Recording& recording, std::uint32_t columns) const;

 private:
  void end_run();
  void add_movement(const MotionWindow& movement);
  void add_nothing(std::size_t count);

  dsp::MovementSplit split_;
  std::array<view::Pyramid, 3> movement_;
  std::array<view::Pyramid, 3> recorded_;
  view::Pyramid length_;
  std::optional<std::array<dsp::MovementStream, 3>> run_;  // the finite samples under way
  bool has_axes_ = true;
};

/// The analysis and the track in one pass over the samples.
std::pair<Analysis, MovementTrack> analyse_with_movement(const Recording& recording, const DetectorSettings& settings);

dsp::MovementSplit movement_split_of(const DetectorSettings& settings);

}  // namespace klono::engine

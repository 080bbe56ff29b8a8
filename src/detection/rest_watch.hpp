#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/interval.hpp"
#include "signal/recording.hpp"

namespace klono {

/// Estimates long rest from how little the sensor turns. Streaming: keeps five seconds of samples and the bouts found.
///
/// Sustained inactivity: five minutes and more in which the direction of gravity turns by at most 5 degrees from one 5 s epoch
/// to the next (median of each axis). Bouts with less than an hour between them make one rest where they hold at least half an
/// hour, and half of it (shares chosen).
///
/// @note   It is no sleep: lying awake, or a sensor that was put down, looks the same. An epoch with not-a-number, or that a
///         segment's end cuts, ends a bout.
/// @source van Hees et al. 2015, PLoS ONE 10:e0142533 (5 degrees, 5 min, 5 s; there the angle of the z axis of a wrist sensor,
///         here the direction of gravity, so that it does not depend on how the sensor lies: chosen) and van Hees et al. 2018,
///         Sci Rep 8:12975 (30 min, 60 min).
class RestWatch {
 public:
  void begin_segment(double start_s, double rate_hz);

  /// x, y, z in g, of equal length.
  void push(const std::array<std::span<const float>, 3>& axes);

  void end_segment();

  /// Sorted, disjoint; of what has ended so far.
  std::vector<TimeSpan> long_rests() const;

 private:
  void close_epoch();
  void clear_epoch();
  void end_bout();

  std::array<std::vector<float>, 3> epoch_;  ///< every stride-th sample
  std::size_t epoch_size_ = 0;  ///< samples; 0 outside a segment
  std::size_t stride_ = 1;
  std::size_t heard_ = 0;       ///< samples of the epoch so far
  bool epoch_finite_ = true;    ///< all of them
  double start_s_ = 0.0;
  double rate_hz_ = 0.0;
  std::int64_t epochs_ = 0;     ///< of the segment so far
  std::optional<std::array<double, 3>> down_;  ///< direction of gravity in the epoch before
  std::optional<TimeSpan> bout_;
  std::vector<TimeSpan> bouts_;  ///< of sustained inactivity
};

/// The first epoch that a scorer marked as any stage of sleep: "Sleep stage N1", "Sleep stage 2", "Sleep stage R". None where
/// nothing is marked.
///
/// @source AASM manual: sleep onset is the start of the first epoch scored as any stage other than W.
std::optional<double> marked_sleep_onset(std::span<const Annotation> annotations);

}  // namespace klono

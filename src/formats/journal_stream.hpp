#pragma once
/// From the frames of a journal to evenly spaced samples, as they come. The recorder feeds the live detector through
/// it and the reader builds the recording through it, so that both see the same samples.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "formats/journal.hpp"
#include "signal/recording.hpp"

namespace klono::formats::journal {

/// Streaming, deterministic: its output depends on the frames and their order only, not on how the readings were cut
/// into batches or when it was called. Latency: at most 8 readings, and two seconds at the start. The grid's rate is the
/// sensor's own, told by the first two seconds (nearest of 25, 50, 60, 100, 200 Hz where within 3 %, else as measured,
/// METHODS.md 1) and kept for the whole recording; samples are interpolated from the true stamps. Nothing is computed
/// across a gap: a step of stamps longer than max(3 x usual, usual + 50 ms), a gap record, a jump of the wall clock
/// against the monotonic one of more than 1 s, the begin or the end of a block, or a change of sign ends the segment.
/// Stamps that do not go forward are left out, and exact repeats that come sooner than 0.6 of the usual step.
/// Acceleration with gravity leads; where it hardly comes, acceleration without gravity does. Rotation is brought to
/// the same grid; not-a-number where it is missing.
class Stream {
 public:
  struct Sink {
    /// A contiguous run begins; `start_s` since the first sample of the recording.
    std::function<void(double start_s, double rate_hz, std::optional<Task> task)> begin_segment;
    /// Acceleration in g, sign settled; rotation in deg/s (all not-a-number where there is no gyroscope).
    std::function<void(const std::array<std::span<const float>, 3>& acceleration, const std::array<std::span<const float>, 3>& rotation)> samples;
    std::function<void()> end_segment;
    /// Before the segment that follows it. A record that comes late may still change the reason in description().
    std::function<void(const Gap&)> gap;
  };

  explicit Stream(Sink sink);
  ~Stream();

  void push(const Frame& frame);
  /// Ends the last segment.
  void finish();

  /// Seconds since the first sample of a stamp of the monotonic clock; before the first sample 0.
  double time_of(double stamp_ms) const;
  bool has_gravity() const;
  /// What the frames said so far: header fields, clock, marks, blocks, gaps, warnings, rate; without samples and
  /// segments.
  Recording description() const;
  /// Whether any reading held numbers of these: bits kAcceleration, kLinear, kRotation.
  std::uint8_t delivered() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace klono::formats::journal

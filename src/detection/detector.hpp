#pragma once

#include <array>
#include <memory>
#include <span>

#include "detection/detector_input.hpp"
#include "detection/event.hpp"
#include "detection/settings.hpp"
#include "signal/recording.hpp"

namespace klono {

namespace detection {
struct Prepared;
}

/// Finds brief movement events in a stream of acceleration samples.
///
/// Bounded memory; the same events whatever the block sizes. Existence, onset and peak of an
/// event are final 3.5 s after the run it belongs to ends (a run that turns out to be body movement takes
/// its first strokes with it); masks within 15 s; groups when the run has closed.
class Detector {
 public:
  Detector(const DetectorSettings& settings, const DetectorInput& input);
  ~Detector();
  Detector(Detector&&) noexcept;
  Detector& operator=(Detector&&) noexcept;

  /// Starts a contiguous run of samples; ends the one before.
  void begin_segment(double start_s, double rate_hz);

  /// Equal-length blocks of x, y, z in g. Not-a-number, or a value of 1e9 and more, ends the stretch at that sample.
  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z);

  /// The same with angular velocity in deg/s on the same grid, each span empty or as long as x. Where the rounding step
  /// of the acceleration is coarse, rotation is a second witness (METHODS.md 3); not-a-number where it is missing.
  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z,
            const std::array<std::span<const float>, 3>& rotation);

  void end_segment();

  /// In place of all of the above: what a Preparation of the same settings and input made of the samples, in order. So the two
  /// halves of the work may lie on two threads; not to be mixed with the above.
  void take(const detection::Prepared& prepared);

  /// Ends everything and settles what is left. No push or take after this.
  void finish();

  /// All settled so far; grows by push, complete after finish. Figures are made anew when something ended since the last
  /// time, in time proportional to stretches, masks and events.
  const Analysis& analysis() const;

  std::int64_t events_so_far() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace klono

#pragma once
/// How loud a stretch is in the band where jerks live: the denominator of the signal-to-noise
/// ratio. Own filters, so that the figure does not lean on the detector it measures.

#include <span>
#include <vector>

#include "base/interval.hpp"
#include "signal/recording.hpp"

namespace klono::synth {

/// Root mean square of the movement acceleration vector, 0.5 to 20 Hz (or 0.45 of the rate where
/// lower), second-order Butterworth edges (bilinear). Filters start anew in each segment; a sample
/// that is not a number counts as no movement.
class BandLevel {
 public:
  BandLevel(std::span<const float> x, std::span<const float> y, std::span<const float> z,
            const std::vector<Segment>& segments, double quantisation_step_g);

  /// g, over the part of `span` inside the segment that holds its middle; never below 1e-9 g.
  double rms_g(const TimeSpan& span) const;

 private:
  std::vector<Segment> segments_;
  std::vector<double> running_sum_;  ///< of squared length, one longer than the samples
  double quantisation_step_g_;
};

}  // namespace klono::synth

#pragma once
/// When samples are taken, and how a recording tells it: jitter, lost samples, gaps.

#include <vector>

#include "base/interval.hpp"
#include "signal/recording.hpp"
#include "synth/synthetic.hpp"

namespace klono::synth {

/// True sampling times beside what the recording says about them. With jitter or lost samples a
/// segment's one fitted rate cannot follow every sample; truth is told on the recording's clock.
struct TimeAxis {
  std::vector<double> true_s;     ///< when each sample was really taken, increasing
  std::vector<Segment> segments;  ///< as a reader would fit them
  std::vector<Gap> gaps;
  double rate_hz = 0.0;           ///< sample-weighted over segments

  /// The recording's time of a true time; straight lines between samples.
  double recorded_from_true(double true_time_s) const;
};

/// Lost samples come in runs of 1 to 5. A step above max(3 periods, 1 period + 50 ms) starts a new
/// segment, as in the readers. Empty for a duration or rate that is not positive.
TimeAxis make_time_axis(const SyntheticSpec& spec);

/// The axis of samples that are already there; true time is recorded time.
TimeAxis time_axis_of(const Recording& recording);

}  // namespace klono::synth

#pragma once
/// From plans to a recording with its truth.

#include <vector>

#include "synth/background.hpp"
#include "synth/event_shape.hpp"
#include "synth/synthetic.hpp"
#include "synth/time_axis.hpp"

namespace klono::synth {

/// Renders the background, adds the events, rounds, and measures the truth on the recording's
/// clock. Of `spec` it uses duration, rate, the gyroscope and the steps.
SyntheticRecording compose(const SyntheticSpec& spec, const TimeAxis& axis, const BackgroundPlan& background,
                           const std::vector<EventPlan>& events);

/// Adds the shape's samples from `start_s` (true time) on; returns the indices it touched.
struct IndexRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};
IndexRange add_shape(const EventShape& shape, double start_s, const TimeAxis& axis, Samples3& samples);

/// The same with the shape's rotation.
void add_rotation(const EventShape& shape, double start_s, const TimeAxis& axis, Samples3& samples);

/// Rounds to multiples of `step`; 0 leaves the value.
float quantised(float value, double step);

/// Onset, end and peak of the shape on the recording's clock.
TruthEvent truth_of(const EventPlan& plan, const EventShape& shape, const TimeAxis& axis);

/// Fills in the level: peak over the band-limited rms within 4 s of the peak.
void set_level(TruthEvent& truth, double background_rms_g);

/// Stretch over which the background's level is taken.
TimeSpan level_span(const TruthEvent& truth);

}  // namespace klono::synth

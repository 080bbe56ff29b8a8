#include "synth/compose.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "synth/band_level.hpp"

namespace klono::synth {
namespace {

constexpr double kLevelReach_s = 4.0;

void add_channels(Recording& recording, const std::string& quantity, std::string_view unit, ChannelRole first, Samples3 samples) {
  const auto add = [&](const char* axis, int number, std::vector<float> values) {
    recording.channels.push_back({.name = quantity + " " + axis,
                                  .unit = std::string(unit),
                                  .unit_in_file = std::string(unit),
                                  .role = static_cast<ChannelRole>(static_cast<int>(first) + number),
                                  .samples = std::move(values)});
  };
  add("x", 0, std::move(samples.x));
  add("y", 1, std::move(samples.y));
  add("z", 2, std::move(samples.z));
}

/// Adds `value(time since start)` from `start_s` on, for as long as the shape lasts.
template <class Value>
IndexRange add_over_shape(const EventShape& shape, double start_s, const TimeAxis& axis, Samples3& samples, Value value_at) {
  const auto begin = std::lower_bound(axis.true_s.begin(), axis.true_s.end(), start_s);
  auto it = begin;
  for (; it != axis.true_s.end() && *it < start_s + shape.length_s(); ++it) {
    const auto i = static_cast<std::size_t>(it - axis.true_s.begin());
    const Vec3 value = value_at(*it - start_s);
    samples.x[i] += static_cast<float>(value.x);
    samples.y[i] += static_cast<float>(value.y);
    samples.z[i] += static_cast<float>(value.z);
  }
  return {.begin = begin - axis.true_s.begin(), .end = it - axis.true_s.begin()};
}

void quantise_all(Samples3& samples, double step) {
  if (step <= 0.0) return;
  for (auto* axis : {&samples.x, &samples.y, &samples.z})
    for (float& value : *axis) value = quantised(value, step);
}

Recording recording_of(const TimeAxis& axis, Samples3 samples) {
  Recording recording;
  recording.format = "synthetic";
  add_channels(recording, "acceleration", "g", ChannelRole::AccelerationX, std::move(samples));
  recording.segments = axis.segments;
  recording.gaps = axis.gaps;
  recording.rate_hz = axis.rate_hz;
  return recording;
}

std::vector<TimeSpan> on_recorded_clock(const std::vector<TimeSpan>& spans, const TimeAxis& axis) {
  std::vector<TimeSpan> recorded;
  if (axis.segments.empty()) return recorded;
  const double end_s = axis.segments.back().end_s();
  for (const TimeSpan& span : spans) {
    const TimeSpan moved{std::max(0.0, axis.recorded_from_true(span.begin_s)),
                         std::min(end_s, axis.recorded_from_true(span.end_s))};
    if (moved.length_s() > 0.0) recorded.push_back(moved);
  }
  return recorded;
}

}  // namespace

float quantised(float value, double step) {
  if (step <= 0.0) return value;
  return static_cast<float>(std::nearbyint(static_cast<double>(value) / step) * step);
}

IndexRange add_shape(const EventShape& shape, double start_s, const TimeAxis& axis, Samples3& samples) {
  return add_over_shape(shape, start_s, axis, samples, [&](double since_s) { return shape.at(since_s); });
}

void add_rotation(const EventShape& shape, double start_s, const TimeAxis& axis, Samples3& samples) {
  add_over_shape(shape, start_s, axis, samples, [&](double since_s) { return shape.rotation_at(since_s); });
}

TruthEvent truth_of(const EventPlan& plan, const EventShape& shape, const TimeAxis& axis) {
  TruthEvent truth = measured(shape);
  truth.kind = plan.kind;
  truth.series = plan.series;
  for (double* time_s : {&truth.onset_s, &truth.end_s, &truth.peak_s})
    *time_s = axis.recorded_from_true(plan.start_s + *time_s);
  return truth;
}

void set_level(TruthEvent& truth, double background_rms_g) {
  truth.snr_db = 20.0 * std::log10(truth.peak_g / background_rms_g);
  truth.visible = truth.snr_db >= 0.0;
}

TimeSpan level_span(const TruthEvent& truth) { return {truth.peak_s - kLevelReach_s, truth.peak_s + kLevelReach_s}; }

SyntheticRecording compose(const SyntheticSpec& spec, const TimeAxis& axis, const BackgroundPlan& background,
                           const std::vector<EventPlan>& events) {
  SyntheticRecording made;
  Samples3 samples = render_background(background, axis.true_s);
  Samples3 rotation;
  if (spec.gyroscope) rotation = render_rotation(background, spec.rotation_noise_dps, axis.true_s);
  if (!events.empty()) {
    const BandLevel level(samples.x, samples.y, samples.z, axis.segments, spec.quantisation_step_g);
    for (const EventPlan& plan : events) {
      const EventShape shape = shape_of(plan, background.gravity_at(plan.start_s));
      add_shape(shape, plan.start_s, axis, samples);
      if (spec.gyroscope) add_rotation(shape, plan.start_s, axis, rotation);
      made.truth.push_back(truth_of(plan, shape, axis));
      set_level(made.truth.back(), level.rms_g(level_span(made.truth.back())));
    }
  }
  std::sort(made.truth.begin(), made.truth.end(),
            [](const TruthEvent& a, const TruthEvent& b) { return a.onset_s < b.onset_s; });
  quantise_all(samples, spec.quantisation_step_g);
  made.recording = recording_of(axis, std::move(samples));
  if (spec.gyroscope) {
    quantise_all(rotation, spec.rotation_step_dps);
    add_channels(made.recording, "rotation", "deg/s", ChannelRole::RotationX, std::move(rotation));
  }
  made.disturbed = on_recorded_clock(background.disturbed(), axis);
  return made;
}

}  // namespace klono::synth

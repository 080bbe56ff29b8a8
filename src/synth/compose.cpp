#include "synth/compose.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "synth/band_level.hpp"

namespace klono::synth {
namespace {

constexpr double kLevelReach_s = 4.0;

Channel acceleration_channel(std::string_view name, ChannelRole role, std::vector<float> samples) {
  return {.name = std::string(name), .unit = "g", .unit_in_file = "g", .role = role, .samples = std::move(samples)};
}

void quantise_all(Samples3& samples, double step_g) {
  if (step_g <= 0.0) return;
  for (auto* axis : {&samples.x, &samples.y, &samples.z})
    for (float& value : *axis) value = quantised(value, step_g);
}

Recording recording_of(const TimeAxis& axis, Samples3 samples) {
  Recording recording;
  recording.format = "synthetic";
  recording.channels.push_back(
      acceleration_channel("acceleration x", ChannelRole::AccelerationX, std::move(samples.x)));
  recording.channels.push_back(
      acceleration_channel("acceleration y", ChannelRole::AccelerationY, std::move(samples.y)));
  recording.channels.push_back(
      acceleration_channel("acceleration z", ChannelRole::AccelerationZ, std::move(samples.z)));
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

float quantised(float value_g, double step_g) {
  if (step_g <= 0.0) return value_g;
  return static_cast<float>(std::nearbyint(static_cast<double>(value_g) / step_g) * step_g);
}

IndexRange add_shape(const EventShape& shape, double start_s, const TimeAxis& axis, Samples3& samples) {
  const auto begin = std::lower_bound(axis.true_s.begin(), axis.true_s.end(), start_s);
  auto it = begin;
  for (; it != axis.true_s.end() && *it < start_s + shape.length_s(); ++it) {
    const auto i = static_cast<std::size_t>(it - axis.true_s.begin());
    const Vec3 value = shape.at(*it - start_s);
    samples.x[i] += static_cast<float>(value.x);
    samples.y[i] += static_cast<float>(value.y);
    samples.z[i] += static_cast<float>(value.z);
  }
  return {.begin = begin - axis.true_s.begin(), .end = it - axis.true_s.begin()};
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
  if (!events.empty()) {
    const BandLevel level(samples.x, samples.y, samples.z, axis.segments, spec.quantisation_step_g);
    for (const EventPlan& plan : events) {
      const EventShape shape = shape_of(plan, background.gravity_at(plan.start_s));
      add_shape(shape, plan.start_s, axis, samples);
      made.truth.push_back(truth_of(plan, shape, axis));
      set_level(made.truth.back(), level.rms_g(level_span(made.truth.back())));
    }
  }
  std::sort(made.truth.begin(), made.truth.end(),
            [](const TruthEvent& a, const TruthEvent& b) { return a.onset_s < b.onset_s; });
  quantise_all(samples, spec.quantisation_step_g);
  made.recording = recording_of(axis, std::move(samples));
  made.disturbed = on_recorded_clock(background.disturbed(), axis);
  return made;
}

}  // namespace klono::synth

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "synth/band_level.hpp"
#include "synth/compose.hpp"
#include "synth/schedule.hpp"
#include "synth/synthetic.hpp"

namespace klono::synth {
namespace {

std::vector<float>* axis_samples(Recording& recording, ChannelRole role) {
  for (Channel& channel : recording.channels)
    if (channel.role == role) return &channel.samples;
  return nullptr;
}

/// Mean of the samples within 2 s: where gravity points at that moment.
Vec3 gravity_near(const Samples3& samples, const TimeAxis& axis, double t_s) {
  const auto begin = std::lower_bound(axis.true_s.begin(), axis.true_s.end(), t_s - 2.0) - axis.true_s.begin();
  const auto end = std::lower_bound(axis.true_s.begin(), axis.true_s.end(), t_s + 2.0) - axis.true_s.begin();
  Vec3 sum;
  for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
    const Vec3 value{static_cast<double>(samples.x[i]), static_cast<double>(samples.y[i]), static_cast<double>(samples.z[i])};
    if (std::isfinite(value.x + value.y + value.z)) sum = sum + value;
  }
  return unit(sum);
}

void quantise_range(Samples3& samples, const IndexRange& range, double step_g) {
  for (auto* axis : {&samples.x, &samples.y, &samples.z})
    for (auto i = static_cast<std::size_t>(range.begin); i < static_cast<std::size_t>(range.end); ++i)
      (*axis)[i] = quantised((*axis)[i], step_g);
}

}  // namespace

std::vector<TruthEvent> inject(Recording& background, const SyntheticSpec& spec, const std::vector<TimeSpan>& clean) {
  std::vector<TruthEvent> truth;
  auto* x = axis_samples(background, ChannelRole::AccelerationX);
  auto* y = axis_samples(background, ChannelRole::AccelerationY);
  auto* z = axis_samples(background, ChannelRole::AccelerationZ);
  if (x == nullptr || y == nullptr || z == nullptr) return truth;
  SyntheticSpec here = spec;
  here.rate_hz = background.rate_hz;
  const TimeAxis axis = time_axis_of(background);
  const BandLevel level(*x, *y, *z, axis.segments, 0.0);  // rounding is already in the samples
  Samples3 samples{std::move(*x), std::move(*y), std::move(*z)};
  for (const EventPlan& plan : schedule(here, common(clean, room_for_events(axis)))) {
    const Vec3 gravity = background.has_gravity ? gravity_near(samples, axis, plan.start_s) : Vec3{};
    const EventShape shape = shape_of(plan, gravity);
    const IndexRange touched = add_shape(shape, plan.start_s, axis, samples);
    quantise_range(samples, touched, spec.quantisation_step_g);
    truth.push_back(truth_of(plan, shape, axis));
    set_level(truth.back(), level.rms_g(level_span(truth.back())));
  }
  *x = std::move(samples.x);
  *y = std::move(samples.y);
  *z = std::move(samples.z);
  std::sort(truth.begin(), truth.end(), [](const TruthEvent& a, const TruthEvent& b) { return a.onset_s < b.onset_s; });
  return truth;
}

}  // namespace klono::synth

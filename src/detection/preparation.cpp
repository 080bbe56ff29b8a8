#include "detection/preparation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "detection/usable_value.hpp"

namespace klono::detection {
namespace {

constexpr float kLeastChange_g = 1e-5F;   // differences below are arithmetic, not the sensor's
constexpr float kLeastChange_dps = 1e-3F;
constexpr float kBrowserStep_g = 0.0102F; // 0.1 m/s2
constexpr float kNoStep = std::numeric_limits<float>::infinity();

using Spans = std::array<std::span<const float>, 3>;

Spans part_of(const Spans& axes, std::size_t at, std::size_t count) {
  Spans part;
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (axes[axis].size() >= at + count) part[axis] = axes[axis].subspan(at, count);
  return part;
}

void hold(Axes& held, const Spans& axes, std::size_t at, std::size_t count) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::span<const float> part = axes[axis].subspan(at, count);
    held[axis].insert(held[axis].end(), part.begin(), part.end());
  }
}

}  // namespace

void Prepared::clear() {
  steps.clear();
  frames.clear();
  blocks.clear();
  times.spikes.clear();
  times.saturated.clear();
}

void Comparison::add(Prepared::Step& step, std::size_t first_frame, Prepared& prepared) {
  if (step.kind == Prepared::Kind::Begin) energies_.emplace(bank_of(step.forms), step.forms->stride, stages_);
  if (!energies_ || step.frames == 0) return;
  const std::size_t before = prepared.blocks.size();
  const auto made = [&](std::size_t axis) { return std::span<const float>(prepared.frames.movement.axes[axis]).subspan(first_frame, step.frames); };
  energies_->push({made(0), made(1), made(2)}, prepared.blocks);
  step.blocks = prepared.blocks.size() - before;
}

void Comparison::add_all(Prepared& prepared) {
  std::size_t frame = 0;
  for (Prepared::Step& step : prepared.steps) {
    add(step, frame, prepared);
    frame += step.frames;
  }
}

Preparation::Preparation(const DetectorSettings& settings, const DetectorInput& input, Forms when)
    : settings_(settings), input_(input), acceleration_rounding_(kLeastChange_g), rotation_rounding_(kLeastChange_dps), least_step_(kNoStep) {
  if (when == Forms::AtOnce) comparison_.emplace(settings_.stages);
}

void Preparation::begin_segment(double start_s, double rate_hz, Prepared& out) {
  end_segment(out);
  if (!(rate_hz > 0.0)) return;
  conditioner_.emplace(settings_.conditioning, rate_hz, input_.has_rotation);
  forms_ = forms_for(rate_hz);
  watch_.begin();
  acceleration_rounding_.interrupt();
  rotation_rounding_.interrupt();
  start_s_ = start_s;
  rate_hz_ = rate_hz;
  received_ = 0;
  add_step({.kind = Prepared::Kind::Begin, .start_s = start_s, .rate_hz = rate_hz, .forms = forms_}, out.frames.count(), out);
}

void Preparation::push(std::span<const float> x, std::span<const float> y, std::span<const float> z, const Spans& rotation, Prepared& out) {
  std::size_t at = 0;
  while (at < x.size()) {
    std::size_t end = at;
    while (end < x.size() && is_number(x[end]) && is_number(y[end]) && is_number(z[end])) ++end;
    if (end > at) feed(part_of({x, y, z}, at, end - at), part_of(rotation, at, end - at), out);
    if (end == x.size()) return;
    skip_sample(out);
    at = end + 1;
  }
}

void Preparation::end_segment(Prepared& out) {
  give(Prepared::Kind::End, out);
  conditioner_.reset();
}

void Preparation::feed(const Spans& axes, const Spans& rotation, Prepared& out) {
  if (!conditioner_) begin_segment(start_s_ + static_cast<double>(received_) / rate_hz_, rate_hz_, out);
  // Small steps, so that the sample watch and the frames stay in step whatever the block size.
  constexpr std::size_t kPiece = 64;
  for (std::size_t at = 0; at < axes[0].size();) {
    const std::size_t to_boundary = kPiece - static_cast<std::size_t>(received_) % kPiece;
    const std::size_t count = std::min(to_boundary, axes[0].size() - at);
    least_step_ = std::min(least_step_, watch_.look(part_of(axes, at, count), start_s_, received_, rate_hz_, {input_.range_g, settings_.candidates.smallest_peak_g}, held_times_));
    received_ += static_cast<std::int64_t>(count);
    hold(held_, axes, at, count);
    if (input_.has_rotation) watch_rounding(rotation, at, count);
    if (static_cast<std::size_t>(received_) % kPiece == 0) give(Prepared::Kind::Frames, out);
    at += count;
  }
}

/// Of the rotation that belongs to the last `count` held samples; missing is not-a-number.
void Preparation::watch_rounding(const Spans& rotation, std::size_t at, std::size_t count) {
  const bool whole = std::all_of(rotation.begin(), rotation.end(), [&](const auto& axis) { return axis.size() >= at + count; });
  if (whole) hold(held_rotation_, rotation, at, count);
  else
    for (auto& axis : held_rotation_) axis.resize(axis.size() + count, std::numeric_limits<float>::quiet_NaN());
  const auto reading = [&](const Axes& axes, std::size_t i) { return std::array<float, 3>{axes[0][i], axes[1][i], axes[2][i]}; };
  for (std::size_t i = held_[0].size() - count; i < held_[0].size(); ++i) {
    acceleration_rounding_.look(reading(held_, i), rate_hz_);
    const std::array<float, 3> turning = reading(held_rotation_, i);
    if (std::all_of(turning.begin(), turning.end(), is_number)) rotation_rounding_.look(turning, rate_hz_);
    else rotation_rounding_.interrupt();
  }
}

/// Acceleration is rounded so coarsely that the gyroscope is asked as well.
bool Preparation::is_coarse() const { return static_cast<double>(acceleration_step()) >= settings_.candidates.coarse_step_g; }

/// As the readings show it. Where they never change it cannot be seen: then a browser's is taken.
float Preparation::acceleration_step() const { return acceleration_rounding_.flat() ? kBrowserStep_g : acceleration_rounding_.step(); }

/// Made anew only where the band is another: fitted rates of the stretches of one recording differ in their last digits.
std::shared_ptr<const JerkForms> Preparation::forms_for(double rate_hz) {
  constexpr double kSteps_per_hz = 4.0;
  const double top_hz = std::round(kSteps_per_hz * std::min(settings_.conditioning.band_high_hz, 0.45 * rate_hz)) / kSteps_per_hz;
  const double frame_hz = Conditioner::working_rate(rate_hz);
  if (forms_ && forms_->split.top_hz == top_hz && forms_->rate_hz == frame_hz) return forms_;
  return std::make_shared<const JerkForms>(dsp::MovementSplit{settings_.conditioning.split_half_s, top_hz}, frame_hz, settings_.stages);
}

/// The held samples as a step; with an end also what follows from there being no more.
void Preparation::give(Prepared::Kind kind, Prepared& out) {
  Prepared::Step step{.kind = kind, .start_s = start_s_, .rate_hz = rate_hz_, .forms = {}, .least_step_g = std::exchange(least_step_, kNoStep)};
  const std::size_t frames = out.frames.count();
  if (conditioner_) {
    if (input_.has_rotation) step.acceleration_step_g = acceleration_step();
    const bool rotation_wanted = input_.has_rotation && is_coarse();
    step.swing_step_g = static_cast<float>(static_cast<double>(rotation_rounding_.step()) * conditioner_->swing_noise_gain());
    if (!held_[0].empty()) conditioner_->push(held_[0], held_[1], held_[2], {held_rotation_[0], held_rotation_[1], held_rotation_[2]}, rotation_wanted, out.frames);
    if (kind == Prepared::Kind::End) conditioner_->finish(rotation_wanted, out.frames);
    step.frames = out.frames.count() - frames;
  }
  for (Axes* axes : {&held_, &held_rotation_})
    for (auto& axis : *axes) axis.clear();
  step.spikes = held_times_.spikes.size();
  step.saturated = held_times_.saturated.size();
  out.times.spikes.insert(out.times.spikes.end(), held_times_.spikes.begin(), held_times_.spikes.end());
  out.times.saturated.insert(out.times.saturated.end(), held_times_.saturated.begin(), held_times_.saturated.end());
  held_times_.spikes.clear();
  held_times_.saturated.clear();
  add_step(std::move(step), frames, out);
}

void Preparation::add_step(Prepared::Step step, std::size_t first_frame, Prepared& out) {
  if (comparison_) comparison_->add(step, first_frame, out);
  out.steps.push_back(std::move(step));
}

/// Not-a-number ends the stretch at that sample; what follows is a stretch of its own.
void Preparation::skip_sample(Prepared& out) {
  const double next_s = start_s_ + static_cast<double>(received_ + 1) / rate_hz_;
  end_segment(out);
  start_s_ = next_s;
  received_ = 0;
}

}  // namespace klono::detection

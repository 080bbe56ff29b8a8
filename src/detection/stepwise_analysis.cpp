#include "detection/stepwise_analysis.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace klono {
namespace {

DetectorInput input_of(const Recording& recording, const std::array<const Channel*, 3>& channels, bool has_rotation) {
  return {recording.has_gravity && channels[1] != nullptr, recording.range_g, has_rotation};
}

constexpr std::int64_t kMostAtOnce = 1 << 16;  // decoded at a time: bounded memory

constexpr float kDegreesInRadian = 57.29578F;

bool turns_in(const Channel* channel, std::string_view unit) { return channel != nullptr && channel->unit == unit; }

}  // namespace

std::array<const Channel*, 3> rotation_channels(const Recording& recording) {
  const std::array<const Channel*, 3> axes{recording.find(ChannelRole::RotationX), recording.find(ChannelRole::RotationY),
                                           recording.find(ChannelRole::RotationZ)};
  for (const std::string_view unit : {"deg/s", "rad/s"})
    if (std::ranges::all_of(axes, [&](const Channel* axis) { return turns_in(axis, unit); })) return axes;
  return {};
}

std::array<const Channel*, 3> movement_channels(const Recording& recording) {
  const std::array<const Channel*, 3> axes{recording.find(ChannelRole::AccelerationX), recording.find(ChannelRole::AccelerationY),
                                           recording.find(ChannelRole::AccelerationZ)};
  if (std::ranges::none_of(axes, [](const Channel* axis) { return axis == nullptr; })) return axes;
  return {recording.find(ChannelRole::AccelerationMagnitude), nullptr, nullptr};
}

std::optional<Task> task_of(const Recording& recording, const Segment& segment) {
  // No segment crosses the ends of a part, so that its middle tells, whatever the last digit of its ends.
  const double middle_s = 0.5 * (segment.start_s + segment.end_s());
  for (const Block& block : recording.blocks)
    if (block.span.contains(middle_s)) return block.task;
  return std::nullopt;
}

StepwiseAnalysis::StepwiseAnalysis(const Recording& recording, const DetectorSettings& settings, Listener listener)
    : recording_(recording),
      channels_(movement_channels(recording)),
      rotation_(rotation_channels(recording)),
      samples_(recording, std::array{channels_[0], channels_[1], channels_[2], rotation_[0], rotation_[1], rotation_[2]}),
      listener_(std::move(listener)),
      detector_(settings, input_of(recording, channels_, rotation_[0] != nullptr)) {
  if (!recording.blocks.empty()) detector_.set_guided();
}

bool StepwiseAnalysis::step(std::int64_t most_samples) {
  if (channels_[0] == nullptr) return false;
  while (most_samples > 0 && segment_ < recording_.segments.size()) {
    const Segment& segment = recording_.segments[segment_];
    if (!inside_) {
      detector_.begin_segment(segment.start_s, segment.rate_hz, task_of(recording_, segment));
      next_ = segment.first_index;
      inside_ = true;
    }
    const std::int64_t count = std::min({most_samples, segment.end_index() - next_, kMostAtOnce});
    samples_.read(next_, next_ + count);
    const std::array<std::span<const float>, 3> axes{samples_[0], samples_[1], samples_[2]};
    if (listener_) listener_(segment, next_, axes);
    nothing_.resize(channels_[1] == nullptr ? std::max(nothing_.size(), static_cast<std::size_t>(count)) : 0);
    const auto part = [&](std::size_t k) {
      return channels_[k] == nullptr ? std::span<const float>(nothing_).first(static_cast<std::size_t>(count)) : axes[k];
    };
    detector_.push(part(0), part(1), part(2), rotation_part(count));
    next_ += count;
    most_samples -= count;
    if (next_ < segment.end_index()) continue;
    detector_.end_segment();
    inside_ = false;
    ++segment_;
  }
  return segment_ < recording_.segments.size();
}

std::array<std::span<const float>, 3> StepwiseAnalysis::rotation_part(std::int64_t count) {
  std::array<std::span<const float>, 3> parts;
  if (rotation_[0] == nullptr) return parts;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    parts[axis] = samples_[3 + axis];
    if (!turns_in(rotation_[axis], "rad/s")) continue;
    degrees_[axis].resize(static_cast<std::size_t>(count));
    std::ranges::transform(parts[axis], degrees_[axis].begin(), [](float value) { return kDegreesInRadian * value; });
    parts[axis] = degrees_[axis];
  }
  return parts;
}

double StepwiseAnalysis::analysed_s() const {
  if (segment_ >= recording_.segments.size()) return recording_.duration_s();
  return inside_ ? recording_.segments[segment_].time_of(next_) : recording_.segments[segment_].start_s;
}

Analysis StepwiseAnalysis::finish() {
  if (inside_) detector_.end_segment();
  inside_ = false;
  if (channels_[0] != nullptr) detector_.finish();
  return detector_.analysis();
}

Analysis analyse(const Recording& recording, const DetectorSettings& settings) {
  StepwiseAnalysis analysis(recording, settings);
  while (analysis.step(std::numeric_limits<std::int64_t>::max())) {
  }
  return analysis.finish();
}

}  // namespace klono

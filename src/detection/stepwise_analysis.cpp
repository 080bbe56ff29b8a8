#include "detection/stepwise_analysis.hpp"

#include <algorithm>
#include <limits>

namespace klono {
namespace {

DetectorInput input_of(const Recording& recording, const std::array<const Channel*, 3>& channels, bool has_rotation) {
  return {recording.has_gravity && channels[1] != nullptr, recording.range_g, has_rotation};
}

}  // namespace

std::array<const Channel*, 3> movement_channels(const Recording& recording) {
  const std::array<const Channel*, 3> axes{recording.find(ChannelRole::AccelerationX), recording.find(ChannelRole::AccelerationY),
                                           recording.find(ChannelRole::AccelerationZ)};
  if (std::ranges::none_of(axes, [](const Channel* axis) { return axis == nullptr; })) return axes;
  return {recording.find(ChannelRole::AccelerationMagnitude), nullptr, nullptr};
}

std::array<const Channel*, 3> rotation_channels(const Recording& recording) {
  const std::array<const Channel*, 3> axes{recording.find(ChannelRole::RotationX), recording.find(ChannelRole::RotationY),
                                           recording.find(ChannelRole::RotationZ)};
  if (std::ranges::all_of(axes, [](const Channel* axis) { return axis != nullptr && axis->unit == "deg/s"; })) return axes;
  return {};
}

std::optional<Task> task_of(const Recording& recording, const Segment& segment) {
  // No segment crosses the ends of a part, so that its middle tells, whatever the last digit of its ends.
  const double middle_s = 0.5 * (segment.start_s + segment.end_s());
  for (const Block& block : recording.blocks)
    if (block.span.contains(middle_s)) return block.task;
  return std::nullopt;
}

StepwiseAnalysis::StepwiseAnalysis(const Recording& recording, const DetectorSettings& settings)
    : recording_(recording),
      channels_(movement_channels(recording)),
      rotation_(rotation_channels(recording)),
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
    const std::int64_t count = std::min(most_samples, segment.end_index() - next_);
    nothing_.resize(channels_[1] == nullptr ? std::max(nothing_.size(), static_cast<std::size_t>(count)) : 0);
    const auto samples = [&](const Channel& channel) {
      return std::span<const float>(channel.samples).subspan(static_cast<std::size_t>(next_), static_cast<std::size_t>(count));
    };
    const auto part = [&](const Channel* channel) {
      return channel == nullptr ? std::span<const float>(nothing_).first(static_cast<std::size_t>(count)) : samples(*channel);
    };
    std::array<std::span<const float>, 3> rotation;
    for (std::size_t axis = 0; axis < 3 && rotation_[axis] != nullptr; ++axis) rotation[axis] = samples(*rotation_[axis]);
    detector_.push(part(channels_[0]), part(channels_[1]), part(channels_[2]), rotation);
    next_ += count;
    most_samples -= count;
    if (next_ < segment.end_index()) continue;
    detector_.end_segment();
    inside_ = false;
    ++segment_;
  }
  return segment_ < recording_.segments.size();
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

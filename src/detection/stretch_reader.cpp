#include "detection/stretch_reader.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace klono {
namespace {

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

StretchReader::StretchReader(const Recording& recording, StretchListener listener)
    : recording_(recording),
      channels_(movement_channels(recording)),
      rotation_(rotation_channels(recording)),
      samples_(recording, std::array{channels_[0], channels_[1], channels_[2], rotation_[0], rotation_[1], rotation_[2]}),
      listener_(std::move(listener)) {
  if (recording.blocks.empty() && recording.has_gravity && channels_[1] != nullptr) rest_.emplace();
}

DetectorInput StretchReader::input() const { return {recording_.has_gravity && channels_[1] != nullptr, recording_.range_g, rotation_[0] != nullptr}; }

std::optional<Stretch> StretchReader::next(std::int64_t most_samples) {
  if (!has_more()) return std::nullopt;
  const Segment& segment = recording_.segments[segment_];
  Stretch stretch;
  stretch.segment = &segment;
  stretch.first = !inside_;
  if (!std::exchange(inside_, true)) next_ = segment.first_index;
  const std::int64_t count = std::min({most_samples, segment.end_index() - next_, kMostAtOnce});
  samples_.read(next_, next_ + count);
  stretch.axes = {samples_[0], samples_[1], samples_[2]};
  if (rest_ && stretch.first) rest_->begin_segment(segment.start_s, segment.rate_hz);
  if (rest_) rest_->push(stretch.axes);
  if (listener_) listener_(segment, next_, stretch.axes);
  if (channels_[1] == nullptr) {
    nothing_.resize(std::max(nothing_.size(), static_cast<std::size_t>(count)));
    stretch.axes[1] = stretch.axes[2] = std::span<const float>(nothing_).first(static_cast<std::size_t>(count));
  }
  stretch.rotation = rotation_part(count);
  next_ += count;
  stretch.last = next_ >= segment.end_index();
  if (stretch.last) {
    inside_ = false;
    ++segment_;
  }
  return stretch;
}

std::array<std::span<const float>, 3> StretchReader::rotation_part(std::int64_t count) {
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

RestEstimate StretchReader::rest() {
  RestEstimate rest;
  if (rest_) {
    rest_->end_segment();
    rest.long_rests = rest_->long_rests();
  }
  if (const auto marked_s = marked_sleep_onset(recording_.annotations)) {
    rest.onsets.push_back({*marked_s, OnsetSource::File});
    return rest;
  }
  for (const TimeSpan& span : rest.long_rests) rest.onsets.push_back({span.begin_s, OnsetSource::Estimate});
  return rest;
}

double StretchReader::read_s() const {
  if (segment_ >= recording_.segments.size()) return recording_.duration_s();
  return inside_ ? recording_.segments[segment_].time_of(next_) : recording_.segments[segment_].start_s;
}

}  // namespace klono

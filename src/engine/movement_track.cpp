#include "engine/movement_track.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "detection/stepwise_analysis.hpp"

namespace klono::engine {
namespace {

constexpr std::int64_t kAtOnce = 1 << 16;

bool all_finite(const std::array<const Channel*, 3>& channels, std::int64_t index) {
  return std::ranges::all_of(channels, [&](const Channel* channel) {
    return channel == nullptr || std::isfinite(channel->samples[static_cast<std::size_t>(index)]);
  });
}

}  // namespace

MovementTrack::MovementTrack(const Recording& recording, const dsp::MovementSplit& split) : split_(split) {
  for (std::vector<float>& axis : axes_)
    axis.assign(static_cast<std::size_t>(recording.num_samples()), std::numeric_limits<float>::quiet_NaN());
  find_runs(recording);
}

void MovementTrack::find_runs(const Recording& recording) {
  const std::array<const Channel*, 3> channels = movement_channels(recording);
  if (channels[0] == nullptr) return;
  for (const Segment& segment : recording.segments) {
    std::int64_t first = segment.first_index;
    for (std::int64_t i = segment.first_index; i <= segment.end_index(); ++i) {
      if (i < segment.end_index() && all_finite(channels, i)) continue;
      if (i > first) runs_.push_back({first, i, segment.rate_hz});
      first = i + 1;
    }
  }
}

bool MovementTrack::step(const Recording& recording, std::int64_t most_samples) {
  while (most_samples > 0 && run_ < runs_.size()) {
    const Run& run = runs_[run_];
    if (next_ < run.first) next_ = run.first;
    const std::int64_t end = std::min(run.end, next_ + std::min(most_samples, kAtOnce));
    make(recording, run, next_, end);
    most_samples -= end - next_;
    next_ = end;
    if (end == run.end) ++run_;
  }
  if (run_ < runs_.size()) return true;
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) pyramids_[axis] = view::Pyramid(axes_[axis]);
  return false;
}

void MovementTrack::make(const Recording& recording, const Run& run, std::int64_t begin, std::int64_t end) {
  const auto half = static_cast<std::int64_t>((dsp::movement_kernel(split_, run.rate_hz).size() - 1) / 2);
  const std::int64_t from = std::max(run.first, begin - half);
  const std::int64_t to = std::min(run.end, end + half);
  const std::array<const Channel*, 3> channels = movement_channels(recording);
  for (std::size_t axis = 0; axis < channels.size(); ++axis) {
    if (channels[axis] == nullptr) continue;
    const auto around = std::span<const float>(channels[axis]->samples).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    const std::vector<float> movement = dsp::movement_of(around, run.rate_hz, split_);
    std::copy(movement.begin() + (begin - from), movement.begin() + (end - from), axes_[axis].begin() + begin);
  }
}

MovementTrack movement_track_of(const Recording& recording, const dsp::MovementSplit& split) {
  MovementTrack track(recording, split);
  while (track.step(recording, std::numeric_limits<std::int64_t>::max())) {
  }
  return track;
}

}  // namespace klono::engine

#include "engine/movement_track.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/clip.hpp"
#include "signal/sample_reader.hpp"

namespace klono::engine {
namespace {

constexpr std::int64_t kManyGroups = 4;  // in a column: its edges may be those of groups

using Axes = std::array<std::span<const float>, 3>;

bool finite_at(const Axes& axes, std::size_t i) {
  return std::ranges::all_of(axes, [&](std::span<const float> axis) { return axis.empty() || std::isfinite(axis[i]); });
}

/// Calls `run(begin, end)` for stretches of finite samples and `hole(count)` for those between, in order.
template <class Run, class Hole>
void split_at_holes(const Axes& axes, Run run, Hole hole) {
  const std::size_t size = axes[0].size();
  for (std::size_t at = 0; at < size;) {
    std::size_t end = at;
    while (end < size && finite_at(axes, end)) ++end;
    if (end > at) run(at, end);
    at = end;
    while (end < size && !finite_at(axes, end)) ++end;
    if (end > at) hole(end - at);
    at = end;
  }
}

std::vector<float> lengths(const MotionWindow& movement) {
  std::vector<float> length(movement[0].size());
  for (std::size_t i = 0; i < length.size(); ++i) {
    float squares = movement[0][i] * movement[0][i];
    for (std::size_t axis = 1; axis < 3; ++axis)
      if (!std::isnan(movement[axis][i])) squares += movement[axis][i] * movement[axis][i];
    length[i] = std::sqrt(squares);
  }
  return length;
}

MotionWindow recorded_window(const Recording& recording, std::int64_t begin, std::int64_t end) {
  const auto channels = movement_channels(recording);
  SampleReader reader(recording, channels);
  reader.read(begin, end);
  MotionWindow window;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (channels[axis] != nullptr) window[axis].assign(reader[axis].begin(), reader[axis].end());
    else window[axis].assign(static_cast<std::size_t>(end - begin), kNone);
  }
  return window;
}

}  // namespace

void MovementTrack::take(const Segment& segment, std::int64_t begin, const std::array<std::span<const float>, 3>& axes) {
  if (begin == segment.first_index) end_run();
  has_axes_ = !axes[1].empty();
  MotionWindow made;
  split_at_holes(
      axes,
      [&](std::size_t from, std::size_t to) {
        if (!run_) {
          const dsp::MovementStream fresh(split_, segment.rate_hz);
          run_ = {fresh, fresh, fresh};
        }
        for (auto& axis : made) axis.clear();
        const auto part = [&](std::size_t axis) { return axes[axis].subspan(from, to - from); };
        if (has_axes_) dsp::MovementStream::push_three({&(*run_)[0], &(*run_)[1], &(*run_)[2]}, {part(0), part(1), part(2)}, {&made[0], &made[1], &made[2]});
        else (*run_)[0].push(part(0), made[0]);
        add_movement(made);
      },
      [&](std::size_t count) {
        end_run();
        add_nothing(count);
      });
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (!axes[axis].empty()) recorded_[axis].append(axes[axis]);
}

void MovementTrack::end_run() {
  if (!run_) return;
  MotionWindow rest;
  for (std::size_t axis = 0; axis < 3; ++axis) (*run_)[axis].finish(rest[axis]);
  add_movement(rest);
  run_.reset();
}

void MovementTrack::finish() {
  end_run();
  for (std::size_t axis = 0; axis < 3; ++axis) {
    movement_[axis].finish();
    recorded_[axis].finish();
  }
  length_.finish();
}

void MovementTrack::add_movement(const MotionWindow& movement) {
  for (std::size_t axis = 0; axis < (has_axes_ ? 3U : 1U); ++axis) movement_[axis].append(movement[axis]);
  if (has_axes_) {
    length_.append(lengths(movement));
    return;
  }
  std::vector<float> length = movement[0];
  for (float& value : length) value = std::abs(value);
  length_.append(length);
}

void MovementTrack::add_nothing(std::size_t count) {
  const std::vector<float> nothing(count, kNone);
  for (view::Pyramid& axis : movement_) axis.append(nothing);
  length_.append(nothing);
}

MotionWindow MovementTrack::movement(const Recording& recording, std::int64_t begin, std::int64_t end) const {
  MotionWindow window;
  for (auto& axis : window) axis.assign(static_cast<std::size_t>(std::max<std::int64_t>(0, end - begin)), kNone);
  const auto channels = movement_channels(recording);
  if (channels[0] == nullptr) return window;
  SampleReader reader(recording, channels);
  std::vector<float> made;
  for (const Segment& segment : recording.segments) {
    const std::int64_t from = std::max(begin, segment.first_index);
    const std::int64_t to = std::min(end, segment.end_index());
    if (from >= to) continue;
    const std::int64_t half = dsp::movement_reach(split_, segment.rate_hz);
    const std::int64_t wide_from = std::max(segment.first_index, from - half);
    const std::int64_t wide_to = std::min(segment.end_index(), to + half);
    reader.read(wide_from, wide_to);
    const Axes axes{reader[0], reader[1], reader[2]};
    std::int64_t at = wide_from;
    split_at_holes(
        axes,
        [&](std::size_t run_from, std::size_t run_to) {
          const std::int64_t run_end = at + static_cast<std::int64_t>(run_to - run_from);
          const std::int64_t first = std::max(at, from);
          const std::int64_t last = std::min(run_end, to);
          for (std::size_t axis = 0; axis < 3 && first < last; ++axis) {
            if (axes[axis].empty()) continue;
            made = dsp::movement_of(axes[axis].subspan(run_from, run_to - run_from), segment.rate_hz, split_);
            std::copy(made.begin() + (first - at), made.begin() + (last - at), window[axis].begin() + (first - begin));
          }
          at = run_end;
        },
        [&](std::size_t count) { at += static_cast<std::int64_t>(count); });
  }
  return window;
}

std::vector<float> MovementTrack::columns(const Recording& recording, protocol::TraceMode mode, double begin_s, double end_s, std::uint32_t columns) const {
  const bool recorded = mode == protocol::TraceMode::AsRecorded;
  const Clip clip = clip_of(recording, begin_s, end_s);
  const bool coarse = clip.end - clip.first > kManyGroups * view::Pyramid::kGroup * static_cast<std::int64_t>(columns);
  MotionWindow window;
  if (!coarse) window = recorded ? recorded_window(recording, clip.first, clip.end) : movement(recording, clip.first, clip.end);
  std::vector<float> pairs;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::vector<float> part = coarse ? view::min_max_columns(recording, {}, recorded ? recorded_[axis] : movement_[axis], begin_s, end_s, columns)
                                           : view::min_max_columns(clip.view, window[axis], view::Pyramid(window[axis]), begin_s, end_s, columns);
    pairs.insert(pairs.end(), part.begin(), part.end());
  }
  return pairs;
}

std::vector<float> MovementTrack::peaks(const Recording& recording, std::uint32_t columns) const {
  const double end_s = recording.duration_s();
  const bool coarse = recording.num_samples() > kManyGroups * view::Pyramid::kGroup * static_cast<std::int64_t>(columns);
  std::vector<float> pairs;
  if (coarse) {
    pairs = view::min_max_columns(recording, {}, length_, 0.0, end_s, columns);
  } else {
    const std::vector<float> length = lengths(movement(recording, 0, recording.num_samples()));
    pairs = view::min_max_columns(recording, length, view::Pyramid(length), 0.0, end_s, columns);
  }
  std::vector<float> peaks(columns, kNone);
  for (std::size_t column = 0; column < peaks.size() && 2 * column + 1 < pairs.size(); ++column) peaks[column] = pairs[2 * column + 1];
  return peaks;
}

dsp::MovementSplit movement_split_of(const DetectorSettings& settings) {
  return {settings.conditioning.split_half_s, settings.conditioning.band_high_hz};
}

std::pair<Analysis, MovementTrack> analyse_with_movement(const Recording& recording, const DetectorSettings& settings) {
  MovementTrack track(movement_split_of(settings));
  StepwiseAnalysis stepwise(recording, settings, [&](const Segment& segment, std::int64_t begin, const auto& axes) { track.take(segment, begin, axes); });
  while (stepwise.step(std::numeric_limits<std::int64_t>::max())) {
  }
  track.finish();
  return {stepwise.finish(), std::move(track)};
}

}  // namespace klono::engine

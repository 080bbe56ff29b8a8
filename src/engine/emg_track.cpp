#include "engine/emg_track.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/clip.hpp"
#include "signal/sample_reader.hpp"

namespace klono::engine {
namespace {

constexpr std::int64_t kManyEmgGroups = 1;  // in a column: its edges may be those of groups

const Channel* emg_channel(const Recording& emg, std::size_t number) {
  for (const Channel& channel : emg.channels)
    if (channel.role == ChannelRole::Emg && number-- == 0) return &channel;
  return nullptr;
}

double rate_at(const Recording& emg, std::int64_t sample) {
  for (const Segment& segment : emg.segments)
    if (sample < segment.end_index()) return segment.rate_hz;
  return emg.rate_hz;
}

float largest(float low, float high) { return std::max(std::abs(low), std::abs(high)); }

}  // namespace

void EmgTrack::take(std::size_t channel, const EmgPlace& place, std::span<const float> signal) {
  if (channel >= lanes_.size()) lanes_.resize(channel + 1);
  Lane& lane = lanes_[channel];
  if (lane.stretches.empty() || lane.stretches.back().first != place.stretch) lane.stretches.push_back({place.stretch, place.first});
  if (place.first > lane.filled) lane.pyramid.append(std::vector<float>(static_cast<std::size_t>(place.first - lane.filled), kNone));
  lane.pyramid.append(signal);
  lane.filled = lane.stretches.back().end = place.first + static_cast<std::int64_t>(signal.size());
}

void EmgTrack::finish(const EmgAnalysis& analysis) {
  settings_ = analysis.settings;
  lanes_.resize(analysis.channels.size());
  for (std::size_t k = 0; k < lanes_.size(); ++k) {
    lanes_[k].pyramid.finish();
    lanes_[k].detail = analysis.channels[k].detail;
    lanes_[k].floor = analysis.channels[k].floor_uv;
  }
}

std::vector<float> EmgTrack::signal(const Recording& emg, std::size_t channel, std::int64_t begin, std::int64_t end) const {
  std::vector<float> made(static_cast<std::size_t>(std::max<std::int64_t>(0, end - begin)), kNone);
  const Channel* const samples = emg_channel(emg, channel);
  if (samples == nullptr || channel >= lanes_.size()) return made;
  SampleReader reader(emg, std::array{samples});
  const Lane& lane = lanes_[channel];
  auto stretch = std::ranges::upper_bound(lane.stretches, begin, {}, &Stretch::end);
  for (; stretch != lane.stretches.end() && stretch->first < end; ++stretch) {
    const double rate_hz = rate_at(emg, stretch->first);
    const std::int64_t step = emg_signal_step(rate_hz);
    const auto reach = static_cast<std::int64_t>(emg_signal_reach_s() * rate_hz);
    const std::int64_t from = std::max(begin, stretch->first);
    const std::int64_t to = std::min(end, stretch->end);
    const std::int64_t wide_from = stretch->first + std::max<std::int64_t>(0, from - reach - stretch->first) / step * step;
    const std::int64_t wide_to = std::min(to + reach, stretch->end);
    reader.read(wide_from, wide_to);
    const std::vector<float> wide = emg_signal(settings_, lane.detail, reader[0], rate_hz);
    std::copy(wide.begin() + (from - wide_from), wide.begin() + (to - wide_from), made.begin() + (from - begin));
  }
  return made;
}

std::vector<float> EmgTrack::columns(const Recording& emg, double begin_s, double end_s, std::uint32_t columns) const {
  const Clip clip = clip_of(emg, begin_s, end_s);
  const bool coarse = clip.end - clip.first > kManyEmgGroups * view::Pyramid::kGroup * static_cast<std::int64_t>(columns);
  std::vector<float> pairs;
  for (std::size_t k = 0; k < lanes_.size(); ++k) {
    std::vector<float> lane;
    if (coarse) {
      lane = view::min_max_columns(emg, {}, lanes_[k].pyramid, begin_s, end_s, columns);
    } else {
      const std::vector<float> window = signal(emg, k, clip.first, clip.end);
      lane = view::min_max_columns(clip.view, window, view::Pyramid(window), begin_s, end_s, columns);
    }
    pairs.insert(pairs.end(), lane.begin(), lane.end());
  }
  return pairs;
}

std::vector<float> EmgTrack::above_floor(const Recording& emg, std::uint32_t columns) const {
  std::vector<float> heights(columns, kNone);
  for (const Lane& lane : lanes_) {
    if (!(lane.floor > 0.0)) continue;
    // Of whole groups: an overview may be a group off.
    const std::vector<float> pairs = view::min_max_columns(emg, {}, lane.pyramid, 0.0, emg.duration_s(), columns);
    for (std::size_t i = 0; i < heights.size(); ++i) {
      const float height = largest(pairs[2 * i], pairs[2 * i + 1]) / static_cast<float>(lane.floor);
      if (!(height <= heights[i])) heights[i] = std::isnan(height) ? heights[i] : height;
    }
  }
  return heights;
}

}  // namespace klono::engine

#include "view/pyramid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dsp/lanes.hpp"

namespace klono::view {
namespace {

using MinMax = Pyramid::MinMax;

constexpr std::int64_t kFanOut = 4;  // groups in a group of the next level
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

/// Smallest and largest so far. Comparisons with NaN are false, so NaN never enters.
struct Running {
  float min = std::numeric_limits<float>::infinity();
  float max = -std::numeric_limits<float>::infinity();

  void add(float low, float high) {
    min = low < min ? low : min;
    max = high > max ? high : max;
  }
  bool any() const { return min <= max; }
  MinMax value() const { return any() ? MinMax{min, max} : MinMax{kNone, kNone}; }
};

void add_samples(Running& running, std::span<const float> samples, std::int64_t begin, std::int64_t end) {
  const std::span<const float> part = samples.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  std::size_t i = 0;
  if (part.size() >= dsp::kLanes) {
    // As Running, of every fourth sample each.
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    dsp::Lanes min = {kInfinity, kInfinity, kInfinity, kInfinity};
    dsp::Lanes max = -min;
    for (; i + dsp::kLanes <= part.size(); i += dsp::kLanes) {
      const dsp::Lanes some = dsp::load(&part[i]);
      min = dsp::smaller(min, some);
      max = dsp::larger(max, some);
    }
    for (std::size_t lane = 0; lane < dsp::kLanes; ++lane) running.add(min[lane], max[lane]);
  }
  for (; i < part.size(); ++i) running.add(part[i], part[i]);
}

const MinMax& at(const std::vector<MinMax>& level, std::int64_t group) {
  return level[static_cast<std::size_t>(group)];
}

std::vector<MinMax> level_above(const std::vector<MinMax>& below) {
  const auto count = static_cast<std::int64_t>(below.size());
  std::vector<MinMax> level;
  level.reserve(static_cast<std::size_t>((count + kFanOut - 1) / kFanOut));
  for (std::int64_t begin = 0; begin < count; begin += kFanOut) {
    Running running;
    for (std::int64_t i = begin; i < std::min(begin + kFanOut, count); ++i)
      running.add(at(below, i).min, at(below, i).max);
    level.push_back(running.value());
  }
  return level;
}

/// First index of the segment whose time is at or after t_s; between first_index and end_index.
std::int64_t index_at_or_after(const Segment& segment, double t_s) {
  const double guess = std::ceil((t_s - segment.start_s) * segment.rate_hz);
  const double clamped = std::clamp(guess, 0.0, static_cast<double>(segment.count));
  std::int64_t index = segment.first_index + static_cast<std::int64_t>(clamped);
  // Rounding may have put the guess one sample off: the segment's own clock decides.
  while (index > segment.first_index && segment.time_of(index - 1) >= t_s) --index;
  while (index < segment.end_index() && segment.time_of(index) < t_s) ++index;
  return index;
}

/// Value at t_s between two neighbours of one segment; NaN where a neighbour is missing.
float interpolated(const Segment& segment, std::span<const float> samples, double t_s) {
  const std::int64_t after = std::min(index_at_or_after(segment, t_s), segment.end_index() - 1);
  const std::int64_t before = std::max(after - 1, segment.first_index);
  const double part = std::clamp((t_s - segment.time_of(before)) * segment.rate_hz, 0.0, 1.0);
  const auto low = static_cast<double>(samples[static_cast<std::size_t>(before)]);
  const auto high = static_cast<double>(samples[static_cast<std::size_t>(after)]);
  return before == after ? static_cast<float>(high) : static_cast<float>(low + (high - low) * part);
}

}  // namespace

Pyramid::Pyramid(std::span<const float> samples) {
  append(samples);
  finish();
}

void Pyramid::append(std::span<const float> samples) {
  if (levels_.empty()) levels_.emplace_back();
  const auto size = static_cast<std::int64_t>(samples.size());
  for (std::int64_t at = 0; at < size;) {
    const std::int64_t end = std::min(size, at + kGroup - count_ % kGroup);
    Running running;
    if (count_ % kGroup != 0) running.add(open_.min, open_.max);
    add_samples(running, samples, at, end);
    count_ += end - at;
    at = end;
    open_ = running.value();
    if (count_ % kGroup == 0) levels_.front().push_back(open_);
  }
}

void Pyramid::finish() {
  if (count_ % kGroup != 0) levels_.front().push_back(open_);
  while (!levels_.empty() && levels_.back().size() > 1) levels_.push_back(level_above(levels_.back()));
}

Pyramid::MinMax Pyramid::range(std::span<const float> samples, std::int64_t begin, std::int64_t end) const {
  begin = std::max<std::int64_t>(begin, 0);
  end = std::min(end, count_);
  if (begin >= end) return {kNone, kNone};
  if (samples.empty()) return groups(begin / kGroup, (end + kGroup - 1) / kGroup, {kNone, kNone});

  Running running;
  const std::int64_t first = (begin + kGroup - 1) / kGroup;
  const std::int64_t last = end / kGroup;
  if (first >= last) {
    add_samples(running, samples, begin, end);
    return running.value();
  }
  add_samples(running, samples, begin, first * kGroup);
  add_samples(running, samples, last * kGroup, end);
  return groups(first, last, running.value());
}

/// Of `start` and of the groups [first, last) of level 0.
Pyramid::MinMax Pyramid::groups(std::int64_t first, std::int64_t last, MinMax start) const {
  Running running;
  running.add(start.min, start.max);
  for (const std::vector<MinMax>& level : levels_) {
    const auto take = [&](std::int64_t group) { running.add(at(level, group).min, at(level, group).max); };
    for (; first < last && first % kFanOut != 0; ++first) take(first);
    for (; first < last && last % kFanOut != 0; --last) take(last - 1);
    if (first >= last) break;
    first /= kFanOut;
    last /= kFanOut;
  }
  return running.value();
}

std::vector<float> min_max_columns(const Recording& recording, std::span<const float> samples, const Pyramid& pyramid,
                                   double begin_s, double end_s, std::uint32_t columns) {
  std::vector<float> pairs(std::size_t{2} * columns, kNone);
  if (!(end_s > begin_s)) return pairs;
  const auto edge = [&](std::uint32_t column) {
    return begin_s + (end_s - begin_s) * static_cast<double>(column) / static_cast<double>(columns);
  };

  auto segment = recording.segments.begin();
  for (std::uint32_t column = 0; column < columns; ++column) {
    const double from = edge(column);
    const double until = edge(column + 1);
    const double middle = 0.5 * (from + until);
    while (segment != recording.segments.end() && segment->end_s() <= from) ++segment;

    Running running;
    std::int64_t found = 0;
    float between = kNone;
    for (auto part = segment; part != recording.segments.end() && part->start_s < until; ++part) {
      const std::int64_t first = index_at_or_after(*part, from);
      const std::int64_t last = index_at_or_after(*part, until);
      if (first < last) {
        found += last - first;
        const MinMax extent = pyramid.range(samples, first, last);
        running.add(extent.min, extent.max);
      } else if (!samples.empty() && part->count > 0 && middle >= part->start_s && middle < part->end_s()) {
        between = interpolated(*part, samples, middle);
      }
    }
    if (found == 0) running.add(between, between);
    pairs[std::size_t{2} * column] = running.value().min;
    pairs[std::size_t{2} * column + 1] = running.value().max;
  }
  return pairs;
}

}  // namespace klono::view

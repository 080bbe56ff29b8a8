#include "synth/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "synth/random.hpp"

namespace klono::synth {
namespace {

constexpr int kLongestDropRun = 5;
constexpr double kLargestJitterShare = 0.45;  // of a period, so that time keeps increasing

/// Tells, sample by sample, whether it is lost.
class DropRuns {
 public:
  DropRuns(const SyntheticSpec& spec) : random_(spec.seed, stream::kDrops) {
    const double fraction = std::clamp(spec.dropped_fraction, 0.0, 0.9);
    const double mean_run = 0.5 * (1 + kLongestDropRun);
    start_probability_ = fraction / (mean_run * (1.0 - fraction));
  }

  bool next_is_lost() {
    if (start_probability_ <= 0.0) return false;
    if (left_ == 0) {
      // One kept sample between runs keeps the lost share at what was asked for.
      if (!just_ended_ && random_.uniform() < start_probability_) left_ = random_.between(1, kLongestDropRun);
      just_ended_ = false;
      if (left_ == 0) return false;
    }
    just_ended_ = --left_ == 0;
    return true;
  }

 private:
  Random random_;
  double start_probability_ = 0.0;
  int left_ = 0;
  bool just_ended_ = false;
};

bool inside_any(const std::vector<TimeSpan>& spans, double t_s) {
  return std::any_of(spans.begin(), spans.end(), [t_s](const TimeSpan& span) { return span.contains(t_s); });
}

std::vector<double> sampling_times(const SyntheticSpec& spec) {
  const auto count = static_cast<std::int64_t>(std::floor(spec.duration_s * spec.rate_hz + 1e-9));
  Random jitter(spec.seed, stream::kJitter);
  DropRuns drops(spec);
  std::vector<double> times;
  times.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    const double nominal_s = static_cast<double>(i) / spec.rate_hz;
    double shift_s = 0.0;
    if (spec.jitter_s > 0.0) {
      const double largest_s = kLargestJitterShare / spec.rate_hz;
      shift_s = std::clamp(spec.jitter_s * jitter.normal(), -largest_s, largest_s);
    }
    if (drops.next_is_lost() || inside_any(spec.gaps, nominal_s)) continue;
    times.push_back(nominal_s + shift_s);
  }
  return times;
}

/// Least squares of time against index: start and rate of one segment.
Segment fitted_segment(const std::vector<double>& times, std::int64_t first, std::int64_t count, double nominal_hz) {
  const auto at = [&](std::int64_t i) { return times[static_cast<std::size_t>(first + i)]; };
  if (count < 3) return {.first_index = first, .count = count, .start_s = at(0), .rate_hz = nominal_hz};
  const double middle = 0.5 * static_cast<double>(count - 1);
  double mean_s = 0.0;
  for (std::int64_t i = 0; i < count; ++i) mean_s += at(i) / static_cast<double>(count);
  double cross_sum = 0.0;
  double square_sum = 0.0;
  for (std::int64_t i = 0; i < count; ++i) {
    const double k = static_cast<double>(i) - middle;
    cross_sum += k * (at(i) - mean_s);
    square_sum += k * k;
  }
  const double period_s = cross_sum / square_sum;
  return {.first_index = first, .count = count, .start_s = mean_s - middle * period_s, .rate_hz = 1.0 / period_s};
}

Segment even_segment(const std::vector<double>& times, std::int64_t first, std::int64_t count, double nominal_hz) {
  return {.first_index = first, .count = count, .start_s = times[static_cast<std::size_t>(first)], .rate_hz = nominal_hz};
}

void settle_clock(TimeAxis& axis) {
  const double origin_s = axis.segments.front().start_s;
  double weight_hz = 0.0;
  double previous_end_s = 0.0;
  for (std::size_t k = 0; k < axis.segments.size(); ++k) {
    Segment& segment = axis.segments[k];
    segment.start_s -= origin_s;
    if (k > 0) {
      segment.start_s = std::max(segment.start_s, previous_end_s);
      axis.gaps.push_back({.span = {previous_end_s, segment.start_s}, .reason = GapReason::Missing});
    }
    previous_end_s = segment.end_s();
    weight_hz += segment.rate_hz * static_cast<double>(segment.count);
  }
  axis.rate_hz = weight_hz / static_cast<double>(axis.true_s.size());
}

}  // namespace

double TimeAxis::recorded_from_true(double true_time_s) const {
  const auto recorded = [this](std::size_t i) {
    const auto index = static_cast<std::int64_t>(i);
    const auto after = std::upper_bound(segments.begin(), segments.end(), index,
                                        [](std::int64_t value, const Segment& s) { return value < s.first_index; });
    return std::prev(after)->time_of(index);
  };
  if (true_s.size() < 2) return true_time_s;
  const auto above = std::lower_bound(true_s.begin(), true_s.end(), true_time_s);
  const auto high = std::clamp<std::size_t>(static_cast<std::size_t>(above - true_s.begin()), 1, true_s.size() - 1);
  const double share = (true_time_s - true_s[high - 1]) / (true_s[high] - true_s[high - 1]);
  const double low_s = recorded(high - 1);
  return low_s + share * (recorded(high) - low_s);
}

TimeAxis make_time_axis(const SyntheticSpec& spec) {
  TimeAxis axis;
  if (!(spec.duration_s > 0.0) || !(spec.rate_hz > 0.0)) return axis;
  axis.true_s = sampling_times(spec);
  if (axis.true_s.empty()) return axis;
  const bool even = spec.jitter_s <= 0.0 && spec.dropped_fraction <= 0.0;
  const double period_s = 1.0 / spec.rate_hz;
  const double largest_step_s = std::max(3.0 * period_s, period_s + 0.05) + 1e-9;
  const auto total = static_cast<std::int64_t>(axis.true_s.size());
  std::int64_t first = 0;
  for (std::int64_t i = 1; i <= total; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (i < total && axis.true_s[at] - axis.true_s[at - 1] <= largest_step_s) continue;
    const auto make_segment = even ? even_segment : fitted_segment;
    axis.segments.push_back(make_segment(axis.true_s, first, i - first, spec.rate_hz));
    first = i;
  }
  settle_clock(axis);
  return axis;
}

TimeAxis time_axis_of(const Recording& recording) {
  TimeAxis axis;
  axis.segments = recording.segments;
  axis.gaps = recording.gaps;
  axis.rate_hz = recording.rate_hz;
  axis.true_s.reserve(static_cast<std::size_t>(recording.num_samples()));
  for (const Segment& segment : recording.segments)
    for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) axis.true_s.push_back(segment.time_of(i));
  return axis;
}

}  // namespace klono::synth

#include "patterns/time_bins.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "patterns/summary.hpp"

namespace klono::patterns {
namespace {

/// Round, and 24 at most over the recording.
double bin_width_s(double duration_s) {
  for (const double width : {900.0, 1800.0, 3600.0, 7200.0, 10800.0, 21600.0, 43200.0})
    if (duration_s <= 24.0 * width) return width;
  return 86400.0 * std::ceil(duration_s / (24.0 * 86400.0));
}

/// Seconds from the last round clock time before the start; 0 without a clock.
double offset_on_clock_s(const WallClock& start, double width_s) {
  if (start.basis == ClockBasis::None) return 0.0;
  const int zone_min = start.basis == ClockBasis::Utc ? std::clamp(start.offset_min.value_or(0), -1440, 1440) : 0;
  const double since_epoch_s = static_cast<double>(start.unix_ns) * 1e-9 + zone_min * 60.0;
  return since_epoch_s - std::floor(since_epoch_s / width_s) * width_s;
}

/// Analysable seconds inside a bin, given what could not be analysed.
double exposure_s(const TimeSpan& bin, std::span<const TimeSpan> without) {
  double exposure = bin.length_s();
  for (const TimeSpan& span : without) exposure -= std::max(0.0, std::min(span.end_s, bin.end_s) - std::max(span.begin_s, bin.begin_s));
  return exposure;
}

std::vector<double> brief_onsets(const Analysis& analysis, std::span<const Decision> decisions) {
  std::vector<double> onsets;
  for (std::size_t i = 0; i < analysis.events.size(); ++i) {
    const bool rejected = i < decisions.size() && decisions[i] == Decision::Rejected;
    if (!rejected && is_brief(analysis.events[i].event_class)) onsets.push_back(analysis.events[i].onset_s);
  }
  return onsets;
}

}  // namespace

std::vector<TimeSpan> without_analysis(const Analysis& analysis, std::span<const Gap> gaps, double duration_s) {
  std::vector<TimeSpan> all;
  for (const Mask& mask : analysis.masks) all.push_back(mask.span);
  for (const Gap& gap : gaps) all.push_back(gap.span);
  std::ranges::sort(all, {}, &TimeSpan::begin_s);
  std::vector<TimeSpan> merged;
  for (TimeSpan span : all) {
    span.begin_s = std::max(span.begin_s, 0.0);
    span.end_s = std::min(span.end_s, duration_s);
    if (!(span.end_s > span.begin_s)) continue;
    if (!merged.empty() && span.begin_s <= merged.back().end_s) merged.back().end_s = std::max(merged.back().end_s, span.end_s);
    else merged.push_back(span);
  }
  return merged;
}

std::vector<TimeBin> time_bins(const Analysis& analysis, std::span<const Decision> decisions, std::span<const Gap> gaps, const WallClock& start,
                               double duration_s) {
  const std::vector<TimeSpan> without = without_analysis(analysis, gaps, duration_s);
  const std::vector<double> onsets = brief_onsets(analysis, decisions);
  const double width_s = bin_width_s(duration_s);
  std::vector<TimeBin> bins;
  for (double at_s = -offset_on_clock_s(start, width_s); at_s < duration_s; at_s += width_s) {
    const TimeSpan span{std::max(0.0, at_s), std::min(at_s + width_s, duration_s)};
    const auto first = std::ranges::lower_bound(onsets, span.begin_s);
    const auto last = std::ranges::lower_bound(onsets, span.end_s);
    const double exposed_s = exposure_s(span, without);
    bins.push_back({span, poisson_rate(last - first, exposed_s < 1.0 ? 0.0 : exposed_s / 3600.0)});
  }
  return bins;
}

double highest_rate(std::span<const TimeBin> bins) {
  double highest = 0.0;
  for (const TimeBin& bin : bins)
    if (!bin.hollow()) highest = std::max(highest, bin.rate.per_hour);
  return highest;
}

}  // namespace klono::patterns

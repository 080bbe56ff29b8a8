#include "patterns/limb_rules.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "detection/limb_series.hpp"
#include "patterns/leg_pair.hpp"
#include "patterns/quantile.hpp"

namespace klono::patterns {
namespace {

LimbRuleFigures figures_of(LimbRule rule, const std::vector<TimeSpan>& movements, const detection::LimbRuns& runs, double hours) {
  LimbRuleFigures figures;
  figures.rule = rule;
  figures.runs = std::ssize(runs);
  std::int64_t members = 0;
  std::vector<double> intervals;
  for (const std::vector<std::size_t>& run : runs) {
    members += std::ssize(run);
    figures.spans.push_back({movements[run.front()].begin_s, movements[run.back()].end_s});
    figures.longest = std::max<std::int64_t>(figures.longest, std::ssize(run));
    for (std::size_t k = 1; k < run.size(); ++k) intervals.push_back(movements[run[k]].begin_s - movements[run[k - 1]].begin_s);
  }
  figures.in_series = poisson_rate(members, hours);
  figures.median_interval_s = quantile(std::move(intervals), 0.5);
  return figures;
}

std::array<LimbRuleFigures, 2> by_both(std::vector<TimeSpan> movements, const std::vector<TimeSpan>& breaks, double hours) {
  std::ranges::sort(movements, {}, &TimeSpan::begin_s);
  return {figures_of(LimbRule::Aasm, movements, detection::aasm_runs(movements, breaks), hours),
          figures_of(LimbRule::Wasm2016, movements, detection::wasm_runs(movements, breaks), hours)};
}

/// Leg movements of one channel with what ends a run, sorted by onset.
std::vector<TimeSpan> movements_of(const EmgChannelAnalysis& channel) {
  std::vector<TimeSpan> movements = channel.longer_activity;
  for (const EmgLimbMovement& movement : channel.limb_movements) movements.push_back({movement.onset_s, movement.onset_s + movement.duration_s});
  for (const EmgMask& mask : channel.masks)
    if (mask.span.length_s() > detection::kLongestLimb_s) movements.push_back(mask.span);
  std::ranges::sort(movements, {}, &TimeSpan::begin_s);
  return movements;
}

/// Every stretch of data begins and ends with such a mask, so that they tell where data is missing.
bool is_end_of_data(Reason reason) { return reason == Reason::Settling || reason == Reason::EdgeOfData; }

}  // namespace

std::string_view name_of(LimbRule rule) { return rule == LimbRule::Aasm ? "aasm" : "wasm_2016"; }

std::array<LimbRuleFigures, 2> limb_rules(const Analysis& analysis, std::span<const Decision> decisions) {
  std::vector<TimeSpan> movements;
  std::vector<TimeSpan> breaks;
  for (std::size_t i = 0; i < analysis.events.size(); ++i) {
    const Event& event = analysis.events[i];
    const bool rejected = i < decisions.size() && decisions[i] == Decision::Rejected;
    if (!rejected && event.event_class == EventClass::LimbMovement) movements.push_back({event.onset_s, event.onset_s + event.duration_s});
  }
  for (const Event& event : analysis.not_counted)
    if (event.duration_s > detection::kLongestLimb_s) movements.push_back({event.onset_s, event.onset_s + event.duration_s});
  for (const Mask& mask : analysis.masks) {
    if (is_end_of_data(mask.reason)) breaks.push_back(mask.span);
    else if (mask.span.length_s() > detection::kLongestLimb_s) movements.push_back(mask.span);
  }
  return by_both(std::move(movements), breaks, analysis.analysable_s / 3600.0);
}

std::array<LimbRuleFigures, 2> limb_rules(const EmgChannelAnalysis& channel) { return by_both(movements_of(channel), {}, channel.analysable_s / 3600.0); }

std::array<LimbRuleFigures, 2> limb_rules(const EmgAnalysis& emg, const LegPair& legs) {
  const std::vector<TimeSpan> first = movements_of(emg.channels[legs.first]);
  const std::vector<TimeSpan> second = movements_of(emg.channels[legs.second]);
  const double hours = std::min(emg.channels[legs.first].analysable_s, emg.channels[legs.second].analysable_s) / 3600.0;
  const std::vector<TimeSpan> by_aasm = detection::both_legs_aasm(first, second);
  const std::vector<TimeSpan> by_wasm = detection::both_legs_wasm(first, second);
  return {figures_of(LimbRule::Aasm, by_aasm, detection::aasm_runs(by_aasm, {}), hours), figures_of(LimbRule::Wasm2016, by_wasm, detection::wasm_runs(by_wasm, {}), hours)};
}

}  // namespace klono::patterns

#include "detection/limb_series.hpp"

#include <algorithm>
#include <utility>

namespace klono::detection {
namespace {

bool broken(std::span<const TimeSpan> breaks, double from_s, double until_s) {
  const auto next = std::ranges::upper_bound(breaks, from_s, {}, &TimeSpan::begin_s);
  return next != breaks.end() && next->begin_s < until_s;
}

void close(LimbRuns& runs, std::vector<std::size_t>& run, double members) {
  std::vector<std::size_t> closed = std::exchange(run, {});
  if (static_cast<double>(closed.size()) >= members) runs.push_back(std::move(closed));
}

bool is_limb_movement(const TimeSpan& movement) { return movement.length_s() >= kShortestLimb_s && movement.length_s() <= kLongestLimb_s; }

struct OfLeg {
  TimeSpan span;
  int leg = 0;
};

std::vector<OfLeg> in_order(std::span<const TimeSpan> one, std::span<const TimeSpan> other) {
  std::vector<OfLeg> all;
  for (const TimeSpan& span : one) all.push_back({span, 0});
  for (const TimeSpan& span : other) all.push_back({span, 1});
  std::ranges::sort(all, {}, [](const OfLeg& movement) { return std::pair(movement.span.begin_s, movement.leg); });
  return all;
}

}  // namespace

std::vector<TimeSpan> both_legs_aasm(std::span<const TimeSpan> one, std::span<const TimeSpan> other) {
  constexpr double kOnsetsWithin_s = 5.0;
  std::vector<TimeSpan> both;
  const OfLeg* last = nullptr;  // limb movement that the next may be one with
  const std::vector<OfLeg> all = in_order(one, other);
  for (const OfLeg& movement : all) {
    const bool is_same = last != nullptr && is_limb_movement(movement.span) && movement.leg != last->leg && movement.span.begin_s - last->span.begin_s < kOnsetsWithin_s;
    if (is_same) continue;
    both.push_back(movement.span);
    if (is_limb_movement(movement.span)) last = &movement;
  }
  return both;
}

std::vector<TimeSpan> both_legs_wasm(std::span<const TimeSpan> one, std::span<const TimeSpan> other) {
  constexpr double kApart_s = 0.5;
  constexpr double kLongestBoth_s = 15.0;
  constexpr int kMostParts = 4;
  std::vector<TimeSpan> both;
  int parts = 0;
  bool any_long = false;
  const auto settle = [&] {
    if (!both.empty() && parts > 1 && parts <= kMostParts && !any_long && both.back().length_s() <= kLongestBoth_s)
      both.back().end_s = std::min(both.back().end_s, both.back().begin_s + kLongestLimb_s);
  };
  double end_s = 0.0;
  for (const OfLeg& movement : in_order(one, other)) {
    if (!both.empty() && movement.span.begin_s - end_s < kApart_s) {
      ++parts;
      end_s = std::max(end_s, movement.span.end_s);
      both.back().end_s = end_s;
    } else {
      settle();
      both.push_back(movement.span);
      end_s = movement.span.end_s;
      parts = 1;
      any_long = false;
    }
    any_long = any_long || movement.span.length_s() > kLongestLimb_s;
  }
  settle();
  return both;
}

LimbRuns aasm_runs(std::span<const TimeSpan> movements, std::span<const TimeSpan> breaks, const AasmSeries& limits) {
  LimbRuns runs;
  std::vector<std::size_t> run;
  for (std::size_t i = 0; i < movements.size(); ++i) {
    if (!is_limb_movement(movements[i])) continue;
    if (!run.empty()) {
      const double last_s = movements[run.back()].begin_s;
      const double interval_s = movements[i].begin_s - last_s;
      const bool apart = interval_s > limits.interval_high_s || broken(breaks, last_s, movements[i].begin_s);
      if (!apart && interval_s < limits.interval_low_s) continue;
      if (apart) close(runs, run, limits.members);
    }
    run.push_back(i);
  }
  close(runs, run, limits.members);
  return runs;
}

LimbRuns wasm_runs(std::span<const TimeSpan> movements, std::span<const TimeSpan> breaks) {
  constexpr double kIntervalLow_s = 10.0;
  constexpr double kIntervalHigh_s = 90.0;
  constexpr double kMembers = 4.0;
  LimbRuns runs;
  std::vector<std::size_t> run;
  for (std::size_t i = 0; i < movements.size(); ++i) {
    if (movements[i].length_s() < kShortestLimb_s) continue;
    if (movements[i].length_s() > kLongestLimb_s) {
      close(runs, run, kMembers);
      continue;
    }
    if (!run.empty()) {
      const double last_s = movements[run.back()].begin_s;
      const double interval_s = movements[i].begin_s - last_s;
      if (interval_s < kIntervalLow_s || interval_s > kIntervalHigh_s || broken(breaks, last_s, movements[i].begin_s)) close(runs, run, kMembers);
    }
    run.push_back(i);
  }
  close(runs, run, kMembers);
  return runs;
}

}  // namespace klono::detection

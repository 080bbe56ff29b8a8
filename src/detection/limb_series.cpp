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

}  // namespace

LimbRuns aasm_runs(std::span<const TimeSpan> movements, std::span<const TimeSpan> breaks, const AasmSeries& limits) {
  LimbRuns runs;
  std::vector<std::size_t> run;
  for (std::size_t i = 0; i < movements.size(); ++i) {
    const double length_s = movements[i].length_s();
    if (length_s < kShortestLimb_s || length_s > kLongestLimb_s) continue;
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

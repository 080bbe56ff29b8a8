#include "synth/long_recording.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "synth/compose.hpp"
#include "synth/schedule.hpp"
#include "synth/time_axis.hpp"

namespace klono::synth {
namespace {

constexpr double kHour_s = 3600.0;
constexpr double kHourEdge_s = 20.0;  // nothing but rest across the seam of two hours
constexpr double kApart_s = 6.0;

/// Seeds of hours do not meet those of other recordings.
std::uint64_t seed_of(std::uint64_t seed, std::int64_t hour) { return seed * 0x9E3779B97F4A7C15ULL + static_cast<std::uint64_t>(hour) + 1; }

void add_a_night_hour(BackgroundPlan& plan, Random& random, double begin_s, double end_s) {
  double t_s = begin_s + random.log_uniform(300.0, 2400.0);
  while (t_s < end_s - kHourEdge_s) {
    add_turn(plan, random, t_s, random.uniform(0.8, 3.0), random.uniform(20.0, 120.0) * kDegree);
    if (random.uniform() < 0.5) add_knocks(plan, random, plan.turns.back().span.end_s + 0.3, 2);
    t_s = plan.turns.back().span.end_s + random.log_uniform(600.0, 3000.0);
  }
}

void add_a_day_hour(BackgroundPlan& plan, Random& random, double begin_s, double end_s) {
  double t_s = begin_s + kHourEdge_s + random.log_uniform(30.0, 300.0);
  while (t_s < end_s - kHourEdge_s) {
    const double length_s = random.log_uniform(30.0, 300.0);
    if (random.uniform() < 0.6) {
      const TimeSpan walk{t_s, std::min(t_s + length_s, end_s - kHourEdge_s)};
      if (walk.length_s() > 5.0) add_walking(plan, random, walk);
      t_s = walk.end_s + 2.0;
    }
    if (t_s < end_s - kHourEdge_s - 15.0) {
      add_turn(plan, random, t_s, random.uniform(0.5, 2.0), random.uniform(20.0, 120.0) * kDegree);
      add_knocks(plan, random, plan.turns.back().span.end_s + 0.5, random.between(1, 4));
    }
    t_s += 15.0 + random.log_uniform(120.0, 900.0);
  }
}

/// What is left of the time where nothing but rest goes on.
std::vector<TimeSpan> calm(const std::vector<TimeSpan>& disturbed, double begin_s, double end_s) {
  std::vector<TimeSpan> spans;
  double from_s = begin_s;
  for (const TimeSpan& span : disturbed) {
    if (span.begin_s - kApart_s > from_s) spans.push_back({from_s, span.begin_s - kApart_s});
    from_s = std::max(from_s, span.end_s + kApart_s);
  }
  if (end_s > from_s) spans.push_back({from_s, end_s});
  return spans;
}

/// Rates that give whole numbers of events, right on average over many hours.
void settle_counts(SyntheticSpec& spec, const std::vector<TimeSpan>& room) {
  double hours = 0.0;
  for (const TimeSpan& span : room) hours += span.length_s() / kHour_s;
  Random random(spec.seed, stream::kEventCounts);
  for (double* per_hour : {&spec.singles_per_hour, &spec.series_per_hour, &spec.rhythmic_per_hour, &spec.limb_per_hour, &spec.fasciculations_per_hour})
    *per_hour = hours > 0.0 ? std::floor(*per_hour * hours + random.uniform()) / hours : 0.0;
}

TimeAxis axis_of(const SyntheticSpec& spec, std::int64_t first, std::int64_t end) {
  TimeAxis axis;
  axis.true_s.reserve(static_cast<std::size_t>(end - first));
  for (std::int64_t i = first; i < end; ++i) axis.true_s.push_back(static_cast<double>(i) / spec.rate_hz);
  axis.segments = {{0, end - first, axis.true_s.front(), spec.rate_hz}};
  axis.rate_hz = spec.rate_hz;
  return axis;
}

}  // namespace

LongRecording::LongRecording(const SyntheticSpec& spec) : spec_(spec) {
  Random random(spec.seed, stream::kDays);
  gravity_ = random.direction();
}

BackgroundPlan LongRecording::plan_hour(std::int64_t hour, double begin_s, double end_s) {
  const std::uint64_t seed = seed_of(spec_.seed, hour);
  Random random(seed, stream::kDays);
  BackgroundPlan plan;
  plan.seed = seed;
  plan.noise_g = spec_.noise_g;
  plan.gravity = gravity_;
  add_rest_rhythms(plan, random, end_s - begin_s);
  for (Ringing& beat : plan.beats) beat.start_s += begin_s;
  if (hour == 0) breathing_ = plan.breathing;
  plan.breathing = breathing_;  // a breath goes on across the hour
  const auto of_day = (12 + hour) % 24;
  if (of_day >= 23 || of_day < 7) add_a_night_hour(plan, random, begin_s, end_s);
  else add_a_day_hour(plan, random, begin_s, end_s);
  gravity_ = plan.gravity_at(end_s);
  return plan;
}

std::optional<SyntheticRecording> LongRecording::next() {
  const auto sample_at = [&](double at_s) { return std::llround(std::min(at_s, spec_.duration_s) * spec_.rate_hz); };
  const double begin_s = static_cast<double>(hour_) * kHour_s;
  const std::int64_t first = sample_at(begin_s);
  const std::int64_t end = sample_at(begin_s + kHour_s);
  if (end <= first) return std::nullopt;
  const TimeAxis axis = axis_of(spec_, first, end);
  const double end_s = begin_s + static_cast<double>(end - first) / spec_.rate_hz;
  const BackgroundPlan plan = plan_hour(hour_, begin_s, end_s);
  SyntheticSpec spec = spec_;
  spec.seed = seed_of(spec_.seed, hour_++);
  spec.gyroscope = false;
  const std::vector<TimeSpan> room = common(room_for_events(axis), calm(plan.disturbed(), begin_s, end_s));
  settle_counts(spec, room);
  SyntheticRecording made = compose(spec, axis, plan, schedule(spec, room));
  std::int32_t most = -1;
  for (TruthEvent& event : made.truth) {
    most = std::max(most, event.series);
    if (event.series >= 0) event.series += next_series_;
  }
  next_series_ += most + 1;
  made.recording.start = {ClockBasis::Local, kStart_unix_s * 1'000'000'000 + std::llround(axis.true_s.front() * 1e9), std::nullopt};
  return made;
}

}  // namespace klono::synth

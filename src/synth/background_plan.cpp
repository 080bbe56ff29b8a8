#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/units.hpp"
#include "synth/background.hpp"

namespace klono::synth {
namespace {

constexpr double kTurnsPerHour = 20.0;
constexpr double kKnockClustersPerHour = 40.0;
constexpr double kStrongestTurn_g = 0.6;

/// Random waiting times with the given mean, never below a third of it.
double wait_s(Random& random, double mean_s) {
  return mean_s / 3.0 - (2.0 * mean_s / 3.0) * std::log(1.0 - random.uniform());
}

void plan_turns(BackgroundPlan& plan, Random& random, double duration_s) {
  for (double t_s = wait_s(random, 1800.0 / kTurnsPerHour); t_s < duration_s;) {
    const double length_s = random.uniform(0.5, 3.0);  // drawn before the angle on every compiler
    add_turn(plan, random, t_s, length_s, random.uniform(20.0, 120.0) * kDegree);
    t_s = plan.turns.back().span.end_s + wait_s(random, 3600.0 / kTurnsPerHour);
  }
}

void plan_knocks(BackgroundPlan& plan, Random& random, double duration_s) {
  for (double t_s = wait_s(random, 1800.0 / kKnockClustersPerHour); t_s < duration_s;
       t_s += wait_s(random, 3600.0 / kKnockClustersPerHour))
    add_knocks(plan, random, t_s, random.between(1, 4));
}

WalkingBout make_walk(Random& random, const TimeSpan& span) {
  WalkingBout bout;
  bout.span = span;
  bout.size_g = random.uniform(0.15, 0.5);
  bout.forward = random.direction();
  bout.phase_2 = random.uniform(0.0, 2.0 * std::numbers::pi);
  bout.phase_3 = random.uniform(0.0, 2.0 * std::numbers::pi);
  bout.phase_lateral = random.uniform(0.0, 2.0 * std::numbers::pi);
  const double step_s = 1.0 / random.uniform(1.6, 2.2);
  for (double t_s = span.begin_s - step_s;; t_s += step_s * (1.0 + 0.03 * std::clamp(random.normal(), -3.0, 3.0))) {
    bout.step_s.push_back(t_s);
    bout.step_scale.push_back(std::exp(0.10 * random.normal()));
    if (t_s > span.end_s) break;
  }
  return bout;
}

TremorBout make_tremor(Random& random, const TimeSpan& span) {
  TremorBout bout;
  bout.span = span;
  bout.centre_hz = random.uniform(4.0, 12.0);
  bout.size_g = random.log_uniform(0.020, 0.300);
  bout.modulation_hz = random.uniform(0.1, 0.6);
  bout.modulation_depth = random.uniform(0.2, 0.7);
  bout.phase = random.uniform(0.0, 2.0 * std::numbers::pi);
  bout.direction = random.direction();
  return bout;
}

/// Calls `make(span)` for bouts of 20 s to 3 min with pauses of 5 s to 1 min.
template <class Make>
void plan_bouts(Random& random, double duration_s, Make make) {
  double t_s = random.uniform(2.0, 30.0);
  while (t_s < duration_s) {
    const double end_s = std::min(duration_s, t_s + random.log_uniform(20.0, 180.0));
    make(TimeSpan{t_s, end_s});
    t_s = end_s + random.log_uniform(5.0, 60.0);
  }
}

/// A limb is turned away, held, and turned back.
void add_reach(BackgroundPlan& plan, Random& random, double start_s) {
  const double length_s = random.uniform(0.4, 1.2);
  const double hold_s = random.uniform(0.0, 2.0);
  add_turn(plan, random, start_s, length_s, random.uniform(10.0, 60.0) * kDegree);
  PostureTurn back = plan.turns.back();
  const double back_at_s = back.span.end_s + hold_s;
  back.span = {back_at_s, back_at_s + back.span.length_s()};
  back.angle_rad = -back.angle_rad;
  plan.turns.push_back(back);
}

/// One thing after another, 3 to 30 s of rest between (chosen): reaching, knocks, a walk, a change of posture.
void plan_day(BackgroundPlan& plan, Random& random, double duration_s) {
  double t_s = random.uniform(2.0, 15.0);
  while (t_s < duration_s) {
    const double what = random.uniform();
    if (what < 0.40) {
      add_reach(plan, random, t_s);
      t_s = plan.turns.back().span.end_s;
    } else if (what < 0.65) {
      add_knocks(plan, random, t_s, random.between(1, 4));
      t_s = plan.knocks.back().start_s;
    } else if (what < 0.85) {
      const TimeSpan span{t_s, std::min(duration_s, t_s + random.log_uniform(8.0, 60.0))};
      plan.walks.push_back(make_walk(random, span));
      t_s = span.end_s;
    } else {
      const double length_s = random.uniform(0.5, 3.0);
      add_turn(plan, random, t_s, length_s, random.uniform(20.0, 120.0) * kDegree);
      t_s = plan.turns.back().span.end_s;
    }
    t_s += random.log_uniform(3.0, 30.0);
  }
}

}  // namespace

void add_rest_rhythms(BackgroundPlan& plan, Random& random, double duration_s) {
  plan.breathing = {.rate_hz = random.uniform(0.20, 0.33),
                    .size_g = random.log_uniform(0.001, 0.010),
                    .phase = random.uniform(0.0, 2.0 * std::numbers::pi),
                    .direction = across(plan.gravity, random.direction())};
  Ringing beat;
  beat.peak_g = random.log_uniform(0.0003, 0.002);
  beat.ring_hz = random.uniform(5.0, 9.0);
  beat.decay_s = random.uniform(0.05, 0.09);
  beat.direction = random.direction();
  const double interval_s = 1.0 / random.uniform(1.0, 1.3);
  for (double t_s = 0.0; t_s < duration_s; t_s += interval_s * (1.0 + 0.04 * std::clamp(random.normal(), -3.0, 3.0))) {
    beat.start_s = t_s;
    plan.beats.push_back(beat);
  }
}

void add_turn(BackgroundPlan& plan, Random& random, double start_s, double duration_s, double angle_rad) {
  PostureTurn turn;
  turn.lever_m = random.uniform(0.15, 0.40);
  // A minimum-jerk turn peaks at 5.77 angle / duration^2; nobody turns over with a whip crack.
  const double shortest_s = std::sqrt(5.77 * angle_rad * turn.lever_m / (kStrongestTurn_g * kStandardGravity_m_s2));
  turn.span = {start_s, start_s + std::max(duration_s, shortest_s)};
  turn.axis = across(plan.gravity_at(start_s), random.direction());
  turn.angle_rad = angle_rad;
  plan.turns.push_back(turn);
}

void add_knocks(BackgroundPlan& plan, Random& random, double start_s, int count) {
  for (int k = 0; k < count; ++k) {
    Ringing knock;
    const bool is_tap = random.uniform() < 0.2;
    knock.start_s = start_s;
    knock.peak_g = is_tap ? random.log_uniform(0.04, 0.4) : random.log_uniform(0.003, 0.04);
    knock.ring_hz = random.uniform(8.0, 20.0);
    // 0.05 to 0.4 s until 10 % of the peak is left.
    knock.decay_s = random.log_uniform(0.05, 0.4) / 2.3;
    knock.direction = random.direction();
    plan.knocks.push_back(knock);
    start_s += random.uniform(0.3, 3.0);
  }
}

void add_walking(BackgroundPlan& plan, Random& random, const TimeSpan& span) { plan.walks.push_back(make_walk(random, span)); }

Vec3 BackgroundPlan::gravity_at(double t_s) const {
  Vec3 direction = gravity;
  for (const PostureTurn& turn : turns) {
    if (t_s < turn.span.begin_s) break;
    const double u = std::clamp((t_s - turn.span.begin_s) / turn.span.length_s(), 0.0, 1.0);
    direction = rotated(direction, turn.axis, turn.angle_rad * u * u * u * (10.0 + u * (-15.0 + 6.0 * u)));
  }
  return direction;
}

std::vector<TimeSpan> BackgroundPlan::disturbed() const {
  std::vector<TimeSpan> spans;
  for (const PostureTurn& turn : turns) spans.push_back(turn.span);
  for (const Ringing& knock : knocks) spans.push_back({knock.start_s, knock.start_s + knock.length_s()});
  for (const WalkingBout& bout : walks) spans.push_back(bout.span);
  for (const TremorBout& bout : tremors) spans.push_back(bout.span);
  std::sort(spans.begin(), spans.end(), [](const TimeSpan& a, const TimeSpan& b) { return a.begin_s < b.begin_s; });
  std::vector<TimeSpan> merged;
  for (const TimeSpan& span : spans) {
    if (!merged.empty() && span.begin_s <= merged.back().end_s)
      merged.back().end_s = std::max(merged.back().end_s, span.end_s);
    else
      merged.push_back(span);
  }
  return merged;
}

BackgroundPlan plan_background(const SyntheticSpec& spec) {
  Random random(spec.seed, stream::kBackground);
  BackgroundPlan plan;
  plan.seed = spec.seed;
  plan.noise_g = spec.noise_g;
  plan.gravity = random.direction();
  if (spec.background != BackgroundKind::Still) add_rest_rhythms(plan, random, spec.duration_s);
  switch (spec.background) {
    case BackgroundKind::Still:
    case BackgroundKind::Breathing:
      break;
    case BackgroundKind::PostureChanges:
      plan_turns(plan, random, spec.duration_s);
      break;
    case BackgroundKind::Handling:
      plan_knocks(plan, random, spec.duration_s);
      break;
    case BackgroundKind::Walking:
      plan_bouts(random, spec.duration_s, [&](const TimeSpan& span) { plan.walks.push_back(make_walk(random, span)); });
      break;
    case BackgroundKind::Tremor:
      plan_bouts(random, spec.duration_s,
                 [&](const TimeSpan& span) { plan.tremors.push_back(make_tremor(random, span)); });
      break;
    case BackgroundKind::FreeLiving:
      plan_day(plan, random, spec.duration_s);
      break;
  }
  return plan;
}

}  // namespace klono::synth

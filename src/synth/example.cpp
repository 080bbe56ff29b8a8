#include <chrono>
#include <numbers>

#include "synth/background.hpp"
#include "synth/compose.hpp"
#include "synth/schedule.hpp"
#include "synth/synthetic.hpp"

namespace klono::synth {
namespace {

constexpr std::uint64_t kSeed = 20261021;

SyntheticSpec example_spec() {
  SyntheticSpec spec;
  spec.seed = kSeed;
  spec.duration_s = 720.0;
  spec.rate_hz = 100.0;
  spec.noise_g = 0.0012;
  spec.gaps = {{430.0, 452.0}};
  spec.peak_g_low = 0.05;
  spec.peak_g_high = 0.45;
  return spec;
}

/// Lying at rest; turning over once; the phone taken up for a moment and laid back.
BackgroundPlan example_background(const SyntheticSpec& spec, Random& random) {
  BackgroundPlan plan;
  plan.seed = spec.seed;
  plan.noise_g = spec.noise_g;
  plan.gravity = unit(Vec3{0.12, -0.25, 0.96});
  add_rest_rhythms(plan, random, spec.duration_s);
  plan.breathing.size_g = 0.004;
  add_turn(plan, random, 205.0, 1.8, 55.0 * kDegree);
  add_knocks(plan, random, 561.0, 4);
  add_turn(plan, random, 568.0, 1.1, 60.0 * kDegree);
  add_knocks(plan, random, 572.0, 3);
  const PostureTurn taken_up = plan.turns.back();
  PostureTurn laid_back = taken_up;
  laid_back.span = {579.0, 580.4};
  laid_back.angle_rad = -taken_up.angle_rad;
  plan.turns.push_back(laid_back);
  add_knocks(plan, random, 580.6, 2);
  return plan;
}


std::vector<EventPlan> example_events(const SyntheticSpec& spec, Random& random) {
  std::vector<EventPlan> events;
  std::int32_t next_series = 0;
  const auto add = [&](EventItem item, double start_s, bool is_series) {
    for (const EventPlan& plan : placed(std::move(item), start_s, is_series ? next_series++ : -1))
      events.push_back(plan);
  };
  for (const double start_s : {41.3, 58.9, 83.2, 101.7, 149.5, 171.0, 188.4, 226.8, 263.1, 279.6, 352.4, 377.9, 401.2,
                               469.8, 512.3, 531.6, 602.9, 619.4, 661.7, 683.5, 701.2})
    add(make_single(random, spec), start_s, false);
  add(make_series(random, spec, 5), 122.0, true);
  add(make_series(random, spec, 4), 487.0, true);
  add(make_rhythmic(random, spec, 12, 1.9), 302.0, true);
  add(make_limb_movement(random), 241.0, false);
  add(make_limb_movement(random), 638.0, false);
  return events;
}

}  // namespace

SyntheticRecording make_example() {
  using namespace std::chrono;
  const SyntheticSpec spec = example_spec();
  Random random(spec.seed, stream::kExample);
  const BackgroundPlan background = example_background(spec, random);
  const std::vector<EventPlan> events = example_events(spec, random);
  SyntheticRecording made = compose(spec, make_time_axis(spec), background, events);
  const auto wall = sys_days{year{2026} / October / 21} + hours{3} + minutes{10};
  made.recording.start = {.basis = ClockBasis::Local,
                          .unix_ns = duration_cast<nanoseconds>(wall.time_since_epoch()).count(),
                          .offset_min = std::nullopt};
  return made;
}

}  // namespace klono::synth

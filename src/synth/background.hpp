#pragma once
/// What a sensor feels besides the events: gravity, breathing, heart, turns, knocks, steps,
/// tremor, its own noise. First a plan (few numbers), then samples from it.

#include <cstdint>
#include <vector>

#include "base/interval.hpp"
#include "synth/random.hpp"
#include "synth/synthetic.hpp"
#include "synth/vec3.hpp"

namespace klono::synth {

/// Gravity turns for good, along a minimum-jerk path; the sensor swings on a lever meanwhile.
struct PostureTurn {
  TimeSpan span;
  Vec3 axis;
  double angle_rad = 0.0;
  double lever_m = 0.3;
};

/// A damped ringing without turn: a knock on the sensor or its support, or a heart beat.
struct Ringing {
  double start_s = 0.0;
  double peak_g = 0.0;
  double ring_hz = 12.0;
  double decay_s = 0.05;
  Vec3 direction;
  double length_s() const { return 5.0 * decay_s; }
};

struct WalkingBout {
  TimeSpan span;
  std::vector<double> step_s;      ///< heel strikes, the first before the bout, the last after it
  std::vector<double> step_scale;  ///< each step's own size, about 1
  double size_g = 0.3;
  Vec3 forward;
  double phase_2 = 0.0;            ///< of the harmonics, radians
  double phase_3 = 0.0;
  double phase_lateral = 0.0;
};

struct TremorBout {
  TimeSpan span;
  double centre_hz = 6.0;
  double size_g = 0.1;
  double modulation_hz = 0.3;
  double modulation_depth = 0.4;
  double phase = 0.0;
  Vec3 direction;
};

struct Breathing {
  double rate_hz = 0.25;
  double size_g = 0.0;  ///< 0: none
  double phase = 0.0;
  Vec3 direction;
};

struct BackgroundPlan {
  std::uint64_t seed = 1;
  double noise_g = 0.002;
  Vec3 gravity{0.0, 0.0, 1.0};      ///< before the first turn
  std::vector<PostureTurn> turns;   ///< sorted, disjoint
  Breathing breathing;
  std::vector<Ringing> beats;       ///< of the heart
  std::vector<Ringing> knocks;
  std::vector<WalkingBout> walks;
  std::vector<TremorBout> tremors;

  /// Resting direction of gravity, turns included.
  Vec3 gravity_at(double t_s) const;

  /// Where something other than rest goes on, sorted and merged.
  std::vector<TimeSpan> disturbed() const;
};

/// A random plan of one kind. Sizes and rates: METHODS.md 10; how often is chosen (more often
/// than in a night, so that an hour tells much): turns 20/h, knock clusters 40/h, walking and
/// tremor more than half of the time.
BackgroundPlan plan_background(const SyntheticSpec& spec);

/// Parts of a plan, for composing by hand.
void add_rest_rhythms(BackgroundPlan& plan, Random& random, double duration_s);
void add_turn(BackgroundPlan& plan, Random& random, double start_s, double duration_s, double angle_rad);
/// Swells in and dies away within the span.
void add_walking(BackgroundPlan& plan, Random& random, const TimeSpan& span);
void add_knocks(BackgroundPlan& plan, Random& random, double start_s, int count);

/// Samples in g at the given true times.
struct Samples3 {
  std::vector<float> x;
  std::vector<float> y;
  std::vector<float> z;
};
Samples3 render_background(const BackgroundPlan& plan, const std::vector<double>& true_s);

/// What a gyroscope beside it feels, deg/s: turns, tilt by breathing, and the rocking that belongs to beats, knocks, steps
/// and tremor about axes at plausible distances; a small bias; noise. The plan and its acceleration stay as they are.
Samples3 render_rotation(const BackgroundPlan& plan, double noise_dps, const std::vector<double>& true_s);

}  // namespace klono::synth

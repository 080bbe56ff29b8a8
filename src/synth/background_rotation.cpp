// What a gyroscope feels of a background: the turning that belongs to each of its movements.

#include <cmath>
#include <numbers>

#include "base/units.hpp"
#include "synth/background.hpp"
#include "synth/renderer.hpp"

namespace klono::synth {
namespace {

constexpr double kBias_dps = 0.1;          // that a phone's own calibration leaves (chosen)
constexpr double kStride_dps_in_g = 300.0;  // a thigh swings 30 deg each way in a stride of about 1 s (chosen)

/// Angular velocity of a swing at `hz` whose acceleration is `peak_g`, a lever away from its axis; deg/s.
double turning_of(double peak_g, double hz, double lever_m) {
  return kDegreesInRadian * peak_g * kStandardGravity_m_s2 / (lever_m * 2.0 * std::numbers::pi * hz);
}

void add_turns(Renderer& renderer, const BackgroundPlan& plan) {
  for (const PostureTurn& turn : plan.turns) {
    const double length_s = turn.span.length_s();
    renderer.add_over(turn.span, [&](double t_s) {
      const double u = (t_s - turn.span.begin_s) / length_s;
      const double rate = turn.angle_rad * 30.0 * u * u * (1.0 - u) * (1.0 - u) / length_s;
      return (-kDegreesInRadian * rate) * turn.axis;  // gravity turns one way, the sensor the other
    });
  }
}

/// The acceleration of breathing is the tilt of what the sensor lies on.
void add_breath_tilt(Renderer& renderer, const BackgroundPlan& plan) {
  const Breathing& breathing = plan.breathing;
  if (breathing.size_g <= 0.0) return;
  const Vec3 axis = cross(plan.gravity, breathing.direction);
  renderer.add_everywhere([&](double t_s) {
    const BreathPhase breath = breath_phase(breathing, t_s);
    const double rate = breathing.size_g * breath.per_s * (std::cos(breath.phase) + 0.4 * std::cos(2.0 * breath.phase));
    return (-kDegreesInRadian * rate) * axis;
  });
}

/// Knocks and heart beats rock the device about an axis nearer or farther; it rings as acceleration does.
void add_rocking(Renderer& renderer, const Ringing& ringing, double lever_m, const Vec3& axis) {
  add_ringing(renderer, ringing, turning_of(ringing.peak_g, ringing.ring_hz, lever_m), axis);
}

/// A leg swings once a stride; each step shakes it.
void add_leg_swing(Renderer& renderer, const WalkingBout& bout, const Vec3& gravity) {
  const Vec3 lateral = cross(gravity, across(gravity, bout.forward));
  std::size_t step = 0;
  renderer.add_over(bout.span, [&](double t_s) {
    while (step + 2 < bout.step_s.size() && t_s >= bout.step_s[step + 1]) ++step;
    const double since_s = t_s - bout.step_s[step];
    const double share = since_s / (bout.step_s[step + 1] - bout.step_s[step]);
    const double stride_phase = std::numbers::pi * (static_cast<double>(step % 2) + share);
    const double size = kStride_dps_in_g * bout.size_g * bout.step_scale[step] * ramp(bout.span, t_s);
    const double strike = 0.3 * std::exp(-since_s / 0.04) * std::sin(2.0 * std::numbers::pi * 12.0 * since_s);
    const double swing = std::sin(stride_phase + bout.phase_lateral) + 0.3 * std::sin(2.0 * std::numbers::pi * share + bout.phase_2);
    return size * ((swing + strike) * lateral + (0.2 * std::sin(2.0 * std::numbers::pi * share + bout.phase_3)) * gravity);
  });
}

void add_tremor_rocking(Renderer& renderer, const TremorBout& bout, std::uint64_t seed, double lever_m, const Vec3& axis) {
  TremorPhase wandering(bout, seed);
  renderer.add_over(bout.span, [&](double t_s) {
    const double phase = wandering.at(t_s);
    const double size = turning_of(tremor_size(bout, t_s), bout.centre_hz, lever_m);
    return (-size * (std::cos(phase) + 0.075 * std::cos(2.0 * phase))) * axis;
  });
}

}  // namespace

Samples3 render_rotation(const BackgroundPlan& plan, double noise_dps, const std::vector<double>& true_s) {
  Renderer renderer(true_s);
  Random random(plan.seed, stream::kBackgroundLevers);
  const double bias_x = kBias_dps * random.normal();  // drawn in this order on every compiler
  const double bias_y = kBias_dps * random.normal();
  const Vec3 bias{bias_x, bias_y, kBias_dps * random.normal()};
  renderer.add_everywhere([&](double) { return bias; });
  add_turns(renderer, plan);
  add_breath_tilt(renderer, plan);
  // The chest: 1 to 3 deg/s come with 10 to 30 mg; farther from the heart the lever is longer (chosen).
  const double heart_lever_m = random.log_uniform(0.05, 0.3);
  const Vec3 heart_axis = random.direction();
  for (const Ringing& beat : plan.beats) add_rocking(renderer, beat, heart_lever_m, heart_axis);
  for (const Ringing& knock : plan.knocks) {
    const double lever_m = random.log_uniform(0.03, 1.0);  // from the device's own edge to the bed or table under it (chosen)
    add_rocking(renderer, knock, lever_m, random.direction());
  }
  for (const WalkingBout& bout : plan.walks) add_leg_swing(renderer, bout, plan.gravity_at(bout.span.begin_s));
  std::uint64_t bout_number = 0;
  for (const TremorBout& bout : plan.tremors) {
    const double lever_m = random.log_uniform(0.05, 0.45);
    const Vec3 axis = across(bout.direction, random.direction());
    add_tremor_rocking(renderer, bout, plan.seed + 1000003 * ++bout_number, lever_m, axis);
  }
  add_noise(renderer, {.seed = plan.seed, .white_stream = stream::kRotationNoise, .drift_stream = stream::kRotationDrift, .size = noise_dps});
  return renderer.take();
}

}  // namespace klono::synth

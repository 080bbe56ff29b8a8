#include <cmath>
#include <numbers>

#include "base/units.hpp"
#include "synth/background.hpp"
#include "synth/renderer.hpp"

namespace klono::synth {
namespace {

void add_gravity(Renderer& renderer, const BackgroundPlan& plan) {
  Vec3 rest = plan.gravity;
  double from_s = -1e300;
  for (const PostureTurn& turn : plan.turns) {
    renderer.add_over({from_s, turn.span.begin_s}, [&](double) { return rest; });
    const Vec3 before = rest;
    const Vec3 tangent = cross(turn.axis, before);
    const double length_s = turn.span.length_s();
    renderer.add_over(turn.span, [&](double t_s) {
      const double u = (t_s - turn.span.begin_s) / length_s;
      const double angle = turn.angle_rad * u * u * u * (10.0 + u * (-15.0 + 6.0 * u));
      const double turning = turn.angle_rad * u * (60.0 + u * (-180.0 + 120.0 * u)) / (length_s * length_s);
      const double swing_g = turn.lever_m * turning / kStandardGravity_m_s2;
      return rotated(before, turn.axis, angle) + swing_g * rotated(tangent, turn.axis, angle);
    });
    rest = rotated(before, turn.axis, turn.angle_rad);
    from_s = turn.span.end_s;
  }
  renderer.add_over({from_s, 1e300}, [&](double) { return rest; });
}

void add_breathing(Renderer& renderer, const Breathing& breathing) {
  if (breathing.size_g <= 0.0) return;
  renderer.add_everywhere([&](double t_s) {
    const double phase = breath_phase(breathing, t_s).phase;  // breathing out is longer than breathing in
    return (breathing.size_g * (std::sin(phase) + 0.2 * std::sin(2.0 * phase))) * breathing.direction;
  });
}

void add_walk(Renderer& renderer, const WalkingBout& bout, const Vec3& gravity) {
  const Vec3 forward = across(gravity, bout.forward);
  const Vec3 lateral = cross(gravity, forward);
  std::size_t step = 0;
  renderer.add_over(bout.span, [&](double t_s) {
    while (step + 2 < bout.step_s.size() && t_s >= bout.step_s[step + 1]) ++step;
    const double since_s = t_s - bout.step_s[step];
    const double share = since_s / (bout.step_s[step + 1] - bout.step_s[step]);
    const double phase = 2.0 * std::numbers::pi * share;
    const double stride_phase = std::numbers::pi * (static_cast<double>(step % 2) + share);
    const double scale = bout.step_scale[step] + share * (bout.step_scale[step + 1] - bout.step_scale[step]);
    const double size = bout.size_g * scale * ramp(bout.span, t_s);
    const double strike = 0.5 * std::exp(-since_s / 0.04) * std::sin(2.0 * std::numbers::pi * 12.0 * since_s);
    const double up = 0.65 * std::sin(phase) + 0.3 * std::sin(2.0 * phase + bout.phase_2) +
                      0.15 * std::sin(3.0 * phase + bout.phase_3) + strike;
    const double along = 0.35 * std::sin(phase + bout.phase_3) + 0.2 * std::sin(2.0 * phase + bout.phase_lateral);
    const double aside = 0.35 * std::sin(stride_phase + bout.phase_lateral);
    return size * (up * gravity + along * forward + aside * lateral);
  });
}

void add_tremor(Renderer& renderer, const TremorBout& bout, std::uint64_t seed) {
  TremorPhase wandering(bout, seed);
  renderer.add_over(bout.span, [&](double t_s) {
    const double phase = wandering.at(t_s);
    const double size = tremor_size(bout, t_s);
    return (size * (std::sin(phase) + 0.15 * std::sin(2.0 * phase))) * bout.direction;
  });
}

}  // namespace

Samples3 render_background(const BackgroundPlan& plan, const std::vector<double>& true_s) {
  Renderer renderer(true_s);
  add_gravity(renderer, plan);
  add_breathing(renderer, plan.breathing);
  for (const Ringing& beat : plan.beats) add_ringing(renderer, beat, beat.peak_g, beat.direction);
  for (const Ringing& knock : plan.knocks) add_ringing(renderer, knock, knock.peak_g, knock.direction);
  for (const WalkingBout& bout : plan.walks) add_walk(renderer, bout, plan.gravity_at(bout.span.begin_s));
  std::uint64_t bout_number = 0;
  for (const TremorBout& bout : plan.tremors) add_tremor(renderer, bout, plan.seed + 1000003 * ++bout_number);
  add_noise(renderer, {.seed = plan.seed, .white_stream = stream::kNoise, .drift_stream = stream::kDrift, .size = plan.noise_g});
  return renderer.take();
}

}  // namespace klono::synth

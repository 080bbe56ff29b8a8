#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "base/units.hpp"
#include "synth/background.hpp"

namespace klono::synth {
namespace {

constexpr std::uint64_t kNoiseStream = 41;
constexpr std::uint64_t kDriftStream = 42;
constexpr std::uint64_t kTremorStream = 43;
constexpr double kPi = std::numbers::pi;
constexpr double kRamp_s = 0.6;         // walking and tremor swell in and die away
constexpr double kDriftKnot_s = 10.0;
constexpr double kDriftMemory_s = 300.0;  // chosen: temperature
constexpr double kDriftShare = 0.5;     // of the white noise

class Renderer {
 public:
  explicit Renderer(const std::vector<double>& true_s) : t_(true_s) {
    out_.x.assign(t_.size(), 0.0F);
    out_.y.assign(t_.size(), 0.0F);
    out_.z.assign(t_.size(), 0.0F);
  }

  /// Adds `value(t)` to every sample in the span.
  template <class Value>
  void add_over(const TimeSpan& span, Value value) {
    const auto begin = std::lower_bound(t_.begin(), t_.end(), span.begin_s);
    for (auto it = begin; it != t_.end() && *it < span.end_s; ++it)
      add(static_cast<std::size_t>(it - t_.begin()), value(*it));
  }

  template <class Value>
  void add_everywhere(Value value) {
    for (std::size_t i = 0; i < t_.size(); ++i) add(i, value(t_[i]));
  }

  Samples3 take() { return std::move(out_); }

 private:
  void add(std::size_t i, const Vec3& value) {
    out_.x[i] += static_cast<float>(value.x);
    out_.y[i] += static_cast<float>(value.y);
    out_.z[i] += static_cast<float>(value.z);
  }

  const std::vector<double>& t_;
  Samples3 out_;
};

double ramp(const TimeSpan& span, double t_s) {
  const double edge_s = std::min(t_s - span.begin_s, span.end_s - t_s);
  const double u = std::clamp(edge_s / kRamp_s, 0.0, 1.0);
  return u * u * (3.0 - 2.0 * u);
}

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
    // The rate wanders by some 10 %, and breathing out is longer than breathing in.
    const double wander = 0.6 * std::sin(2.0 * kPi * 0.037 * t_s + 2.0 * breathing.phase);
    const double phase = 2.0 * kPi * breathing.rate_hz * t_s + breathing.phase + wander;
    return (breathing.size_g * (std::sin(phase) + 0.2 * std::sin(2.0 * phase))) * breathing.direction;
  });
}

void add_ringing(Renderer& renderer, const Ringing& ringing) {
  // The first crest of exp(-t/d) sin(wt), so that `peak_g` is the peak.
  const double omega = 2.0 * kPi * ringing.ring_hz;
  const double crest_s = std::atan(omega * ringing.decay_s) / omega;
  const double scale = ringing.peak_g / (std::exp(-crest_s / ringing.decay_s) * std::sin(omega * crest_s));
  renderer.add_over({ringing.start_s, ringing.start_s + ringing.length_s()}, [&](double t_s) {
    const double since_s = t_s - ringing.start_s;
    return (scale * std::exp(-since_s / ringing.decay_s) * std::sin(omega * since_s)) * ringing.direction;
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
    const double phase = 2.0 * kPi * share;
    const double stride_phase = kPi * (static_cast<double>(step % 2) + share);
    const double scale = bout.step_scale[step] + share * (bout.step_scale[step + 1] - bout.step_scale[step]);
    const double size = bout.size_g * scale * ramp(bout.span, t_s);
    const double strike = 0.5 * std::exp(-since_s / 0.04) * std::sin(2.0 * kPi * 12.0 * since_s);
    const double up = 0.65 * std::sin(phase) + 0.3 * std::sin(2.0 * phase + bout.phase_2) +
                      0.15 * std::sin(3.0 * phase + bout.phase_3) + strike;
    const double along = 0.35 * std::sin(phase + bout.phase_3) + 0.2 * std::sin(2.0 * phase + bout.phase_lateral);
    const double aside = 0.35 * std::sin(stride_phase + bout.phase_lateral);
    return size * (up * gravity + along * forward + aside * lateral);
  });
}

void add_tremor(Renderer& renderer, const TremorBout& bout, std::uint64_t seed) {
  Random random(seed, kTremorStream);
  double wander = 0.0;
  double previous_s = bout.span.begin_s;
  renderer.add_over(bout.span, [&](double t_s) {
    // The frequency is never quite steady: a random walk of the phase, 0.5 rad in a second.
    wander += 0.5 * std::sqrt(t_s - previous_s) * random.normal();
    previous_s = t_s;
    const double phase = 2.0 * kPi * bout.centre_hz * (t_s - bout.span.begin_s) + bout.phase + wander;
    const double swell = 1.0 + bout.modulation_depth * std::sin(2.0 * kPi * bout.modulation_hz * t_s + bout.phase);
    const double size = bout.size_g * swell * ramp(bout.span, t_s);
    return (size * (std::sin(phase) + 0.15 * std::sin(2.0 * phase))) * bout.direction;
  });
}

void add_noise(Renderer& renderer, const BackgroundPlan& plan, const std::vector<double>& true_s) {
  if (plan.noise_g <= 0.0 || true_s.empty()) return;
  Random white(plan.seed, kNoiseStream);
  Random slow(plan.seed, kDriftStream);
  const double keep = std::exp(-kDriftKnot_s / kDriftMemory_s);
  const double renew = kDriftShare * plan.noise_g * std::sqrt(1.0 - keep * keep);
  const auto draw = [](Random& random, double size) {
    const double x = size * random.normal();
    const double y = size * random.normal();
    return Vec3{x, y, size * random.normal()};
  };
  Vec3 from = draw(slow, kDriftShare * plan.noise_g);
  Vec3 to = keep * from + draw(slow, renew);
  double knot_s = true_s.front();
  renderer.add_everywhere([&](double t_s) {
    while (t_s >= knot_s + kDriftKnot_s) {
      from = to;
      to = keep * from + draw(slow, renew);
      knot_s += kDriftKnot_s;
    }
    const double share = (t_s - knot_s) / kDriftKnot_s;
    return (1.0 - share) * from + share * to + draw(white, plan.noise_g);
  });
}

}  // namespace

Samples3 render_background(const BackgroundPlan& plan, const std::vector<double>& true_s) {
  Renderer renderer(true_s);
  add_gravity(renderer, plan);
  add_breathing(renderer, plan.breathing);
  for (const Ringing& beat : plan.beats) add_ringing(renderer, beat);
  for (const Ringing& knock : plan.knocks) add_ringing(renderer, knock);
  for (const WalkingBout& bout : plan.walks) add_walk(renderer, bout, plan.gravity_at(bout.span.begin_s));
  std::uint64_t bout_number = 0;
  for (const TremorBout& bout : plan.tremors) add_tremor(renderer, bout, plan.seed + 1000003 * ++bout_number);
  add_noise(renderer, plan, true_s);
  return renderer.take();
}

}  // namespace klono::synth

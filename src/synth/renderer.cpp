#include "synth/renderer.hpp"

#include <cmath>
#include <numbers>

namespace klono::synth {
namespace {

constexpr double kRamp_s = 0.6;
constexpr double kDriftKnot_s = 10.0;
constexpr double kDriftMemory_s = 300.0;  // chosen: temperature
constexpr double kDriftShare = 0.5;     // of the white noise

}  // namespace

double ramp(const TimeSpan& span, double t_s) {
  const double edge_s = std::min(t_s - span.begin_s, span.end_s - t_s);
  const double u = std::clamp(edge_s / kRamp_s, 0.0, 1.0);
  return u * u * (3.0 - 2.0 * u);
}

void add_ringing(Renderer& renderer, const Ringing& ringing, double peak, const Vec3& direction) {
  // The first crest of exp(-t/d) sin(wt), so that `peak` is the peak.
  const double omega = 2.0 * std::numbers::pi * ringing.ring_hz;
  const double crest_s = std::atan(omega * ringing.decay_s) / omega;
  const double scale = peak / (std::exp(-crest_s / ringing.decay_s) * std::sin(omega * crest_s));
  renderer.add_over({ringing.start_s, ringing.start_s + ringing.length_s()}, [&](double t_s) {
    const double since_s = t_s - ringing.start_s;
    return (scale * std::exp(-since_s / ringing.decay_s) * std::sin(omega * since_s)) * direction;
  });
}

TremorPhase::TremorPhase(const TremorBout& bout, std::uint64_t seed)
    : bout_(bout), random_(seed, stream::kTremor), previous_s_(bout.span.begin_s) {}

double TremorPhase::at(double t_s) {
  // The frequency is never quite steady: a random walk of the phase, 0.5 rad in a second.
  wander_ += 0.5 * std::sqrt(t_s - previous_s_) * random_.normal();
  previous_s_ = t_s;
  return 2.0 * std::numbers::pi * bout_.centre_hz * (t_s - bout_.span.begin_s) + bout_.phase + wander_;
}

double tremor_size(const TremorBout& bout, double t_s) {
  const double swell = 1.0 + bout.modulation_depth * std::sin(2.0 * std::numbers::pi * bout.modulation_hz * t_s + bout.phase);
  return bout.size_g * swell * ramp(bout.span, t_s);
}

BreathPhase breath_phase(const Breathing& breathing, double t_s) {
  // The rate wanders by some 10 %.
  const double slow = 2.0 * std::numbers::pi * 0.037;
  const double wander = 0.6 * std::sin(slow * t_s + 2.0 * breathing.phase);
  return {.phase = 2.0 * std::numbers::pi * breathing.rate_hz * t_s + breathing.phase + wander,
          .per_s = 2.0 * std::numbers::pi * breathing.rate_hz + 0.6 * slow * std::cos(slow * t_s + 2.0 * breathing.phase)};
}

void add_noise(Renderer& renderer, const SensorNoise& noise) {
  if (noise.size <= 0.0 || renderer.true_s().empty()) return;
  Random white(noise.seed, noise.white_stream);
  Random slow(noise.seed, noise.drift_stream);
  const double keep = std::exp(-kDriftKnot_s / kDriftMemory_s);
  const double renew = kDriftShare * noise.size * std::sqrt(1.0 - keep * keep);
  const auto draw = [](Random& random, double size) {
    const double x = size * random.normal();
    const double y = size * random.normal();
    return Vec3{x, y, size * random.normal()};
  };
  Vec3 from = draw(slow, kDriftShare * noise.size);
  Vec3 to = keep * from + draw(slow, renew);
  double knot_s = renderer.true_s().front();
  renderer.add_everywhere([&](double t_s) {
    while (t_s >= knot_s + kDriftKnot_s) {
      from = to;
      to = keep * from + draw(slow, renew);
      knot_s += kDriftKnot_s;
    }
    const double share = (t_s - knot_s) / kDriftKnot_s;
    return (1.0 - share) * from + share * to + draw(white, noise.size);
  });
}

}  // namespace klono::synth

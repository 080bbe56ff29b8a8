#include "synth/event_shape.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "base/units.hpp"

namespace klono::synth {
namespace {

// t/T exp(1 - t/T) with a mean time of 2 T = 80 ms: the twitch behind the limb model of METHODS.md 10, A.
constexpr double kTwitchRise_s = 0.040;
constexpr double kLongestJerk_s = 2.5;
constexpr double kBellyLever_m = 0.1;  // of a muscle's bulge (chosen)
constexpr double kTailShare = 0.002;  // of the peak; what follows is cut off

/// Integral of the twitch from 0 to `t_s`; the force of a burst is the difference of two of these.
double twitch_integral(double t_s) {
  if (t_s <= 0.0) return 0.0;
  const double u = t_s / kTwitchRise_s;
  return kTwitchRise_s * std::numbers::e * (1.0 - std::exp(-u) * (1.0 + u));
}

double force_at(double t_s, double burst_s) {
  return (twitch_integral(t_s) - twitch_integral(t_s - burst_s)) / kTwitchRise_s;
}

struct LimbState {
  double x = 0.0;
  double v = 0.0;
};

LimbState moved(const LimbState& from, const LimbState& slope, double by) {
  return {from.x + by * slope.x, from.v + by * slope.v};
}

/// Fraction of a minimum-jerk path at `u` in 0..1, and its second derivative.
double minimum_jerk(double u) {
  const double w = std::clamp(u, 0.0, 1.0);
  return w * w * w * (10.0 + w * (-15.0 + 6.0 * w));
}

double minimum_jerk_velocity(double u) {
  if (u <= 0.0 || u >= 1.0) return 0.0;
  return 30.0 * u * u * (1.0 - u) * (1.0 - u);
}

double minimum_jerk_acceleration(double u) {
  if (u <= 0.0 || u >= 1.0) return 0.0;
  return u * (60.0 + u * (-180.0 + 120.0 * u));
}

std::size_t steps_in(double length_s) { return static_cast<std::size_t>(std::ceil(length_s / EventShape::kStep_s)) + 1; }

EventShape scaled(EventShape shape, double peak_g) {
  double peak = 0.0;
  for (const Vec3& sample : shape.samples) peak = std::max(peak, length(sample));
  if (peak <= 0.0) return shape;
  for (auto* samples : {&shape.samples, &shape.rotation})
    for (Vec3& sample : *samples) sample = (peak_g / peak) * sample;
  return shape;
}

EventShape trimmed(EventShape shape) {
  double peak = 0.0;
  for (const Vec3& sample : shape.samples) peak = std::max(peak, length(sample));
  while (!shape.samples.empty() && length(shape.samples.back()) < kTailShare * peak) shape.samples.pop_back();
  shape.samples.push_back({});
  shape.rotation.resize(shape.samples.size());
  shape.rotation.back() = {};
  return shape;
}

EventShape jerk_shape(const EventPlan& plan, const JerkMotion& motion, const Vec3& gravity) {
  const LimbResponse response = limb_response(motion);
  const double gravity_g = length(gravity);
  const Vec3 tilt = gravity_g > 0.0 ? across(gravity, plan.tilt_hint) : Vec3{};
  // A displacement of x (g s^2) on a lever turns the sensor by x * 9.81 / lever, and gravity with it.
  const double tilt_gain = gravity_g * kStandardGravity_m_s2 / motion.lever_m;
  // Gravity tilts towards `tilt` where the sensor turns the other way about the axis across both.
  const Vec3 axis = gravity_g > 0.0 ? cross(unit(gravity), tilt) : unit(plan.tilt_hint);
  const double turn_gain = -kDegreesInRadian * kStandardGravity_m_s2 / motion.lever_m;
  EventShape shape;
  shape.samples.resize(response.acceleration.size());
  shape.rotation.resize(shape.samples.size());
  for (std::size_t i = 0; i < shape.samples.size(); ++i) {
    shape.samples[i] =
        response.acceleration[i] * plan.direction + (tilt_gain * response.displacement[i]) * tilt;
    shape.rotation[i] = (turn_gain * response.velocity[i]) * axis;
  }
  return scaled(trimmed(std::move(shape)), plan.peak_g);
}

EventShape limb_shape(const EventPlan& plan, const LimbMotion& motion, const Vec3& gravity) {
  const Vec3 axis = across(gravity, plan.tilt_hint);
  const Vec3 tangent = across(axis, plan.direction);
  const double back_at_s = motion.out_s + motion.hold_s;
  EventShape shape;
  shape.samples.resize(steps_in(back_at_s + motion.back_s));
  shape.rotation.resize(shape.samples.size());
  for (std::size_t i = 0; i < shape.samples.size(); ++i) {
    const double t_s = EventShape::kStep_s * static_cast<double>(i);
    const double out = t_s / motion.out_s;
    const double back = (t_s - back_at_s) / motion.back_s;
    const double angle = motion.angle_rad * (minimum_jerk(out) - minimum_jerk(back));
    const double turning = motion.angle_rad * (minimum_jerk_acceleration(out) / (motion.out_s * motion.out_s) -
                                               minimum_jerk_acceleration(back) / (motion.back_s * motion.back_s));
    const double swing_g = motion.lever_m * turning / kStandardGravity_m_s2;
    const double turn = motion.angle_rad * (minimum_jerk_velocity(out) / motion.out_s - minimum_jerk_velocity(back) / motion.back_s);
    shape.samples[i] = rotated(gravity, axis, angle) - gravity + swing_g * tangent;
    shape.rotation[i] = (-kDegreesInRadian * turn) * axis;
  }
  return trimmed(std::move(shape));
}

EventShape fasciculation_shape(const EventPlan& plan, const FasciculationMotion& motion) {
  const double half_s = 3.5 * motion.width_s;
  EventShape shape;
  shape.samples.resize(steps_in(2.0 * half_s));
  shape.rotation.resize(shape.samples.size());
  const Vec3 axis = across(plan.direction, plan.tilt_hint);
  const double omega = 2.0 * std::numbers::pi * motion.carrier_hz;
  const double turn_gain = kDegreesInRadian * kStandardGravity_m_s2 / (kBellyLever_m * omega);
  for (std::size_t i = 0; i < shape.samples.size(); ++i) {
    const double t_s = EventShape::kStep_s * static_cast<double>(i) - half_s;
    const double u = t_s / motion.width_s;
    shape.samples[i] = (std::exp(-0.5 * u * u) * std::cos(2.0 * std::numbers::pi * motion.carrier_hz * t_s)) * plan.direction;
    shape.rotation[i] = (turn_gain * std::exp(-0.5 * u * u) * std::sin(omega * t_s)) * axis;
  }
  return scaled(std::move(shape), plan.peak_g);
}

/// Straight lines between samples, zero outside.
Vec3 between(const std::vector<Vec3>& samples, double position) {
  if (!(position >= 0.0) || samples.size() < 2) return {};
  const auto low = static_cast<std::size_t>(position);
  if (low + 1 >= samples.size()) return {};
  const double share = position - static_cast<double>(low);
  return (1.0 - share) * samples[low] + share * samples[low + 1];
}

}  // namespace

Vec3 EventShape::at(double since_start_s) const { return between(samples, since_start_s / kStep_s); }

Vec3 EventShape::rotation_at(double since_start_s) const { return between(rotation, since_start_s / kStep_s); }

LimbResponse limb_response(const JerkMotion& motion) {
  const double omega = 2.0 * std::numbers::pi * motion.limb_hz;
  const auto acceleration = [&](const LimbState& s, double force) {
    return force - 2.0 * motion.damping * omega * s.v - omega * omega * s.x;
  };
  const auto slope = [&](const LimbState& s, double force) { return LimbState{s.v, acceleration(s, force)}; };
  constexpr double h = EventShape::kStep_s;
  const std::size_t count = steps_in(kLongestJerk_s);
  LimbResponse response;
  response.acceleration.reserve(count);
  response.velocity.reserve(count);
  response.displacement.reserve(count);
  LimbState state;
  double force = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    response.acceleration.push_back(acceleration(state, force));
    response.velocity.push_back(state.v);
    response.displacement.push_back(state.x);
    const double t_s = h * static_cast<double>(i);
    const double half_force = force_at(t_s + 0.5 * h, motion.burst_s);
    const double next_force = force_at(t_s + h, motion.burst_s);
    const LimbState k1 = slope(state, force);  // classical Runge-Kutta
    const LimbState k2 = slope(moved(state, k1, 0.5 * h), half_force);
    const LimbState k3 = slope(moved(state, k2, 0.5 * h), half_force);
    const LimbState k4 = slope(moved(state, k3, h), next_force);
    state.x += h / 6.0 * (k1.x + 2.0 * k2.x + 2.0 * k3.x + k4.x);
    state.v += h / 6.0 * (k1.v + 2.0 * k2.v + 2.0 * k3.v + k4.v);
    force = next_force;
  }
  return response;
}

EventShape shape_of(const EventPlan& plan, const Vec3& gravity) {
  if (const auto* jerk = std::get_if<JerkMotion>(&plan.motion)) return jerk_shape(plan, *jerk, gravity);
  if (const auto* limb = std::get_if<LimbMotion>(&plan.motion)) return limb_shape(plan, *limb, gravity);
  return fasciculation_shape(plan, *std::get_if<FasciculationMotion>(&plan.motion));
}

TruthEvent measured(const EventShape& shape) {
  std::vector<double> size(shape.samples.size());
  std::transform(shape.samples.begin(), shape.samples.end(), size.begin(), length);
  TruthEvent truth;
  if (size.empty()) return truth;
  const auto peak = std::max_element(size.begin(), size.end());
  const auto first = std::find_if(size.begin(), size.end(), [&](double v) { return v > 0.10 * *peak; });
  const auto last = std::find_if(size.rbegin(), size.rend(), [&](double v) { return v > 0.20 * *peak; });
  const auto seconds = [](std::ptrdiff_t steps) { return EventShape::kStep_s * static_cast<double>(steps); };
  truth.peak_g = *peak;
  truth.peak_s = seconds(peak - size.begin());
  truth.onset_s = seconds(first - size.begin());
  truth.end_s = seconds(size.rend() - last);
  return truth;
}

std::vector<float> limb_jerk(double burst_s, double limb_hz, double damping, double rate_hz) {
  const LimbResponse response =
      limb_response({.burst_s = burst_s, .limb_hz = limb_hz, .damping = damping});
  EventShape shape;
  for (const double a : response.acceleration) shape.samples.push_back({std::abs(a), 0.0, 0.0});
  shape = trimmed(std::move(shape));
  std::vector<float> samples;
  for (std::int64_t i = 0; static_cast<double>(i) / rate_hz < shape.length_s(); ++i)
    samples.push_back(static_cast<float>(shape.at(static_cast<double>(i) / rate_hz).x));
  const float peak = *std::max_element(samples.begin(), samples.end());
  for (float& sample : samples) sample = peak > 0.0F ? sample / peak : 0.0F;
  return samples;
}

}  // namespace klono::synth

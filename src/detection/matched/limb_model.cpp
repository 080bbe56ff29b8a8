#include "detection/matched/limb_model.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

namespace klono::detection {
namespace {

constexpr double kFine_hz = 1000.0;       // at which forms are computed
constexpr double kTwitchRise_s = 0.040;   // t/T exp(1 - t/T) with a mean time of 2 T = 80 ms
constexpr double kLongest_s = 1.2;
constexpr double kOnsetShare = 0.10;      // as in measurement.cpp
constexpr double kLengthShare = 0.20;
constexpr double kRiseShare = 0.90;

/// Force of a burst at `t_s`: the integral of the twitch over its length, up to a factor.
double force_at(double t_s, double burst_s) {
  const auto integral = [](double since_s) {
    const double u = std::max(0.0, since_s) / kTwitchRise_s;
    return 1.0 - std::exp(-u) * (1.0 + u);
  };
  return integral(t_s) - integral(t_s - burst_s);
}

std::vector<float> acceleration_of(const LimbJerk& jerk) {
  const double step_s = 1.0 / kFine_hz;
  const double omega = 2.0 * std::numbers::pi * jerk.limb_hz;
  std::vector<float> samples;
  double place = 0.0;
  double speed = 0.0;
  for (int i = 0; i < static_cast<int>(kLongest_s * kFine_hz); ++i) {
    // The midpoint of the step: errors of 1e-4 of the peak at these speeds.
    const auto pull = [&](double at_s, double x, double v) { return force_at(at_s, jerk.burst_s) - 2.0 * jerk.damping * omega * v - omega * omega * x; };
    const double now_s = step_s * i;
    const double now = pull(now_s, place, speed);
    const double half_place = place + 0.5 * step_s * speed;
    const double half_speed = speed + 0.5 * step_s * now;
    const double middle = pull(now_s + 0.5 * step_s, half_place, half_speed);
    samples.push_back(static_cast<float>(now));
    place += step_s * half_speed;
    speed += step_s * middle;
  }
  return samples;
}

/// What |a| tells of the unfiltered form, in fine steps.
void measure(std::span<const float> raw, Form& form) {
  const auto size = [&](std::size_t i) { return std::abs(static_cast<double>(raw[i])); };
  std::size_t peak = 0;
  for (std::size_t i = 0; i < raw.size(); ++i)
    if (size(i) > size(peak)) peak = i;
  const auto first_above = [&](double share) {
    std::size_t i = 0;
    while (size(i) <= share * size(peak)) ++i;
    return i;
  };
  const std::size_t onset = first_above(kOnsetShare);
  std::size_t last = raw.size() - 1;
  while (size(last) <= kLengthShare * size(peak)) --last;
  std::size_t crest = first_above(0.5);
  while (crest < peak && size(crest + 1) > size(crest)) ++crest;
  std::size_t risen = onset;
  while (size(risen) < kRiseShare * size(crest)) ++risen;
  form.onset = static_cast<double>(onset);
  form.peak = static_cast<double>(peak);
  form.end = static_cast<double>(last);
  form.length = static_cast<double>(last - first_above(kLengthShare));
  form.rise = static_cast<double>(risen - onset);
  form.peak_gain = size(peak);
  form.peak_sign = raw[peak] < 0.0F ? -1.0 : 1.0;
}

/// As the movement band shows it, at the frame rate, cut where it is small, of unit energy.
Form banded(std::span<const float> raw, const dsp::MovementSplit& split, double rate_hz, double share) {
  Form form;
  measure(raw, form);
  const auto half = static_cast<std::size_t>(dsp::movement_reach(split, kFine_hz));
  std::vector<float> around(raw.size() + 2 * half, 0.0F);
  std::copy(raw.begin(), raw.end(), around.begin() + static_cast<std::ptrdiff_t>(half));
  const std::vector<float> movement = dsp::movement_of(around, kFine_hz, split);
  // The unfiltered form begins at `half`. Frames lie on a grid that holds it.
  const auto stride = static_cast<std::size_t>(std::lround(kFine_hz / rate_hz));
  std::vector<float> frames;
  for (std::size_t i = half % stride; i < movement.size(); i += stride) frames.push_back(movement[i]);
  const std::size_t origin = half / stride;
  float largest = 0.0F;
  for (const float value : frames) largest = std::max(largest, std::abs(value));
  const auto above = [&](float value) { return std::abs(value) > static_cast<float>(share) * largest; };
  const auto begin = std::find_if(frames.begin(), frames.end(), above) - frames.begin();
  const auto end = frames.rend() - std::find_if(frames.rbegin(), frames.rend(), above);
  form.samples.assign(frames.begin() + begin, frames.begin() + end);
  double energy = 0.0;
  for (const float value : form.samples) energy += static_cast<double>(value) * static_cast<double>(value);
  const double norm = std::sqrt(energy);
  for (float& value : form.samples) value = static_cast<float>(static_cast<double>(value) / norm);
  const double per_frame = static_cast<double>(stride);
  const auto shift = static_cast<double>(static_cast<std::ptrdiff_t>(origin) - begin);
  for (double* place : {&form.onset, &form.peak, &form.end}) *place = *place / per_frame + shift;
  form.length /= per_frame;
  form.rise /= per_frame;
  form.peak_gain /= norm;
  return form;
}

}  // namespace

Form form_of(const LimbJerk& jerk, const dsp::MovementSplit& split, double rate_hz, double share) {
  return banded(acceleration_of(jerk), split, rate_hz, share);
}

Form form_of(const Knock& knock, const dsp::MovementSplit& split, double rate_hz, double share) {
  const double omega = 2.0 * std::numbers::pi * knock.ring_hz;
  std::vector<float> raw;
  for (int i = 0; i < static_cast<int>(kLongest_s * kFine_hz); ++i) {
    const double t_s = i / kFine_hz;
    raw.push_back(static_cast<float>(std::exp(-t_s / knock.decay_s) * std::sin(omega * t_s)));
  }
  return banded(raw, split, rate_hz, share);
}

Form slow_form(double length_s, const dsp::MovementSplit& split, double rate_hz, double share) {
  std::vector<float> raw;
  const int count = static_cast<int>(length_s * kFine_hz);
  for (int i = 0; i <= count; ++i) {
    const double u = static_cast<double>(i) / count;
    raw.push_back(static_cast<float>(u * (60.0 + u * (-180.0 + 120.0 * u))));
  }
  return banded(raw, split, rate_hz, share);
}

}  // namespace klono::detection

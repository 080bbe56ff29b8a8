#include "bench/emg/emg_methods.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "bench/curve.hpp"
#include "bench/emg/emg_oracle.hpp"
#include "detection/emg/emg_analysis.hpp"
#include "synth/butterworth.hpp"

namespace klono::bench {
namespace {

constexpr double kSmooth_s = 0.05;
constexpr double kEnergyMean_s = 0.025;
constexpr double kBridge_s = 0.015;
constexpr double kShortest_s = 0.02;
constexpr double kLongest_s = 2.0;
constexpr double kNotchWidth = 1.0 / 30.0;  // of the frequency

constexpr double kOffShare = 0.8;  // of the on level at most
constexpr std::array kOnMultiples = {2.4, 2.8, 3.2, 3.6, 4.0, 4.5, 5.0, 6.0, 8.0};

std::string told(const char* form, double value) {
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(), buffer.size(), form, value);
  return buffer.data();
}

std::vector<double> steps_by(double from, double to, double factor) {
  std::vector<double> list;
  for (double value = from; value < 1.0001 * to; value *= factor) list.push_back(value);
  return list;
}

/// Takes out one frequency: zeros on the circle, poles beside them.
void notch(std::vector<double>& signal, double hz, double rate_hz) {
  const double radius = 1.0 - std::numbers::pi * kNotchWidth * hz / rate_hz;
  const double turn = 2.0 * std::cos(2.0 * std::numbers::pi * hz / rate_hz);
  double x1 = 0.0;
  double x2 = 0.0;
  double y1 = 0.0;
  double y2 = 0.0;
  for (double& value : signal) {
    const double y = value - turn * x1 + x2 + radius * turn * y1 - radius * radius * y2;
    x2 = x1;
    x1 = value;
    y2 = y1;
    y1 = value = y;
  }
}

Curve conditioned(const Recording& recording) {
  const std::vector<float>& samples = recording.channels.front().samples;
  const double rate_hz = recording.rate_hz;
  synth::ButterworthSection high(20.0, rate_hz, true);
  Curve curve{recording.segments.front(), {}};
  for (const float value : samples) curve.values.push_back(high(static_cast<double>(value) - static_cast<double>(samples.front())));
  for (const double hz : {50.0, 60.0, 150.0, 180.0}) notch(curve.values, hz, rate_hz);
  return curve;
}

std::vector<EmgFind> finds(const Curve& signal, const Curve& curve, double on, double off) {
  std::vector<EmgFind> list;
  for (const Stretch& one : stretches_above(curve, on, off, kBridge_s)) {
    EmgFind find{curve.time_of(one.begin), curve.time_of(one.last + 1), 0.0, 0.0};
    if (find.end_s - find.onset_s < kShortest_s || find.end_s - find.onset_s > kLongest_s) continue;
    for (std::size_t i = one.begin; i <= one.last; ++i) find.peak_uv = std::max(find.peak_uv, std::abs(signal.values[i]));
    list.push_back(find);
  }
  return list;
}

EmgMethod public_method(const std::string& name, EmgFound (*method)(const Recording&, const std::vector<double>&), const std::vector<double>& deviations) {
  EmgMethod made{.name = name, .points = {}, .run = [method, deviations](const EmgCase& one) { return method(one.recording, deviations); }};
  for (const double h : deviations) made.points.push_back(told("%.3g deviations", h));
  return made;
}

EmgSettings with_on_multiple(EmgSettings settings, double multiple) {
  settings.bursts.on_multiple = multiple;
  settings.bursts.off_multiple = std::min(settings.bursts.off_multiple, kOffShare * multiple);
  return settings;
}

std::vector<EmgFind> ours(const EmgCase& one, const EmgSettings& settings) {
  std::vector<EmgFind> list;
  const auto analysis = analyse_emg(one.recording, settings);
  if (!analysis.ok()) return list;
  for (const EmgBurst& burst : analysis.value().channels.front().bursts) list.push_back({burst.onset_s, burst.end_s, burst.peak_uv, burst.above_floor});
  return list;
}

}  // namespace

EmgMethod emg_oracle_method() {
  const std::vector<double> scores = steps_by(6.0, 2000.0, 1.08);
  EmgMethod method{.name = "oracle", .points = {}, .run = {}};
  for (const double score : scores) method.points.push_back(told("%.3g", score));
  method.run = [scores](const EmgCase& one) {
    const std::vector<EmgFind> all = emg_oracle(one.recording, one.untouched, scores.front());
    EmgFound found;
    for (const double score : scores) {
      found.emplace_back();
      std::copy_if(all.begin(), all.end(), std::back_inserter(found.back()), [score](const EmgFind& find) { return find.score >= score; });
    }
    return found;
  };
  return method;
}

EmgMethod our_emg_method(const std::string& name, const EmgSettings& settings) {
  return {.name = name, .points = {"as set"}, .run = [settings](const EmgCase& one) { return EmgFound{ours(one, settings)}; }};
}

EmgMethod our_emg_sweep(const std::string& name, const EmgSettings& settings) {
  EmgMethod method{.name = name, .points = {}, .run = {}};
  for (const double multiple : kOnMultiples) method.points.push_back(told("%.1f x quiet", multiple));
  method.run = [settings](const EmgCase& one) {
    EmgFound found;
    for (const double multiple : kOnMultiples) found.push_back(ours(one, with_on_multiple(settings, multiple)));
    return found;
  };
  return method;
}

std::vector<EmgMethod> public_emg_methods() {
  return {public_method("rectified, smoothed", rectified_and_smoothed, steps_by(1.5, 60.0, 1.2)), public_method("Teager-Kaiser, two thresholds", teager_kaiser_emg, steps_by(2.0, 1000.0, 1.25))};
}

EmgFound rectified_and_smoothed(const Recording& recording, const std::vector<double>& deviations) {
  const Curve signal = conditioned(recording);
  Curve curve = signal;
  for (double& value : curve.values) value = std::abs(value);
  curve.values = mean_over(curve.values, kSmooth_s, recording.rate_hz);
  const RestLevel rest = rest_level(curve.values);
  EmgFound found;
  for (const double h : deviations) found.push_back(finds(signal, curve, rest.above(h), rest.above(h)));
  return found;
}

EmgFound teager_kaiser_emg(const Recording& recording, const std::vector<double>& deviations) {
  const Curve signal = conditioned(recording);
  Curve curve = signal;
  for (std::size_t i = 0; i < curve.values.size(); ++i) {
    const bool inside = i > 0 && i + 1 < signal.values.size();
    curve.values[i] = inside ? std::abs(signal.values[i] * signal.values[i] - signal.values[i - 1] * signal.values[i + 1]) : 0.0;
  }
  curve.values = mean_over(curve.values, kEnergyMean_s, recording.rate_hz);
  const RestLevel rest = rest_level(curve.values);
  EmgFound found;
  for (const double h : deviations) found.push_back(finds(signal, curve, rest.above(h), rest.above(h / 3.0)));
  return found;
}

}  // namespace klono::bench

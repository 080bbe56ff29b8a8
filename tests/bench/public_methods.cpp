#include "bench/public_methods.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "bench/curve.hpp"
#include "bench/score.hpp"
#include "synth/butterworth.hpp"

namespace klono::bench {
namespace {

constexpr double kApart_s = 0.3;
constexpr double kEnergyMean_s = 0.05;
constexpr double kBridge_s = 0.12;
constexpr double kDropOut_s = 0.5;
constexpr double kLongest_s = 10.0;
constexpr double kLeast_g = 1e-4;  // where a rounded background is constant

/// One axis of one segment, band-limited; the first reading counts as rest.
std::vector<double> band_of(const std::vector<float>& axis, const Segment& segment, double low_hz, double high_hz) {
  const auto possible = [&](double hz) { return std::min(hz, 0.45 * segment.rate_hz); };
  synth::ButterworthSection high(possible(low_hz), segment.rate_hz, true);
  synth::ButterworthSection low(possible(high_hz), segment.rate_hz, false);
  std::vector<double> band;
  double rest = std::numeric_limits<double>::quiet_NaN();
  double last = 0.0;
  for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
    const auto value = static_cast<double>(axis[static_cast<std::size_t>(i)]);
    if (std::isfinite(value)) last = value;
    if (!std::isfinite(rest)) rest = last;
    band.push_back(low(high(last - rest)));
  }
  return band;
}

/// `value(axes)` makes the curve of a segment from its three band-limited axes.
template <class Value>
std::vector<Curve> curves_of(const Recording& recording, double low_hz, double high_hz, Value value) {
  std::array<const Channel*, 3> channels{recording.find(ChannelRole::AccelerationX), recording.find(ChannelRole::AccelerationY),
                                         recording.find(ChannelRole::AccelerationZ)};
  std::vector<Curve> curves;
  if (std::find(channels.begin(), channels.end(), nullptr) != channels.end()) return curves;
  for (const Segment& segment : recording.segments) {
    std::array<std::vector<double>, 3> axes;
    for (std::size_t k = 0; k < 3; ++k) axes[k] = band_of(channels[k]->samples, segment, low_hz, high_hz);
    curves.push_back({segment, value(axes, segment.rate_hz)});
  }
  return curves;
}

std::vector<double> length_of(const std::array<std::vector<double>, 3>& axes, double) {
  std::vector<double> length(axes[0].size());
  for (std::size_t i = 0; i < length.size(); ++i) length[i] = std::sqrt(axes[0][i] * axes[0][i] + axes[1][i] * axes[1][i] + axes[2][i] * axes[2][i]);
  return length;
}

std::vector<double> energy_of(const std::array<std::vector<double>, 3>& axes, double rate_hz) {
  const std::size_t count = axes[0].size();
  std::vector<double> energy(count, 0.0);
  for (const auto& axis : axes)
    for (std::size_t i = 1; i + 1 < count; ++i) energy[i] += axis[i] * axis[i] - axis[i - 1] * axis[i + 1];
  return mean_over(energy, kEnergyMean_s, rate_hz);
}

std::vector<double> all_values(const std::vector<Curve>& curves) {
  std::vector<double> all;
  for (const Curve& curve : curves) all.insert(all.end(), curve.values.begin(), curve.values.end());
  return all;
}

Event event_between(const Curve& curve, std::size_t begin, std::size_t end, std::size_t peak) {
  Event event;
  event.onset_s = curve.time_of(begin);
  event.end_s = curve.time_of(end);
  event.duration_s = event.end_s - event.onset_s;
  event.peak_s = curve.time_of(peak);
  event.peak_g = curve.values[peak];
  event.confidence = curve.values[peak];
  return event;
}

/// As stretches_above(), none longer than kLongest_s.
std::vector<Event> stretches(const std::vector<Curve>& curves, double on, double off, double bridge_s) {
  std::vector<Event> events;
  for (const Curve& curve : curves)
    for (const Stretch& one : stretches_above(curve, on, off, bridge_s))
      if (const Event event = event_between(curve, one.begin, one.last, one.peak); event.duration_s <= kLongest_s) events.push_back(event);
  return events;
}

/// The strongest first, none nearer than kApart_s to a stronger one.
std::vector<Event> peaks_above(const std::vector<Curve>& curves, double level) {
  std::vector<Event> events;
  for (const Curve& curve : curves) {
    std::vector<std::size_t> peaks;
    for (std::size_t i = 1; i + 1 < curve.values.size(); ++i)
      if (curve.values[i] >= level && curve.values[i] > curve.values[i - 1] && curve.values[i] >= curve.values[i + 1]) peaks.push_back(i);
    std::sort(peaks.begin(), peaks.end(), [&](std::size_t a, std::size_t b) { return curve.values[a] > curve.values[b]; });
    const auto apart = static_cast<std::size_t>(kApart_s * curve.segment.rate_hz);
    std::vector<char> taken(curve.values.size(), 0);
    for (const std::size_t peak : peaks) {
      if (taken[peak] != 0) continue;
      const std::size_t from = peak > apart ? peak - apart : 0;
      const std::size_t to = std::min(taken.size(), peak + apart + 1);
      std::fill(taken.begin() + static_cast<std::ptrdiff_t>(from), taken.begin() + static_cast<std::ptrdiff_t>(to), char{1});
      std::size_t begin = peak;
      std::size_t end = peak;
      const double half = 0.5 * curve.values[peak];
      while (begin > from && curve.values[begin - 1] >= half) --begin;
      while (end + 1 < to && curve.values[end + 1] >= half) ++end;
      events.push_back(event_between(curve, begin, end, peak));
    }
  }
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.onset_s < b.onset_s; });
  return events;
}

}  // namespace

std::vector<std::vector<Event>> threshold_and_peaks(const Recording& recording, const std::vector<double>& multiples) {
  const auto curves = curves_of(recording, 0.5, 20.0, length_of);
  const double median = quantile(all_values(curves), 0.5);
  std::vector<std::vector<Event>> found;
  for (const double multiple : multiples) found.push_back(peaks_above(curves, std::max(multiple * median, kLeast_g)));
  return found;
}

std::vector<std::vector<Event>> teager_kaiser(const Recording& recording, const std::vector<double>& deviations) {
  const auto curves = curves_of(recording, 0.5, 20.0, energy_of);
  const RestLevel rest = rest_level(all_values(curves));
  std::vector<std::vector<Event>> found;
  for (const double h : deviations) found.push_back(stretches(curves, rest.above(h), rest.above(h / 3.0), kBridge_s));
  return found;
}

std::vector<std::vector<Event>> limb_movement_rule(const Recording& recording, const std::vector<double>& on_levels_g) {
  const auto curves = curves_of(recording, 0.3, 20.0, length_of);
  std::vector<std::vector<Event>> found;
  for (const double on_g : on_levels_g) found.push_back(stretches(curves, on_g, 0.5 * on_g, kDropOut_s));
  return found;
}

}  // namespace klono::bench

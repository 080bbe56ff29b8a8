#include "synth/band_level.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "synth/butterworth.hpp"

namespace klono::synth {
namespace {

constexpr double kBandLow_hz = 0.5;
constexpr double kBandHigh_hz = 20.0;
constexpr double kSmallestLevel_g = 1e-9;

double band_high_hz(double rate_hz) { return std::min(kBandHigh_hz, 0.45 * rate_hz); }

void add_squares(std::span<const float> axis, const Segment& segment, std::vector<double>& squares) {
  ButterworthSection high(kBandLow_hz, segment.rate_hz, true);
  ButterworthSection low(band_high_hz(segment.rate_hz), segment.rate_hz, false);
  double rest = 0.0;
  bool started = false;
  double last = 0.0;
  for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    double value = static_cast<double>(axis[at]);
    if (!std::isfinite(value)) value = last;
    if (!started) rest = value;  // gravity at the first sample would ring for seconds
    started = true;
    last = value;
    const double moved = low(high(value - rest));
    squares[at + 1] += moved * moved;
  }
}

}  // namespace

BandLevel::BandLevel(std::span<const float> x, std::span<const float> y, std::span<const float> z,
                     const std::vector<Segment>& segments, double quantisation_step_g)
    : segments_(segments), running_sum_(x.size() + 1, 0.0), quantisation_step_g_(quantisation_step_g) {
  for (const Segment& segment : segments_)
    for (const auto& axis : {x, y, z}) add_squares(axis, segment, running_sum_);
  for (std::size_t i = 1; i < running_sum_.size(); ++i) running_sum_[i] += running_sum_[i - 1];
}

double BandLevel::rms_g(const TimeSpan& span) const {
  const double middle_s = 0.5 * (span.begin_s + span.end_s);
  for (const Segment& segment : segments_) {
    if (middle_s < segment.start_s || middle_s >= segment.end_s()) continue;
    const auto index_at = [&](double t_s) {
      const auto offset = static_cast<std::int64_t>(std::ceil((t_s - segment.start_s) * segment.rate_hz));
      return segment.first_index + std::clamp<std::int64_t>(offset, 0, segment.count);
    };
    const std::int64_t begin = index_at(span.begin_s);
    const std::int64_t end = std::max(index_at(span.end_s), begin + 1);
    if (end > segment.end_index()) return kSmallestLevel_g;
    const double sum = running_sum_[static_cast<std::size_t>(end)] - running_sum_[static_cast<std::size_t>(begin)];
    // Rounding adds step^2/12 to each axis, spread evenly up to half the rate.
    const double in_band = std::min(1.0, (band_high_hz(segment.rate_hz) - kBandLow_hz) / (0.5 * segment.rate_hz));
    const double rounding = 3.0 * quantisation_step_g_ * quantisation_step_g_ / 12.0 * in_band;
    return std::max(kSmallestLevel_g, std::sqrt(std::max(0.0, sum) / static_cast<double>(end - begin) + rounding));
  }
  return kSmallestLevel_g;
}

}  // namespace klono::synth

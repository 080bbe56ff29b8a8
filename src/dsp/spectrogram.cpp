#include "dsp/spectrogram.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "dsp/spectrum.hpp"

namespace klono::dsp {
namespace {

constexpr double kWindow_s = 0.64;
constexpr double kRange_dB = 40.0;
constexpr double kLeastFullScale_g = 0.002;

int transform_length(double window_samples) {
  int length = 64;
  while (length < 2.0 * window_samples) length *= 2;
  return length;
}

/// Adds the mean power of the windows whose middles fall into one column.
class ColumnSpectrum {
 public:
  ColumnSpectrum(const MovementSpan& span)
      : span_(span), window_(std::max<std::ptrdiff_t>(8, std::lround(kWindow_s * span.rate_hz))),
        spectrum_(transform_length(static_cast<double>(window_))), power_(static_cast<std::size_t>(spectrum_.length() / 2 + 1)) {}

  double bin_hz() const { return span_.rate_hz / spectrum_.length(); }

  /// Power by bin in g^2, of a full-scale sine about its mean square; empty outside the span.
  std::span<const float> at(double begin_s, double end_s) {
    const auto size = static_cast<std::ptrdiff_t>(span_.count);
    const double first = (begin_s - span_.start_s) * span_.rate_hz;
    const double last = (end_s - span_.start_s) * span_.rate_hz;
    if (last <= 0.0 || first >= static_cast<double>(size) || size < window_) return {};
    std::fill(power_.begin(), power_.end(), 0.0F);
    // Wide columns look at no more than eight windows, evenly placed: enough to see, cheap for a week.
    const int looks = static_cast<int>(std::clamp((last - first) / static_cast<double>(window_), 1.0, 8.0));
    int heard = 0;
    for (int look = 0; look < looks; ++look) {
      const double middle = first + (last - first) * (look + 0.5) / looks;
      const std::ptrdiff_t begin = std::clamp<std::ptrdiff_t>(std::lround(middle) - window_ / 2, 0, size - window_);
      const MovementAxes axes = span_.read(begin, begin + window_);
      if (std::any_of(axes[0].begin(), axes[0].end(), [](float value) { return std::isnan(value); })) continue;
      ++heard;
      for (const auto& axis : axes)
        if (!axis.empty() && !std::isnan(axis.front())) spectrum_.add_power(axis, true, power_);
    }
    if (heard == 0) return {};
    const double scale = 8.0 / (3.0 * static_cast<double>(heard) * static_cast<double>(window_) * static_cast<double>(window_));
    for (float& value : power_) value *= static_cast<float>(scale);
    return power_;
  }

 private:
  const MovementSpan& span_;
  std::ptrdiff_t window_;
  Spectrum spectrum_;
  std::vector<float> power_;
};

}  // namespace

MovementSpan movement_in_memory(double start_s, double rate_hz, const MovementAxes& axes) {
  return {start_s, rate_hz, static_cast<std::int64_t>(axes[0].size()), [axes](std::int64_t begin, std::int64_t end) {
            MovementAxes part;
            for (std::size_t axis = 0; axis < part.size(); ++axis)
              if (!axes[axis].empty()) part[axis] = axes[axis].subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
            return part;
          }};
}

std::vector<std::uint8_t> spectrogram(const SpectrogramSpec& spec, std::span<const MovementSpan> spans) {
  const std::size_t columns = spec.columns;
  const std::size_t rows = spec.rows;
  std::vector<float> power(columns * rows, 0.0F);
  const double column_s = (spec.end_s - spec.begin_s) / std::max<double>(1.0, static_cast<double>(columns));
  for (const MovementSpan& span : spans) {
    if (!(span.rate_hz > 0.0) || span.count <= 0) continue;
    ColumnSpectrum spectrum(span);
    for (std::size_t c = 0; c < columns; ++c) {
      const double begin = spec.begin_s + column_s * static_cast<double>(c);
      const std::span<const float> bins = spectrum.at(begin, begin + column_s);
      if (bins.empty()) continue;
      for (std::size_t r = 0; r < rows; ++r) {
        const double bin = spec.top_hz * (static_cast<double>(r) + 0.5) / static_cast<double>(rows) / spectrum.bin_hz();
        const auto low = static_cast<std::size_t>(bin);
        if (low + 1 >= bins.size()) continue;
        const auto share = static_cast<float>(bin - static_cast<double>(low));
        float& cell = power[r * columns + c];
        cell = std::max(cell, bins[low] + share * (bins[low + 1] - bins[low]));
      }
    }
  }
  float strongest = static_cast<float>(kLeastFullScale_g * kLeastFullScale_g);
  for (const float value : power) strongest = std::max(strongest, value);
  std::vector<std::uint8_t> levels(power.size(), 0);
  for (std::size_t i = 0; i < power.size(); ++i) {
    if (!(power[i] > 0.0F)) continue;
    const double below_dB = 10.0 * std::log10(static_cast<double>(strongest) / static_cast<double>(power[i]));
    levels[i] = static_cast<std::uint8_t>(std::lround(255.0 * std::clamp(1.0 - below_dB / kRange_dB, 0.0, 1.0)));
  }
  return levels;
}

}  // namespace klono::dsp

#include "bench/emg/emg_in_band.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "bench/fourier.hpp"
#include "bench/score.hpp"

namespace klono::bench {
namespace {

constexpr double kLowEdge_hz = 10.0;
constexpr double kHighEdge_hz = 20.0;
constexpr double kBesideMains_hz = 1.0;
constexpr double kReach_s = 4.0;
constexpr double kStillTimes = 1.7;
constexpr double kShortestStill_s = 2.0;
constexpr double kShrink_s = 0.3;

bool is_mains(double hz) {
  return std::abs(hz - 50.0 * std::round(hz / 50.0)) < kBesideMains_hz || std::abs(hz - 60.0 * std::round(hz / 60.0)) < kBesideMains_hz;
}

/// From 0 to 1 within half of `width` to both sides of 0.
double step(double distance, double width) {
  return 0.5 + 0.5 * std::sin(std::numbers::pi * std::clamp(distance / width, -0.5, 0.5));
}

}  // namespace

std::vector<double> emg_in_band(const std::vector<double>& signal, double rate_hz, bool no_mains) {
  const Fourier fourier(power_of_two_from(static_cast<double>(signal.size())));
  const std::size_t n = fourier.length();
  std::vector<std::complex<double>> values(n);
  std::copy(signal.begin(), signal.end(), values.begin());
  fourier.forward(values);
  for (std::size_t f = 0; f < n; ++f) {
    const double hz = static_cast<double>(std::min(f, n - f)) / static_cast<double>(n) * rate_hz;
    values[f] *= step(hz - kEmgLow_hz, kLowEdge_hz) * step(std::min(kEmgHigh_hz, 0.45 * rate_hz) - hz, kHighEdge_hz) * (no_mains && is_mains(hz) ? 0.0 : 1.0);
  }
  fourier.inverse(values);
  std::vector<double> band(signal.size());
  for (std::size_t i = 0; i < band.size(); ++i) band[i] = values[i].real();
  return band;
}

EmgLevel::EmgLevel(const std::vector<double>& background, double rate_hz, bool has_mains) {
  const std::vector<double> band = emg_in_band(background, rate_hz, has_mains);
  const auto size = static_cast<std::size_t>(kWindow_s * rate_hz);
  for (std::size_t begin = 0; begin + size <= band.size(); begin += size) {
    double square = 0.0;
    for (std::size_t i = begin; i < begin + size; ++i) square += band[i] * band[i];
    windows_.push_back(std::sqrt(square / static_cast<double>(size)));
  }
}

double EmgLevel::at(double t_s) const {
  const auto index = [&](double s) { return static_cast<std::size_t>(std::clamp(s / kWindow_s, 0.0, static_cast<double>(windows_.size()))); };
  return quantile({windows_.begin() + static_cast<std::ptrdiff_t>(index(t_s - kReach_s)), windows_.begin() + static_cast<std::ptrdiff_t>(index(t_s + kReach_s))}, 0.5);
}

std::vector<TimeSpan> emg_still_spans(const EmgLevel& level) {
  const double most = kStillTimes * quantile(level.windows(), 0.2);
  std::vector<TimeSpan> spans;
  bool open = false;
  for (std::size_t k = 0; k < level.windows().size(); ++k) {
    const TimeSpan window{static_cast<double>(k) * EmgLevel::kWindow_s, static_cast<double>(k + 1) * EmgLevel::kWindow_s};
    const bool still = level.windows()[k] <= most;
    if (still && open) spans.back().end_s = window.end_s;
    else if (still) spans.push_back(window);
    open = still;
  }
  std::erase_if(spans, [](const TimeSpan& span) { return span.length_s() < kShortestStill_s; });
  for (TimeSpan& span : spans) span = {span.begin_s + kShrink_s, span.end_s - kShrink_s};
  return spans;
}

}  // namespace klono::bench

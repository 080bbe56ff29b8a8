#include "dsp/spectrum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "dsp/lanes.hpp"
#include "kiss_fftr.h"

namespace klono::dsp {

struct Spectrum::Plan {
  kiss_fftr_cfg setup = nullptr;
  std::vector<Lanes> input;  // a signal in each
  std::vector<kiss_fft_cpx> output;
  std::vector<float> window;

  /// The first `count` values of up to four signals, then nothing.
  void take(std::span<const std::span<const float>> signals, std::size_t count) {
    if (signals.size() == 3) {  // the usual: axes
      for (std::size_t i = 0; i < count; ++i) input[i] = Lanes{signals[0][i], signals[1][i], signals[2][i], 0.0F};
    } else {
      std::fill_n(input.begin(), count, Lanes{});
      for (std::size_t lane = 0; lane < signals.size(); ++lane)
        for (std::size_t i = 0; i < count; ++i) input[i][lane] = signals[lane][i];
    }
    std::fill(input.begin() + static_cast<std::ptrdiff_t>(count), input.end(), Lanes{});
  }
};

Spectrum::Spectrum(int length) : length_(length), plan_(std::make_unique<Plan>()) {
  plan_->setup = kiss_fftr_alloc(length, 0, nullptr, nullptr);
  plan_->input.resize(static_cast<std::size_t>(length));
  plan_->output.resize(static_cast<std::size_t>(length / 2 + 1));
}

Spectrum::~Spectrum() {
  if (plan_) kiss_fftr_free(plan_->setup);
}

Spectrum::Spectrum(Spectrum&&) noexcept = default;
Spectrum& Spectrum::operator=(Spectrum&&) noexcept = default;

void Spectrum::add_power(std::span<const float> signal, bool windowed, std::span<float> power) { add_power(std::array{signal}, windowed, power); }

void Spectrum::add_power(std::span<const std::span<const float>> signals, bool windowed, std::span<float> power) {
  const std::size_t count = std::min(signals.front().size(), plan_->input.size());
  plan_->take(signals, count);
  if (windowed && count > 1) {
    if (plan_->window.size() != count) {
      plan_->window.resize(count);
      for (std::size_t i = 0; i < count; ++i)
        plan_->window[i] = static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(count)));
    }
    for (std::size_t i = 0; i < count; ++i) plan_->input[i] *= plan_->window[i];
  }
  kiss_fftr(plan_->setup, plan_->input.data(), plan_->output.data());
  for (std::size_t k = 0; k < power.size() && k < plan_->output.size(); ++k) {
    const Lanes powers = plan_->output[k].r * plan_->output[k].r + plan_->output[k].i * plan_->output[k].i;
    for (std::size_t lane = 0; lane < signals.size(); ++lane) power[k] += powers[lane];
  }
}

double peak_frequency(std::span<const float> power, double rate_hz, double low_hz, double high_hz) {
  if (power.size() < 3) return 0.0;
  const double bin_hz = rate_hz / (2.0 * static_cast<double>(power.size() - 1));
  const auto low = static_cast<std::size_t>(std::max(1.0, std::ceil(low_hz / bin_hz)));
  const auto high = std::min(power.size() - 2, static_cast<std::size_t>(high_hz / bin_hz));
  if (low > high) return 0.0;
  std::size_t best = low;
  for (std::size_t k = low; k <= high; ++k)
    if (power[k] > power[best]) best = k;
  if (!(power[best] > 0.0F)) return 0.0;
  const auto level = [&](std::size_t k) { return std::log(std::max(static_cast<double>(power[k]), 1e-30)); };
  const double left = level(best - 1);
  const double middle = level(best);
  const double right = level(best + 1);
  const double bend = left - 2.0 * middle + right;
  const double shift = bend < 0.0 ? std::clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0.0;
  return (static_cast<double>(best) + shift) * bin_hz;
}

double narrowness(std::span<const float> power, double rate_hz, double peak_hz) {
  const double bin_hz = rate_hz / (2.0 * static_cast<double>(power.size() - 1));
  double near = 0.0;
  double all = 0.0;
  for (std::size_t k = 1; k < power.size(); ++k) {
    all += static_cast<double>(power[k]);
    if (std::abs(static_cast<double>(k) * bin_hz - peak_hz) <= 1.0) near += static_cast<double>(power[k]);
  }
  return all > 0.0 ? near / all : 0.0;
}

}  // namespace klono::dsp

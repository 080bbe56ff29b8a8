#include "dsp/movement.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "dsp/fir.hpp"

namespace klono::dsp {
namespace {

constexpr double kLowPassHalf_s = 0.10;
constexpr double kChangeHalf_s = 0.02;
constexpr double kHighestShare = 0.45;  // of the rate: where the low-pass must give way (chosen)

}  // namespace

std::vector<float> movement_kernel(const MovementSplit& split, double rate_hz) {
  const std::vector<float> mean = hann_mean(split.half_s, rate_hz);
  const double cutoff = std::min(split.top_hz, kHighestShare * rate_hz);
  const int half_taps = std::max(2, static_cast<int>(std::lround(kLowPassHalf_s * rate_hz)));
  return difference(low_pass(cutoff, half_taps, rate_hz), mean);
}

std::vector<float> change_kernel(const MovementSplit& split, double rate_hz) {
  const long apart = std::max(1L, std::lround(kChangeHalf_s * rate_hz));
  const long half = std::max(1L, std::lround(split.half_s * rate_hz) - apart);
  const std::vector<float> inner = movement_kernel({static_cast<double>(half) / rate_hz, split.top_hz}, rate_hz);
  const auto weight = static_cast<float>(rate_hz / (2.0 * static_cast<double>(apart)));
  std::vector<float> kernel(inner.size() + 2 * static_cast<std::size_t>(apart), 0.0F);
  for (std::size_t k = 0; k < inner.size(); ++k) {
    kernel[k + 2 * static_cast<std::size_t>(apart)] += weight * inner[k];
    kernel[k] -= weight * inner[k];
  }
  return kernel;
}

std::vector<float> gravity_kernel(const MovementSplit& split, double rate_hz) { return hann_mean(split.half_s, rate_hz); }

std::vector<float> movement_of(std::span<const float> axis, double rate_hz, const MovementSplit& split) {
  if (axis.empty()) return {};
  const std::vector<float> kernel = movement_kernel(split, rate_hz);
  const std::size_t half = (kernel.size() - 1) / 2;
  std::vector<float> padded(axis.size() + 2 * half, axis.front());
  std::copy(axis.begin(), axis.end(), padded.begin() + static_cast<std::ptrdiff_t>(half));
  std::fill(padded.end() - static_cast<std::ptrdiff_t>(half), padded.end(), axis.back());
  std::vector<float> movement(axis.size());
  convolve(padded, kernel, movement);
  return movement;
}

}  // namespace klono::dsp

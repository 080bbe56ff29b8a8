#include "dsp/movement.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "dsp/fir.hpp"

namespace klono::dsp {
namespace {

constexpr double kLowPassHalf_s = 0.10;
constexpr double kHighestShare = 0.45;  // of the rate: where the low-pass must give way (chosen)

}  // namespace

std::vector<float> movement_kernel(const MovementSplit& split, double rate_hz) {
  const std::vector<float> mean = hann_mean(split.half_s, rate_hz);
  const double cutoff = std::min(split.top_hz, kHighestShare * rate_hz);
  const int half_taps = std::max(2, static_cast<int>(std::lround(kLowPassHalf_s * rate_hz)));
  return difference(low_pass(cutoff, half_taps, rate_hz), mean);
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

#include "dsp/fir.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numbers>

#include "dsp/lanes.hpp"

namespace klono::dsp {
namespace {

std::vector<float> normalised(const std::vector<double>& kernel) {
  double sum = 0.0;
  for (const double value : kernel) sum += value;
  std::vector<float> scaled(kernel.size());
  std::transform(kernel.begin(), kernel.end(), scaled.begin(), [sum](double value) { return static_cast<float>(value / sum); });
  return scaled;
}

}  // namespace

int hann_half(double half_s, double rate_hz) { return std::max(1, static_cast<int>(std::lround(half_s * rate_hz))); }

std::vector<float> hann_mean(double half_s, double rate_hz) {
  const int half = hann_half(half_s, rate_hz);
  std::vector<double> kernel;
  for (int k = -half; k <= half; ++k) kernel.push_back(0.5 + 0.5 * std::cos(std::numbers::pi * k / (half + 1)));
  return normalised(kernel);
}

std::vector<float> low_pass(double cutoff_hz, int half_taps, double rate_hz) {
  std::vector<double> kernel;
  for (int k = -half_taps; k <= half_taps; ++k) {
    const double phase = 2.0 * std::numbers::pi * cutoff_hz / rate_hz * k;
    const double sinc = k == 0 ? 1.0 : std::sin(phase) / phase;
    const double u = std::numbers::pi * k / (half_taps + 1);
    kernel.push_back(sinc * (0.42 + 0.5 * std::cos(u) + 0.08 * std::cos(2.0 * u)));
  }
  return normalised(kernel);
}

std::vector<float> difference(std::span<const float> a, std::span<const float> b) {
  std::vector<float> result(std::max(a.size(), b.size()), 0.0F);
  const std::size_t shift_a = (result.size() - a.size()) / 2;
  const std::size_t shift_b = (result.size() - b.size()) / 2;
  for (std::size_t k = 0; k < a.size(); ++k) result[k + shift_a] += a[k];
  for (std::size_t k = 0; k < b.size(); ++k) result[k + shift_b] -= b[k];
  return result;
}

float dot(std::span<const float> a, std::span<const float> b) {
  Lanes even = {};
  Lanes odd = {};
  std::size_t i = 0;
  for (; i + 2 * kLanes <= a.size(); i += 2 * kLanes) {
    even += load(a.data() + i) * load(b.data() + i);
    odd += load(a.data() + i + kLanes) * load(b.data() + i + kLanes);
  }
  float sum = sum_of(even + odd);
  for (; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

namespace {

/// Outputs side by side, taps one after another: no sum is reordered, however wide the vectors. As many sums as stay in registers.
template <class Vector>
[[gnu::always_inline]] inline void convolve_by(std::span<const float> in, std::span<const float> kernel, std::span<float> out) {
  constexpr std::size_t kWidth = sizeof(Vector) / sizeof(float);
  constexpr std::size_t kSums = 8 * kLanes / kWidth;
  constexpr std::size_t kBlock = kWidth * kSums;
  const std::size_t taps = kernel.size();
  std::size_t begin = 0;
  Vector values;
  for (; begin + kBlock <= out.size(); begin += kBlock) {
    Vector sums[kSums] = {};
    const float* source = in.data() + begin;
    for (std::size_t k = 0; k < taps; ++k)
      for (std::size_t i = 0; i < kSums; ++i) {
        load_into(source + k + kWidth * i, values);
        sums[i] += kernel[k] * values;
      }
    std::memcpy(out.data() + begin, sums, sizeof sums);
  }
  for (; begin + kWidth <= out.size(); begin += kWidth) {
    Vector sum = {};
    for (std::size_t k = 0; k < taps; ++k) {
      load_into(in.data() + begin + k, values);
      sum += kernel[k] * values;
    }
    std::memcpy(out.data() + begin, &sum, sizeof sum);
  }
  for (; begin < out.size(); ++begin) {
    float sum = 0.0F;
    for (std::size_t k = 0; k < taps; ++k) sum += kernel[k] * in[begin + k];
    out[begin] = sum;
  }
}

/// As dot() adds, for places side by side.
template <class Vector>
[[gnu::always_inline]] inline void dots_by(std::span<const float> a, std::span<const float> b, std::span<float> out) {
  constexpr std::size_t kWidth = sizeof(Vector) / sizeof(float);
  constexpr std::size_t kSums = 2 * kLanes;  // what dot() keeps in the lanes of two registers
  const std::size_t whole = a.size() / kSums * kSums;
  std::size_t place = 0;
  Vector values;
  for (; place + kWidth <= out.size(); place += kWidth) {
    const float* from = b.data() + place;
    Vector sums[kSums] = {};
    for (std::size_t i = 0; i < whole; i += kSums)
      for (std::size_t k = 0; k < kSums; ++k) {
        load_into(from + i + k, values);
        sums[k] += a[i + k] * values;
      }
    Vector sum = ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
    for (std::size_t i = whole; i < a.size(); ++i) {
      load_into(from + i, values);
      sum += a[i] * values;
    }
    std::memcpy(out.data() + place, &sum, sizeof sum);
  }
  for (; place < out.size(); ++place) out[place] = dot(a, b.subspan(place));
}

#ifdef KLONO_WIDE_LANES
[[gnu::target("avx2")]] void convolve_wide(std::span<const float> in, std::span<const float> kernel, std::span<float> out) { convolve_by<WideLanes>(in, kernel, out); }
[[gnu::target("avx2")]] void dots_wide(std::span<const float> a, std::span<const float> b, std::span<float> out) { dots_by<WideLanes>(a, b, out); }
#endif

}  // namespace

void convolve(std::span<const float> in, std::span<const float> kernel, std::span<float> out) {
#ifdef KLONO_WIDE_LANES
  if (has_wide_lanes()) return convolve_wide(in, kernel, out);
#endif
  convolve_by<Lanes>(in, kernel, out);
}

void dots(std::span<const float> a, std::span<const float> b, std::span<float> out) {
#ifdef KLONO_WIDE_LANES
  if (has_wide_lanes()) return dots_wide(a, b, out);
#endif
  dots_by<Lanes>(a, b, out);
}

}  // namespace klono::dsp

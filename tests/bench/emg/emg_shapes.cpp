#include "bench/emg/emg_shapes.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "bench/fourier.hpp"

namespace klono::bench {

double emg_spectrum(double hz, double high_pass_hz, double low_pass_hz) {
  const double high = hz / std::hypot(hz, high_pass_hz);
  const double low = low_pass_hz * low_pass_hz / (hz * hz + low_pass_hz * low_pass_hz);
  return high * low;
}

std::vector<double> burst_shape(double length_s, double rate_hz, synth::Random& random) {
  const double high_pass_hz = random.uniform(45.0, 75.0);
  const double low_pass_hz = random.uniform(90.0, 150.0);
  const double edge = random.uniform(0.05, 0.2);
  const auto count = std::max<std::size_t>(4, static_cast<std::size_t>(length_s * rate_hz));
  const Fourier fourier(power_of_two_from(static_cast<double>(2 * count)));
  const std::size_t n = fourier.length();
  std::vector<std::complex<double>> values(n);
  for (std::size_t f = 0; f < n; ++f) {
    const double hz = static_cast<double>(std::min(f, n - f)) / static_cast<double>(n) * rate_hz;
    values[f] = emg_spectrum(hz, high_pass_hz, low_pass_hz) * std::complex<double>(random.normal(), random.normal());
  }
  fourier.inverse(values);
  std::vector<double> shape(count);
  double square = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    const double inside = std::min({place / edge, (1.0 - place) / edge, 1.0});
    shape[i] = (0.5 - 0.5 * std::cos(std::numbers::pi * inside)) * values[i].real();
    square += shape[i] * shape[i];
  }
  for (double& value : shape) value /= std::sqrt(square / static_cast<double>(count));
  return shape;
}

std::vector<double> potential_shape(double width_s, double rate_hz) {
  const auto half = static_cast<int>(std::ceil(4.0 * width_s * rate_hz));
  const double peak_to_peak = 1.0 + 2.0 * std::exp(-1.5);  // of (1 - u^2) exp(-u^2 / 2)
  std::vector<double> shape;
  for (int i = -half; i <= half; ++i) {
    const double u = static_cast<double>(i) / (width_s * rate_hz);
    shape.push_back((1.0 - u * u) * std::exp(-0.5 * u * u) / peak_to_peak);
  }
  return shape;
}

}  // namespace klono::bench

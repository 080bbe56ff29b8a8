#include "bench/fourier.hpp"

#include <numbers>
#include <utility>

namespace klono::bench {

Fourier::Fourier(std::size_t length) : length_(length), reversed_(length, 0) {
  for (std::size_t half = 1; half < length; half *= 2)
    for (std::size_t k = 0; k < half; ++k) turns_.push_back(std::polar(1.0, -std::numbers::pi * static_cast<double>(k) / static_cast<double>(half)));
  for (std::size_t i = 0; i < length; ++i) reversed_[i] = reversed_[i / 2] / 2 + (i % 2 == 1 ? length / 2 : 0);
}

void Fourier::transform(std::vector<std::complex<double>>& values, bool backwards) const {
  for (std::size_t i = 0; i < length_; ++i)
    if (i < reversed_[i]) std::swap(values[i], values[reversed_[i]]);
  const double sign = backwards ? -1.0 : 1.0;
  for (std::size_t half = 1; half < length_; half *= 2) {
    const std::complex<double>* turns = turns_.data() + (half - 1);
    for (std::size_t begin = 0; begin < length_; begin += 2 * half) {
      std::complex<double>* low = values.data() + begin;
      std::complex<double>* high = low + half;
      for (std::size_t k = 0; k < half; ++k) {
        // Written out: the library's product asks for not-a-number at every step.
        const double c = turns[k].real();
        const double s = sign * turns[k].imag();
        const double real = high[k].real() * c - high[k].imag() * s;
        const double imaginary = high[k].imag() * c + high[k].real() * s;
        high[k] = {low[k].real() - real, low[k].imag() - imaginary};
        low[k] = {low[k].real() + real, low[k].imag() + imaginary};
      }
    }
  }
}

void Fourier::inverse(std::vector<std::complex<double>>& values) const {
  transform(values, true);
  for (auto& value : values) value /= static_cast<double>(length_);
}

std::size_t power_of_two_from(double value) {
  std::size_t power = 1;
  while (static_cast<double>(power) < value) power *= 2;
  return power;
}

}  // namespace klono::bench

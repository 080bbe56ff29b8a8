#pragma once
/// The bench's own Fourier transform: the ceiling must not lean on the code it is the ceiling of.

#include <complex>
#include <cstddef>
#include <vector>

namespace klono::bench {

/// Complex transforms of one fixed power of two, radix 2, in place. `inverse` divides by the length.
class Fourier {
 public:
  explicit Fourier(std::size_t length);

  std::size_t length() const { return length_; }
  void forward(std::vector<std::complex<double>>& values) const { transform(values, false); }
  void inverse(std::vector<std::complex<double>>& values) const;

 private:
  void transform(std::vector<std::complex<double>>& values, bool backwards) const;

  std::size_t length_;
  std::vector<std::complex<double>> turns_;    ///< of each stage, one after another: exp(-pi i k / half), k below half
  std::vector<std::size_t> reversed_;
};

/// Smallest power of two that is at least `value`.
std::size_t power_of_two_from(double value);

}  // namespace klono::bench

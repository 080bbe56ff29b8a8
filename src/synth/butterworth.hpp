#pragma once

#include <cmath>
#include <numbers>

namespace klono::synth {

/// Second-order section, transposed direct form II; coefficients by the bilinear transform of the Butterworth prototype.
/// `cutoff_hz` below half of `rate_hz`.
class ButterworthSection {
 public:
  ButterworthSection(double cutoff_hz, double rate_hz, bool high_pass) {
    const double k = std::tan(std::numbers::pi * cutoff_hz / rate_hz);
    const double norm = 1.0 / (1.0 + std::numbers::sqrt2 * k + k * k);
    b0_ = high_pass ? norm : k * k * norm;
    b1_ = high_pass ? -2.0 * norm : 2.0 * b0_;
    a1_ = 2.0 * (k * k - 1.0) * norm;
    a2_ = (1.0 - std::numbers::sqrt2 * k + k * k) * norm;
  }

  double operator()(double in) {
    const double out = b0_ * in + s1_;
    s1_ = b1_ * in - a1_ * out + s2_;
    s2_ = b0_ * in - a2_ * out;
    return out;
  }

 private:
  double b0_ = 1.0;  // also the third of the numerator
  double b1_ = 0.0;
  double a1_ = 0.0;
  double a2_ = 0.0;
  double s1_ = 0.0;
  double s2_ = 0.0;
};

}  // namespace klono::synth

#pragma once

#include <memory>
#include <span>
#include <vector>

namespace klono::dsp {

/// Power spectra of real signals of one fixed, even length; set up once and reused.
class Spectrum {
 public:
  explicit Spectrum(int length);
  ~Spectrum();
  Spectrum(Spectrum&&) noexcept;
  Spectrum& operator=(Spectrum&&) noexcept;

  int length() const { return length_; }

  /// Adds |X[k]|^2 for k = 0 .. length/2 of `signal` (shorter: zero padded; longer: cut), weighted by a Hann
  /// window over the signal's own length when `windowed`, to `power` (length/2 + 1 values).
  void add_power(std::span<const float> signal, bool windowed, std::span<float> power);

  /// The same of up to four signals of one length, one after another, at little more than the cost of one.
  void add_power(std::span<const std::span<const float>> signals, bool windowed, std::span<float> power);

 private:
  struct Plan;
  int length_;
  std::unique_ptr<Plan> plan_;
};

/// Frequency of the largest power between low_hz and high_hz, refined by a parabola through log power;
/// 0 where there is none.
double peak_frequency(std::span<const float> power, double rate_hz, double low_hz, double high_hz);

/// Share of the power, the mean left out, within 1 Hz of `peak_hz`: near 1 for a sine of some periods; 0 where there is none.
double narrowness(std::span<const float> power, double rate_hz, double peak_hz);

}  // namespace klono::dsp

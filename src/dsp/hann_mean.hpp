#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace klono::dsp {

/// The Hann-weighted mean of hann_mean() (fir.hpp) at a cost that does not grow with its length: a Hann window is a constant and one
/// turn of a cosine, and the sums of both under a window that moves on by one sample need one addition each. The sums
/// are doubles that add and later subtract the same numbers, so that rounding only wanders: 1e-12 of the level after a week at 100 Hz.
/// Depends on the samples alone, not on how they are cut into calls.
class HannMean {
 public:
  /// `half` >= 1: samples on each side.
  explicit HannMean(std::int64_t half);

  std::int64_t half() const { return half_; }

  /// `around` holds half() samples before the first and after the last of `mean`. A second call goes on where the first
  /// ended: its first mean is that of the next sample.
  void run(std::span<const float> around, std::span<float> mean);

  /// Three at once that were made alike and have run as far as one another: to the last bit what each gives by itself.
  static void run_three(const std::array<HannMean*, 3>& means, const std::array<std::span<const float>, 3>& around, const std::array<std::span<float>, 3>& mean);

 private:
  struct Turn {
    double cosine = 1.0;
    double sine = 0.0;
  };
  struct Together;  // run_three(), for one kind of processor and another
  void begin(std::span<const float> window);

  std::int64_t half_;
  std::vector<Turn> turns_;     // one period: 2 (half + 1)
  double sum_ = 0.0;
  double cosine_sum_ = 0.0;
  double sine_sum_ = 0.0;
  std::size_t newest_ = 0;      // place in the period of the newest sample under the window
  double leaving_ = 0.0;        // the oldest sample under the window
  bool begun_ = false;
};

}  // namespace klono::dsp

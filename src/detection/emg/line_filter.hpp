#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "detection/emg/samples.hpp"

namespace klono::detection {

/// One signal through one symmetric kernel; output n belongs to input n. Before the first and after the last sample the
/// end values are taken to go on. Input must be finite. Latency: half of the kernel.
class LineFilter {
 public:
  explicit LineFilter(std::vector<float> kernel);

  void push(std::span<const float> in, Samples& out);
  void finish(Samples& out);

 private:
  std::vector<float> kernel_;
  std::size_t half_;
  std::vector<float> pending_;
  bool begun_ = false;
};

/// What lies between two frequencies: difference of two low-passes of the same length, sum 0.
std::vector<float> band_kernel(double low_hz, double high_hz, double half_s, double rate_hz);

/// What changes more slowly than muscle and than a heart's beat, less the slow drift: about 0.5 to 3.3 Hz (-6 dB).
std::vector<float> slow_kernel(double rate_hz);

}  // namespace klono::detection

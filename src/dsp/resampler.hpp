#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace klono::dsp {

/// Streaming resampler of three axes from any rate to a fixed one, by a windowed sinc that also
/// holds back what the new rate cannot carry. Output sample j lies at time j / out_hz after the first
/// input sample. Latency: kReach input samples (more where the rate falls). The same output
/// whatever the block sizes. Before the first and after the last sample the end values are taken to go on.
class Resampler {
 public:
  static constexpr int kReach = 8;  ///< lobes of the sinc on each side (chosen: -60 dB images)

  Resampler(double in_hz, double out_hz);

  /// Appends to `out` what can be computed with `x`, `y`, `z` (equal lengths) added.
  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z, std::array<std::vector<float>, 3>& out);

  /// Appends the rest, up to the last input sample.
  void finish(std::array<std::vector<float>, 3>& out);

 private:
  void produce(std::array<std::vector<float>, 3>& out, bool last);
  void produce_wide(std::array<std::vector<float>, 3>& out, bool last);
  template <class Vector>
  void produce_by(std::array<std::vector<float>, 3>& out, bool last);
  template <class Vector, class Taps>
  void produce_with(Taps taps, std::array<std::vector<float>, 3>& out, bool last);
  const float* at_edge(std::size_t axis, std::int64_t first);

  double step_;            // input samples an output sample
  double stretch_;         // sinc width in input samples, >= 1
  std::int64_t reach_;     // input samples on each side; even, so that the taps fill lanes of four
  std::vector<float> table_;
  std::vector<float> slopes_;  // from each phase of the table to the next
  std::array<std::vector<float>, 3> edges_;
  std::array<std::vector<float>, 3> held_;
  std::int64_t first_held_ = 0;  // index of held_[.][0]
  std::int64_t received_ = 0;
  std::int64_t produced_ = 0;
};

}  // namespace klono::dsp

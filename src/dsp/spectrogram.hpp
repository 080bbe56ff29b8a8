#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace klono::dsp {

/// One evenly sampled stretch of movement; the second and third axis may be empty (a magnitude).
struct MovementSpan {
  double start_s = 0.0;
  double rate_hz = 0.0;
  std::array<std::span<const float>, 3> axes;
};

struct SpectrogramSpec {
  double begin_s = 0.0;
  double end_s = 0.0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  double top_hz = 20.0;
};

/// Levels 0..255, row-major, row 0 the lowest frequency: power of the three axes together in windows of 0.64 s
/// about each column's middle, linear in decibel over 40 dB below the strongest in view, but never
/// above a movement of 2 mg as full scale, so that quiet stays quiet. Columns without data are 0.
std::vector<std::uint8_t> spectrogram(const SpectrogramSpec& spec, std::span<const MovementSpan> spans);

}  // namespace klono::dsp

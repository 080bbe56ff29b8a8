#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace klono::dsp {

using MovementAxes = std::array<std::span<const float>, 3>;  ///< second and third may be empty (a magnitude)

/// One evenly sampled stretch of movement.
struct MovementSpan {
  double start_s = 0.0;
  double rate_hz = 0.0;
  std::int64_t count = 0;
  /// Samples [begin, end) of the stretch; valid until asked again. Not-a-number where there are none.
  std::function<MovementAxes(std::int64_t begin, std::int64_t end)> read;
};

/// A stretch that lies in memory.
MovementSpan movement_in_memory(double start_s, double rate_hz, const MovementAxes& axes);

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

#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "detection/mask_list.hpp"
#include "detection/noise_floor.hpp"
#include "detection/settings.hpp"
#include "detection/track.hpp"
#include "dsp/spectrum.hpp"

namespace klono::detection {

/// Finds stretches that are not still: walking, tremor, and other sustained movement. Looks at the last 3 s
/// every half second; isolated events, series of a few seconds and slow trains pass.
class Stillness {
 public:
  static constexpr double kLook_s = 0.5;
  static constexpr double kWindow_s = 3.0;

  Stillness(const DetectorSettings& settings, double rate_hz, Witness witness = Witness::Acceleration);

  /// Looks at the window that ends before frame `end`, where the witness knows all of it. Adds what it finds to `masks`.
  void look(const Track& track, const NoiseFloor& floor, std::int64_t end, MaskList& masks);

  /// Ends what is open: at the end of a segment.
  void finish(const Track& track, MaskList& masks);

 private:
  struct Look {
    double rms_g = 0.0;
    double largest = 0.0;      ///< of the 0.25 s levels
    double busy = 0.0;         ///< share of 0.25 s levels above the activity level
    double peak_hz = 0.0;      ///< this and narrowness only where listen() was asked
    double narrowness = 0.0;   ///< share of power within 1 Hz of the peak
  };
  Look measure(const Track& track, double activity_g, std::int64_t end);
  double steadiness(const Look& look);  ///< median over largest of the 0.25 s levels
  void listen(const Track& track, std::int64_t end, Look& look);
  void hear(const Track& track, std::int64_t begin, std::int64_t end, std::int64_t piece);
  void extend(const Track& track, std::int64_t end, MaskList& masks);

  const DetectorSettings& settings_;
  Witness witness_;
  std::int64_t stride_;            // of the frames whose spectrum is asked for
  double heard_hz_;                // their rate
  std::array<std::vector<float>, 3> heard_;
  dsp::Spectrum spectrum_;
  std::vector<float> power_;
  std::vector<double> squares_;    // of the pieces of the last look
  std::vector<double> levels_;     // rms of each
  std::vector<double> sorted_;     // the same, while their median is looked for
  std::int64_t squares_end_ = 0;   // the frame after them
  int tremor_looks_ = 0;
  int walking_looks_ = 0;
  std::deque<bool> busy_looks_;
  Reason open_ = Reason::None;
  std::int64_t open_begin_ = 0;
  std::int64_t open_end_ = 0;
};

}  // namespace klono::detection

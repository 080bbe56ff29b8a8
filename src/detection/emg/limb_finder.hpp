#pragma once

#include <cstdint>
#include <vector>

#include "detection/emg/emg_event.hpp"
#include "detection/emg/samples.hpp"

namespace klono::detection {

/// Leg movements by the rule of the AASM manual, in samples of the limb band: from 8 uV above rest to the begin of half a
/// second below 2 uV above rest, 0.5 s and longer. Level: rms over 0.1 s. Rest is frozen at the onset.
class LimbFinder {
 public:
  struct Movement {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    float peak = 0.0F;
    float rest = 0.0F;
  };

  LimbFinder(const EmgLimbSettings& settings, double rate_hz);

  static constexpr double kHalfWindow_s = 0.05;

  void advance(const Samples& signal, float rest, std::int64_t from, std::int64_t until, std::vector<Movement>& found);
  void finish(std::vector<Movement>& found);

 private:
  void close(std::vector<Movement>& found);

  const EmgLimbSettings& settings_;
  double rate_hz_;
  std::int64_t half_;
  std::int64_t off_;
  bool open_ = false;
  Movement current_;  // end: begin of the quiet so far
  std::int64_t newest_ = 0;
};

/// Marks movements that stand in series by the rule of the AASM manual, with the limits of the settings.
void mark_series(const EmgLimbSettings& settings, std::vector<EmgLimbMovement>& movements);

}  // namespace klono::detection

#pragma once

#include <vector>

#include "detection/event.hpp"
#include "detection/settings.hpp"

namespace klono::detection {

/// The levels of each second, and what follows from them for the recording: METHODS.md 7.
class LevelLog {
 public:
  struct Second {
    double t_s = 0.0;
    float floor_g = 0.0F;
    float swing_g = -1.0F;   ///< floor of the swing; negative where the gyroscope was not heard
    float matched_g = 0.0F;  ///< peak that the matched filters find; 0 where they cannot tell
  };
  struct Figures {
    double noise_floor_g = 0.0;
    double smallest_visible_g = 0.0;
  };

  explicit LevelLog(const DetectorSettings& settings) : settings_(settings) {}

  void add(const Second& second) { seconds_.push_back(second); }

  /// Medians over the seconds outside `masks` (sorted, disjoint).
  Figures figures(const std::vector<Mask>& masks) const;

 private:
  const DetectorSettings& settings_;
  std::vector<Second> seconds_;
};

}  // namespace klono::detection

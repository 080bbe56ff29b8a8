#pragma once

#include <cstdint>

#include "detection/settings.hpp"
#include "dsp/order_statistics.hpp"

namespace klono::detection {

/// The quiet level around an instant: a low quantile of the 0.5 s rms values of the past minute. Events are
/// short against the minute, so they do not lift it; being an exact order statistic it scales with the signal. After a
/// longer movement the minute is full of it while the person already rests: then the newest six seconds are believed.
class NoiseFloor {
 public:
  static constexpr double kHop_s = 0.25;
  static constexpr double kWindow_s = 0.5;
  static constexpr double kSettled_s = 2.0;  ///< before this much was heard the floor is not known
  static constexpr float kLeastStep_g = 1e-5F;  ///< differences below are arithmetic, not the sensor's
  static constexpr float kRoundingRms = 0.29F;  ///< of the step: uniform rounding error, 1 / sqrt(12)

  explicit NoiseFloor(const CandidateSettings& settings);

  void add_rms(float rms_g);
  void note_step(float step_g);  ///< a non-zero difference of neighbouring samples, of any axis
  void set_step(float step_g);     ///< where it is known otherwise; 0: none
  void restart();

  bool settled() const { return static_cast<double>(recent_.size()) * kHop_s >= kSettled_s; }

  /// rms of |movement| in g, never below what rounding alone makes.
  float level() const { return level_; }
  /// Quietest tenth of five minutes.
  float slow_level() const { return slow_.quantile(kSlowQuantile); }
  /// Whether slow_level() times `factor` lies below `level`: cheap, where the level itself is not.
  bool slow_level_below(double level, double factor) const;
  float step() const { return step_ < 1.0F ? step_ : 0.0F; }

 private:
  static constexpr double kSlowQuantile = 0.1;
  void settle();

  dsp::RunningQuantile recent_;
  dsp::RunningQuantile fresh_;
  dsp::SlidingValues slow_;
  float step_ = 1.0F;
  float level_ = 0.0F;  // asked for at every frame, changed a few times a second
};

}  // namespace klono::detection

#pragma once

#include <cstddef>

#include "dsp/order_statistics.hpp"

namespace klono::detection {

/// The quiet level around an instant: a low quantile of what 0.1 s long pieces of the last half minute measure. Bursts
/// are short against it and do not lift it. After long activity the newest six seconds are believed; while a contraction is held
/// the level stays within twice the quietest tenth of five minutes.
class QuietLevel {
 public:
  static constexpr double kHop_s = 0.05;
  static constexpr std::size_t kSettled = 20;  ///< pieces before the level is known

  explicit QuietLevel(double window_s, double quantile = 0.25);

  void add(float level);
  void restart();
  bool settled() const { return recent_.size() >= kSettled; }
  float level() const;

 private:
  double quantile_;
  dsp::SlidingQuantile recent_;
  dsp::SlidingQuantile fresh_;
  dsp::SlidingQuantile slow_;
};

}  // namespace klono::detection

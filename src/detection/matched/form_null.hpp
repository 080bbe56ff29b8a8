#pragma once

#include <cstddef>

#include "detection/settings.hpp"
#include "dsp/order_statistics.hpp"

namespace klono::detection {

/// How often and how far the matched filters rise where there is nothing: the recording's own null. It hears the largest
/// statistic of each block of 0.64 s. Low quantiles of these tell the height of the noise, their spread its tail; events are
/// few among the blocks and move neither much.
class FormNull {
 public:
  static constexpr double kBlock_s = 0.64;
  static constexpr double kGaussian = 9.2;  ///< 30 % quantile of the largest statistic of a block in Gaussian noise (own simulation, METHODS.md 3)

  explicit FormNull(const StageSettings& stages = {});
  void restart();

  /// The largest statistic of one block: energy over the variance of noise.
  void add(float statistic);

  bool settled() const { return recent_.size() >= kLeastBlocks; }
  /// What the statistic exceeds `per_hour` times an hour by chance. Never below what Gaussian noise asks for.
  double level(double per_hour) const;
  /// Height of the noise now, over that of Gaussian noise.
  double scale() const { return lowest() / kGaussian; }

 private:
  static constexpr std::size_t kLeastBlocks = 10;

  double lowest() const;
  double tail() const;

  StageSettings stages_;
  dsp::RunningQuantile near_;
  dsp::RunningQuantile recent_;
  dsp::SlidingQuantile slow_;
};

}  // namespace klono::detection

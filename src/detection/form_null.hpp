#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "dsp/order_statistics.hpp"

namespace klono::detection {

/// How often and how far the matched filters rise where there is nothing: the recording's own null. It hears the largest
/// output of each block of 0.64 s. Low quantiles of these tell the height of the noise, their spread its tail; events are
/// few among the blocks and move neither much. All of it scales with the signal.
class FormNull {
 public:
  static constexpr std::size_t kForms = 3;
  static constexpr double kBlock_s = 0.64;

  FormNull();
  void restart();

  /// Largest outputs of one block: of each form, and of the statistic that was made with form_level().
  void add(const std::array<float, kForms>& largest, float statistic);

  bool settled() const { return recent_.size() >= kLeastBlocks; }
  /// What the outputs of a form are divided by, so that forms can be compared; 0 where nothing was heard.
  float form_level(std::size_t form) const { return forms_[form].quantile(kQuantile); }
  /// The statistic that is exceeded `per_hour` times an hour by chance. Never below what Gaussian noise asks for.
  double level(double per_hour) const;
  /// How many times an hour the statistic exceeds `level` by chance.
  double per_hour_above(double level) const;

  /// Height of the noise now: 1 where it is as high as when form_level() was heard.
  double scale() const;

 private:
  static constexpr std::size_t kLeastBlocks = 10;
  static constexpr double kQuantile = 0.3;

  double lowest() const;
  double tail() const;

  std::array<dsp::SlidingQuantile, kForms> forms_;
  dsp::SlidingQuantile near_;
  dsp::SlidingQuantile recent_;
  dsp::SlidingQuantile slow_;
};

}  // namespace klono::detection

#include "dsp/hann_mean.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numbers>

namespace klono::dsp {

namespace {

/// Cosine and sine, side by side (lanes.hpp).
using Pair [[gnu::vector_size(16)]] = double;

}  // namespace

HannMean::HannMean(std::int64_t half) : half_(std::max<std::int64_t>(1, half)), turns_(static_cast<std::size_t>(2 * (half_ + 1))) {
  for (std::size_t k = 0; k < turns_.size(); ++k) {
    const double phase = std::numbers::pi * static_cast<double>(k) / static_cast<double>(half_ + 1);
    turns_[k] = {std::cos(phase), std::sin(phase)};
  }
}

void HannMean::begin(std::span<const float> window) {
  for (std::size_t k = 0; k < window.size(); ++k) {
    const auto value = static_cast<double>(window[k]);
    sum_ += value;
    cosine_sum_ += value * turns_[k].cosine;
    sine_sum_ += value * turns_[k].sine;
  }
  newest_ = window.size() - 1;
  begun_ = true;
}

void HannMean::run(std::span<const float> around, std::span<float> mean) {
  if (mean.empty()) return;
  const std::size_t reach = 2 * static_cast<std::size_t>(half_);
  const std::size_t period = turns_.size();
  const double scale = 0.5 / static_cast<double>(half_ + 1);
  const bool first_call = !begun_;
  if (first_call) begin(around.first(reach + 1));
  // The sums live in registers while the window moves.
  double sum = sum_;
  Pair turning = {cosine_sum_, sine_sum_};
  const auto pair_at = [this](std::size_t place) {
    Pair pair;
    std::memcpy(&pair, &turns_[place], sizeof pair);
    return pair;
  };
  double leaving = leaving_;
  std::size_t newest = newest_;
  std::size_t middle = (newest + period - static_cast<std::size_t>(half_)) % period;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    if (i > 0 || !first_call) {
      newest = newest + 1 == period ? 0 : newest + 1;
      middle = middle + 1 == period ? 0 : middle + 1;
      // The window is one sample shorter than the period: what leaves stands one place after what comes.
      const auto coming = static_cast<double>(around[i + reach]);
      sum += coming - leaving;
      turning += coming * pair_at(newest) - leaving * pair_at(newest + 1 == period ? 0 : newest + 1);
    }
    leaving = static_cast<double>(around[i]);
    const Pair seen = pair_at(middle) * turning;
    mean[i] = static_cast<float>(scale * (sum + (seen[0] + seen[1])));
  }
  sum_ = sum;
  cosine_sum_ = turning[0];
  sine_sum_ = turning[1];
  leaving_ = leaving;
  newest_ = newest;
}

}  // namespace klono::dsp

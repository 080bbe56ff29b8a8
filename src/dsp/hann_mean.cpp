#include "dsp/hann_mean.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <numbers>

#include "dsp/lanes.hpp"

namespace klono::dsp {

namespace {

/// Cosine and sine, side by side (lanes.hpp).
using Pair [[gnu::vector_size(16)]] = double;

/// One number of each of three axes.
using Trio [[gnu::vector_size(32)]] = double;

/// Into a reference: how such a value is returned differs between processors.
[[gnu::always_inline]] inline void take(const std::array<std::span<const float>, 3>& axes, std::size_t i, Trio& values) {
  values = Trio{static_cast<double>(axes[0][i]), static_cast<double>(axes[1][i]), static_cast<double>(axes[2][i]), 0.0};
}

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

struct HannMean::Together {
  using Means = std::array<HannMean*, 3>;
  using Around = std::array<std::span<const float>, 3>;
  using Made = std::array<std::span<float>, 3>;

  [[gnu::always_inline]] static void run(const Means& means, const Around& around, const Made& mean) {
    HannMean& one = *means[0];
    const std::size_t reach = 2 * static_cast<std::size_t>(one.half_);
    const std::size_t period = one.turns_.size();
    const double scale = 0.5 / static_cast<double>(one.half_ + 1);
    const bool first_call = !one.begun_;
    for (std::size_t axis = 0; first_call && axis < 3; ++axis) means[axis]->begin(around[axis].first(reach + 1));
    const auto get = [&](double HannMean::* number, Trio& values) { values = Trio{means[0]->*number, means[1]->*number, means[2]->*number, 0.0}; };
    Trio sum;
    Trio cosine_sum;
    Trio sine_sum;
    Trio leaving;
    Trio coming;
    get(&HannMean::sum_, sum);
    get(&HannMean::cosine_sum_, cosine_sum);
    get(&HannMean::sine_sum_, sine_sum);
    get(&HannMean::leaving_, leaving);
    std::size_t newest = one.newest_;
    std::size_t middle = (newest + period - static_cast<std::size_t>(one.half_)) % period;
    for (std::size_t i = 0; i < mean[0].size(); ++i) {
      if (i > 0 || !first_call) {
        newest = newest + 1 == period ? 0 : newest + 1;
        middle = middle + 1 == period ? 0 : middle + 1;
        // As in run().
        take(around, i + reach, coming);
        const Turn& come = one.turns_[newest];
        const Turn& leave = one.turns_[newest + 1 == period ? 0 : newest + 1];
        sum += coming - leaving;
        cosine_sum += coming * come.cosine - leaving * leave.cosine;
        sine_sum += coming * come.sine - leaving * leave.sine;
      }
      take(around, i, leaving);
      const Turn& turn = one.turns_[middle];
      const Trio seen = scale * (sum + (turn.cosine * cosine_sum + turn.sine * sine_sum));
      for (std::size_t axis = 0; axis < 3; ++axis) mean[axis][i] = static_cast<float>(seen[axis]);
    }
    for (std::size_t axis = 0; axis < 3; ++axis) {
      means[axis]->sum_ = sum[axis];
      means[axis]->cosine_sum_ = cosine_sum[axis];
      means[axis]->sine_sum_ = sine_sum[axis];
      means[axis]->leaving_ = leaving[axis];
      means[axis]->newest_ = newest;
    }
  }

#ifdef KLONO_WIDE_LANES
  [[gnu::target("avx2")]] static void run_wide(const Means& means, const Around& around, const Made& mean) { run(means, around, mean); }
#endif
};

void HannMean::run_three(const std::array<HannMean*, 3>& means, const std::array<std::span<const float>, 3>& around, const std::array<std::span<float>, 3>& mean) {
  if (mean[0].empty()) return;
#ifdef KLONO_WIDE_LANES
  if (has_wide_lanes()) return Together::run_wide(means, around, mean);
#endif
  Together::run(means, around, mean);
}

}  // namespace klono::dsp

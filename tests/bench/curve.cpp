#include "bench/curve.hpp"

#include <algorithm>
#include <optional>

#include "bench/score.hpp"

namespace klono::bench {

std::vector<Stretch> stretches_above(const Curve& curve, double on, double off, double bridge_s) {
  const auto bridge = static_cast<std::size_t>(bridge_s * curve.segment.rate_hz);
  std::vector<Stretch> list;
  std::optional<Stretch> open;
  const auto close = [&] {
    if (open && curve.values[open->peak] >= on) list.push_back(*open);
    open.reset();
  };
  for (std::size_t i = 0; i < curve.values.size(); ++i) {
    if (open && i > open->last + bridge) close();
    if (curve.values[i] < off) continue;
    if (!open) open = Stretch{i, i, i};
    open->last = i;
    if (curve.values[i] > curve.values[open->peak]) open->peak = i;
  }
  close();
  return list;
}

std::vector<double> mean_over(const std::vector<double>& values, double window_s, double rate_hz) {
  const std::size_t count = values.size();
  const auto half = static_cast<std::size_t>(std::max(1.0, 0.5 * window_s * rate_hz));
  std::vector<double> sums(count + 1, 0.0);
  for (std::size_t i = 0; i < count; ++i) sums[i + 1] = sums[i] + values[i];
  std::vector<double> mean(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = i > half ? i - half : 0;
    const std::size_t end = std::min(count, i + half + 1);
    mean[i] = (sums[end] - sums[begin]) / static_cast<double>(end - begin);
  }
  return mean;
}

RestLevel rest_level(const std::vector<double>& values) {
  return {quantile(values, 0.5), (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349};
}

}  // namespace klono::bench

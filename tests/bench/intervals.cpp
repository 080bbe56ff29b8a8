#include "bench/intervals.hpp"

#include <cmath>

#include "bench/poisson.hpp"

namespace klono::bench {
namespace {

constexpr double kTail = 0.025;

/// Probability of at most `part` of `whole` at share `p`.
double at_most(int part, int whole, double p) {
  if (p <= 0.0) return 1.0;
  if (p >= 1.0) return part >= whole ? 1.0 : 0.0;
  double sum = 0.0;
  for (int k = 0; k <= part; ++k)
    sum += std::exp(std::lgamma(whole + 1.0) - std::lgamma(k + 1.0) - std::lgamma(whole - k + 1.0) + k * std::log(p) + (whole - k) * std::log1p(-p));
  return sum;
}

/// Where a falling function meets `value`, between `low` and `high`.
template <class Falling>
double where(Falling falling, double value, double low, double high) {
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (low + high);
    (falling(middle) > value ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

Interval binomial_interval(int part, int whole) {
  if (whole <= 0) return {0.0, 1.0};
  Interval interval{0.0, 1.0};
  if (part > 0) interval.low = where([&](double p) { return at_most(part - 1, whole, p); }, 1.0 - kTail, 0.0, 1.0);
  if (part < whole) interval.high = where([&](double p) { return at_most(part, whole, p); }, kTail, 0.0, 1.0);
  return interval;
}

Interval poisson_interval(int count) {
  // The lower limit after n events is the upper one after n - 1 of the other tail.
  return {count > 0 ? poisson_upper(count - 1, kTail) : 0.0, poisson_upper(count, 1.0 - kTail)};
}

}  // namespace klono::bench

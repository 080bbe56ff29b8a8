#include "patterns/rates.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "patterns/special_functions.hpp"

namespace klono::patterns {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Distance from the wanted probability, taken in the smaller tail, where it keeps its digits.
double miss(const Tails& tails, double p) { return p < 0.5 ? tails.lower - p : (1.0 - p) - tails.upper; }

/// Solves distribution(x) = p inside [low, high]: Newton's step where it stays inside the bracket,
/// halving (geometric far from zero) where it does not. Ends when x no longer moves.
template <class Distribution, class Density>
double solve(double p, double low, double high, double x, Distribution distribution, Density density) {
  for (int round = 0; round < 300; ++round) {
    const double distance = miss(distribution(x), p);
    if (distance == 0.0) return x;
    (distance < 0.0 ? low : high) = x;
    double next = x - distance / density(x);
    if (!(next > low && next < high)) next = low > 0.0 && high > 4.0 * low ? std::sqrt(low) * std::sqrt(high) : 0.5 * (low + high);
    if (std::abs(next - x) <= 2.0 * std::numeric_limits<double>::epsilon() * next) return next;
    x = next;
  }
  return x;
}

/// Normal quantile to about 1e-3: only a first guess. @source Abramowitz and Stegun 26.2.22.
double rough_normal_quantile(double p) {
  const double t = std::sqrt(-2.0 * std::log(std::min(p, 1.0 - p)));
  const double z = t - (2.30753 + 0.27061 * t) / (1.0 + 0.99229 * t + 0.04481 * t * t);
  return p < 0.5 ? -z : z;
}

/// First guess of a gamma quantile: Wilson and Hilferty 1931, or the leading term of the series
/// where that runs below zero.
double gamma_guess(double shape, double p) {
  const double ninth = 1.0 / (9.0 * shape);
  const double root = 1.0 - ninth + rough_normal_quantile(p) * std::sqrt(ninth);
  if (root > 0.0 && shape >= 0.5) return shape * root * root * root;
  return std::max(std::exp((std::log(p) + std::lgamma(shape + 1.0)) / shape), std::numeric_limits<double>::min());
}

/// P(X <= k) and P(X >= k) of a binomial count of n at probability p, each exact.
Tails binomial_tails(double k, double n, double p) {
  return {k >= n ? 1.0 : beta_tails(k + 1.0, n - k, p).upper, k <= 0.0 ? 1.0 : beta_tails(k, n - k + 1.0, p).lower};
}

}  // namespace

double gamma_quantile(double shape, double p) {
  if (!(shape > 0.0) || !std::isfinite(shape) || !(p >= 0.0 && p <= 1.0)) return kNaN;
  if (p == 0.0) return 0.0;
  if (p == 1.0) return kInfinity;
  const double guess = gamma_guess(shape, p);
  double high = std::max(2.0 * guess, shape);
  while (miss(gamma_tails(shape, high), p) < 0.0) high *= 2.0;
  const double log_norm = std::lgamma(shape);
  const auto density = [&](double x) { return std::exp((shape - 1.0) * std::log(x) - x - log_norm); };
  return solve(p, 0.0, high, std::min(guess, high), [&](double x) { return gamma_tails(shape, x); }, density);
}

double beta_quantile(double a, double b, double p) {
  if (!(a > 0.0) || !(b > 0.0) || !std::isfinite(a + b) || !(p >= 0.0 && p <= 1.0)) return kNaN;
  if (p == 0.0 || p == 1.0) return p;
  const double log_norm = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  const auto density = [&](double x) {
    return std::exp((a - 1.0) * std::log(x) + (b - 1.0) * std::log1p(-x) - log_norm);
  };
  return solve(p, 0.0, 1.0, a / (a + b), [&](double x) { return beta_tails(a, b, x); }, density);
}

Rate poisson_rate(std::int64_t count, double hours, double confidence) {
  Rate rate{.count = std::max<std::int64_t>(count, 0), .hours = hours > 0.0 ? hours : 0.0};
  rate.high = kInfinity;
  if (rate.hours == 0.0) return rate;
  const double tail = 0.5 * (1.0 - confidence);
  const auto events = static_cast<double>(rate.count);
  rate.per_hour = events / rate.hours;
  // Garwood 1936, Biometrika 28:437: half a chi-square quantile is a gamma quantile.
  rate.low = rate.count == 0 ? 0.0 : gamma_quantile(events, tail) / rate.hours;
  rate.high = gamma_quantile(events + 1.0, 1.0 - tail) / rate.hours;
  return rate;
}

RateRatio rate_ratio(std::int64_t count_a, double hours_a, std::int64_t count_b, double hours_b, double confidence) {
  const auto a = static_cast<double>(std::max<std::int64_t>(count_a, 0));
  const auto b = static_cast<double>(std::max<std::int64_t>(count_b, 0));
  RateRatio result{.ratio = kNaN, .low = 0.0, .high = kInfinity, .p = 1.0};
  if (!(hours_a > 0.0) || !(hours_b > 0.0) || a + b == 0.0) return result;
  const double tail = 0.5 * (1.0 - confidence);
  const double scale = hours_b / hours_a;
  result.ratio = b == 0.0 ? kInfinity : a / b * scale;
  // Clopper and Pearson 1934, Biometrika 26:404, as odds: the upper limit from the complement, which
  // keeps its digits when nearly all events are in the first recording.
  if (a > 0.0) {
    const double p = beta_quantile(a, b + 1.0, tail);
    result.low = p / (1.0 - p) * scale;
  }
  if (b > 0.0) {
    const double q = beta_quantile(b, a + 1.0, tail);
    result.high = (1.0 - q) / q * scale;
  }
  // Central p value, the one that agrees with the interval (Fay 2010, R Journal 2(1):53).
  const Tails tails = binomial_tails(a, a + b, hours_a / (hours_a + hours_b));
  result.p = std::min(1.0, 2.0 * std::min(tails.lower, tails.upper));
  return result;
}

}  // namespace klono::patterns

#include "patterns/special_functions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace klono::patterns {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();
constexpr double kTiny = 1e-300;  // stands in for a zero denominator in Lentz's method
constexpr Tails kUndefined{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};

double away_from_zero(double value) { return std::abs(value) < kTiny ? kTiny : value; }

/// Both expansions settle within a few times the square root of the parameter.
int iteration_limit(double parameter) { return 500 + static_cast<int>(50.0 * std::sqrt(std::min(parameter, 1e12))); }

/// A continued fraction b0 + a1/(b1 + a2/(b2 + …)) built term by term (modified Lentz method).
class Lentz {
 public:
  explicit Lentz(double b0) : value_(away_from_zero(b0)), c_(value_) {}

  /// Adds the next pair; returns true once the value no longer moves.
  bool add(double a, double b) {
    d_ = 1.0 / away_from_zero(b + a * d_);
    c_ = away_from_zero(b + a / c_);
    const double step = c_ * d_;
    value_ *= step;
    return std::abs(step - 1.0) <= kEpsilon;
  }

  double value() const { return value_; }

 private:
  double value_;
  double c_;
  double d_ = 0.0;
};

double gamma_lower_series(double shape, double x) {
  double term = 1.0;
  double sum = 1.0;
  for (int n = 1, limit = iteration_limit(shape); n <= limit && term > sum * kEpsilon; ++n) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum * std::exp(shape * std::log(x) - x - std::lgamma(shape + 1.0));
}

double gamma_upper_fraction(double shape, double x) {
  Lentz fraction(x + 1.0 - shape);
  for (int n = 1, limit = iteration_limit(shape); n <= limit; ++n)
    if (fraction.add(-n * (n - shape), x + 2.0 * n + 1.0 - shape)) break;
  return std::exp(shape * std::log(x) - x - std::lgamma(shape)) / fraction.value();
}

/// I_x(a, b) for x below about a / (a + b), where the fraction converges fast.
double beta_lower_fraction(double a, double b, double x) {
  Lentz fraction(1.0);
  for (int m = 0, limit = iteration_limit(a + b); m <= limit; ++m) {
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
    if (fraction.add(odd, 1.0)) break;
    const double k = m + 1.0;
    const double even = k * (b - k) * x / ((a + 2.0 * k - 1.0) * (a + 2.0 * k));
    if (fraction.add(even, 1.0)) break;
  }
  const double log_front =
      a * std::log(x) + b * std::log1p(-x) + std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b);
  return std::exp(log_front) / (a * fraction.value());
}

}  // namespace

Tails gamma_tails(double shape, double x) {
  if (!(shape > 0.0) || !std::isfinite(shape) || !(x >= 0.0)) return kUndefined;
  if (x == 0.0) return {0.0, 1.0};
  if (std::isinf(x)) return {1.0, 0.0};
  if (x < shape + 1.0) {
    const double lower = gamma_lower_series(shape, x);
    return {lower, 1.0 - lower};
  }
  const double upper = gamma_upper_fraction(shape, x);
  return {1.0 - upper, upper};
}

Tails beta_tails(double a, double b, double x) {
  if (!(a > 0.0) || !(b > 0.0) || !std::isfinite(a + b) || !(x >= 0.0 && x <= 1.0)) return kUndefined;
  if (x == 0.0) return {0.0, 1.0};
  if (x == 1.0) return {1.0, 0.0};
  if (x <= (a + 1.0) / (a + b + 2.0)) {
    const double lower = beta_lower_fraction(a, b, x);
    return {lower, 1.0 - lower};
  }
  const double upper = beta_lower_fraction(b, a, 1.0 - x);
  return {1.0 - upper, upper};
}

}  // namespace klono::patterns

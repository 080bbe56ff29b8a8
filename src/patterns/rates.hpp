#pragma once
/// Module patterns: counts, rates and exact intervals. Allowed dependencies: history, detection,
/// signal, base.

#include <cstdint>

namespace klono::patterns {

/// Events per hour of analysable time with an exact (Garwood 1936) Poisson interval.
struct Rate {
  std::int64_t count = 0;
  double hours = 0.0;
  double per_hour = 0.0;  ///< 0 when hours is 0
  double low = 0.0;
  double high = 0.0;      ///< infinite when hours is 0
};

/// `confidence` in (0, 1). hours must be >= 0.
Rate poisson_rate(std::int64_t count, double hours, double confidence = 0.95);

/// Ratio of two rates, (count_a / hours_a) / (count_b / hours_b), with the exact conditional
/// interval (Clopper-Pearson on count_a of count_a + count_b) and the two-sided p value.
/// Golden: 2 in 17877 against 9 in 16660 gives 0.2070941557, 0.02177406..1.00054910, p 0.05011
///.
struct RateRatio {
  double ratio = 0.0;
  double low = 0.0;
  double high = 0.0;
  double p = 1.0;
};
RateRatio rate_ratio(std::int64_t count_a, double hours_a, std::int64_t count_b, double hours_b, double confidence = 0.95);

/// Quantile of a gamma distribution with integer or real shape and scale 1; p in (0, 1).
double gamma_quantile(double shape, double p);

/// Quantile of a beta distribution; p in (0, 1).
double beta_quantile(double a, double b, double p);

}  // namespace klono::patterns

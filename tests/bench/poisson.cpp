#include "bench/poisson.hpp"

#include <cmath>

namespace klono::bench {
namespace {

double probability_of_at_most(int count, double mean) {
  double sum = 0.0;
  for (int k = 0; k <= count; ++k) sum += std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
  return sum;
}

}  // namespace

double poisson_upper(int count, double confidence) {
  double low = 1e-9;
  double high = 2.0 * static_cast<double>(count) + 20.0;
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (low + high);
    (probability_of_at_most(count, middle) > 1.0 - confidence ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace klono::bench

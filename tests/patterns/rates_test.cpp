#include "patterns/rates.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace klono::patterns;

namespace {

/// One line of goldens.csv (made by make_goldens.py).
struct Golden {
  std::string kind;
  std::vector<double> in;   ///< a, b, c, d
  std::vector<double> out;  ///< value, low, high, p
};

std::vector<Golden> goldens(const std::string& kind) {
  std::ifstream file(KLONO_PATTERN_GOLDENS);
  std::vector<Golden> found;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream cells(line);
    Golden golden;
    std::string cell;
    std::getline(cells, golden.kind, ',');
    for (int i = 0; i < 8; ++i) {
      std::getline(cells, cell, ',');
      (i < 4 ? golden.in : golden.out).push_back(std::strtod(cell.c_str(), nullptr));
    }
    if (golden.kind == kind) found.push_back(golden);
  }
  REQUIRE_FALSE(found.empty());
  return found;
}

bool close(double value, double expected, double relative = 1e-9) {
  if (std::isinf(expected)) return value == expected;
  return std::abs(value - expected) <= relative * std::abs(expected) + 1e-300;
}

/// Probability of at most k events at a mean, summed term by term: an oracle without gamma functions.
double poisson_at_most(std::int64_t k, double mean) {
  double term = std::exp(-mean);
  double sum = term;
  for (std::int64_t i = 1; i <= k; ++i) sum += term *= mean / static_cast<double>(i);
  return sum;
}

}  // namespace

TEST_CASE("Gamma and beta quantiles agree with values computed at fifty digits") {
  for (const Golden& golden : goldens("gamma_quantile")) {
    CAPTURE(golden.in[0]);
    CAPTURE(golden.in[1]);
    CHECK(close(gamma_quantile(golden.in[0], golden.in[1]), golden.out[0]));
  }
  for (const Golden& golden : goldens("beta_quantile")) {
    CAPTURE(golden.in[0]);
    CAPTURE(golden.in[1]);
    CAPTURE(golden.in[2]);
    CHECK(close(beta_quantile(golden.in[0], golden.in[1], golden.in[2]), golden.out[0]));
  }
}

TEST_CASE("Quantiles at the ends and outside their range are total") {
  CHECK(gamma_quantile(3.0, 0.0) == 0.0);
  CHECK(std::isinf(gamma_quantile(3.0, 1.0)));
  CHECK(std::isnan(gamma_quantile(0.0, 0.5)));
  CHECK(std::isnan(gamma_quantile(1.0, std::numeric_limits<double>::quiet_NaN())));
  CHECK(beta_quantile(2.0, 3.0, 0.0) == 0.0);
  CHECK(beta_quantile(2.0, 3.0, 1.0) == 1.0);
  CHECK(std::isnan(beta_quantile(-1.0, 3.0, 0.5)));
}

TEST_CASE("A rate and its exact interval agree with values computed at fifty digits") {
  for (const Golden& golden : goldens("poisson_rate")) {
    const Rate rate = poisson_rate(static_cast<std::int64_t>(golden.in[0]), golden.in[1], golden.in[2]);
    CAPTURE(golden.in[0]);
    CHECK(close(rate.per_hour, golden.out[0]));
    CHECK(close(rate.low, golden.out[1]));
    CHECK(close(rate.high, golden.out[2]));
  }
}

TEST_CASE("The interval of a rate leaves exactly its tails outside") {
  for (const std::int64_t count : {1, 3, 7, 31, 120}) {
    const Rate rate = poisson_rate(count, 2.5);
    CHECK(poisson_at_most(count, rate.high * 2.5) == doctest::Approx(0.025).epsilon(1e-9));
    CHECK(1.0 - poisson_at_most(count - 1, rate.low * 2.5) == doctest::Approx(0.025).epsilon(1e-9));
  }
}

TEST_CASE("The interval of a rate covers the true rate at least as often as it says") {
  for (const double mean : {0.3, 1.0, 2.7, 9.4, 33.0}) {
    double covered = 0.0;
    for (std::int64_t count = 0; count < 120; ++count) {
      const Rate rate = poisson_rate(count, 1.0);
      if (rate.low <= mean && mean <= rate.high)
        covered += poisson_at_most(count, mean) - (count > 0 ? poisson_at_most(count - 1, mean) : 0.0);
    }
    CHECK(covered >= 0.95);
  }
}

TEST_CASE("More events raise both ends of the interval, more hours lower them") {
  Rate before = poisson_rate(0, 1.0);
  for (std::int64_t count = 1; count < 400; ++count) {
    const Rate rate = poisson_rate(count, 1.0);
    CHECK(rate.low > before.low);
    CHECK(rate.high > before.high);
    CHECK(rate.low < rate.per_hour);
    CHECK(rate.per_hour < rate.high);
    before = rate;
  }
  const Rate once = poisson_rate(12, 3.0);
  const Rate twice = poisson_rate(12, 6.0);
  CHECK(twice.low == doctest::Approx(once.low / 2.0));
  CHECK(twice.high == doctest::Approx(once.high / 2.0));
}

TEST_CASE("Without events the upper end is the rule of three, without hours there is none") {
  const Rate quiet = poisson_rate(0, 1.0);
  CHECK(quiet.low == 0.0);
  CHECK(quiet.high == doctest::Approx(-std::log(0.025)));
  const Rate nothing = poisson_rate(0, 0.0);
  CHECK(nothing.per_hour == 0.0);
  CHECK(nothing.low == 0.0);
  CHECK(std::isinf(nothing.high));
  CHECK(std::isinf(poisson_rate(5, std::numeric_limits<double>::quiet_NaN()).high));
}

TEST_CASE("A week of frequent events still has a finite, narrow interval") {
  const Rate rate = poisson_rate(2'000'000, 168.0);
  CHECK(rate.low == doctest::Approx(rate.per_hour).epsilon(0.002));
  CHECK(rate.high == doctest::Approx(rate.per_hour).epsilon(0.002));
  CHECK(rate.low < rate.high);
}

TEST_CASE("A ratio of rates agrees with the published example and with values at fifty digits") {
  const RateRatio published = rate_ratio(2, 17877.0, 9, 16660.0);
  CHECK(published.ratio == doctest::Approx(0.2070941557).epsilon(1e-9));
  CHECK(published.low == doctest::Approx(0.02177406).epsilon(1e-6));
  CHECK(published.high == doctest::Approx(1.00054910).epsilon(1e-8));
  CHECK(published.p == doctest::Approx(0.05011).epsilon(1e-4));
  for (const Golden& golden : goldens("rate_ratio")) {
    const RateRatio ratio = rate_ratio(static_cast<std::int64_t>(golden.in[0]), golden.in[1],
                                       static_cast<std::int64_t>(golden.in[2]), golden.in[3]);
    CAPTURE(golden.in[0]);
    CAPTURE(golden.in[2]);
    CHECK(close(ratio.ratio, golden.out[0]));
    CHECK(close(ratio.low, golden.out[1]));
    CHECK(close(ratio.high, golden.out[2]));
    CHECK(close(ratio.p, golden.out[3]));
  }
}

TEST_CASE("Swapping the two recordings turns the ratio and its interval over") {
  for (const std::int64_t a : {0, 1, 8, 230})
    for (const std::int64_t b : {1, 5, 90}) {
      const RateRatio there = rate_ratio(a, 4.0, b, 7.0);
      const RateRatio back = rate_ratio(b, 7.0, a, 4.0);
      CHECK(there.p == doctest::Approx(back.p));
      CHECK(there.low == doctest::Approx(1.0 / back.high));
      CHECK(there.high * back.low == doctest::Approx(a == 0 ? there.high * back.low : 1.0));
    }
}

TEST_CASE("The p value is below one in twenty exactly when the interval leaves one out") {
  for (std::int64_t a = 0; a < 40; a += 3)
    for (std::int64_t b = 1; b < 40; b += 4) {
      const RateRatio ratio = rate_ratio(a, 2.0, b, 3.0);
      CHECK((ratio.p < 0.05) == (ratio.low > 1.0 || ratio.high < 1.0));
    }
}

TEST_CASE("Nothing can be said of a ratio without events or without hours") {
  for (const RateRatio& ratio : {rate_ratio(0, 1.0, 0, 1.0), rate_ratio(3, 0.0, 4, 1.0)}) {
    CHECK(std::isnan(ratio.ratio));
    CHECK(ratio.low == 0.0);
    CHECK(std::isinf(ratio.high));
    CHECK(ratio.p == 1.0);
  }
}

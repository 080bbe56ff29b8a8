#include "patterns/special_functions.hpp"

#include <cmath>
#include <initializer_list>

#include <doctest/doctest.h>

using namespace klono::patterns;

TEST_CASE("The incomplete gamma function of shape one is the exponential distribution") {
  for (const double x : {1e-8, 0.1, 1.0, 1.999, 2.001, 5.0, 40.0, 700.0}) {
    CHECK(gamma_tails(1.0, x).lower == doctest::Approx(-std::expm1(-x)).epsilon(1e-12));
    CHECK(gamma_tails(1.0, x).upper == doctest::Approx(std::exp(-x)).epsilon(1e-9));
  }
}

TEST_CASE("The incomplete gamma function of shape one half is the error function") {
  for (const double x : {0.01, 0.4, 1.4, 1.6, 9.0}) {
    CHECK(gamma_tails(0.5, x).lower == doctest::Approx(std::erf(std::sqrt(x))).epsilon(1e-12));
    CHECK(gamma_tails(0.5, x).upper == doctest::Approx(std::erfc(std::sqrt(x))).epsilon(1e-9));
  }
}

TEST_CASE("The incomplete beta function agrees with its closed forms") {
  for (const double x : {1e-6, 0.03, 0.4, 0.5, 0.77, 0.999}) {
    CHECK(beta_tails(1.0, 1.0, x).lower == doctest::Approx(x).epsilon(1e-12));
    CHECK(beta_tails(3.0, 1.0, x).lower == doctest::Approx(x * x * x).epsilon(1e-12));
    CHECK(beta_tails(0.5, 0.5, x).lower == doctest::Approx(std::asin(std::sqrt(x)) / std::asin(1.0)).epsilon(1e-12));
    CHECK(beta_tails(4.0, 9.0, x).lower == doctest::Approx(beta_tails(9.0, 4.0, 1.0 - x).upper).epsilon(1e-9));
  }
}

TEST_CASE("Tails add to one, never fall, and stay between zero and one") {
  for (const double shape : {0.2, 3.0, 250.0, 40000.0}) {
    double before = 0.0;
    for (double x = 0.0; x < 3.0 * shape + 5.0; x += shape / 37.0) {
      const Tails tails = gamma_tails(shape, x);
      CHECK(tails.lower + tails.upper == doctest::Approx(1.0).epsilon(1e-12));
      CHECK(tails.lower >= before - 1e-9);
      CHECK(tails.lower <= 1.0 + 1e-12);
      before = tails.lower;
    }
  }
}

TEST_CASE("Arguments outside the range give not-a-number instead of an endless loop") {
  CHECK(std::isnan(gamma_tails(-1.0, 1.0).lower));
  CHECK(std::isnan(gamma_tails(1.0, -1.0).lower));
  CHECK(std::isnan(gamma_tails(std::nan(""), 1.0).lower));
  CHECK(std::isnan(beta_tails(0.0, 1.0, 0.5).lower));
  CHECK(std::isnan(beta_tails(1.0, 1.0, 1.5).upper));
}

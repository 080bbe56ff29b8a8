#include "synth/random.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace klono::synth {
namespace {

TEST_CASE("Streams of one seed differ, and the same stream repeats") {
  Random a(5, 1);
  Random b(5, 1);
  Random c(5, 2);
  bool differs = false;
  for (int k = 0; k < 100; ++k) {
    const auto value = a.next();
    CHECK(value == b.next());
    differs = differs || value != c.next();
  }
  CHECK(differs);
}

TEST_CASE("Normal deviates have mean 0, deviation 1 and the tails of a normal law") {
  Random random(11);
  constexpr int kCount = 400000;
  double sum = 0.0;
  double squares = 0.0;
  int beyond_two = 0;
  for (int k = 0; k < kCount; ++k) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
    beyond_two += std::abs(value) > 2.0 ? 1 : 0;
  }
  CHECK(std::abs(sum / kCount) < 0.006);
  CHECK(squares / kCount == doctest::Approx(1.0).epsilon(0.01));
  CHECK(static_cast<double>(beyond_two) / kCount == doctest::Approx(0.0455).epsilon(0.05));  // 2 (1 - Phi(2))
}

TEST_CASE("Uniform and log-uniform numbers stay in their range and fill it evenly") {
  Random random(12);
  int low_half = 0;
  for (int k = 0; k < 100000; ++k) {
    const double u = random.uniform();
    CHECK((u >= 0.0 && u < 1.0));
    const double v = random.log_uniform(0.01, 1.0);
    CHECK((v >= 0.0099999 && v <= 1.0000001));
    low_half += v < 0.1 ? 1 : 0;
    const int w = random.between(3, 8);
    CHECK((w >= 3 && w <= 8));
  }
  CHECK(low_half == doctest::Approx(50000).epsilon(0.02));
}

TEST_CASE("Directions have length 1 and no preferred side") {
  Random random(13);
  Vec3 sum;
  for (int k = 0; k < 50000; ++k) {
    const Vec3 direction = random.direction();
    CHECK(length(direction) == doctest::Approx(1.0));
    sum = sum + direction;
  }
  CHECK(length(sum) / 50000.0 < 0.01);
}

}  // namespace
}  // namespace klono::synth

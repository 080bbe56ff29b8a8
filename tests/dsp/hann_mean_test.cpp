#include "dsp/hann_mean.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "dsp/fir.hpp"
#include "dsp/movement.hpp"

namespace klono::dsp {
namespace {

std::vector<float> walk(std::size_t count, float level) {
  std::mt19937 random(11);
  std::normal_distribution<float> step(0.0F, 0.3F);
  std::vector<float> values(count);
  for (float& value : values) value = level + step(random);
  return values;
}

TEST_CASE("A Hann mean from moving sums is the weighted mean, long after it began") {
  const std::vector<float> signal = walk(400'000, 9.8F);
  for (const double rate_hz : {25.0, 50.0, 98.7, 400.0}) {
    const std::vector<float> kernel = hann_mean(1.0, rate_hz);
    HannMean mean(hann_half(1.0, rate_hz));
    std::vector<float> found(signal.size() - kernel.size() + 1);
    mean.run(signal, found);
    for (std::size_t at : {std::size_t{0}, std::size_t{1}, std::size_t{777}, found.size() / 2, found.size() - 1}) {
      double expected = 0.0;
      for (std::size_t k = 0; k < kernel.size(); ++k) expected += static_cast<double>(kernel[k]) * static_cast<double>(signal[at + k]);
      CHECK(std::abs(static_cast<double>(found[at]) - expected) < 5e-6);
    }
  }
}

TEST_CASE("Movement does not depend on how the samples are cut, to the last bit") {
  const std::vector<float> signal = walk(5000, 1.0F);
  const std::vector<float> whole = movement_of(signal, 100.0);
  REQUIRE(whole.size() == signal.size());
  for (const std::size_t block : {1UL, 7UL, 64UL, 999UL}) {
    MovementStream stream({}, 100.0);
    std::vector<float> found;
    for (std::size_t at = 0; at < signal.size(); at += block)
      stream.push(std::span(signal).subspan(at, std::min(block, signal.size() - at)), found);
    stream.finish(found);
    CHECK(found == whole);
  }
}

TEST_CASE("Three axes at once give what each gives by itself, to the last bit, block after block") {
  const std::vector<float> signal = walk(9000, 0.6F);
  const auto axis_of = [&](std::size_t axis) { return std::span<const float>(signal).subspan(3000 * axis, 3000); };
  std::array<HannMean, 3> alone{HannMean(100), HannMean(100), HannMean(100)};
  std::array<HannMean, 3> together = alone;
  for (std::size_t at = 0; at + 264 <= 3000; at += 64) {
    std::array<std::vector<float>, 3> one;
    std::array<std::vector<float>, 3> three;
    std::array<std::span<const float>, 3> around;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      one[axis].resize(64);
      three[axis].resize(64);
      around[axis] = axis_of(axis).subspan(at, 264);
      alone[axis].run(around[axis], one[axis]);
    }
    HannMean::run_three({&together[0], &together[1], &together[2]}, around, {three[0], three[1], three[2]});
    CHECK(one == three);
  }
}

TEST_CASE("Movement by moving sums is that of its kernel") {
  const std::vector<float> signal = walk(3000, 1.0F);
  const std::vector<float> kernel = movement_kernel({}, 100.0);
  const std::size_t half = (kernel.size() - 1) / 2;
  REQUIRE(static_cast<std::int64_t>(half) == movement_reach({}, 100.0));
  std::vector<float> expected(signal.size() - kernel.size() + 1);
  convolve(signal, kernel, expected);
  const std::vector<float> found = movement_of(signal, 100.0);
  for (std::size_t i = 0; i < expected.size(); ++i) REQUIRE(std::abs(found[i + half] - expected[i]) < 2e-6F);
}

}  // namespace
}  // namespace klono::dsp

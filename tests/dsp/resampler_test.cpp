#include "dsp/resampler.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

using namespace klono::dsp;

namespace {

using Output = std::array<std::vector<float>, 3>;

std::vector<float> sine(double hz, double rate_hz, std::size_t count) {
  std::vector<float> samples;
  for (std::size_t i = 0; i < count; ++i) samples.push_back(static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate_hz)));
  return samples;
}

Output resample(const std::vector<float>& in, double in_hz, double out_hz, std::size_t block) {
  Resampler resampler(in_hz, out_hz);
  Output out;
  for (std::size_t at = 0; at < in.size(); at += block) {
    const std::span<const float> part = std::span<const float>(in).subspan(at, std::min(block, in.size() - at));
    resampler.push(part, part, part, out);
  }
  resampler.finish(out);
  return out;
}

}  // namespace

TEST_CASE("A sine keeps its phase and height at any true rate") {
  for (const double rate : {25.0, 32.0, 49.4, 98.41, 100.0, 101.3, 200.0}) {
    const double hz = rate < 40.0 ? 4.0 : 7.0;
    const double out_hz = rate >= 75.0 ? 100.0 : 50.0;
    const Output out = resample(sine(hz, rate, static_cast<std::size_t>(20.0 * rate)), rate, out_hz, 512);
    for (std::size_t j = static_cast<std::size_t>(out_hz); j < out[0].size() - static_cast<std::size_t>(out_hz); ++j)
      CHECK(std::abs(static_cast<double>(out[1][j]) - std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(j) / out_hz)) < 0.01);
  }
}

TEST_CASE("The output covers the input to its last sample and no further") {
  for (const double rate : {49.4, 98.41, 200.0}) {
    const std::size_t count = 1000;
    const Output out = resample(sine(3.0, rate, count), rate, 100.0, 77);
    const double last_s = static_cast<double>(count - 1) / rate;
    CHECK(static_cast<double>(out[0].size() - 1) / 100.0 <= last_s + 1e-9);
    CHECK(static_cast<double>(out[0].size()) / 100.0 > last_s);
  }
}

TEST_CASE("The same output, to the last bit, whatever the sizes of the blocks") {
  const std::vector<float> in = sine(5.0, 98.41, 20000);
  const Output whole = resample(in, 98.41, 100.0, in.size());
  for (const std::size_t block : {1U, 13U, 1000U}) CHECK(resample(in, 98.41, 100.0, block)[2] == whole[2]);
}

TEST_CASE("What the lower rate cannot carry is held back, not folded down") {
  const Output out = resample(sine(70.0, 200.0, 4000), 200.0, 50.0, 256);
  float largest = 0.0F;
  for (std::size_t j = 50; j + 50 < out[0].size(); ++j) largest = std::max(largest, std::abs(out[0][j]));
  CHECK(largest < 0.02F);
}

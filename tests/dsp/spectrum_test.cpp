#include "dsp/spectrum.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/spectrogram.hpp"

using namespace klono::dsp;

TEST_CASE("The power of every bin equals the sum that defines it") {
  std::vector<float> signal;
  for (int i = 0; i < 64; ++i) signal.push_back(static_cast<float>((i * 37 % 19) - 9) / 7.0F);
  Spectrum spectrum(64);
  std::vector<float> power(33, 0.0F);
  spectrum.add_power(signal, false, power);
  for (std::size_t k = 0; k < power.size(); ++k) {
    std::complex<double> sum = 0.0;
    for (std::size_t i = 0; i < 64; ++i) sum += static_cast<double>(signal[i]) * std::polar(1.0, -2.0 * std::numbers::pi * static_cast<double>(k * i) / 64.0);
    CHECK(static_cast<double>(power[k]) == doctest::Approx(std::norm(sum)).epsilon(1e-4));
  }
}

TEST_CASE("Three signals at once add the power of each, to the last bit") {
  std::array<std::vector<float>, 3> axes;
  for (int i = 0; i < 300; ++i)
    for (int axis = 0; axis < 3; ++axis) axes[static_cast<std::size_t>(axis)].push_back(static_cast<float>((i * (37 + 5 * axis) % 19) - 9) / 7.0F);
  Spectrum spectrum(512);
  std::vector<float> each(257, 0.0F);
  std::vector<float> together(257, 0.0F);
  for (const auto& axis : axes) spectrum.add_power(axis, true, each);
  spectrum.add_power(std::array<std::span<const float>, 3>{axes[0], axes[1], axes[2]}, true, together);
  CHECK(together == each);
}

TEST_CASE("The peak frequency of a sine is found between the bins") {
  for (const double hz : {1.7, 4.33, 9.81, 15.2}) {
    std::vector<float> signal;
    for (int i = 0; i < 256; ++i) signal.push_back(static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * i / 100.0)));
    Spectrum spectrum(256);
    std::vector<float> power(129, 0.0F);
    spectrum.add_power(signal, true, power);
    CHECK(peak_frequency(power, 100.0, 0.5, 45.0) == doctest::Approx(hz).epsilon(0.03));
  }
}

TEST_CASE("A spectrogram is brightest where and when the movement is, dark in quiet and outside the data") {
  std::vector<float> x(3000, 0.0F);
  const std::vector<float> none(3000, 0.0F);
  for (std::size_t i = 1000; i < 2000; ++i) x[i] = 0.1F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 6.0 * static_cast<double>(i) / 100.0));
  const MovementSpan span = movement_in_memory(0.0, 100.0, {x, none, none});
  const SpectrogramSpec spec{.begin_s = 0.0, .end_s = 40.0, .columns = 80, .rows = 40, .top_hz = 20.0};
  const std::vector<std::uint8_t> level = spectrogram(spec, std::span(&span, 1));
  REQUIRE(level.size() == 3200);
  const auto at = [&](std::size_t row, std::size_t column) { return level[row * 80 + column]; };
  CHECK(at(12, 30) > 240);   // 6 Hz at 15 s
  CHECK(at(12, 10) == 0);    // 6 Hz at 5 s: quiet
  CHECK(at(32, 30) < 60);    // 16 Hz
  CHECK(at(12, 70) == 0);    // after the end of the data
}

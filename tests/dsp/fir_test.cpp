#include "dsp/fir.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "dsp/movement.hpp"

using namespace klono::dsp;

namespace {

double response(const std::vector<float>& kernel, double hz, double rate_hz) {
  std::complex<double> sum = 0.0;
  for (std::size_t k = 0; k < kernel.size(); ++k) sum += static_cast<double>(kernel[k]) * std::polar(1.0, -2.0 * std::numbers::pi * hz / rate_hz * static_cast<double>(k));
  return std::abs(sum);
}

}  // namespace

TEST_CASE("Gravity passes the mean and movement removes it") {
  for (const double rate : {50.0, 100.0}) {
    CHECK(response(gravity_kernel({}, rate), 0.0, rate) == doctest::Approx(1.0));
    CHECK(response(movement_kernel({}, rate), 0.0, rate) < 1e-5);
  }
}

TEST_CASE("Movement keeps 2 to 10 Hz and holds back breathing and what is above the band") {
  const std::vector<float> kernel = movement_kernel({}, 100.0);
  for (const double hz : {2.0, 3.0, 6.0, 10.0}) CHECK(response(kernel, hz, 100.0) == doctest::Approx(1.0).epsilon(0.12));
  CHECK(response(kernel, 0.25, 100.0) < 0.3);
  CHECK(response(kernel, 0.1, 100.0) < 0.06);
  CHECK(response(kernel, 35.0, 100.0) < 0.02);
}

TEST_CASE("Convolution equals the sum it stands for, whatever the length") {
  std::vector<float> in;
  for (int i = 0; i < 400; ++i) in.push_back(std::sin(0.37F * static_cast<float>(i * i % 97)));
  const std::vector<float> kernel = low_pass(12.0, 9, 100.0);
  for (const std::size_t length : {1U, 63U, 64U, 65U, 300U}) {
    std::vector<float> out(length);
    convolve(std::span<const float>(in).first(length + kernel.size() - 1), kernel, out);
    for (std::size_t i = 0; i < length; ++i) {
      double expected = 0.0;
      for (std::size_t k = 0; k < kernel.size(); ++k) expected += static_cast<double>(kernel[k]) * static_cast<double>(in[i + k]);
      CHECK(static_cast<double>(out[i]) == doctest::Approx(expected).epsilon(1e-5));
    }
  }
}

TEST_CASE("Dots of many places are the dot of each place, to the last bit") {
  std::vector<float> b;
  for (int i = 0; i < 90; ++i) b.push_back(std::sin(0.37F * static_cast<float>(i * i % 97)));
  for (const std::size_t length : {1U, 8U, 13U, 40U}) {
    const std::span<const float> a = std::span<const float>(b).last(length);
    for (const std::size_t places : {1U, 4U, 21U, 25U}) {
      std::vector<float> out(places);
      dots(a, b, out);
      for (std::size_t i = 0; i < places; ++i) CHECK(out[i] == dot(a, std::span<const float>(b).subspan(i)));
    }
  }
}

TEST_CASE("Movement of a constant is zero up to its ends") {
  const std::vector<float> constant(500, 0.8F);
  for (const float value : movement_of(constant, 100.0)) CHECK(std::abs(value) < 1e-5F);
}

// Bytes that the maker of the sensors documents in the tests of its own SDK (polarofficial/polar-ble-sdk, AccDataTest), with
// the values it says they hold.

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "capture/polar.hpp"

namespace {

using klono::capture::PolarDecoder;
using klono::formats::journal::Reading;
using Bytes = std::vector<std::uint8_t>;

constexpr double kMilli_g = 9.80665e-3;

Bytes notification(std::uint64_t sensor_ns, std::uint8_t type, const Bytes& content) {
  Bytes bytes{0x02};
  for (unsigned k = 0; k < 8; ++k) bytes.push_back(static_cast<std::uint8_t>(sensor_ns >> (8 * k) & 0xFF));
  bytes.push_back(type);
  bytes.insert(bytes.end(), content.begin(), content.end());
  return bytes;
}

/// The second of two notifications `apart_ns` apart; the first tells the time.
std::vector<Reading> decoded(std::uint8_t type, const Bytes& content, std::uint64_t apart_ns) {
  PolarDecoder decoder;
  const Bytes first = notification(2'000'000'000 - apart_ns, type, content);
  const Bytes second = notification(2'000'000'000, type, content);
  decoder.decode(std::as_bytes(std::span(first)), 10'000.0);
  return decoder.decode(std::as_bytes(std::span(second)), 10'000.0 + static_cast<double>(apart_ns) / 1e6);
}

void check(const Reading& reading, double x, double y, double z) {
  CHECK(reading.acceleration[0] == doctest::Approx(x * kMilli_g));
  CHECK(reading.acceleration[1] == doctest::Approx(y * kMilli_g));
  CHECK(reading.acceleration[2] == doctest::Approx(z * kMilli_g));
}

}  // namespace

TEST_CASE("whole samples of the SDK's example: -9, -1, 999 and -8, -2, 997 mg") {
  const Bytes content{0xF7, 0xFF, 0xFF, 0xFF, 0xE7, 0x03, 0xF8, 0xFF, 0xFE, 0xFF, 0xE5, 0x03, 0xF9, 0xFF, 0xFF, 0xFF, 0xE5, 0x03};
  const std::vector<Reading> readings = decoded(0x01, content, 3 * 19'230'769);  // 52 a second
  REQUIRE(readings.size() == 3);
  check(readings[0], -9, -1, 999);
  check(readings[1], -8, -2, 997);
  check(readings[2], -7, -1, 997);
  CHECK(readings[2].stamp_ms - readings[1].stamp_ms == doctest::Approx(1000.0 / 52.0).epsilon(1e-4));
}

TEST_CASE("the SDK's compressed example in mg: -15, 20, 1008, then differences of 6 bits -5, -3, 0") {
  const std::vector<Reading> readings = decoded(0x81, {0xF1, 0xFF, 0x14, 0x00, 0xF0, 0x03, 0x06, 0x01, 0x7B, 0x0F, 0x08}, 38'461'538);
  REQUIRE(readings.size() == 2);
  check(readings[0], -15, 20, 1008);
  check(readings[1], -20, 17, 1008);
}

TEST_CASE("the SDK's compressed example in steps of 0.244 mg: 1905, 27376, -29282, then differences of 10 bits") {
  // The first of the 56 differences of the example: 190, -105, -85.
  const std::vector<Reading> readings = decoded(0x80, {0x71, 0x07, 0xF0, 0x6A, 0x9E, 0x8D, 0x0A, 0x01, 0xBE, 0x5C, 0xBE, 0x3A}, 38'461'538);
  REQUIRE(readings.size() == 2);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double first[] = {1905, 27376, -29282};
    const double second[] = {1905 + 190, 27376 - 105, -29282 - 85};
    CHECK(readings[0].acceleration[axis] == doctest::Approx(first[axis] * 0.244 * kMilli_g).epsilon(0.001));
    CHECK(readings[1].acceleration[axis] == doctest::Approx(second[axis] * 0.244 * kMilli_g).epsilon(0.001));
  }
}

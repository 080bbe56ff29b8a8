// Notifications written down byte by byte, and a made stream with a radio's delays.

#include "capture/polar.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <random>

using namespace klono;
using capture::PolarDecoder;
using formats::journal::Reading;

namespace {

std::vector<std::byte> bytes_of(const std::vector<int>& values) {
  std::vector<std::byte> bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value & 0xFF));
  return bytes;
}

/// Head of a notification: measurement, time of the last sample, frame type.
std::vector<int> head(std::uint64_t sensor_ns, int type, int measurement = 2) {
  std::vector<int> bytes{measurement};
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<int>(sensor_ns >> (8 * i) & 0xFF));
  bytes.push_back(type);
  return bytes;
}

void add_16(std::vector<int>& bytes, int value) {
  bytes.push_back(value & 0xFF);
  bytes.push_back(value >> 8 & 0xFF);
}

}  // namespace

TEST_CASE("Whole samples of 16 bit are thousandths of g, and keep the sensor's spacing") {
  PolarDecoder decoder;
  std::vector<int> first = head(1'000'000'000, 1);
  for (int i = 0; i < 6; ++i) add_16(first, 0);
  CHECK(decoder.decode(bytes_of(first), 50'000.0).empty());  // only tells the time
  std::vector<int> second = head(1'010'000'000, 1);           // two samples, 10 ms: 200 Hz
  for (const int value : {1000, -500, 0, -1, 8000, -8000}) add_16(second, value);
  const std::vector<Reading> readings = decoder.decode(bytes_of(second), 50'010.0);
  REQUIRE(readings.size() == 2);
  CHECK(readings[0].acceleration[0] == doctest::Approx(9.80665));
  CHECK(readings[0].acceleration[1] == doctest::Approx(-4.903325));
  CHECK(readings[1].acceleration[0] == doctest::Approx(-0.00980665));
  CHECK(readings[1].acceleration[2] == doctest::Approx(-78.4532));
  CHECK(readings[1].stamp_ms - readings[0].stamp_ms == doctest::Approx(5.0));
  CHECK(readings[1].stamp_ms == doctest::Approx(50'010.0));
  CHECK(std::isnan(readings[0].rotation[0]));
  CHECK(std::isnan(readings[0].linear[2]));
}

TEST_CASE("Compressed samples are a whole one and then differences of the told width") {
  PolarDecoder decoder;
  std::vector<int> first = head(1'000'000'000, 0x81);
  for (const int value : {0, 0, 0}) add_16(first, value);
  CHECK(decoder.decode(bytes_of(first), 1000.0).empty());
  // (100, -200, 1000), then two groups: 4 bit: (+1, -1, +7), (-8, 0, +2); 8 bit: (-100, 100, 5).
  std::vector<int> second = head(1'040'000'000, 0x81);
  for (const int value : {100, -200, 1000}) add_16(second, value);
  second.insert(second.end(), {4, 2, 0xF1, 0x87, 0x20});
  second.insert(second.end(), {8, 1, -100, 100, 5});
  const std::vector<Reading> readings = decoder.decode(bytes_of(second), 1040.0);
  REQUIRE(readings.size() == 4);
  const int expected[4][3] = {{100, -200, 1000}, {101, -201, 1007}, {93, -201, 1009}, {-7, -101, 1014}};
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t axis = 0; axis < 3; ++axis) CHECK(readings[i].acceleration[axis] == doctest::Approx(expected[i][axis] * 9.80665e-3));
}

TEST_CASE("What is no accelerometer frame, or is cut, gives nothing and does no harm") {
  PolarDecoder decoder;
  CHECK(decoder.decode({}, 0.0).empty());
  CHECK(decoder.decode(bytes_of({2, 0, 0}), 0.0).empty());
  CHECK(decoder.decode(bytes_of(head(1, 1, 0)), 0.0).empty());     // electrocardiogram
  CHECK(decoder.decode(bytes_of(head(1, 7)), 0.0).empty());        // a frame type nobody knows
  CHECK(decoder.decode(bytes_of(head(1, 1)), 0.0).empty());        // no samples
  std::mt19937 random(4);
  for (int i = 0; i < 3000; ++i) {
    std::vector<int> bytes = head(random(), static_cast<int>(random() % 4 + (random() % 2) * 0x80));
    for (std::size_t n = random() % 60; n > 0; --n) bytes.push_back(static_cast<int>(random() % 256));
    for (const Reading& reading : decoder.decode(bytes_of(bytes), static_cast<double>(i))) CHECK(std::isfinite(reading.acceleration[0]));
  }
}

TEST_CASE("Readings keep an even spacing whatever the radio's delays, and follow a clock that drifts") {
  PolarDecoder decoder;
  std::mt19937 random(2);
  std::exponential_distribution<double> delay(1.0 / 30.0);
  double before_ms = 0.0;
  double worst_ms = 0.0;
  std::int64_t count = 0;
  double last_error_ms = 0.0;
  for (int i = 0; i < 20'000; ++i) {  // an hour, 36 samples each
    const double true_ms = 180.0 * (i + 1);
    const double sensor_ms = 40'000.0 + true_ms * (1.0 + 40e-6);
    std::vector<int> bytes = head(static_cast<std::uint64_t>(sensor_ms * 1e6), 1);
    for (int n = 0; n < 36 * 3; ++n) add_16(bytes, n);
    for (const Reading& reading : decoder.decode(bytes_of(bytes), true_ms + 20.0 + delay(random))) {
      if (count++ > 0) worst_ms = std::max(worst_ms, std::abs(reading.stamp_ms - before_ms - 5.0));
      before_ms = reading.stamp_ms;
    }
    last_error_ms = before_ms - true_ms;
  }
  CHECK(count == 36 * 19'999);
  CHECK(worst_ms < 1.1);
  CHECK(std::abs(last_error_ms) < 60.0);  // 40 ppm over the hour would be 144 ms
}

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <span>

#include "capture/polar.hpp"
#include "fuzz/targets.hpp"

namespace klono::fuzz {
void feed_polar(const std::uint8_t* data, std::size_t size) {
  std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  capture::PolarDecoder decoder;
  double stamp_ms = 1000.0;
  while (bytes.size() >= 2) {
    const std::size_t length = std::min(std::to_integer<std::size_t>(bytes[0]), bytes.size() - 2);
    stamp_ms += std::to_integer<int>(bytes[1]) * 10.0;
    const auto readings = decoder.decode(bytes.subspan(2, length), stamp_ms);
    promise(readings.size() <= 256 * (length + 1), "a notification holds no more than its bytes");
    double last_ms = -1e300;
    for (const formats::journal::Reading& reading : readings) {
      promise(std::isfinite(reading.stamp_ms) && reading.stamp_ms > last_ms, "stamps go forward within a notification");
      for (const float value : reading.acceleration) promise(std::isfinite(value), "a value is a number");
      last_ms = reading.stamp_ms;
    }
    bytes = bytes.subspan(2 + length);
  }
}

}  // namespace klono::fuzz

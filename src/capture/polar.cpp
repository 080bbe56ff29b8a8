#include "capture/polar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace klono::capture {
namespace {

using formats::journal::Reading;

constexpr std::uint8_t kAccelerometer = 0x02;
constexpr std::uint8_t kTypeMask = 0x3F;
constexpr std::uint8_t kCompressed = 0x80;
constexpr std::size_t kHead = 10;  // measurement, 8 bytes of time in ns, frame type
constexpr double kMetresFromMilli_g = 9.80665e-3;
// Compressed frames count in the sensor's own steps. The factor is told by the control characteristic, which does not
// come here; the accelerometers that compress measure ±8 g in 16 bit (chosen; the check of gravity would show another).
constexpr double kMilli_gAStep = 8000.0 / 32768.0;
constexpr double kFollowUp_ms = 0.05;   // a notification; chosen: clocks drift by less, radio delays last shorter
constexpr double kFollowDown_ms = 1.0;
constexpr double kNewClock_ms = 5000.0;  // beyond this it is not drift
constexpr double kLost = 1.5;            // of the usual length of a notification: one was lost

using Triple = std::array<std::int32_t, 3>;

std::uint8_t byte_at(std::span<const std::byte> bytes, std::size_t i) { return std::to_integer<std::uint8_t>(bytes[i]); }

/// Signed little-endian number of `size` bytes, 1 to 3.
std::int32_t signed_at(std::span<const std::byte> bytes, std::size_t offset, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= static_cast<std::uint32_t>(byte_at(bytes, offset + i)) << (8 * i);
  const std::uint32_t sign = 1U << (8 * size - 1);
  return static_cast<std::int32_t>(value ^ sign) - static_cast<std::int32_t>(sign);
}

std::vector<Triple> plain_samples(std::span<const std::byte> content, std::size_t size) {
  std::vector<Triple> samples;
  for (std::size_t at = 0; at + 3 * size <= content.size(); at += 3 * size)
    samples.push_back({signed_at(content, at, size), signed_at(content, at + size, size), signed_at(content, at + 2 * size, size)});
  return samples;
}

/// Signed number of `width` bits from bit `at` on, lowest bit first.
std::int32_t bits_at(std::span<const std::byte> bytes, std::size_t at, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width; ++i)
    value |= static_cast<std::uint32_t>((byte_at(bytes, (at + i) / 8) >> ((at + i) % 8)) & 1) << i;
  const std::uint32_t sign = 1U << (width - 1);
  return static_cast<std::int32_t>(value ^ sign) - static_cast<std::int32_t>(sign);
}

/// A whole sample, then groups of differences: width in bits, how many, packed bits.
std::vector<Triple> compressed_samples(std::span<const std::byte> content) {
  std::vector<Triple> samples = plain_samples(content.first(std::min<std::size_t>(content.size(), 6)), 2);
  std::size_t at = 6;
  while (!samples.empty() && at + 2 <= content.size()) {
    const std::size_t width = byte_at(content, at);
    const std::size_t count = byte_at(content, at + 1);
    const std::size_t bytes = (width * count * 3 + 7) / 8;
    at += 2;
    if (width < 1 || width > 24 || at + bytes > content.size()) break;
    for (std::size_t i = 0; i < count; ++i) {
      Triple next = samples.back();
      for (std::size_t axis = 0; axis < 3; ++axis) next[axis] += bits_at(content.subspan(at, bytes), (3 * i + axis) * width, width);
      samples.push_back(next);
    }
    at += bytes;
  }
  return samples;
}

}  // namespace

void PolarDecoder::follow_clock(double sensor_ms, double stamp_ms) {
  const double distance_ms = stamp_ms - sensor_ms - offset_ms_;
  if (!begun_ || std::abs(distance_ms) > kNewClock_ms) offset_ms_ += distance_ms;
  else offset_ms_ += std::clamp(distance_ms, -kFollowDown_ms, kFollowUp_ms);
}

std::vector<Reading> PolarDecoder::decode(std::span<const std::byte> bytes, double stamp_ms) {
  if (bytes.size() < kHead || (byte_at(bytes, 0) & kTypeMask) != kAccelerometer) return {};
  std::uint64_t sensor_ns = 0;
  for (std::size_t i = 0; i < 8; ++i) sensor_ns |= static_cast<std::uint64_t>(byte_at(bytes, 1 + i)) << (8 * i);
  const double sensor_ms = static_cast<double>(sensor_ns / 1000) / 1000.0;
  const std::uint8_t type = byte_at(bytes, 9);
  const bool compressed = (type & kCompressed) != 0;
  const std::uint8_t kind = type & 0x7F;
  const std::span<const std::byte> content = bytes.subspan(kHead);
  if (kind > (compressed ? 1 : 2)) return {};
  const std::vector<Triple> samples = compressed ? compressed_samples(content) : plain_samples(content, std::size_t{1} + kind);
  if (samples.empty()) return {};

  follow_clock(sensor_ms, stamp_ms);
  const double passed_ms = sensor_ms - last_sensor_ms_;
  const bool goes_on = begun_ && passed_ms > 0.0 && passed_ms < kNewClock_ms;
  begun_ = true;
  last_sensor_ms_ = sensor_ms;
  const auto count = static_cast<double>(samples.size());
  if (goes_on && (period_ms_ == 0.0 || passed_ms < kLost * count * period_ms_)) period_ms_ = passed_ms / count;
  if (period_ms_ == 0.0) return {};
  std::vector<Reading> readings;
  const float none = std::numeric_limits<float>::quiet_NaN();
  const double scale = kMetresFromMilli_g * (compressed && kind == 0 ? kMilli_gAStep : 1.0);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    Reading reading;
    reading.stamp_ms = sensor_ms + offset_ms_ - (count - 1.0 - static_cast<double>(i)) * period_ms_;
    for (std::size_t axis = 0; axis < 3; ++axis) reading.acceleration[axis] = static_cast<float>(scale * samples[i][axis]);
    reading.linear = reading.rotation = {none, none, none};
    readings.push_back(reading);
  }
  return readings;
}

}  // namespace klono::capture

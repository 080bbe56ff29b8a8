#pragma once
/// What recorders of motion have in common in their bytes: little-endian numbers, a wall clock without a zone, slow measures.

#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

#include "signal/recording.hpp"

namespace klono::formats {

static_assert(std::endian::native == std::endian::little, "the bytes of recorders are copied into numbers as they are");

/// The number at a place of the bytes, which must hold it whole.
template <class Number>
Number number_at(std::span<const std::byte> bytes, std::size_t at) {
  Number number{};
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

/// Seconds since 1970 of a wall clock, read as if UTC. A month or day of 0, as a clock that was never set has, counts as 1.
inline std::int64_t seconds_of_clock(int year, unsigned month, unsigned day, int hour, int minute, int second) {
  using namespace std::chrono;
  const sys_days date = std::chrono::year(year) / std::chrono::month(month >= 1 && month <= 12 ? month : 1) / 1;
  return (date.time_since_epoch().count() + (day >= 1 ? static_cast<int>(day) - 1 : 0)) * std::int64_t{86400} + hour * 3600 + minute * 60 + second;
}

/// The clock of a recorder at `seconds` after its origin.
inline WallClock local_clock(std::int64_t origin_unix_s, double seconds) {
  return {ClockBasis::Local, origin_unix_s * 1'000'000'000 + static_cast<std::int64_t>(seconds * 1e9 + (seconds < 0.0 ? -0.5 : 0.5)), std::nullopt};
}

/// Temperature, battery or light, told with every packet: one value in 10 s is kept (chosen: a week takes less than 1 MB).
class SlowMeasure {
 public:
  SlowMeasure(std::string name, std::string unit, ChannelRole role) : measure_{std::move(name), std::move(unit), role, {}, {}} {}

  void add(double at_s, float value) {
    if (!measure_.at_s.empty() && at_s < measure_.at_s.back() + kApart_s) return;
    measure_.at_s.push_back(at_s);
    measure_.values.push_back(value);
  }

  const SideMeasure& measure() const { return measure_; }

 private:
  static constexpr double kApart_s = 10.0;
  SideMeasure measure_;
};

}  // namespace klono::formats

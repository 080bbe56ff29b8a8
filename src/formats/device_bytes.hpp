#pragma once
/// What recorders of motion have in common in their bytes: little-endian numbers, a wall clock without a zone, slow measures, a window on the file.

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_source.hpp"
#include "base/units.hpp"
#include "signal/recording.hpp"

namespace klono::formats {

static_assert(std::endian::native == std::endian::little, "the bytes of recorders are copied into numbers as they are");

using Bytes = std::span<const std::byte>;

/// The number at a place of the bytes, which must hold it whole.
template <class Number>
Number number_at(Bytes bytes, std::size_t at) {
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
  return {ClockBasis::Local, origin_unix_s * kSecond_ns + static_cast<std::int64_t>(seconds * 1e9 + (seconds < 0.0 ? -0.5 : 0.5)), std::nullopt};
}

/// A stretch of a file that grows at its end and is forgotten at its begin: for records that are looked for in it.
class ReadingRoom {
 public:
  explicit ReadingRoom(std::shared_ptr<const ByteSource> source) : source_(std::move(source)) {}

  /// Takes up to `count` bytes more. True at the end of the file.
  Result<bool> read_on(std::size_t count) {
    const std::size_t kept = bytes_.size();
    bytes_.resize(kept + count);
    KLONO_TRY(const std::size_t got, source_->read_at(base_ + static_cast<std::int64_t>(kept), std::span(bytes_).subspan(kept)));
    bytes_.resize(kept + got);
    return got < count;
  }

  void forget(std::size_t count) {
    bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(count));
    base_ += static_cast<std::int64_t>(count);
  }

  std::size_t size() const { return bytes_.size(); }
  std::byte operator[](std::size_t at) const { return bytes_[at]; }
  operator Bytes() const { return bytes_; }  // NOLINT: it is these bytes

  /// Place in the file.
  std::int64_t place_of(std::size_t at) const { return base_ + static_cast<std::int64_t>(at); }
  std::int64_t bytes_done() const { return std::min(place_of(bytes_.size()), source_->size()); }
  const ByteSource& source() const { return *source_; }

 private:
  std::shared_ptr<const ByteSource> source_;
  std::vector<std::byte> bytes_;
  std::int64_t base_ = 0;
};

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

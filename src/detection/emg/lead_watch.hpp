#pragma once

#include <cstdint>
#include <deque>
#include <span>

#include "detection/emg/emg_event.hpp"

namespace klono::detection {

/// What is known of one hop of 50 ms.
struct EmgHop {
  double square = 0.0;      ///< mean of the squared band-limited signal
  float peak = 0.0F;        ///< largest of it
  float slow_peak = 0.0F;   ///< largest of the slow part
  float low = 0.0F;         ///< extremes of the readings
  float high = 0.0F;
  float held_low = 0.0F;    ///< extremes of the readings that stay for four and more; held_low > held_high where none does
  float held_high = -1.0F;
  bool flat = false;        ///< one value
  double hum_square = 0.0;  ///< mean square of the mains that was taken out
  float teager = 0.0F;      ///< root of the mean square of the TKEO level
  EmgReason reason = EmgReason::None;  ///< why it cannot be analysed, margins included
};

/// Readings of one hop, as delivered; knows those that came before it in the stretch.
class ReadingWatch {
 public:
  void begin() { run_ = 0; }
  void look(std::span<const float> readings, EmgHop& hop);

 private:
  float last_ = 0.0F;
  int run_ = 0;  // equal readings up to the last
};

/// Says for each hop whether it can be analysed, from the second before and after it.
class LeadWatch {
 public:
  static constexpr std::int64_t kReach = 20;   ///< hops on each side that are looked at
  static constexpr std::int64_t kMargin = 2;   ///< hops beside a bad one that are bad with it

  explicit LeadWatch(const EmgSignalSettings& settings) : settings_(settings) {}

  /// Of hop `at`, of which the first `count` are measured; they must reach kReach to both sides where the stretch does.
  EmgReason reason_of(const std::deque<EmgHop>& hops, std::int64_t at, std::int64_t count) const;

 private:
  bool is_flat(const std::deque<EmgHop>& hops, std::int64_t at, std::int64_t count) const;

  const EmgSignalSettings& settings_;
};

}  // namespace klono::detection

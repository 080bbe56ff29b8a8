#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "detection/emg/emg_event.hpp"
#include "detection/emg/line_filter.hpp"
#include "detection/emg/mains.hpp"
#include "detection/emg/samples.hpp"

namespace klono::detection {

inline constexpr double kUsableShare = 0.45;  ///< of the sampling rate: what a channel can hold

/// Samples in a hop of 50 ms, in which all of EMG is worked.
std::int64_t emg_hop(double rate_hz);

/// Readings of one contiguous stretch in a band, mains taken out. Works in hops counted from the first reading.
class EmgBandFilter {
 public:
  /// `half_s` of the filter to both sides; `high_hz` or 0.45 of the rate where that is lower.
  EmgBandFilter(double low_hz, double high_hz, double half_s, double rate_hz, double mains_above);

  /// Readings without their offset. All pushes but the last are whole hops.
  void push(std::span<const float> readings) { filter_.push(readings, filtered_); }
  /// No more readings: the last of `hops` hops is filled up with quiet.
  void end(std::int64_t hops);
  /// Appends what can be told by now, in whole hops.
  void run(Samples& out, bool last);

  std::deque<Hum> hums;  ///< of the hops that run() gave and nobody took yet

 private:
  std::int64_t hop_;
  LineFilter filter_;
  MainsRemover mains_;
  Samples filtered_;
  std::int64_t pushed_ = 0;  // hops given to mains_
};

/// The band in which bursts are looked for, or leg movements where the rate tells no more.
EmgBandFilter main_band(const EmgConditioningSettings& settings, EmgDetail detail, double rate_hz);
/// The band of the leg movement rule.
EmgBandFilter limb_band(const EmgConditioningSettings& settings, double rate_hz);

}  // namespace klono::detection

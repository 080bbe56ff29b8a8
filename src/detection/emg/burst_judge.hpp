#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "detection/emg/burst_finder.hpp"

namespace klono::detection {

/// Decides what a region is, from what lies 6 s before and after it: a potential alone, a burst, activity, or a heart beat.
/// A heart is told by one form that returns six times and more at even intervals.
class BurstJudge {
 public:
  static constexpr double kLook_s = 6.0;

  BurstJudge(const EmgSettings& settings, double rate_hz, EmgDetail detail, bool microvolts);

  void add(EmgRegion region) { waiting_.push_back(std::move(region)); }

  /// Settles what lies more than kLook_s before sample `now`, in order.
  void settle(std::int64_t now, std::vector<EmgRegion>& settled);

 private:
  void judge(EmgRegion& region, const std::vector<const EmgRegion*>& beside) const;
  bool is_heart(const EmgRegion& region, const std::vector<const EmgRegion*>& beside) const;
  bool is_alike(const EmgRegion& a, const EmgRegion& b) const;

  const EmgSettings& settings_;
  double rate_hz_;
  EmgDetail detail_;
  bool microvolts_;
  std::int64_t look_;
  std::deque<EmgRegion> before_;
  std::deque<EmgRegion> waiting_;
};

EmgBand band_of(double duration_s, EmgDetail detail);

}  // namespace klono::detection

#pragma once

#include <optional>
#include <vector>

#include "formats/journal.hpp"

namespace klono::formats::journal {

/// From stamps of the monotonic clock to seconds of the recording, with the time that the clock itself did not count:
/// it stands still while some devices sleep, and the wall clock tells.
class Clock {
 public:
  /// The stamp of the first sample.
  void begin(double stamp_ms);
  bool begun() const { return first_ms_.has_value(); }

  /// True where the wall clock jumped against the monotonic one by more than 1 s since the last anchor. Forward, the
  /// time is added from the anchor on, or from `not_before_ms` where that is later.
  bool jumped(const Anchor& anchor, double not_before_ms);

  /// Seconds since the first sample, negative before it; 0 for what is no number or where nothing began.
  double time_of(double stamp_ms) const;

  /// Of the first sample.
  WallClock start() const;

 private:
  struct Jump {
    double from_ms = 0.0;
    double added_ms = 0.0;  ///< of all jumps up to here
  };
  double added_before(double stamp_ms) const;

  std::optional<double> first_ms_;
  double first_added_ms_ = 0.0;
  std::optional<Anchor> base_;  // the last before the first sample, else the first after it
  std::optional<Anchor> last_;
  std::vector<Jump> jumps_;     // sorted
};

}  // namespace klono::formats::journal

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "formats/journal.hpp"

namespace klono::capture {

/// Notifications of a Polar sensor's data characteristic (accelerometer, H10 and Verity Sense) as readings in m/s².
///
/// A notification carries the sensor's own time of its last sample, so that samples keep the sensor's spacing; the
/// offset to the page's clock is the shortest way a notification took, followed slowly, because two clocks drift.
/// The first notification only tells the time. What is no accelerometer frame is passed over.
class PolarDecoder {
 public:
  std::vector<formats::journal::Reading> decode(std::span<const std::byte> bytes, double stamp_ms);

 private:
  void follow_clock(double sensor_ms, double stamp_ms);

  bool begun_ = false;
  double last_sensor_ms_ = 0.0;
  double period_ms_ = 0.0;  // between samples; 0 not known yet
  double offset_ms_ = 0.0;  // page's clock less the sensor's
};

}  // namespace klono::capture

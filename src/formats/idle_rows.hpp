#pragma once

#include <cstddef>
#include <vector>

#include "formats/timed_rows.hpp"

namespace klono::formats {

/// Rows that are no readings.
struct IdleRows {
  std::size_t begin = 0;
  std::size_t end = 0;
  GapReason reason = GapReason::Held;
};

/// Runs of at least a second of one repeated value (where the sensor is fine enough to tell) and of zeros, in order. The
/// first row of a repeated value is a reading.
std::vector<IdleRows> idle_rows(const TimedRows& rows);

}  // namespace klono::formats

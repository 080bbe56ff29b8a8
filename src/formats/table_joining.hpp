#pragma once
/// Tables made of two: what an archive keeps apart.

#include <vector>

#include "base/result.hpp"
#include "formats/raw_table.hpp"

namespace klono::formats {

/// phyphox meta/time.csv: where the time column was cut, and how much wall time passed there.
struct PauseList {
  WallClock start;
  std::vector<RecorderRestart> restarts;  ///< `at_s` in experiment time
};
PauseList parse_phyphox_times(std::string_view csv);

/// Lays pauses over a table whose time column does not show them.
void apply_pauses(RawTable& table, const PauseList& pauses);

/// Acceleration without gravity plus gravity, interpolated to the stamps of the first (both in g, same axes).
void add_gravity(RawTable& acceleration, const RawTable& gravity);

}  // namespace klono::formats

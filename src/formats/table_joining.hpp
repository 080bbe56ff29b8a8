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

/// Acceleration without gravity plus gravity, interpolated to the stamps of the first (same axes; gravity as the file has it,
/// in m/s2). Not a number where gravity has a gap.
void add_gravity(RawTable& acceleration, const RawTable& gravity);

/// The turning of another sensor as columns of the first, interpolated to its stamps. Not a number where the other has a
/// gap. Nothing is done where there are columns of rotation already, or no rotation in the other.
void add_rotation(RawTable& acceleration, const RawTable& rotation);

/// Sensor Logger's Annotation.csv as remarks.
void add_sensor_logger_remarks(RawTable& table, std::string_view csv);

/// Empatica's tags.csv (Unix seconds, one a line) as remarks, and TEMP.csv (start, rate, degrees) as a slow measure.
void add_empatica_tags(RawTable& table, std::string_view csv);
void add_empatica_temperature(RawTable& table, std::string_view csv);

}  // namespace klono::formats

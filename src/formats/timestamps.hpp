#pragma once
/// What the time column of a text file may hold.

#include <cstdint>
#include <optional>
#include <string_view>

#include "signal/recording.hpp"

namespace klono::formats {

/// A date and time as written. `unix_ns` reads the written time as if it were UTC.
struct WrittenTime {
  std::int64_t unix_ns = 0;
  bool has_date = true;
  std::optional<int> offset_min;  ///< east of UTC, where written
  bool either_order = false;      ///< with slashes, and day and month could change places: read month first
};

/// Parses "2019-10-16T12:09:01.702+02:00", "2022-03-16 14:07:17:870", "20.12.2021 11:55:00",
/// "11:55:00.25", "5/7/2024 6:55:46 PM", "07-May-2024 18:55:46", … Dates with slashes are read day first where only that fits, else month
/// first. 1 to 9 fraction digits after '.', ',' or ':'. nullopt for anything else.
std::optional<WrittenTime> parse_written_time(std::string_view text);

/// How to read the numbers of a time column.
struct TimeUnit {
  double seconds_per_unit = 1.0;
  bool epoch = false;  ///< counted from 1970, else from some start
};

/// Decides the unit from the first value and the median step (both in the column's own unit).
/// The step beats the magnitude: it must give 10 to 2000 Hz where any unit does.
TimeUnit guess_time_unit(double first, double median_step);

}  // namespace klono::formats

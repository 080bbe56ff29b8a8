#pragma once
/// Rows as a file holds them: before dropping, spreading or hold detection.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "signal/recording.hpp"

namespace klono::formats {

enum class UnitBasis : std::uint8_t {
  Written,  ///< a header or the format itself names it
  Guessed,  ///< found from the resting magnitude
  Given,    ///< a person chose it
  Unknown   ///< values are as in the file; `unit` is empty
};

/// One channel, rows in file order, already in `unit`.
struct RawColumn {
  std::string name;          ///< as in the file, or the 0-based column number
  std::string unit;          ///< "g", "rad/s", "deg/s"; empty when unknown
  std::string unit_in_file;  ///< as recognised; empty when unknown
  ChannelRole role = ChannelRole::Other;
  std::vector<float> values;  ///< NaN where the file holds no number
  double rate_hz = 0.0;       ///< of a column that runs at a rate of its own (then of its own length); 0 else
};

/// The time column. `seconds` has one value a row, relative to the first row; empty for files
/// that hold no time.
struct RawTime {
  std::string name;
  std::vector<double> seconds;
  double first_in_file_s = 0.0;  ///< the first value itself where it is in relative seconds
  double nominal_rate_hz = 0.0;  ///< stated by the file or a person; 0 when unknown
  bool whole_seconds = false;    ///< stamps resolve one second only
};

/// A stop and start of the recorder that the time column does not show.
struct RecorderRestart {
  double at_s = 0.0;     ///< time of the first row after it, as in the file, relative to the first row
  double missing_s = 0.0;  ///< wall time that passed
};

/// What one file holds.
struct RawTable {
  std::string format;
  RawTime time;
  WallClock start;
  std::vector<RawColumn> columns;  ///< file order
  std::vector<RecorderRestart> restarts;
  std::vector<Annotation> annotations;  ///< `at_s` relative to the first row
  std::vector<SideMeasure> sides;       ///< the same
  std::vector<Warning> warnings;
  UnitBasis unit_basis = UnitBasis::Unknown;
  bool unit_conflict = false;    ///< the written unit does not fit gravity: values are as in the file, `unit` is empty
  bool zero_order_hold = false;  ///< a row is written whenever any sensor fires
  bool stamps_repeat = false;    ///< a row with the stamp of the one before it only repeats a reading
  bool gravity_known = false;    ///< `has_gravity` is certain
  bool has_gravity = true;
  double range_g = 0.0;
  bool device_filler_is_certain = false;  ///< held values are known to be filled holes
  std::string needs_scale_hint;  ///< set where values are codes that need a scale
  std::optional<Recording> recording;  ///< set where the format makes it itself: the rows are only shown then
  std::optional<Error> refusal;        ///< set where the format knows why no recording can be made of it

  std::int64_t num_rows() const {
    return columns.empty() ? 0 : static_cast<std::int64_t>(columns.front().values.size());
  }
  const RawColumn* find(ChannelRole role) const {
    for (const RawColumn& column : columns)
      if (column.role == role) return &column;
    return nullptr;
  }
  bool has_axes() const {
    return find(ChannelRole::AccelerationX) != nullptr && find(ChannelRole::AccelerationY) != nullptr &&
           find(ChannelRole::AccelerationZ) != nullptr;
  }
  bool has_acceleration() const { return has_axes() || find(ChannelRole::AccelerationMagnitude) != nullptr; }
};

}  // namespace klono::formats

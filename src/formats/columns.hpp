#pragma once
/// What the columns of a text file are, told from their names and units.

#include <optional>
#include <string>
#include <string_view>

#include "signal/recording.hpp"

namespace klono::formats {

/// A unit of acceleration or rotation and how to reach the channel's own unit (g; rad/s and deg/s stay).
struct UnitInfo {
  std::string name;     ///< "g", "m/s^2", "mg", "rad/s", "deg/s", "counts" …
  std::string target;   ///< "g", "rad/s", "deg/s"; empty for units of other quantities
  double factor = 1.0;  ///< target = factor * value
};

/// Recognises a unit as written in a header: "m/s^2", "m/s²", "m/(s^2)", "ms-2", "[g]", "mg", …
std::optional<UnitInfo> parse_unit(std::string_view text);

/// The text in the last brackets of a name: "X (m/s^2)" gives "m/s^2"; empty without brackets.
std::string_view bracketed(std::string_view name);

enum class ColumnKind : std::uint8_t {
  Time, Acceleration, LinearAcceleration, Rotation, Magnitude, Other
};

struct ColumnGuess {
  ColumnKind kind = ColumnKind::Other;
  int axis = -1;                 ///< 0 x, 1 y, 2 z
  std::optional<UnitInfo> unit;  ///< from the brackets
};

/// Tells what a column is from its name; unit brackets weigh more than words.
ColumnGuess guess_column(std::string_view name);

/// Seconds per unit where the name of a time column tells it ("(s)", "in ms", "_ms", "[ns]"); 0 else.
double time_unit_of(std::string_view name);

ChannelRole acceleration_role(int axis);
ChannelRole rotation_role(int axis);

}  // namespace klono::formats

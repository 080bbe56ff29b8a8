#pragma once
/// Text that other programs read: numbers, time stamps and escapes, the same in every locale.

#include <string>
#include <string_view>

#include "signal/recording.hpp"

namespace klono::report {

/// Shortest decimal text that reads back to the same value; empty for NaN and infinities.
std::string number_text(double value);

/// Valid UTF-8 on one line: malformed bytes become U+FFFD, control characters spaces.
std::string clean_text(std::string_view text);

/// Text for HTML content and double-quoted attributes; cleaned first.
std::string html_escaped(std::string_view text);

/// One cell of a CSV file (RFC 4180), quoted where it must be; cleaned first.
std::string csv_cell(std::string_view text);

/// A "# key: value" line before a table, that carries what made it. Free text keeps no separator, so that a hostile file name cannot
/// put a formula into a cell of its own.
std::string csv_comment(std::string_view key, std::string_view value);

inline constexpr std::string_view kCsvLineEnd = "\r\n";  ///< RFC 4180

/// ISO 8601 with milliseconds: "2026-11-24T22:41:07.250", with "+01:00" or "Z" where the zone is known.
/// Empty without a clock or for times that are no numbers.
std::string iso_time(const WallClock& start, double t_s);

/// "2026-11-24" of the first sample, by the recorder's clock; empty without a clock.
std::string iso_date(const WallClock& start);

}  // namespace klono::report

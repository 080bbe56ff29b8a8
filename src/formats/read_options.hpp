#pragma once
/// Module formats: bytes -> recording. Allowed dependencies: signal, base. No screen, no file
/// system. This header: what a person may decide about the reading of a file.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace klono::formats {

/// A person's choices. Everything unset is found out from the bytes.
struct ReadOptions {
  std::string file_name;             ///< a hint only where two exports look the same inside
  std::vector<std::string> columns;  ///< time, x, y, z: names or 1-based numbers; "-" = no time
  std::string unit;                  ///< "g", "m/s2", "mg"; empty = find out
  double rate_hz = 0.0;              ///< for files without time; 0 = find out
  std::optional<std::pair<double, double>> scale;  ///< g = first + second * value
  std::string member;                ///< which file inside an archive
  int archive_depth = 0;             ///< in how many archives the file lies
  bool fast_text = true;             ///< false: the general reader alone, which tests hold against the faster one
};

/// Sets one choice from text; keys "columns", "unit", "rate", "scale", "member" (the command
/// line's flags without dashes, and the keys of a settings file's `reading`). Error: BadSetting.
Status set_option(ReadOptions& options, std::string_view key, std::string_view value);

/// Reads "key=value" lines, as a protocol message carries them.
Result<ReadOptions> options_from_lines(std::string_view lines);

/// The choices that were made as "key=value" lines; the file name is not among them.
std::string lines_of(const ReadOptions& options);

}  // namespace klono::formats

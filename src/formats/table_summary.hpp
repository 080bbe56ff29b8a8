#pragma once

#include <string>

#include "formats/raw_table.hpp"
#include "formats/read_options.hpp"

namespace klono::formats {

/// What was read, as JSON: format, n_samples, nominal_rate_hz, observed_rate_hz, start_time and
/// its basis, time_axis, gaps, emg, annotations, warnings, and per channel name, unit, unit_in_file, rate_hz (of channels
/// that run at a rate of their own), n, first3, last3, mean, min,
/// max, sum, sum_abs and weighted_sum = sum of ((i mod 997) + 1) * x[i]. Rows as read, channels
/// in file order. `analysable` and, where false, `why_not` tell whether events can be found.
std::string inspect_json(const RawTable& table, const ReadOptions& options);

/// The same as a few lines for a terminal.
std::string inspect_text(const RawTable& table, const ReadOptions& options);

}  // namespace klono::formats

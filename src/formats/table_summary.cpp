#include "formats/table_summary.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/recording_from_table.hpp"
#include "nlohmann/json.hpp"

namespace klono::formats {
namespace {

using nlohmann::ordered_json;

struct TimeAxis {
  double median = 0.0, shortest = 0.0, longest = 0.0, duration = 0.0;
  std::int64_t duplicates = 0, backward = 0, gaps = 0;
};

TimeAxis time_axis_of(const std::vector<double>& seconds) {
  TimeAxis axis;
  if (seconds.size() < 2) return axis;
  std::vector<double> steps(seconds.size() - 1);
  for (std::size_t i = 1; i < seconds.size(); ++i) {
    steps[i - 1] = seconds[i] - seconds[i - 1];
    if (steps[i - 1] == 0.0) ++axis.duplicates;
    if (steps[i - 1] < 0.0) ++axis.backward;
  }
  const auto [low, high] = std::minmax_element(steps.begin(), steps.end());
  axis.shortest = *low;
  axis.longest = *high;
  axis.duration = seconds.back() - seconds.front();
  const auto half = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);  // a week has 60 million: no copy
  std::nth_element(steps.begin(), half, steps.end());
  axis.median = steps.size() % 2 == 1 ? *half : 0.5 * (*std::max_element(steps.begin(), half) + *half);
  for (const double step : steps)
    if (step > 3.0 * axis.median) ++axis.gaps;
  return axis;
}

ordered_json json_number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr); }

/// A float as the shortest decimal that reads back to it, so that 0.1 stays 0.1.
double shortest(float value) { return static_cast<double>(value); }

ordered_json channel_json(const RawColumn& column) {
  double sum = 0.0;
  double sum_abs = 0.0;
  double weighted = 0.0;
  double low = std::nan("");
  double high = std::nan("");
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < column.values.size(); ++i) {
    const double value = shortest(column.values[i]);
    if (std::isnan(value)) continue;
    ++numbers;
    sum += value;
    sum_abs += std::abs(value);
    weighted += static_cast<double>(i % 997 + 1) * value;
    low = numbers == 1 ? value : std::min(low, value);
    high = numbers == 1 ? value : std::max(high, value);
  }
  ordered_json first = ordered_json::array();
  ordered_json last = ordered_json::array();
  const std::size_t n = column.values.size();
  for (std::size_t i = 0; i < std::min<std::size_t>(3, n); ++i) first.push_back(json_number(shortest(column.values[i])));
  for (std::size_t i = n - std::min<std::size_t>(3, n); i < n; ++i) last.push_back(json_number(shortest(column.values[i])));
  return {{"name", column.name}, {"unit", column.unit.empty() ? ordered_json(nullptr) : ordered_json(column.unit)},
          {"unit_in_file", column.unit_in_file.empty() ? ordered_json(nullptr) : ordered_json(column.unit_in_file)},
          {"n", n}, {"n_missing", n - numbers}, {"first3", first}, {"last3", last},
          {"mean", json_number(numbers > 0 ? sum / static_cast<double>(numbers) : std::nan(""))}, {"min", json_number(low)},
          {"max", json_number(high)}, {"sum", json_number(sum)}, {"sum_abs", json_number(sum_abs)}, {"weighted_sum", json_number(weighted)}};
}

std::string iso_time(const WallClock& start) {
  const std::int64_t local_ns = start.unix_ns + static_cast<std::int64_t>(start.offset_min.value_or(0)) * 60'000'000'000;
  const std::chrono::sys_time<std::chrono::milliseconds> instant{std::chrono::milliseconds(local_ns / 1'000'000)};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const auto of_day = (instant - day).count();
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03d", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(of_day / 3'600'000), static_cast<int>(of_day / 60'000 % 60),
                static_cast<int>(of_day / 1000 % 60), static_cast<int>(of_day % 1000));
  std::string iso = text;
  if (start.basis == ClockBasis::Utc && !start.offset_min) iso += "Z";
  if (start.offset_min) {
    const int offset = *start.offset_min;
    std::snprintf(text, sizeof text, "%c%02d:%02d", offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
    iso += text;
  }
  return iso;
}

std::string basis_words(const WallClock& start) {
  switch (start.basis) {
    case ClockBasis::None: return std::string(word(Word::formats_basis_none));
    case ClockBasis::Local: return std::string(word(Word::formats_basis_local));
    case ClockBasis::Utc: break;
  }
  return std::string(word(start.offset_min ? Word::formats_basis_zone : Word::formats_basis_utc));
}

struct Usable {
  Recording recording;
  std::string why_not;  ///< empty where events can be looked for
};

Usable usable(const RawTable& table, const ReadOptions& options) {
  Usable result;
  Result<Recording> recording = table.recording ? Result<Recording>(*table.recording) : recording_from_table(RawTable(table), options);
  if (!recording) {
    const Error& error = recording.error();
    result.why_not = one_line(error) + (error.question ? " (" + error.question->option + ")" : "");
    return result;
  }
  result.recording = std::move(recording).value();
  if (const Status status = check_analysable(result.recording); !status.ok()) result.why_not = one_line(status.error());
  return result;
}

}  // namespace

std::string inspect_json(const RawTable& table, const ReadOptions& options) {
  const Usable use = usable(table, options);
  ordered_json document;
  document["format"] = table.format;
  document["n_samples"] = table.num_rows();
  document["nominal_rate_hz"] = table.time.nominal_rate_hz > 0.0 ? ordered_json(table.time.nominal_rate_hz) : ordered_json(nullptr);
  document["fitted_rate_hz"] = use.recording.rate_hz > 0.0 ? ordered_json(use.recording.rate_hz) : ordered_json(nullptr);
  document["start_time"] = table.start.basis == ClockBasis::None ? ordered_json(nullptr) : ordered_json(iso_time(table.start));
  document["start_time_basis"] = basis_words(table.start);
  document["time_column"] = table.time.name.empty() ? ordered_json(nullptr) : ordered_json(table.time.name);
  document["time_axis"] = nullptr;
  if (table.time.seconds.size() > 1) {
    const TimeAxis axis = time_axis_of(table.time.seconds);
    const auto steps = static_cast<double>(table.time.seconds.size() - 1);
    document["time_axis"] = {{"first", table.time.first_in_file_s}, {"last", table.time.first_in_file_s + table.time.seconds.back()},
                             {"duration_s", axis.duration}, {"median_dt_s", axis.median}, {"min_dt_s", axis.shortest}, {"max_dt_s", axis.longest},
                             {"n_duplicate_timestamps", axis.duplicates}, {"n_backward_steps", axis.backward},
                             {"n_gaps_over_3x_median", axis.gaps}, {"observed_rate_hz", axis.duration > 0.0 ? ordered_json(steps / axis.duration) : ordered_json(nullptr)}};
  }
  document["gravity_included"] = use.recording.channels.empty() ? ordered_json(nullptr) : ordered_json(use.recording.has_gravity);
  document["gaps"] = ordered_json::array();
  for (const Gap& gap : use.recording.gaps)
    document["gaps"].push_back({{"start_s", gap.span.begin_s}, {"end_s", gap.span.end_s}, {"reason", std::string(name_of(gap.reason))}});
  document["warnings"] = ordered_json::array();
  for (const Warning& warning : use.recording.channels.empty() ? table.warnings : use.recording.warnings)
    document["warnings"].push_back({{"code", warning.code}, {"message", warning.message}});
  document["analysable"] = use.why_not.empty();
  document["why_not"] = use.why_not.empty() ? ordered_json(nullptr) : ordered_json(use.why_not);
  document["channels"] = ordered_json::array();
  for (const RawColumn& column : table.columns) document["channels"].push_back(channel_json(column));
  return document.dump(1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string inspect_text(const RawTable& table, const ReadOptions& options) {
  const Usable use = usable(table, options);
  char line[160];
  std::string text = fill(Word::formats_inspect_format, {{"format", table.format}, {"rows", std::to_string(table.num_rows())}}) + "\n";
  if (table.start.basis != ClockBasis::None)
    text += fill(Word::formats_inspect_start, {{"start", iso_time(table.start)}, {"basis", basis_words(table.start)}}) + "\n";
  if (use.recording.rate_hz > 0.0) {
    std::snprintf(line, sizeof line, "%.3f", use.recording.rate_hz);
    text += fill(Word::formats_inspect_rate, {{"rate", line}, {"segments", std::to_string(use.recording.segments.size())}, {"gaps", std::to_string(use.recording.gaps.size())}}) + "\n";
  }
  for (const RawColumn& column : table.columns) {
    const ordered_json channel = channel_json(column);
    std::snprintf(line, sizeof line, "  %-28s %-6s mean %12.6g  min %12.6g  max %12.6g\n", column.name.c_str(),
                  column.unit.empty() ? "?" : column.unit.c_str(), channel["mean"].is_number() ? channel["mean"].get<double>() : 0.0,
                  channel["min"].is_number() ? channel["min"].get<double>() : 0.0, channel["max"].is_number() ? channel["max"].get<double>() : 0.0);
    text += line;
  }
  for (const Warning& warning : use.recording.channels.empty() ? table.warnings : use.recording.warnings)
    text += fill(Word::formats_inspect_note, {{"text", warning.message}}) + "\n";
  text += use.why_not.empty() ? std::string(word(Word::formats_inspect_analysable)) + "\n"
                              : fill(Word::formats_inspect_not_analysable, {{"why", use.why_not}}) + "\n";
  return text;
}

}  // namespace klono::formats

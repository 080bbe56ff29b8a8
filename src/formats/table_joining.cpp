#include "formats/table_joining.hpp"

#include <algorithm>
#include <cmath>

#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

struct TimeEntry {
  bool is_start = false;
  double experiment_s = 0.0;
  double system_s = 0.0;
};

std::vector<TimeEntry> entries_of(std::string_view csv) {
  const std::size_t header_end = std::min(csv.find('\n'), csv.size());
  const std::size_t quote = csv.find('"', 1);
  const char separator = quote + 1 < header_end ? csv[quote + 1] : ',';
  std::vector<TimeEntry> entries;
  std::vector<std::string_view> fields;
  for (std::size_t at = header_end + 1; at < csv.size();) {
    const std::size_t end = std::min(csv.find('\n', at), csv.size());
    split_fields(csv.substr(at, end - at), separator, fields);
    at = end + 1;
    if (fields.size() < 3) continue;
    const bool comma = separator != ',' && fields[1].find(',') != std::string_view::npos;
    const std::optional<double> experiment = parse_number(fields[1], comma);
    const std::optional<double> system = parse_number(fields[2], comma);
    if (!experiment || !system || !std::isfinite(*experiment) || !std::isfinite(*system)) continue;
    entries.push_back({trimmed(fields[0]) == "START", *experiment, *system});
  }
  return entries;
}

double interpolated(const RawTable& table, const std::vector<float>& values, double t_s, std::size_t& hint) {
  const std::vector<double>& times = table.time.seconds;
  while (hint + 1 < times.size() && times[hint + 1] <= t_s) ++hint;
  if (hint + 1 >= times.size() || t_s <= times[hint]) return static_cast<double>(values[hint]);
  const double step = times[hint + 1] - times[hint];
  const double share = step > 0.0 ? (t_s - times[hint]) / step : 0.0;
  return (1.0 - share) * static_cast<double>(values[hint]) + share * static_cast<double>(values[hint + 1]);
}

}  // namespace

PauseList parse_phyphox_times(std::string_view csv) {
  PauseList list;
  const TimeEntry* pause = nullptr;
  const std::vector<TimeEntry> entries = entries_of(csv);
  for (const TimeEntry& entry : entries) {
    if (!entry.is_start) {
      pause = &entry;
      continue;
    }
    if (list.start.basis == ClockBasis::None && entry.system_s > 1e9 && entry.system_s < 4.1e9) {
      list.start.basis = ClockBasis::Utc;
      list.start.unix_ns = static_cast<std::int64_t>(entry.system_s * 1e6) * 1000;
    }
    if (pause != nullptr) list.restarts.push_back({entry.experiment_s, std::max(0.0, entry.system_s - pause->system_s)});
    pause = nullptr;
  }
  return list;
}

void apply_pauses(RawTable& table, const PauseList& pauses) {
  if (table.time.seconds.empty()) return;
  if (table.start.basis == ClockBasis::None && pauses.start.basis != ClockBasis::None) {
    table.start = pauses.start;
    table.start.unix_ns += static_cast<std::int64_t>(table.time.first_in_file_s * 1e9);
  }
  for (const RecorderRestart& restart : pauses.restarts)
    table.restarts.push_back({restart.at_s - table.time.first_in_file_s, restart.missing_s});
}

void add_gravity(RawTable& acceleration, const RawTable& gravity) {
  if (acceleration.time.seconds.empty() || gravity.time.seconds.empty()) return;
  const double shift = static_cast<double>(acceleration.start.unix_ns - gravity.start.unix_ns) * 1e-9;
  for (const ChannelRole role : {ChannelRole::AccelerationX, ChannelRole::AccelerationY, ChannelRole::AccelerationZ}) {
    const RawColumn* part = gravity.find(role);
    for (RawColumn& column : acceleration.columns) {
      if (column.role != role || part == nullptr) continue;
      std::size_t hint = 0;
      for (std::size_t i = 0; i < column.values.size(); ++i)
        column.values[i] += static_cast<float>(interpolated(gravity, part->values, acceleration.time.seconds[i] + shift, hint));
    }
  }
  acceleration.has_gravity = true;
  acceleration.gravity_known = false;
}

}  // namespace klono::formats

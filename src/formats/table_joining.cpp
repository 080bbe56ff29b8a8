#include "formats/table_joining.hpp"

#include <algorithm>
#include <cmath>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"
#include "formats/timed_rows.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kLongestRemark = 200;

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

/// What to add to the times of one table to have those of the other.
double shift_between(const RawTable& from, const RawTable& to) {
  if (from.start.basis != ClockBasis::None && to.start.basis != ClockBasis::None) return static_cast<double>(from.start.unix_ns - to.start.unix_ns) * 1e-9;
  return from.time.first_in_file_s - to.time.first_in_file_s;
}

double median_step(std::vector<double> times) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < times.size(); ++i)
    if (times[i] > times[i - 1]) steps.push_back(times[i] - times[i - 1]);
  if (steps.empty()) return 0.0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle;
}

/// Walks through another sensor's stamps beside those of the first, which mostly go forward.
class Beside {
 public:
  explicit Beside(const std::vector<double>& times) : times_(times), longest_(longest_step_s(median_step(times))) {}

  /// Finds the neighbours of `t_s`; false where the sensor has a gap or was not running.
  bool go_to(double t_s) {
    while (low_ > 0 && times_[low_] > t_s) --low_;
    while (low_ + 1 < times_.size() && times_[low_ + 1] <= t_s) ++low_;
    const bool before = t_s < times_.front();
    const bool after = low_ + 1 >= times_.size();
    share_ = 0.0;
    if (before) return times_.front() - t_s <= longest_;
    if (after) return t_s - times_.back() <= longest_;
    const double step = times_[low_ + 1] - times_[low_];
    share_ = step > 0.0 ? (t_s - times_[low_]) / step : 0.0;
    return step <= longest_ || share_ == 0.0;
  }

  double value(const std::vector<float>& values) const {
    const double low = static_cast<double>(values[low_]);
    return share_ == 0.0 ? low : (1.0 - share_) * low + share_ * static_cast<double>(values[low_ + 1]);
  }

 private:
  const std::vector<double>& times_;
  double longest_;
  std::size_t low_ = 0;
  double share_ = 0.0;
};

void add_column(RawColumn& column, const RawTable& other, const std::vector<float>& values, const std::vector<double>& times, double shift_s, double factor) {
  Beside beside(other.time.seconds);
  for (std::size_t i = 0; i < column.values.size() && i < times.size(); ++i)
    column.values[i] += beside.go_to(times[i] + shift_s) ? static_cast<float>(factor * beside.value(values)) : std::nanf("");
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
  const std::vector<double>& times = acceleration.time.seconds;
  if (times.empty() || gravity.time.seconds.empty()) return;
  const double shift = shift_between(acceleration, gravity);
  bool added = false;
  for (RawColumn& column : acceleration.columns) {
    if (column.role > ChannelRole::AccelerationZ) continue;
    const std::string name(1, static_cast<char>('x' + static_cast<int>(column.role)));
    for (const RawColumn& part : gravity.columns) {
      if (lower_case(part.name) != name || part.values.size() < gravity.time.seconds.size()) continue;
      add_column(column, gravity, part.values, times, shift, part.unit.empty() ? 1.0 / kStandardGravity_m_s2 : 1.0);
      added = true;
    }
  }
  if (!added) return;
  acceleration.has_gravity = true;
  acceleration.gravity_known = false;
}

void add_rotation(RawTable& acceleration, const RawTable& rotation) {
  const std::vector<double>& times = acceleration.time.seconds;
  if (times.empty() || rotation.time.seconds.empty() || acceleration.find(ChannelRole::RotationX) != nullptr) return;
  const double shift = shift_between(acceleration, rotation);
  for (const RawColumn& part : rotation.columns) {
    if (part.role < ChannelRole::RotationX || part.role > ChannelRole::RotationZ || part.values.size() < rotation.time.seconds.size()) continue;
    RawColumn column{"gyroscope " + part.name, part.unit, part.unit_in_file, part.role, std::vector<float>(times.size(), 0.0F)};
    add_column(column, rotation, part.values, times, shift, 1.0);
    acceleration.columns.push_back(std::move(column));
  }
}

namespace {

template <class Line>
void each_line(std::string_view csv, Line line) {
  for (std::size_t at = 0; at < csv.size();) {
    const std::size_t end = std::min(csv.find('\n', at), csv.size());
    line(trimmed(csv.substr(at, end - at)));
    at = end + 1;
  }
}

constexpr std::size_t kMostRemarks = 100'000;

void add_remark(RawTable& table, std::int64_t unix_ns, std::string text) {
  if (table.start.basis != ClockBasis::Utc || table.annotations.size() >= kMostRemarks) return;
  table.annotations.push_back({static_cast<double>(unix_ns - table.start.unix_ns) * 1e-9, 0.0, std::move(text)});
}

}  // namespace

void add_sensor_logger_remarks(RawTable& table, std::string_view csv) {
  std::optional<std::size_t> time;
  std::optional<std::size_t> text;
  bool header = true;
  std::vector<std::string_view> fields;
  each_line(csv, [&](std::string_view line) {
    split_fields(line, ',', fields);
    for (std::size_t i = 0; header && i < fields.size(); ++i) {
      if (fields[i] == "time") time = i;
      if (fields[i] == "text") text = i;
    }
    if (header || !time || !text || fields.size() <= std::max(*time, *text)) {
      header = false;
      return;
    }
    if (const std::optional<std::int64_t> at = parse_integer(fields[*time])) add_remark(table, *at, std::string(fields[*text].substr(0, kLongestRemark)));
  });
}

void add_empatica_tags(RawTable& table, std::string_view csv) {
  each_line(csv, [&](std::string_view line) {
    const std::optional<double> at = parse_number(line, false);
    if (at && *at > 1e9 && *at < 4.1e9) add_remark(table, static_cast<std::int64_t>(*at * 1e6) * 1000, std::string(word(Word::apps_tag)));
  });
}

void add_empatica_temperature(RawTable& table, std::string_view csv) {
  std::vector<double> numbers;
  each_line(csv, [&](std::string_view line) {
    const std::optional<double> value = parse_number(line.substr(0, line.find(',')), false);
    if (value && !line.empty()) numbers.push_back(*value);
  });
  if (numbers.size() < 3 || !(numbers[0] > 1e9 && numbers[0] < 4.1e9) || !(numbers[1] > 0.0 && numbers[1] < 1000.0) || table.start.basis != ClockBasis::Utc) return;
  SideMeasure side;
  side.name = "TEMP";
  side.unit = "\xC2\xB0" "C";
  side.role = ChannelRole::Temperature;
  const double first_s = static_cast<double>(static_cast<std::int64_t>(numbers[0] * 1e6) * 1000 - table.start.unix_ns) * 1e-9;
  for (std::size_t i = 2; i < numbers.size(); ++i) {
    side.at_s.push_back(first_s + static_cast<double>(i - 2) / numbers[1]);
    side.values.push_back(static_cast<float>(numbers[i]));
  }
  table.sides.push_back(std::move(side));
}

}  // namespace klono::formats

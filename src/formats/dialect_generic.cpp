// Delimited text of no fixed form: columns told by name, else by their values.

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

/// The head's data rows as numbers; NaN where a field is no number.
struct Sample {
  std::vector<std::vector<double>> columns;
  std::vector<bool> written_time;  ///< by column
  std::size_t rows = 0;
};

Sample sample_of(const TextHead& head, const Layout& layout) {
  Sample sample;
  sample.columns.resize(layout.field_count);
  sample.written_time.assign(layout.field_count, false);
  std::vector<std::string_view> fields;
  for (std::size_t i = layout.first_data; i < head.lines.size(); ++i) {
    split_fields(head.lines[i], layout.separator, fields);
    if (fields.size() != layout.field_count) continue;
    for (std::size_t c = 0; c < fields.size(); ++c) {
      const std::optional<double> value = parse_number(fields[c], layout.decimal_comma);
      sample.columns[c].push_back(value ? *value : std::nan(""));
      if (!value && parse_written_time(fields[c])) sample.written_time[c] = true;
    }
    ++sample.rows;
  }
  return sample;
}

bool rises(const std::vector<double>& values) {
  std::size_t steps_up = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (!(values[i] >= values[i - 1])) return false;
    if (values[i] > values[i - 1]) ++steps_up;
  }
  return values.size() >= 3 && steps_up * 2 >= values.size() - 1;
}

/// n, n + 1, n + 2, …
bool is_count(const std::vector<double>& values) {
  for (std::size_t i = 1; i < values.size(); ++i)
    if (values[i] != values[0] + static_cast<double>(i)) return false;
  return !values.empty();
}

/// 0, 1, 2, … or 1, 2, 3, …: a row number, not a time.
bool is_index(const std::vector<double>& values) { return is_count(values) && (values[0] == 0.0 || values[0] == 1.0); }

bool is_numbers(const std::vector<double>& values) {
  const auto missing = std::count_if(values.begin(), values.end(), [](double v) { return std::isnan(v); });
  return !values.empty() && static_cast<std::size_t>(missing) * 2 < values.size();
}

double mean_length(const Sample& sample, std::size_t first) {
  double sum = 0.0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < sample.rows; ++i) {
    const double length = std::hypot(sample.columns[first][i], sample.columns[first + 1][i], sample.columns[first + 2][i]);
    if (std::isnan(length)) continue;
    sum += length;
    ++count;
  }
  return count > 0 ? sum / static_cast<double>(count) : 0.0;
}

bool is_gravity_like(double length) {
  return (length > 0.85 && length < 1.15) || (length > 8.3 && length < 11.3) || (length > 850.0 && length < 1150.0);
}

ColumnPlan plan_for(std::size_t index, std::string name, ChannelRole role, const std::optional<UnitInfo>& unit) {
  ColumnPlan plan;
  plan.index = index;
  plan.name = std::move(name);
  plan.role = role;
  if (unit) {
    plan.unit = unit->target;
    plan.unit_in_file = unit->name;
    plan.factor = unit->factor;
  }
  return plan;
}

void set_time(TextDialect& dialect, const Sample& sample, std::size_t index, std::string name) {
  dialect.time_kind = sample.written_time[index] ? TimeKind::Written : TimeKind::Number;
  dialect.time_index = index;
  dialect.time_unit_s = time_unit_of(name);
  dialect.time_name = std::move(name);
}

/// Without a header: the first rising column is time, the next three are the axes.
Status plan_without_names(TextDialect& dialect, const Layout& layout, const Sample& sample) {
  std::size_t next = 0;
  for (std::size_t c = 0; c < layout.field_count; ++c) {
    if (!sample.written_time[c] && !(rises(sample.columns[c]) && !is_index(sample.columns[c]))) continue;
    set_time(dialect, sample, c, std::to_string(c));
    next = c + 1;
    break;
  }
  if (dialect.time_kind == TimeKind::None && layout.field_count > 3 && is_index(sample.columns[0])) next = 1;
  if (layout.field_count < 3) return no_acceleration();
  std::vector<std::size_t> numeric;
  for (std::size_t c = next; c < layout.field_count; ++c)
    if (is_numbers(sample.columns[c])) numeric.push_back(c);
  if (numeric.size() < 3 || numeric[2] != numeric[0] + 2) return ask_columns(layout);
  std::size_t axes = numeric[0];
  const bool two_sensors = numeric.size() >= 6 && numeric[5] == numeric[0] + 5;
  if (two_sensors && !is_gravity_like(mean_length(sample, axes)) && is_gravity_like(mean_length(sample, axes + 3))) axes += 3;
  for (std::size_t k = 0; k < 3; ++k)
    dialect.columns.push_back(plan_for(axes + k, std::to_string(axes + k), acceleration_role(static_cast<int>(k)), std::nullopt));
  return Done{};
}

struct NamedColumns {
  std::optional<std::size_t> time[3];  ///< candidates in file order
  std::optional<std::size_t> axis[6];  ///< acceleration x, y, z, linear acceleration x, y, z
  std::optional<std::size_t> rotation[3];
  std::optional<std::size_t> magnitude;
  std::vector<std::size_t> second;  ///< further accelerometers, kept beside the first
  std::size_t unknown = 0;          ///< columns that could be anything
};

NamedColumns find_named(const Layout& layout, const std::vector<ColumnGuess>& guesses) {
  NamedColumns found;
  const auto keep = [](std::optional<std::size_t>& slot, std::size_t index) {
    if (!slot) slot = index;  // of two sensors of a kind the first
  };
  for (std::size_t c = 0; c < guesses.size() && c < layout.field_count; ++c) {
    const auto axis = static_cast<std::size_t>(std::max(guesses[c].axis, 0));
    switch (guesses[c].kind) {
      case ColumnKind::Time:
        for (auto& slot : found.time) {
          if (slot) continue;
          slot = c;
          break;
        }
        break;
      case ColumnKind::Acceleration:
        if (found.axis[axis]) found.second.push_back(c);
        keep(found.axis[axis], c);
        break;
      case ColumnKind::LinearAcceleration: keep(found.axis[axis + 3], c); break;
      case ColumnKind::Rotation: keep(found.rotation[axis], c); break;
      case ColumnKind::Magnitude: keep(found.magnitude, c); break;
      case ColumnKind::Other:
        if (!guesses[c].unit) ++found.unknown;
        break;
    }
  }
  return found;
}

/// Prefers a numeric column whose stamps differ: some exporters print a rounded clock first, and
/// spreadsheets cut nanoseconds to 15 digits.
std::optional<std::size_t> best_time(const NamedColumns& found, const Sample& sample) {
  std::optional<std::size_t> best;
  double best_share = -1.0;
  for (const auto& slot : found.time) {
    if (!slot) continue;
    const std::vector<double>& values = sample.columns[*slot];
    std::size_t changes = 0;
    std::size_t numbers = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!std::isnan(values[i])) ++numbers;
      if (i > 0 && values[i] != values[i - 1]) ++changes;
    }
    const bool usable = sample.written_time[*slot] || numbers * 2 > values.size();
    const double share = static_cast<double>(changes) / std::max<double>(1.0, static_cast<double>(values.size()) - 1.0);
    if (usable && share > best_share + 0.5) {
      best = slot;
      best_share = share;
    }
  }
  return best;
}

/// A column whose name says nothing here (another language) and whose values are times.
std::optional<std::size_t> time_by_values(const std::vector<ColumnGuess>& guesses, const Sample& sample) {
  for (std::size_t c = 0; c < guesses.size() && c < sample.columns.size(); ++c) {
    if (guesses[c].kind != ColumnKind::Other || guesses[c].unit || guesses[c].axis >= 0) continue;
    if (sample.written_time[c] || (rises(sample.columns[c]) && !is_count(sample.columns[c]))) return c;
  }
  return std::nullopt;
}

std::vector<ColumnGuess> guesses_for(const Layout& layout) {
  std::vector<ColumnGuess> guesses;
  for (std::size_t c = 0; c < layout.names.size(); ++c) {
    if (is_shimmer_raw(layout.names[c])) {
      guesses.push_back({ColumnKind::Other, -1, UnitInfo{"counts", "", 1.0}});
      continue;
    }
    ColumnGuess guess = guess_column(layout.names[c]);
    if (!guess.unit && c < layout.units.size()) {
      guess.unit = parse_unit(layout.units[c]);
      if (guess.unit && guess.axis >= 0 && guess.unit->target == "g" && guess.kind == ColumnKind::Other) guess.kind = ColumnKind::Acceleration;
    }
    guesses.push_back(std::move(guess));
  }
  return guesses;
}

Status plan_with_names(TextDialect& dialect, const Layout& layout, const Sample& sample) {
  const std::vector<ColumnGuess> guesses = guesses_for(layout);
  const NamedColumns found = find_named(layout, guesses);
  std::optional<std::size_t> time = best_time(found, sample);
  if (!time) time = time_by_values(guesses, sample);
  if (time) {
    set_time(dialect, sample, *time, layout.names[*time]);
    for (const auto& slot : found.time)
      if (slot && dialect.time_kind == TimeKind::Number && sample.written_time[*slot]) dialect.clock_index = slot;
    if (dialect.time_unit_s == 0.0 && *time < layout.units.size()) dialect.time_unit_s = time_unit_of("(" + layout.units[*time] + ")");
  }
  const std::size_t base = found.axis[0] && found.axis[1] && found.axis[2] ? 0 : 3;
  std::vector<std::pair<std::size_t, ChannelRole>> wanted;
  if (found.axis[base] && found.axis[base + 1] && found.axis[base + 2])
    for (std::size_t k = 0; k < 3; ++k) wanted.emplace_back(*found.axis[base + k], acceleration_role(static_cast<int>(k)));
  else if (found.magnitude)
    wanted.emplace_back(*found.magnitude, ChannelRole::AccelerationMagnitude);
  if (found.rotation[0] && found.rotation[1] && found.rotation[2])
    for (std::size_t k = 0; k < 3; ++k) wanted.emplace_back(*found.rotation[k], rotation_role(static_cast<int>(k)));
  if (wanted.empty()) {
    if (std::optional<Error> summary = summary_by_names(layout.names)) return *std::move(summary);
    const auto axes = std::count_if(std::begin(found.axis), std::end(found.axis), [](const auto& axis) { return axis.has_value(); });
    if (axes == 1 && layout.field_count < 4)
      return Error{ErrorCode::NoAcceleration, std::string(word(Word::apps_one_axis)), std::string(word(Word::apps_one_axis_advice))};
    if (layout.field_count < 3) return no_acceleration();
  }
  if (wanted.empty()) return found.unknown + (found.axis[base] ? 1 : 0) > 0 ? ask_columns(layout) : no_acceleration();
  if (base == 0 && found.second.size() < 16)
    for (const std::size_t c : found.second)
      if (guesses[c].unit) wanted.emplace_back(c, ChannelRole::Other);
  if (base == 3 && found.axis[3]) {
    dialect.gravity_known = true;
    dialect.has_gravity = false;
  }
  std::sort(wanted.begin(), wanted.end());
  for (const auto& [index, role] : wanted) {
    dialect.columns.push_back(plan_for(index, layout.names[index], role, guesses[index].unit));
    if (role <= ChannelRole::AccelerationMagnitude && guesses[index].unit) dialect.unit_basis = UnitBasis::Written;
  }
  return Done{};
}

/// Counts of an accelerometer and no calibrated acceleration beside them.
bool only_shimmer_raw(const Layout& layout) {
  bool raw = false;
  for (const std::string& name : layout.names) {
    if (!contains(lower_case(name), "accel")) continue;
    if (!is_shimmer_raw(name)) return false;
    raw = true;
  }
  return raw;
}

}  // namespace

Result<TextDialect> recognise_generic(const TextHead& head, const Layout& layout, const ReadOptions& options) {
  TextDialect dialect;
  dialect.format = word(Word::formats_name_text);
  dialect.separator = layout.separator;
  dialect.decimal_comma = layout.decimal_comma;
  dialect.first_data_line = static_cast<std::int64_t>(layout.first_data) + 1;
  dialect.nominal_rate_hz = layout.stated_rate_hz;
  if (only_shimmer_raw(layout) && options.columns.empty())
    return Error{ErrorCode::RefusedFormat, std::string(word(Word::apps_shimmer_raw)), std::string(word(Word::apps_shimmer_raw_advice))};
  const Sample sample = sample_of(head, layout);
  Status planned = layout.names.empty() ? plan_without_names(dialect, layout, sample) : plan_with_names(dialect, layout, sample);
  // A person's own choice of columns replaces the plan, so a missing plan is no obstacle then.
  if (!planned.ok() && options.columns.empty()) return std::move(planned).error();
  if (const std::optional<UnitInfo> unit = parse_unit(layout.stated_unit); unit && unit->target == "g") {
    for (ColumnPlan& plan : dialect.columns) {
      if (plan.role > ChannelRole::AccelerationMagnitude || !plan.unit.empty()) continue;
      plan.unit = "g";
      plan.unit_in_file = unit->name;
      plan.factor = unit->factor;
      dialect.unit_basis = UnitBasis::Written;
    }
  }
  if (layout.names.empty()) name_headerless(dialect, head, layout);
  else name_phone_app(dialect, head, layout, options);
  return dialect;
}

Recognised recognise_cwa_csv(const TextHead& head, const Layout& layout) {
  if (!layout.names.empty() || layout.separator != ',' || (layout.field_count != 4 && layout.field_count != 7)) return std::nullopt;
  std::vector<std::string_view> fields;
  split_fields(head.lines[layout.first_data], ',', fields);
  const std::string_view stamp = fields.front();
  const std::size_t point = stamp.find('.');
  const bool unix_seconds = is_numeric(stamp, false) && point == 10 && stamp.size() == point + 5;
  const bool local = parse_written_time(stamp) && point == 19 && stamp.size() == 23 && stamp[10] == ' ';
  for (std::size_t c = 1; c < fields.size(); ++c)  // omconvert prints six decimals
    if (fields[c].size() < 8 || fields[c][fields[c].size() - 7] != '.') return std::nullopt;
  if (!unix_seconds && !local) return std::nullopt;
  TextDialect dialect;
  dialect.format = word(Word::formats_name_cwa_csv);
  dialect.first_data_line = static_cast<std::int64_t>(layout.first_data) + 1;
  dialect.time_kind = unix_seconds ? TimeKind::Number : TimeKind::Written;
  dialect.time_name = "0";
  dialect.time_unit_s = unix_seconds ? 1.0 : 0.0;
  dialect.unit_basis = UnitBasis::Written;
  for (std::size_t c = 1; c < layout.field_count; ++c) {
    const bool rotation = c > 3;
    const int axis = static_cast<int>((c - 1) % 3);
    const UnitInfo unit = rotation ? UnitInfo{"deg/s", "deg/s", 1.0} : UnitInfo{"g", "g", 1.0};
    dialect.columns.push_back(plan_for(c, std::to_string(c), rotation ? rotation_role(axis) : acceleration_role(axis), unit));
  }
  return Result<TextDialect>(std::move(dialect));
}

}  // namespace klono::formats

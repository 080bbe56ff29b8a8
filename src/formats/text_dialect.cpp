#include "formats/text_dialect.hpp"

#include <algorithm>
#include <array>

#include "base/units.hpp"
#include "base/words.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kRowsInARow = 5;

bool is_comment(std::string_view line) {
  const std::string_view text = trimmed(line);
  if (text.empty()) return true;
  if (text.starts_with("#") || text.starts_with("%") || text.starts_with("//")) return true;
  return text.starts_with(";") && text.find_first_of("0123456789") == std::string_view::npos;
}

/// "sep=;" with or without quotes; the separator it names.
std::optional<char> separator_line(std::string_view line) {
  std::string_view text = trimmed(line);
  if (text.starts_with('"')) text.remove_prefix(1);
  if (!text.starts_with("sep=")) return std::nullopt;
  text.remove_prefix(4);
  if (text.starts_with("\\t")) return '\t';
  return text.empty() ? '\t' : text.front();
}

bool is_value(std::string_view field, bool decimal_comma) {
  return is_numeric(field, decimal_comma) || parse_written_time(field).has_value();
}

struct Shape {
  std::size_t fields = 0;
  bool row = false;  ///< at least 60 % of the fields that hold something are numbers or times
};

Shape shape_of(std::string_view line, char separator, bool decimal_comma, std::vector<std::string_view>& fields) {
  split_fields(line, separator, fields);
  std::size_t filled = 0;
  std::size_t values = 0;
  for (const std::string_view field : fields) {
    if (trimmed(field).empty()) continue;
    ++filled;
    if (is_value(field, decimal_comma)) ++values;
  }
  return {fields.size(), fields.size() >= 2 && filled > 0 && values * 10 >= filled * 6};
}

struct Candidate {
  char separator = ',';
  bool decimal_comma = false;
  std::size_t first = 0;
  std::size_t rows = 0;
  std::size_t fields = 0;
};

/// The longest run of rows with one field count that begins first.
Candidate try_separator(const TextHead& head, char separator, bool decimal_comma) {
  Candidate best{separator, decimal_comma, 0, 0, 0};
  std::vector<std::string_view> fields;
  std::size_t begin = 0;
  std::size_t count = 0;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < head.lines.size(); ++i) {
    if (is_comment(head.lines[i])) continue;
    const Shape shape = shape_of(head.lines[i], separator, decimal_comma, fields);
    const bool goes_on = rows > 0 && shape.row && shape.fields == count;
    if (!goes_on) {
      rows = 0;
      begin = i;
      count = shape.fields;
    }
    if (shape.row) ++rows;
    if (rows > best.rows && best.rows < kRowsInARow) best = {separator, decimal_comma, begin, rows, count};
    else if (rows > best.rows && begin == best.first) best.rows = rows;
  }
  return best;
}

/// Whether reading commas as decimal marks makes numbers out of what would not be any.
bool wants_decimal_comma(const TextHead& head, char separator) {
  std::vector<std::string_view> fields;
  int with_comma = 0;
  int with_point = 0;
  for (const std::string& line : head.lines) {
    if (is_comment(line)) continue;
    split_fields(line, separator, fields);
    for (const std::string_view field : fields) {
      if (field.find(',') != std::string_view::npos && is_numeric(field, true)) ++with_comma;
      if (field.find('.') != std::string_view::npos && is_numeric(field, false)) ++with_point;
    }
  }
  return with_comma > with_point;
}

bool has_letters(std::string_view field) {
  if (is_numeric(field, false) || is_numeric(field, true)) return false;
  return std::any_of(field.begin(), field.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

bool is_header(const std::vector<std::string_view>& fields, std::size_t count) {
  if (fields.size() + 1 < count || fields.size() > count + 1) return false;
  std::size_t lettered = 0;
  for (const std::string_view field : fields)
    if (has_letters(field)) ++lettered;
  return lettered * 2 >= fields.size() && lettered > 0;
}

bool is_units_row(const std::vector<std::string_view>& fields) {
  std::size_t units = 0;
  for (const std::string_view field : fields)
    if (parse_unit(field) || trimmed(field) == "ms" || trimmed(field) == "s") ++units;
  return units * 2 >= fields.size() && units > 0;
}

std::vector<std::string> owned(const std::vector<std::string_view>& fields) {
  std::vector<std::string> texts;
  for (const std::string_view field : fields) {
    std::string_view text = trimmed(field);
    // Spreadsheet guards: phyphox writes an apostrophe before names that begin with = + - @.
    if (text.size() > 1 && text.front() == '\'') text.remove_prefix(1);
    texts.emplace_back(text);
  }
  return texts;
}

/// "# time,x,y,z" right above the rows, or OpenSignals' "# Labels:= x  y  z".
void find_commented_header(const TextHead& head, Layout& layout) {
  std::size_t at = layout.first_data;
  while (at > 0 && trimmed(head.lines[at - 1]).empty()) --at;
  if (at == 0) return;
  std::string_view line = trimmed(head.lines[at - 1]);
  const std::size_t begin = line.find_first_not_of("#%/ ");
  if (begin == 0 || begin == std::string_view::npos) return;
  line.remove_prefix(begin);
  if (const std::size_t label = line.find(":="); label != std::string_view::npos) line = trimmed(line.substr(label + 2));
  std::vector<std::string_view> fields;
  split_fields(line, layout.separator, fields);
  if (fields.size() == layout.field_count && fields.size() >= 3 && is_header(fields, layout.field_count)) layout.names = owned(fields);
}

void find_header(const TextHead& head, Layout& layout) {
  std::vector<std::string_view> fields;
  std::size_t at = layout.first_data;
  const auto previous = [&]() -> bool {
    while (at > 0) {
      --at;
      if (is_comment(head.lines[at]) || separator_line(head.lines[at])) continue;
      split_fields(head.lines[at], layout.separator, fields);
      return true;
    }
    return false;
  };
  if (!previous() || !is_header(fields, layout.field_count)) return find_commented_header(head, layout);
  const std::vector<std::string> nearest = owned(fields);
  if (is_units_row(fields) && previous() && is_header(fields, layout.field_count)) {
    layout.units = nearest;
    layout.names = owned(fields);
  } else {
    layout.names = nearest;
  }
}

void read_comments(const TextHead& head, Layout& layout) {
  for (std::size_t i = 0; i < layout.first_data; ++i) {
    const std::string text = lower_case(head.lines[i]);
    const std::size_t colon = text.find_first_of(":=");
    if (!is_comment(text) || colon == std::string::npos) continue;
    std::string_view value = std::string_view(text).substr(colon);
    while (!value.empty() && (value.front() == ':' || value.front() == '=' || value.front() == ' ')) value.remove_prefix(1);
    if (contains(text.substr(0, colon), "rate")) {
      const std::optional<double> rate = parse_number(value.substr(0, value.find_first_of(" h")), false);
      if (rate && *rate > 0.01 && *rate < 20000.0) layout.stated_rate_hz = *rate;
    } else if (contains(text.substr(0, colon), "units")) {
      layout.stated_unit = trimmed(value);
    }
  }
}

std::optional<std::size_t> column_named(const Layout& layout, const std::string& choice) {
  for (std::size_t i = 0; i < layout.names.size(); ++i)
    if (layout.names[i] == choice || lower_case(layout.names[i]) == lower_case(choice)) return i;
  const std::optional<std::int64_t> number = parse_integer(choice);
  if (number && *number >= 1 && static_cast<std::size_t>(*number) <= layout.field_count) return static_cast<std::size_t>(*number - 1);
  return std::nullopt;
}

std::string name_of_column(const Layout& layout, std::size_t index) {
  return index < layout.names.size() ? layout.names[index] : std::to_string(index);
}

bool is_linear(const std::vector<ColumnPlan>& plans) {
  return std::all_of(plans.begin(), plans.end(), [](const ColumnPlan& plan) { return guess_column(plan.name).kind == ColumnKind::LinearAcceleration; });
}

/// A person named the columns: time, then x, y, z or one magnitude.
Status apply_columns(TextDialect& dialect, const TextHead& head, const Layout& layout, const ReadOptions& options) {
  std::vector<ColumnPlan> plans;
  for (std::size_t i = 1; i < options.columns.size(); ++i) {
    const std::optional<std::size_t> index = column_named(layout, options.columns[i]);
    if (!index) return Error{ErrorCode::BadSetting, fill(Word::formats_column_missing, {{"name", options.columns[i]}})};
    ColumnPlan plan;
    plan.index = *index;
    plan.name = name_of_column(layout, *index);
    plan.role = options.columns.size() == 4 ? acceleration_role(static_cast<int>(i) - 1) : ChannelRole::AccelerationMagnitude;
    const std::optional<UnitInfo> unit = parse_unit(bracketed(plan.name));
    if (unit && unit->target == "g") {
      plan.unit = "g";
      plan.unit_in_file = unit->name;
      plan.factor = unit->factor;
      dialect.unit_basis = UnitBasis::Written;
    }
    plans.push_back(plan);
  }
  dialect.columns = std::move(plans);
  dialect.gravity_known = is_linear(dialect.columns);
  dialect.has_gravity = !dialect.gravity_known;
  dialect.time_kind = TimeKind::None;
  dialect.clock_index.reset();
  if (options.columns[0] == "-") return Done{};
  const std::optional<std::size_t> time = column_named(layout, options.columns[0]);
  if (!time) return Error{ErrorCode::BadSetting, fill(Word::formats_column_missing, {{"name", options.columns[0]}})};
  dialect.time_index = *time;
  dialect.time_name = name_of_column(layout, *time);
  dialect.time_unit_s = time_unit_of(dialect.time_name);
  std::vector<std::string_view> fields;
  split_fields(head.lines[layout.first_data], layout.separator, fields);
  const bool number = *time < fields.size() && is_numeric(fields[*time], layout.decimal_comma);
  dialect.time_kind = number ? TimeKind::Number : TimeKind::Written;
  return Done{};
}

/// One line that names axes, and nothing below it.
bool is_header_alone(const TextHead& head) {
  std::vector<std::string_view> fields;
  for (const std::string& line : head.lines) {
    for (const char separator : {',', ';', '\t'}) {
      split_fields(line, separator, fields);
      if (fields.size() >= 3 && head.whole && std::ranges::any_of(fields, [](std::string_view name) { return guess_column(name).axis >= 0; }))
        return true;
    }
  }
  return false;
}

void apply_unit(TextDialect& dialect, const ReadOptions& options) {
  for (ColumnPlan& plan : dialect.columns) {
    const bool acceleration = plan.role <= ChannelRole::AccelerationMagnitude;
    if (!acceleration) continue;
    if (options.scale) {
      plan.offset = options.scale->first;
      plan.factor = options.scale->second;
      plan.unit_in_file = "code";
    } else {
      const std::optional<UnitInfo> unit = parse_unit(options.unit);
      if (!unit) continue;
      plan.offset = 0.0;
      plan.factor = unit->factor;
      plan.unit_in_file = unit->name;
    }
    plan.unit = "g";
    dialect.unit_basis = UnitBasis::Given;
  }
}

}  // namespace

void split_fields(std::string_view line, char separator, std::vector<std::string_view>& fields) {
  fields.clear();
  const bool spaces = separator == ' ';
  if (spaces) line = trimmed(line);
  std::size_t at = 0;
  while (at < line.size() && fields.size() < kMostColumns) {
    if (line[at] == '"') {
      const std::size_t close = std::min(line.find('"', at + 1), line.size());
      fields.push_back(line.substr(at + 1, close - at - 1));
      at = std::min(line.find(separator, close), line.size()) + 1;
    } else {
      const std::size_t end = std::min(line.find(separator, at), line.size());
      fields.push_back(line.substr(at, end - at));
      at = end + 1;
    }
    while (spaces && at < line.size() && line[at] == ' ') ++at;
  }
  if (!spaces && !fields.empty() && trimmed(fields.back()).empty() && fields.size() > 1) fields.pop_back();
}

std::optional<Layout> find_layout(const TextHead& head) {
  std::vector<char> separators{'\t', ';', ',', '|', ' '};
  for (const std::string& line : head.lines) {
    if (trimmed(line).empty()) continue;
    if (const std::optional<char> named = separator_line(line)) separators.insert(separators.begin(), *named);
    break;
  }
  Candidate best;
  for (const char separator : separators) {
    const Candidate candidate = try_separator(head, separator, wants_decimal_comma(head, separator));
    if (candidate.rows > best.rows) best = candidate;
  }
  if (best.rows == 0 || (best.rows < kRowsInARow && !head.whole)) return std::nullopt;
  Layout layout;
  layout.separator = best.separator;
  layout.decimal_comma = best.decimal_comma;
  layout.first_data = best.first;
  layout.field_count = best.fields;
  find_header(head, layout);
  read_comments(head, layout);
  return layout;
}

Error ask_columns(const Layout& layout) {
  Error error{ErrorCode::NeedsChoice, std::string(word(Word::formats_ask_columns)), std::string(word(Word::formats_ask_columns_advice))};
  Question question{Question::Kind::Columns, "--columns", std::string(word(Word::formats_ask_columns))};
  // Each run of three neighbours may be the axes; the column before them the time.
  for (std::size_t first = 0; first + 3 <= layout.field_count && first < 6; ++first) {
    const std::string axes = std::to_string(first + 1) + "," + std::to_string(first + 2) + "," + std::to_string(first + 3);
    if (first > 0) question.suggestions += "1," + axes + "\n";
    question.suggestions += "-," + axes + "\n";
  }
  error.question = std::move(question);
  return error;
}

Error no_acceleration() {
  return {ErrorCode::NoAcceleration, std::string(word(Word::formats_no_acceleration)), std::string(word(Word::formats_no_acceleration_advice))};
}

bool has_acceleration(const TextDialect& dialect) {
  return std::any_of(dialect.columns.begin(), dialect.columns.end(),
                     [](const ColumnPlan& plan) { return plan.role <= ChannelRole::AccelerationMagnitude; });
}

Result<TextDialect> recognise_text(const TextHead& head, const ReadOptions& options) {
  if (Recognised actilife = recognise_actilife(head)) return *std::move(actilife);
  if (options.columns.empty())
    if (Recognised summary = recognise_summary(head)) return *std::move(summary);
  if (Recognised empatica = recognise_empatica(head, options)) return *std::move(empatica);
  if (Recognised opensignals = recognise_opensignals(head, options)) {
    if (opensignals->ok()) apply_unit(opensignals->value(), options);
    return *std::move(opensignals);
  }
  const std::optional<Layout> layout = find_layout(head);
  if (!layout) {
    if (is_header_alone(head)) return Error{ErrorCode::Empty, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_empty_advice))};
    return Error{ErrorCode::UnknownFormat, std::string(word(Word::formats_no_rows)), std::string(word(Word::formats_unknown_advice))};
  }
  Result<TextDialect> dialect = [&]() -> Result<TextDialect> {
    if (options.columns.empty())
      if (Recognised cwa = recognise_cwa_csv(head, *layout)) return *std::move(cwa);
    return recognise_generic(head, *layout, options);
  }();
  if (!dialect) return dialect;
  TextDialect& found = dialect.value();
  if (!options.columns.empty()) KLONO_CHECK(apply_columns(found, head, *layout, options));
  apply_unit(found, options);
  return dialect;
}

}  // namespace klono::formats

// ActiLife raw csv: ten header lines, then g without stamps.

#include "base/words.hpp"
#include "formats/number_text.hpp"
#include "formats/text_dialect.hpp"

namespace klono::formats {
namespace {

constexpr std::size_t kHeaderLines = 10;
constexpr double kActigraphRange_g = 8.0;  // the widest of the devices; a narrower one never reaches it

/// The rest of the line that begins with `label`, cut at its trailing separators.
std::string_view value_of(const TextHead& head, std::string_view label) {
  for (std::size_t i = 0; i < kHeaderLines && i < head.lines.size(); ++i) {
    std::string_view line = head.lines[i];
    if (!line.starts_with(label)) continue;
    line.remove_prefix(label.size());
    while (!line.empty() && (line.back() == ',' || line.back() == ';' || line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
    return trimmed(line);
  }
  return {};
}

double rate_in(std::string_view banner) {
  const std::size_t at = banner.find(" at ");
  const std::size_t hz = banner.find(" Hz", at == std::string_view::npos ? 0 : at);
  if (at == std::string_view::npos || hz == std::string_view::npos || hz <= at + 4) return 0.0;
  const std::optional<double> rate = parse_number(banner.substr(at + 4, hz - at - 4), false);
  return rate && *rate > 0.0 && *rate < 1000.0 ? *rate : 0.0;
}

/// The date as its format in the banner says ("M/d/yyyy", "d/MM/yyyy", "yyyy-MM-dd"); ISO text.
std::string iso_date(std::string_view date, std::string_view banner) {
  const std::size_t at = banner.find("date format ");
  std::string_view format = at == std::string_view::npos ? std::string_view("M/d/yyyy") : banner.substr(at + 12);
  format = format.substr(0, format.find(' '));
  std::string part[3];
  std::size_t which = 0;
  for (const char c : date) {
    if (c >= '0' && c <= '9') part[which] += c;
    else if (++which > 2) return {};
  }
  std::size_t order[3] = {0, 0, 0};  // where year, month and day stand
  which = 0;
  for (std::size_t i = 0; i < format.size() && which < 3; ++i) {
    if (i > 0 && format[i] == format[i - 1]) continue;
    if (format[i] == 'y') order[0] = which++;
    else if (format[i] == 'M') order[1] = which++;
    else if (format[i] == 'd') order[2] = which++;
  }
  const auto padded = [&](std::size_t i, std::size_t width) {
    return part[i].size() < width ? std::string(width - part[i].size(), '0') + part[i] : part[i];
  };
  return padded(order[0], 4) + "-" + padded(order[1], 2) + "-" + padded(order[2], 2);
}

WallClock start_of(const TextHead& head) {
  const std::string text = iso_date(value_of(head, "Start Date"), head.lines[0]) + " " + std::string(value_of(head, "Start Time"));
  const std::optional<WrittenTime> time = parse_written_time(text);
  WallClock start;
  if (time) {
    start.basis = ClockBasis::Local;
    start.unix_ns = time->unix_ns;
  }
  return start;
}

Error counts(std::string_view epoch) {
  return {ErrorCode::RefusedFormat, fill(Word::formats_counts, {{"epoch", std::string(epoch)}}), std::string(word(Word::formats_counts_advice))};
}

}  // namespace

Recognised recognise_actilife(const TextHead& head) {
  if (head.lines.size() < kHeaderLines || !contains(head.lines[0], "Data File Created By")) return std::nullopt;
  const std::string_view epoch = value_of(head, "Epoch Period (hh:mm:ss)");
  if (epoch != "00:00:00") return Result<TextDialect>(counts(epoch));
  TextDialect dialect;
  dialect.format = word(Word::formats_name_actilife);
  dialect.nominal_rate_hz = rate_in(head.lines[0]);
  dialect.start = start_of(head);
  dialect.range_g = kActigraphRange_g;
  dialect.unit_basis = UnitBasis::Written;
  const bool has_header = head.lines.size() > kHeaderLines && contains(head.lines[kHeaderLines], "Accelerometer");
  const std::string& probe = head.lines[std::min(kHeaderLines + (has_header ? 1 : 0), head.lines.size() - 1)];
  dialect.separator = contains(probe, ";") ? ';' : contains(probe, "\t") ? '\t' : ',';
  dialect.decimal_comma = dialect.separator != ',' && contains(probe, ",");
  dialect.first_data_line = static_cast<std::int64_t>(kHeaderLines) + (has_header ? 2 : 1);
  std::vector<std::string_view> names;
  if (has_header) split_fields(head.lines[kHeaderLines], dialect.separator, names);
  const std::size_t first = has_header && names.size() == 4 ? 1 : 0;
  for (std::size_t k = 0; k < 3; ++k) {
    ColumnPlan plan;
    plan.index = first + k;
    plan.name = has_header && first + k < names.size() ? std::string(trimmed(names[first + k])) : std::to_string(k);
    plan.role = acceleration_role(static_cast<int>(k));
    plan.unit = plan.unit_in_file = "g";
    dialect.columns.push_back(std::move(plan));
  }
  return Result<TextDialect>(std::move(dialect));
}

}  // namespace klono::formats

#include "formats/read_options.hpp"

#include "base/words.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    parts.emplace_back(trimmed(text.substr(at, comma - at)));
    at = comma + 1;
  }
  return parts;
}

Error bad_value(std::string_view key, std::string_view value, Word wanted) {
  return {ErrorCode::BadSetting, fill(Word::formats_option_bad, {{"key", std::string(key)}, {"value", std::string(value)},
                                                                  {"wanted", std::string(word(wanted))}})};
}

Status set_columns(ReadOptions& options, std::string_view value) {
  options.columns = split_commas(value);
  const bool complete = options.columns.size() == 4 || options.columns.size() == 2;
  for (const std::string& column : options.columns)
    if (column.empty()) return bad_value("columns", value, Word::formats_option_columns);
  if (!complete) return bad_value("columns", value, Word::formats_option_columns);
  return Done{};
}

Status set_scale(ReadOptions& options, std::string_view value) {
  const std::vector<std::string> parts = split_commas(value);
  if (parts.size() != 2) return bad_value("scale", value, Word::formats_option_scale);
  const std::optional<double> offset = parse_number(parts[0], false);
  const std::optional<double> factor = parse_number(parts[1], false);
  if (!offset || !factor || !(*factor != 0.0) || !(*offset - *offset == 0.0) || !(*factor - *factor == 0.0))
    return bad_value("scale", value, Word::formats_option_scale);
  options.scale = {*offset, *factor};
  return Done{};
}

}  // namespace

Status set_option(ReadOptions& options, std::string_view key, std::string_view value) {
  if (key == "columns") return set_columns(options, value);
  if (key == "scale") return set_scale(options, value);
  if (key == "member") {
    options.member = value;
    return Done{};
  }
  if (key == "unit") {
    if (value != "g" && value != "m/s2" && value != "mg") return bad_value(key, value, Word::formats_option_unit);
    options.unit = value;
    return Done{};
  }
  if (key == "rate") {
    const std::optional<double> rate = parse_number(value, false);
    if (!rate || !(*rate >= 0.01 && *rate <= 20000.0)) return bad_value(key, value, Word::formats_option_rate);
    options.rate_hz = *rate;
    return Done{};
  }
  return Error{ErrorCode::BadSetting, fill(Word::formats_option_unknown, {{"key", std::string(key)}})};
}

Result<ReadOptions> options_from_lines(std::string_view lines) {
  ReadOptions options;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (trimmed(line).empty()) continue;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return Error{ErrorCode::BadSetting, fill(Word::formats_option_unknown, {{"key", std::string(line)}})};
    KLONO_CHECK(set_option(options, trimmed(line.substr(0, equals)), trimmed(line.substr(equals + 1))));
  }
  return options;
}

std::string lines_of(const ReadOptions& options) {
  std::string lines;
  if (!options.columns.empty()) {
    lines += "columns=";
    for (std::size_t i = 0; i < options.columns.size(); ++i) lines += (i > 0 ? "," : "") + options.columns[i];
    lines += "\n";
  }
  if (!options.unit.empty()) lines += "unit=" + options.unit + "\n";
  if (options.rate_hz > 0.0) lines += "rate=" + number_text(options.rate_hz) + "\n";
  if (options.scale) lines += "scale=" + number_text(options.scale->first) + "," + number_text(options.scale->second) + "\n";
  if (!options.member.empty()) lines += "member=" + options.member + "\n";
  return lines;
}

}  // namespace klono::formats

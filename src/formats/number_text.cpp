#include "formats/number_text.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "fast_float/fast_float.h"

namespace klono::formats {
namespace {

constexpr std::string_view kMinusSign = "\xE2\x88\x92";   // U+2212
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";    // U+00A0
constexpr std::string_view kInfinity = "\xE2\x88\x9E";    // U+221E

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string plain(std::string_view field) {
  std::string text(field);
  replace_all(text, kMinusSign, "-");
  replace_all(text, kNoBreakSpace, " ");
  replace_all(text, kInfinity, "inf");
  return text;
}

std::optional<double> parse_ascii(std::string_view field, bool decimal_comma) {
  field = trimmed(field);
  if (field.empty()) return std::numeric_limits<double>::quiet_NaN();
  if (field.front() == '+') field.remove_prefix(1);
  double value = 0.0;
  const fast_float::parse_options options(fast_float::chars_format::general, decimal_comma ? ',' : '.');
  const auto [end, error] =
      fast_float::from_chars_advanced(field.data(), field.data() + field.size(), value, options);
  if (end != field.data() + field.size()) return std::nullopt;
  // Out of range still names a number: zero or infinity, as the library sets it.
  if (error != std::errc() && error != std::errc::result_out_of_range) return std::nullopt;
  return value;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> starts) {
  for (const std::string_view start : starts)
    if (text.starts_with(start)) return true;
  return false;
}

std::optional<double> parse_number(std::string_view field, bool decimal_comma) {
  if (is_ascii(field)) return parse_ascii(field, decimal_comma);
  const std::string text = plain(field);
  return parse_ascii(text, decimal_comma);
}

std::optional<std::int64_t> parse_integer(std::string_view field) {
  field = trimmed(field);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  if (field.empty() || error != std::errc() || end != field.data() + field.size()) return std::nullopt;
  return value;
}

bool is_numeric(std::string_view field, bool decimal_comma) {
  return !trimmed(field).empty() && parse_number(field, decimal_comma).has_value();
}

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return error == std::errc() ? std::string(text, end) : std::string();
}

}  // namespace klono::formats

#include "report/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>

namespace klono::report {
namespace {

/// Length of the well-formed UTF-8 sequence at the start of `text`, 0 where there is none.
/// @source Unicode 15, table 3-7: no overlong forms, no surrogates, nothing beyond U+10FFFF.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) { return byte(i) >= low && byte(i) <= high; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool second = follows(1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return second && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool second = follows(1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return second && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

/// Offset of the recorder's zone, kept to what a zone can be.
std::optional<int> zone_min(const WallClock& start) {
  if (start.basis != ClockBasis::Utc || !start.offset_min) return std::nullopt;
  return std::clamp(*start.offset_min, -1439, 1439);
}

/// Milliseconds of the recorder's own clock since 1970, rounded once.
std::chrono::sys_time<std::chrono::milliseconds> recorder_time(const WallClock& start, double t_s) {
  const std::chrono::milliseconds since_epoch(start.unix_ns / 1'000'000);
  const double rest_ms = static_cast<double>(start.unix_ns % 1'000'000) * 1e-6;
  return std::chrono::sys_time<std::chrono::milliseconds>(since_epoch) + std::chrono::milliseconds(std::llround(t_s * 1e3 + rest_ms)) +
         std::chrono::minutes(zone_min(start).value_or(0));
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return padded(static_cast<int>(date.year()), 4) + "-" + padded(static_cast<unsigned>(date.month()), 2) + "-" +
         padded(static_cast<unsigned>(date.day()), 2);
}

std::string zone_text(const WallClock& start) {
  if (start.basis == ClockBasis::Local) return {};
  const std::optional<int> zone = zone_min(start);
  if (!zone) return "Z";
  const int size = std::abs(*zone);
  return (*zone < 0 ? "-" : "+") + padded(size / 60, 2) + ":" + padded(size % 60, 2);
}

}  // namespace

std::string number_text(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 40> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return error == std::errc() ? std::string(buffer.data(), end) : std::string();
}

std::string clean_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) {
      clean += "\uFFFD";
    } else if (length == 1 && is_control(text.front())) {
      clean += ' ';
    } else {
      clean += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return clean;
}

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : clean_text(text)) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string csv_cell(std::string_view text) {
  const std::string clean = clean_text(text);
  if (clean.find_first_of(",\"") == std::string::npos) return clean;
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string iso_time(const WallClock& start, double t_s) {
  if (start.basis == ClockBasis::None || !(std::abs(t_s) < 1e10)) return {};
  const auto time = recorder_time(start, t_s);
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::int64_t ms = (time - day).count();
  return date_text(day) + "T" + padded(ms / 3'600'000, 2) + ":" + padded(ms / 60'000 % 60, 2) + ":" + padded(ms / 1000 % 60, 2) +
         "." + padded(ms % 1000, 3) + zone_text(start);
}

std::string iso_date(const WallClock& start) {
  if (start.basis == ClockBasis::None) return {};
  return date_text(std::chrono::floor<std::chrono::days>(recorder_time(start, 0.0)));
}

std::string csv_comment(std::string_view key, std::string_view value) {
  std::string text = clean_text(value);
  std::replace_if(text.begin(), text.end(), [](char c) { return c == ',' || c == ';' || c == '"'; }, ' ');
  return "# " + std::string(key) + ": " + text + std::string(kCsvLineEnd);
}

}  // namespace klono::report

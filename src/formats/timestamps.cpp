#include "formats/timestamps.hpp"

#include <array>
#include <chrono>
#include <cmath>

#include "base/units.hpp"
#include "formats/number_text.hpp"

namespace klono::formats {
namespace {

/// Walks through a text, taking numbers and marks.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }
  bool take(char c) {
    if (peek() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_any(std::string_view any) {
    if (rest_.empty() || any.find(peek()) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// `word` is lower case; letters of either case are taken.
  bool take_letters(std::string_view word) {
    if (rest_.size() < word.size() || lower_case(rest_.substr(0, word.size())) != word) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  /// Digits, `most` at most; returns their count, 0 where there are none.
  int number(int& value, int most) {
    value = 0;
    int digits = 0;
    while (digits < most && peek() >= '0' && peek() <= '9') {
      value = value * 10 + (peek() - '0');
      rest_.remove_prefix(1);
      ++digits;
    }
    return digits;
  }

 private:
  std::string_view rest_;
};

struct Date {
  int year = 0, month = 0, day = 0;
  bool either_order = false;
};

/// "May", "mai", "Dez.": English and German, the three letters that tell; 0 where there is none.
int take_month_name(Cursor& cursor) {
  constexpr std::array<std::array<std::string_view, 2>, 12> names{{{"jan", ""}, {"feb", ""}, {"mar", "mrz"}, {"apr", ""}, {"may", "mai"}, {"jun", ""},
                                                                   {"jul", ""}, {"aug", ""}, {"sep", ""}, {"oct", "okt"}, {"nov", ""}, {"dec", "dez"}}};
  for (std::size_t month = 0; month < names.size(); ++month)
    for (const std::string_view name : names[month])
      if (!name.empty() && cursor.take_letters(name)) {
        cursor.take('.');
        return static_cast<int>(month) + 1;
      }
  return 0;
}

std::optional<Date> take_date(Cursor& cursor) {
  int first = 0;
  int second = 0;
  int third = 0;
  const int digits = cursor.number(first, 4);
  const char mark = cursor.peek();
  if (digits == 0 || (mark != '-' && mark != '/' && mark != '.')) return std::nullopt;
  cursor.take(mark);
  if (const int month = take_month_name(cursor); month > 0) {
    if (digits > 2 || !cursor.take(mark) || cursor.number(third, 4) != 4) return std::nullopt;
    return Date{third, month, first, false};
  }
  if (cursor.number(second, 2) == 0 || !cursor.take(mark)) return std::nullopt;
  if (cursor.number(third, digits == 4 ? 2 : 4) == 0) return std::nullopt;
  if (digits == 4) return Date{first, second, third, false};
  if (mark == '/' && first <= 12)
    return Date{third, first, second, second <= 12 && second != first};
  return Date{third, second, first, false};
}

/// "6:55:46 PM" and its forms; false where an hour cannot be of half a day.
bool take_half_day(Cursor& cursor, int& hour) {
  Cursor ahead = cursor;
  while (ahead.take(' ') || ahead.take_word("\xC2\xA0") || ahead.take_word("\xE2\x80\xAF")) {}
  const bool morning = ahead.take_letters("am") || ahead.take_letters("a.m.");
  if (!morning && !ahead.take_letters("pm") && !ahead.take_letters("p.m.")) return true;
  cursor = ahead;
  if (hour < 1 || hour > 12) return false;
  hour = hour % 12 + (morning ? 0 : 12);
  return true;
}

bool take_clock(Cursor& cursor, std::int64_t& nanoseconds) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (cursor.number(hour, 2) == 0 || !cursor.take(':') || cursor.number(minute, 2) == 0) return false;
  std::int64_t fraction_ns = 0;
  if (cursor.take(':')) {
    if (cursor.number(second, 2) == 0) return false;
    if (cursor.take_any(".,:")) {
      int value = 0;
      int digits = cursor.number(value, 9);
      if (digits == 0) return false;
      fraction_ns = value;
      for (; digits < 9; ++digits) fraction_ns *= 10;
      int ignored = 0;
      while (cursor.number(ignored, 9) > 0) {}
    }
  }
  if (!take_half_day(cursor, hour)) return false;
  if (hour > 24 || minute > 59 || second > 60) return false;
  nanoseconds = (hour * 3600LL + minute * 60LL + second) * kSecond_ns + fraction_ns;
  return true;
}

bool take_zone(Cursor& cursor, std::optional<int>& offset_min) {
  cursor.take(' ');
  if (cursor.take_word("UTC") || cursor.take_word("GMT") || cursor.take('Z') || cursor.take('z')) offset_min = 0;
  if (cursor.peek() != '+' && cursor.peek() != '-') return cursor.done();
  const int sign = cursor.peek() == '-' ? -1 : 1;
  cursor.take_any("+-");
  int hours = 0;
  int minutes = 0;
  if (cursor.number(hours, 2) == 0) return false;
  cursor.take(':');
  cursor.number(minutes, 2);
  offset_min = sign * (hours * 60 + minutes);
  return cursor.done();
}

bool is_sample_step(double step_s) { return step_s >= 1.0 / 2000.0 && step_s <= 1.0 / 10.0; }

bool is_plausible_epoch(double seconds) { return seconds > 1e9 && seconds < 4.1e9; }

}  // namespace

std::optional<WrittenTime> parse_written_time(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 5 || text.size() > 48) return std::nullopt;
  WrittenTime time;
  Cursor cursor(text);
  std::int64_t days = 0;
  if (text.find(':') > 2 || text.find(':') == std::string_view::npos) {
    const std::optional<Date> date = take_date(cursor);
    if (!date) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year(date->year), std::chrono::month(static_cast<unsigned>(date->month)),
                                          std::chrono::day(static_cast<unsigned>(date->day))};
    // Years outside a recorder's life would overflow nanoseconds.
    if (!day.ok() || date->year < 1970 || date->year > 2200) return std::nullopt;
    days = std::chrono::sys_days(day).time_since_epoch().count();
    time.either_order = date->either_order;
    if (!cursor.take_any("T ")) return std::nullopt;
    cursor.take(' ');
  } else {
    time.has_date = false;
  }
  std::int64_t of_day = 0;
  if (!take_clock(cursor, of_day) || !take_zone(cursor, time.offset_min)) return std::nullopt;
  time.unix_ns = days * 86400 * kSecond_ns + of_day;
  return time;
}

TimeUnit guess_time_unit(double first, double median_step) {
  constexpr std::array<double, 4> units{1.0, 1e-3, 1e-6, 1e-9};
  for (const double unit : units)
    if (is_sample_step(median_step * unit) && is_plausible_epoch(first * unit)) return {unit, true};
  // A fraction of a second a step cannot be anything but seconds.
  if (median_step < 1.0 && is_sample_step(median_step)) return {1.0, false};
  for (const double unit : units)
    if (is_sample_step(median_step * unit)) return {unit, false};
  for (const double unit : units)
    if (is_plausible_epoch(first * unit)) return {unit, true};
  return {median_step < 5.0 ? 1.0 : 1e-3, false};
}

}  // namespace klono::formats

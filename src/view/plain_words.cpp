#include "view/plain_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>

#include "base/units.hpp"
#include "base/words.hpp"

namespace klono::view {
namespace {

constexpr std::string_view kMinus = "\u2212";

/// A finite number >= 0 with a fixed number of decimals; '.' in every locale.
std::string fixed(double value, int decimals) {
  std::array<char, 64> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  return error == std::errc() ? std::string(buffer.data(), end) : std::string();
}

std::string unknown() { return std::string(word(Word::plain_quantity_unknown)); }

/// The value rounded to two figures; from 10 up to whole numbers, since a count of 123 is exact.
double rounded(double value) {
  if (value == 0.0 || value >= 9.95) return std::round(value);
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1.0);
  return std::round(value / unit) * unit;
}

std::string hours_words(std::int64_t total_min) {
  const std::int64_t hours = total_min / 60;
  const std::int64_t minutes = total_min % 60;
  // From a hundred hours on the minutes are noise.
  if (hours >= 100 || minutes == 0)
    return fill(Word::plain_time_hours, {{"h", std::to_string(hours >= 100 ? (total_min + 30) / 60 : hours)}});
  return fill(Word::plain_time_hours_minutes, {{"h", std::to_string(hours)}, {"min", std::to_string(minutes)}});
}

/// Nanoseconds of wall time since 1970 as the recorder's clock showed them. Rounded once, so that
/// 7 s less a rounding error still reads 7.
std::chrono::sys_time<std::chrono::nanoseconds> wall_time(const WallClock& start, double t_s) {
  // Files can claim any instant; kept within what 64 bits of nanoseconds hold after the additions.
  constexpr std::int64_t kFarthest_ns = 8'000'000'000'000'000'000;
  const int offset_min = start.basis == ClockBasis::Utc ? std::clamp(start.offset_min.value_or(0), -1440, 1440) : 0;
  const std::int64_t start_ns = std::clamp(start.unix_ns, -kFarthest_ns, kFarthest_ns);
  return std::chrono::sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(start_ns + std::llround(t_s * 1e9))) +
         std::chrono::minutes(offset_min);
}

std::string hours_minutes_seconds(std::int64_t second, bool pad_hours, bool with_seconds) {
  const std::int64_t hours = second / 3600;
  std::string text = (pad_hours ? two_digits(hours) : std::to_string(hours)) + ":" + two_digits(second / 60 % 60);
  if (with_seconds) text += ":" + two_digits(second % 60);
  return text;
}

constexpr std::array kMonths{
    Word::plain_time_month_1, Word::plain_time_month_2,  Word::plain_time_month_3,  Word::plain_time_month_4,
    Word::plain_time_month_5, Word::plain_time_month_6,  Word::plain_time_month_7,  Word::plain_time_month_8,
    Word::plain_time_month_9, Word::plain_time_month_10, Word::plain_time_month_11, Word::plain_time_month_12};

Word class_word(EventClass event_class) {
  switch (event_class) {
    case EventClass::Twitch: return Word::plain_class_twitch;
    case EventClass::Burst: return Word::plain_class_burst;
    case EventClass::Rhythmic: return Word::plain_class_rhythmic;
    case EventClass::LimbMovement: return Word::plain_class_limb_movement;
    case EventClass::Movement: break;
  }
  return Word::plain_class_movement;
}

Word reason_word(Reason reason) {
  switch (reason) {
    case Reason::None: break;
    case Reason::BodyMovement: return Word::plain_reason_body_movement;
    case Reason::PostureChange: return Word::plain_reason_posture_change;
    case Reason::Walking: return Word::plain_reason_walking;
    case Reason::Tremor: return Word::plain_reason_tremor;
    case Reason::HandlingKnock: return Word::plain_reason_handling_knock;
    case Reason::Saturation: return Word::plain_reason_saturation;
    case Reason::Spike: return Word::plain_reason_spike;
    case Reason::TooWeak: return Word::plain_reason_too_weak;
    case Reason::EdgeOfData: return Word::plain_reason_edge_of_data;
    case Reason::Settling: return Word::plain_reason_settling;
  }
  return Word::plain_reason_none;
}

}  // namespace

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string figure_words(double value) {
  if (!std::isfinite(value) || std::abs(value) >= 1e15) return unknown();
  if (std::abs(value) < 1e-9) return "0";
  const double size = rounded(std::abs(value));
  const int decimals = size >= 9.95 ? 0 : static_cast<int>(1.0 - std::floor(std::log10(size) + 1e-9));
  return (value < 0.0 ? std::string(kMinus) : std::string()) + fixed(size, decimals);
}

std::string duration_words(double seconds) {
  if (!std::isfinite(seconds) || std::abs(seconds) >= 1e12) return unknown();
  if (seconds < 0.0) return std::string(kMinus) + duration_words(-seconds);
  if (seconds < 9.95) return fill(Word::plain_time_seconds, {{"n", figure_words(seconds)}});
  const std::int64_t whole = std::llround(seconds);
  if (whole < 60) return fill(Word::plain_time_seconds, {{"n", std::to_string(whole)}});
  if (whole >= 3600) return hours_words((whole + 30) / 60);
  if (whole % 60 == 0) return fill(Word::plain_time_minutes, {{"min", std::to_string(whole / 60)}});
  return fill(Word::plain_time_minutes_seconds, {{"min", std::to_string(whole / 60)}, {"s", std::to_string(whole % 60)}});
}

std::string length_words(double seconds) {
  if (!std::isfinite(seconds)) return unknown();
  return fill(Word::plain_time_seconds, {{"n", figure_words(seconds)}});
}

std::string clock_words(const WallClock& start, double t_s, bool with_seconds) {
  if (!std::isfinite(t_s) || std::abs(t_s) > 1e9) return unknown();
  if (start.basis == ClockBasis::None) {
    const std::int64_t second = std::llround(t_s * 1e9) / 1'000'000'000;
    return fill(Word::plain_time_from_start, {{"time", hours_minutes_seconds(second, false, with_seconds)}});
  }
  const auto wall = wall_time(start, t_s);
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const auto since_midnight = std::chrono::floor<std::chrono::seconds>(wall - day);
  const std::string time = hours_minutes_seconds(since_midnight.count(), true, with_seconds);
  return t_s < kDay_s ? time : day_label(day) + " " + time;
}

std::string day_label(std::chrono::sys_days day) {
  constexpr std::array kNames{Word::app_common_weekday_0, Word::app_common_weekday_1, Word::app_common_weekday_2,
                              Word::app_common_weekday_3, Word::app_common_weekday_4, Word::app_common_weekday_5,
                              Word::app_common_weekday_6};
  const std::chrono::year_month_day date{day};
  return fill(Word::app_common_day_label, {{"weekday", std::string(word(kNames[std::chrono::weekday(day).c_encoding()]))},
                                           {"day", std::to_string(static_cast<unsigned>(date.day()))}});
}

std::string date_words(const WallClock& start) {
  if (start.basis == ClockBasis::None) return {};
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(wall_time(start, 0.0)));
  std::string text = fill(Word::plain_time_date, {{"day", std::to_string(static_cast<unsigned>(date.day()))},
                                                  {"month", std::string(word(kMonths[static_cast<unsigned>(date.month()) - 1]))},
                                                  {"year", std::to_string(static_cast<int>(date.year()))}});
  // Without the recorder's zone the hours may not be the person's own; say so once, beside the date.
  if (start.basis == ClockBasis::Utc && !start.offset_min) text = fill(Word::plain_time_utc_date, {{"date", text}});
  return text;
}

std::string expected_words(double count) { return std::isfinite(count) ? figure_words(count) : unknown(); }

std::string acceleration_words(double g) {
  if (!std::isfinite(g)) return unknown();
  return fill(Word::plain_quantity_g, {{"n", figure_words(g)}});
}

std::string rate_words(const patterns::Rate& rate) {
  if (!(rate.hours > 0.0)) return std::string(word(Word::plain_quantity_no_rate));
  return fill(Word::plain_quantity_per_hour, {{"n", figure_words(rate.per_hour)}});
}

std::string interval_words(const patterns::Rate& rate) {
  if (!(rate.hours > 0.0) || !std::isfinite(rate.high)) return std::string(word(Word::plain_quantity_no_interval));
  return fill(Word::plain_quantity_interval, {{"low", figure_words(rate.low)}, {"high", figure_words(rate.high)}});
}

std::string frequency_words(double hz) {
  if (!std::isfinite(hz)) return unknown();
  return fill(Word::plain_quantity_hertz, {{"n", figure_words(hz)}});
}

std::string class_words(EventClass event_class) { return std::string(word(class_word(event_class))); }

std::string gap_words(GapReason reason) {
  const auto text = [](Word id) { return std::string(word(id)); };
  switch (reason) {
    case GapReason::Missing: return text(Word::app_review_gap_missing);
    case GapReason::Restart:
    case GapReason::Paused: return text(Word::app_review_gap_restart);
    case GapReason::Held: return text(Word::app_review_gap_held);
    case GapReason::Hidden: return text(Word::record_gap_hidden);
    case GapReason::Frozen: return text(Word::record_gap_frozen);
    case GapReason::Silent: return text(Word::record_gap_silent);
    case GapReason::Invalid: break;
  }
  return text(Word::app_review_gap_invalid);
}

std::string reason_words(Reason reason) { return std::string(word(reason_word(reason))); }

std::string reason_counts_words(std::span<const patterns::ReasonCount> rows) {
  std::string list;
  for (const patterns::ReasonCount& row : rows)
    list += (list.empty() ? "" : std::string(word(Word::report_masked_list_comma)) + " ") +
            fill(Word::report_masked_not_counted_item, {{"reason", reason_words(row.reason)}, {"count", std::to_string(row.count)}});
  return list;
}

std::string share_words(double share) {
  if (!std::isfinite(share)) return unknown();
  const double percent = 100.0 * std::clamp(share, 0.0, 1.0);
  const double whole = share < 1.0 && percent >= 99.0 ? 99.0 : std::round(percent);
  return fill(Word::plain_quantity_percent, {{"n", percent > 0.0 && percent < 9.95 ? figure_words(percent) : fixed(whole, 0)}});
}

std::string count_words(std::int64_t count, std::string_view one, std::string_view many) {
  const std::string number = count < 0 ? std::string(kMinus) + std::to_string(-count) : std::to_string(count);
  return fill(Word::plain_quantity_count, {{"n", number}, {"what", std::string(count == 1 ? one : many)}});
}

}  // namespace klono::view

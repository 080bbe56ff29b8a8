#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include "base/units.hpp"
#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "view/viewport.hpp"

namespace klono::view {
namespace {

constexpr double kMinute_s = 60.0;

/// A labelled step and the smaller one between its labels.
struct Step {
  double major_s;
  double minor_s;
};

constexpr std::array kClockSteps{
    Step{1, 0.2},    Step{2, 0.5},     Step{5, 1},        Step{10, 2},       Step{15, 5},        Step{30, 10},
    Step{60, 15},    Step{120, 30},    Step{300, 60},     Step{600, 120},    Step{900, 300},     Step{1800, 600},
    Step{3600, 900}, Step{7200, 1800}, Step{10800, 3600}, Step{21600, 7200}, Step{43200, 10800}, Step{86400, 21600}};

/// Smallest step of at least `least_s`: 1-2-5 below a second, clock steps to a day, then days.
Step step_of(double least_s) {
  if (least_s < 1.0) {
    const double decade = std::pow(10.0, std::floor(std::log10(std::max(least_s, 1e-6))));
    for (const double factor : {1.0, 2.0, 5.0})
      if (factor * decade >= least_s * (1.0 - 1e-9))
        return {factor * decade, factor == 2.0 ? decade / 2.0 : factor * decade / 5.0};
    return {10.0 * decade, 2.0 * decade};
  }
  for (const Step& step : kClockSteps)
    if (step.major_s >= least_s) return step;
  double days = 2.0;
  while (days * kDay_s < least_s) days *= 2.0;
  return {days * kDay_s, kDay_s};
}

/// Decimals that tell neighbouring ticks apart; 0 from a second up.
int decimals_of(double step_s) { return step_s >= 1.0 ? 0 : static_cast<int>(std::ceil(-std::log10(step_s) - 1e-9)); }

/// A time split so that rounding carries (59.96 s with one decimal is 1 min 0.0 s).
struct SplitTime {
  std::int64_t days, hours, minutes, seconds;
  std::string fraction;  ///< ".25", or empty
};

SplitTime split(double t_s, int decimals) {
  const auto scale = static_cast<std::int64_t>(std::llround(std::pow(10.0, decimals)));
  const std::int64_t units = std::llround(t_s * static_cast<double>(scale));
  const std::int64_t whole = units / scale;
  std::string fraction;
  if (decimals > 0) {
    const std::string digits = std::to_string(units % scale);
    fraction = "." + std::string(static_cast<std::size_t>(decimals) - digits.size(), '0') + digits;
  }
  return {whole / 86400, whole / 3600 % 24, whole / 60 % 60, whole % 60, fraction};
}

/// The wall clock at the first sample: its day, and seconds since that midnight.
struct WallStart {
  std::chrono::sys_days day;
  double second_of_day = 0.0;
};

WallStart wall_start(const WallClock& start) {
  using namespace std::chrono;
  const auto offset = minutes(start.basis == ClockBasis::Utc ? start.offset_min.value_or(0) : 0);
  const sys_time<nanoseconds> local{nanoseconds(start.unix_ns) + offset};
  const sys_days day = floor<days>(local);
  return {day, duration<double>(local - day).count()};
}

/// Midnight reads as its date where more than a day is in view.
std::string wall_label(const WallStart& start, double since_midnight_s, double step_s, bool dates) {
  const SplitTime time = split(since_midnight_s, decimals_of(step_s));
  const bool midnight = time.hours == 0 && time.minutes == 0 && time.seconds == 0;
  if (midnight && dates) return day_label(start.day + std::chrono::days(time.days));
  const std::string minutes = two_digits(time.hours) + ":" + two_digits(time.minutes);
  return step_s >= kMinute_s ? minutes : minutes + ":" + two_digits(time.seconds) + time.fraction;
}

std::string relative_label(double t_s, double step_s) {
  const SplitTime time = split(t_s, decimals_of(step_s));
  const std::int64_t hours = time.days * 24 + time.hours;
  if (step_s >= kDay_s) return fill(Word::app_common_day_number, {{"n", std::to_string(time.days + 1)}});
  if (step_s >= kMinute_s) {
    if (hours == 0) return fill(Word::app_common_minutes_label, {{"n", std::to_string(time.minutes)}});
    if (time.minutes == 0) return fill(Word::app_common_hours_label, {{"n", std::to_string(hours)}});
    return fill(Word::app_common_hours_minutes_label, {{"h", std::to_string(hours)}, {"m", two_digits(time.minutes)}});
  }
  const std::string seconds = two_digits(time.seconds) + time.fraction;
  if (hours == 0) return std::to_string(time.minutes) + ":" + seconds;
  return std::to_string(hours) + ":" + two_digits(time.minutes) + ":" + seconds;
}

}  // namespace

std::vector<Tick> time_ticks(const TimeSpan& span, double width_px, double label_px, const WallClock& start) {
  const double length = span.length_s();
  if (!(length > 0.0) || !(width_px > 0.0) || !(label_px > 0.0) || !std::isfinite(length)) return {};
  const Step step = step_of(length * label_px / width_px);
  const bool on_clock = start.basis != ClockBasis::None;
  const WallStart wall = on_clock ? wall_start(start) : WallStart{};

  const bool dates = length > kDay_s || step.major_s >= kDay_s;
  const double begin_s = on_clock ? span.begin_s : std::max(0.0, span.begin_s);

  std::vector<Tick> ticks;
  const auto ratio = std::llround(step.major_s / step.minor_s);
  auto index = static_cast<std::int64_t>(std::ceil((wall.second_of_day + begin_s) / step.minor_s - 1e-9));
  for (;; ++index) {
    // Index times step, never a running sum: a week of ticks must not drift.
    const double on_ruler = static_cast<double>(index) * step.minor_s;
    const double t_s = on_ruler - wall.second_of_day;
    if (t_s > span.end_s) break;
    Tick tick{.t_s = t_s, .major = index % ratio == 0, .label = {}};
    if (tick.major)
      tick.label = on_clock ? wall_label(wall, on_ruler, step.major_s, dates) : relative_label(t_s, step.major_s);
    ticks.push_back(std::move(tick));
  }
  return ticks;
}

double nice_ceiling(double value) {
  constexpr double kSmallest = 0.001;  // 1 mg: below the noise of every sensor read here
  if (!(value > kSmallest) || !std::isfinite(value)) return kSmallest;
  const double decade = std::pow(10.0, std::floor(std::log10(value)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * decade >= value * (1.0 - 1e-9)) return factor * decade;
  return 10.0 * decade;
}

}  // namespace klono::view

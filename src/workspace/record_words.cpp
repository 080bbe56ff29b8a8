#include "workspace/record_words.hpp"

#include <chrono>
#include <cmath>

#include "view/placement_words.hpp"
#include "view/plain_words.hpp"

namespace klono::workspace {
namespace {

using history::Activity;
using history::RecordingContext;
using protocol::recorder::SensorState;
using protocol::recorder::TroubleKind;

using view::in_sentence;

struct Calendar {
  int year, month, day, hour, minute, second;
};

/// The wall time of an instant; the first of 1970 where it is no number.
Calendar calendar_of(double unix_ms, int offset_min) {
  constexpr double kMost_ms = 8.64e15;  // what JavaScript's own dates reach
  const double in_range = std::isfinite(unix_ms) && std::abs(unix_ms) < kMost_ms ? unix_ms : 0.0;
  const std::chrono::sys_time<std::chrono::milliseconds> instant{
      std::chrono::milliseconds(static_cast<std::int64_t>(in_range))};
  const auto wall = std::chrono::floor<std::chrono::seconds>(instant + std::chrono::minutes(offset_min));
  const auto day = std::chrono::floor<std::chrono::days>(wall);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(wall - day);
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(time.hours().count()),
          static_cast<int>(time.minutes().count()),
          static_cast<int>(time.seconds().count())};
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string date_text(const Calendar& at) {
  return std::to_string(at.year) + "-" + two(at.month) + "-" + two(at.day);
}

}  // namespace

std::string title_words(const RecordingContext& context) {
  const bool placed = context.placement.has_value();
  const std::string place = placed ? placement_words(*context.placement) : std::string();
  switch (context.activity) {
    case Activity::Sleeping:
      return placed ? fill(Word::record_title_night, {{"place", in_sentence(place)}})
                    : text(Word::record_title_night_alone);
    case Activity::GuidedTest:
      return placed ? fill(Word::record_title_with_place,
                           {{"activity", text(Word::record_activity_guided_test)}, {"place", in_sentence(place)}})
                    : text(Word::record_activity_guided_test);
    case Activity::AtRest:
      return placed ? fill(Word::record_title_place_rest, {{"place", place}}) : text(Word::record_activity_at_rest);
    case Activity::Moving:
      return placed ? fill(Word::record_title_place_moving, {{"place", place}}) : text(Word::record_activity_moving);
    case Activity::Unknown:
      break;
  }
  return placed ? fill(Word::record_title_place_alone, {{"place", place}}) : text(Word::record_title_unknown);
}

Word note_of(Activity activity) {
  switch (activity) {
    case Activity::AtRest:
      return Word::record_activity_at_rest_note;
    case Activity::Sleeping:
      return Word::record_activity_sleeping_note;
    case Activity::GuidedTest:
      return Word::record_activity_guided_test_note;
    case Activity::Moving:
      return Word::record_activity_moving_note;
    case Activity::Unknown:
      break;
  }
  return Word::record_activity_unknown;
}

Word word_of(PlannedLength length) {
  switch (length) {
    case PlannedLength::Ten:
      return Word::record_length_10;
    case PlannedLength::Twenty:
      return Word::record_length_20;
    case PlannedLength::Forty:
      return Word::record_length_40;
    case PlannedLength::Night:
      break;
  }
  return Word::record_length_night;
}

Word name_word(Task task) {
  switch (task) {
    case Task::Rest:
      return Word::record_guided_rest;
    case Task::ArmsOut:
      return Word::record_guided_arms;
    case Task::Reach:
      break;
  }
  return Word::record_guided_reach;
}

Word do_word(Task task) {
  switch (task) {
    case Task::Rest:
      return Word::record_guided_rest_do;
    case Task::ArmsOut:
      return Word::record_guided_arms_do;
    case Task::Reach:
      break;
  }
  return Word::record_guided_reach_do;
}

Word more_word(Task task) {
  switch (task) {
    case Task::Rest:
      return Word::record_guided_rest_more;
    case Task::ArmsOut:
      return Word::record_guided_arms_more;
    case Task::Reach:
      break;
  }
  return Word::record_guided_reach_more;
}

Word next_word(Task task) { return task == Task::Reach ? Word::record_guided_next_reach : Word::record_guided_next_arms; }

SensorWords sensor_words(SensorState state) {
  const auto both = [](Word what, Word advice) { return SensorWords{text(what), text(advice)}; };
  switch (state) {
    case SensorState::Asking:
      return {text(Word::record_sensor_asking), {}};
    case SensorState::Refused:
      return both(Word::record_sensor_refused, Word::record_sensor_refused_advice);
    case SensorState::Missing:
      return both(Word::record_sensor_missing, Word::record_sensor_missing_advice);
    case SensorState::Silent:
      return both(Word::record_sensor_silent, Word::record_sensor_silent_advice);
    case SensorState::BusyElsewhere:
      return both(Word::record_sensor_busy, Word::record_sensor_busy_advice);
    case SensorState::BluetoothCancelled:
      return both(Word::record_sensor_bluetooth_cancelled, Word::record_sensor_bluetooth_advice);
    case SensorState::BluetoothLost:
      return both(Word::record_sensor_bluetooth_lost, Word::record_sensor_bluetooth_advice);
    case SensorState::Idle:
    case SensorState::Delivering:
      break;
  }
  return {};
}

std::string trouble_words(TroubleKind trouble) {
  switch (trouble) {
    case TroubleKind::StorageFull:
      return text(Word::record_trouble_storage_full);
    case TroubleKind::StorageRefused:
      return text(Word::record_trouble_storage_refused);
    case TroubleKind::RecorderStopped:
      return text(Word::record_trouble_recorder_stopped);
    case TroubleKind::ScreenMaySleep:
      break;
  }
  return text(Word::record_trouble_screen_may_sleep);
}

std::string left_words(double left_s) {
  constexpr double kWholeMinutesAbove_s = 120.0;  // chosen: seconds that run down make a quiet screen restless
  const double shown_s = left_s > kWholeMinutesAbove_s ? std::ceil(left_s / 60.0) * 60.0 : std::ceil(left_s);
  return fill(Word::record_left_minutes, {{"time", view::duration_words(std::max(0.0, shown_s))}});
}

std::string clock_of(double unix_ms, int offset_min, bool with_seconds) {
  const Calendar at = calendar_of(unix_ms, offset_min);
  return two(at.hour) + ":" + two(at.minute) + (with_seconds ? ":" + two(at.second) : std::string());
}

std::string store_id_of(double unix_ms, int offset_min) {
  const Calendar at = calendar_of(unix_ms, offset_min);
  return date_text(at) + "-" + two(at.hour) + "-" + two(at.minute) + "-" + two(at.second);
}

std::string copy_name_of(double unix_ms, int offset_min, const RecordingContext& context) {
  const Calendar at = calendar_of(unix_ms, offset_min);
  std::string name = "klonograph " + date_text(at) + " " + two(at.hour) + "-" + two(at.minute);
  if (context.placement) name += " " + in_sentence(placement_words(*context.placement));
  return name + ".klono";
}

}  // namespace klono::workspace

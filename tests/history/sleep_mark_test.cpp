// Times of sleep that a person marks.

#include <vector>

#include <doctest/doctest.h>

#include "history/sleep_mark.hpp"

using namespace klono;

TEST_CASE("Marks stay in order of time, whatever the order they were set in, and no mark stands twice") {
  std::vector<SleepMark> marks;
  add_mark(marks, {SleepMoment::WokeUp, 900.0});
  add_mark(marks, {SleepMoment::LayDown, 100.0});
  add_mark(marks, {SleepMoment::FellAsleep, 300.0});
  add_mark(marks, {SleepMoment::FellAsleep, 300.0});
  CHECK(marks == std::vector<SleepMark>{{SleepMoment::LayDown, 100.0}, {SleepMoment::FellAsleep, 300.0}, {SleepMoment::WokeUp, 900.0}});
}

TEST_CASE("A person is up before they first lay down, and from waking up until they lie down again") {
  const std::vector<SleepMark> marks{{SleepMoment::LayDown, 100.0}, {SleepMoment::WokeUp, 500.0}, {SleepMoment::LayDown, 800.0}};
  CHECK(is_up(marks, 50.0));
  CHECK_FALSE(is_up(marks, 200.0));
  CHECK(is_up(marks, 600.0));
  CHECK_FALSE(is_up(marks, 900.0));
}

TEST_CASE("Without marks nothing is known, and before the first waking the person lay") {
  CHECK_FALSE(is_up({}, 10.0));
  const std::vector<SleepMark> woke{{SleepMoment::WokeUp, 500.0}};
  CHECK_FALSE(is_up(woke, 10.0));
  CHECK(is_up(woke, 510.0));
}

TEST_CASE("Each moment is known by its name") {
  for (const SleepMoment moment : {SleepMoment::LayDown, SleepMoment::FellAsleep, SleepMoment::WokeUp}) CHECK(sleep_moment_of(name_of(moment)) == moment);
  CHECK_FALSE(sleep_moment_of("dreamt"));
}

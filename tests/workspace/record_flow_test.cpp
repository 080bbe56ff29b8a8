#include "workspace/record_flow.hpp"

#include <doctest/doctest.h>

#include "recorder_news.hpp"

namespace klono::workspace {
namespace {

using recorder::SensorState;

TEST_CASE("Three steps lead to the check, and going back keeps every answer") {
  Workspace workspace = on_record();
  workspace.command("record next");
  CHECK(workspace.record().step() == RecordStep::Place);  // no place yet, and it says so
  CHECK_FALSE(workspace.status().empty());
  for (const char* words : {"place right_wrist", "fix in_hand", "next", "activity at_rest", "detail hiccups", "next"})
    workspace.command(std::string("record ") + words);
  CHECK(workspace.record().step() == RecordStep::Check);
  workspace.command("record back");
  workspace.command("record back");
  CHECK(workspace.record().step() == RecordStep::Place);
  const history::RecordingContext& context = workspace.record().context();
  CHECK(history::id_of(*context.placement) == "right_wrist");
  CHECK(context.activity == history::Activity::AtRest);
  CHECK(context.detail == history::ActivityDetail::Hiccups);
}

TEST_CASE("What was answered is there on the next visit") {
  Workspace before = on_record();
  for (const char* words : {"place left_thigh", "next", "activity moving", "length 40", "sound off", "count on"})
    before.command(std::string("record ") + words);
  Workspace after("1.0");
  for (const Effect& effect : before.take_effects())
    if (const auto* kept = std::get_if<StoreSetting>(&effect)) after.restore_setting(kept->key, kept->value);
  CHECK(after.record().context() == before.record().context());
  CHECK(after.record().length() == PlannedLength::Forty);
  CHECK_FALSE(after.record().sounds());
  CHECK(after.record().counts_live());
}

TEST_CASE("The sensor is asked for by the tap itself, and a refusal tells what to do") {
  Workspace workspace = on_record();
  workspace.command("record skip-place");
  workspace.command("record next");
  CHECK(only<recorder::CheckBegin>(workspace.take_orders()).empty());
  workspace.command("record begin-check");
  CHECK(only<recorder::CheckBegin>(workspace.take_orders()).size() == 1);
  workspace.receive(recorder::News(recorder::Sensor{SensorState::Refused}));
  CHECK(workspace.record().sensor() == SensorState::Refused);
  CHECK_FALSE(workspace.record().can_start());
  workspace.command("record start");
  CHECK(only<recorder::RecordBegin>(workspace.take_orders()).empty());
}

TEST_CASE("The sensor is free while another screen is shown, and asked again on return") {
  Workspace workspace = at_check();
  workspace.command("go library");
  CHECK(only<recorder::CheckEnd>(workspace.take_orders()).size() == 1);
  workspace.command("go record");
  CHECK(only<recorder::CheckBegin>(workspace.take_orders()).size() == 1);
}

TEST_CASE("A recording that runs is not disturbed by other screens or by answers") {
  Workspace workspace = recording();
  workspace.command("go library");
  workspace.command("go record");
  CHECK(workspace.take_orders().empty());
  workspace.command("record place right_wrist");
  CHECK(history::id_of(*workspace.record().context().placement) == "left_ankle");
}

TEST_CASE("The name of a recording is its own wall clock") {
  const Workspace workspace = recording();
  CHECK(workspace.record().running().id == "2026-11-26-23-36-47");
}

TEST_CASE("A mark is numbered, can be taken back, and its number is not used again") {
  Workspace workspace = recording();
  workspace.set_now(130.0);
  workspace.command("record mark");
  CHECK(workspace.toast_visible());
  CHECK(workspace.can_undo());
  workspace.command("undo");
  CHECK(workspace.record().marks().empty());
  workspace.command("record mark");
  workspace.command("record strength 7");
  const std::vector<recorder::Order> orders = workspace.take_orders();
  REQUIRE(only<recorder::Mark>(orders).size() == 2);
  CHECK(only<recorder::Mark>(orders)[1].number == 2);
  REQUIRE(only<recorder::Unmark>(orders).size() == 1);
  CHECK(only<recorder::Unmark>(orders)[0].number == 1);
  REQUIRE(only<recorder::Strength>(orders).size() == 1);
  CHECK(only<recorder::Strength>(orders)[0].strength == 7);
  workspace.command("record strength 11");
  CHECK(only<recorder::Strength>(workspace.take_orders()).empty());
}

TEST_CASE("A planned length ends by itself, and pauses do not count") {
  Workspace workspace = at_check();
  workspace.command("record length 10");
  workspace.command("record start");
  workspace.set_now(400.0);
  workspace.command("record pause");
  workspace.set_now(1000.0);
  workspace.command("record resume");
  workspace.set_now(1000.0 + 299.0);
  CHECK_FALSE(workspace.record().stopping());
  workspace.set_now(1000.0 + 301.0);
  CHECK(workspace.record().stopping());
  CHECK(only<recorder::RecordEnd>(workspace.take_orders()).size() == 1);
}

TEST_CASE("A night is dark at once; a tap wakes it for ten seconds") {
  Workspace workspace = at_check("sleeping");
  workspace.command("record start");
  CHECK(workspace.record().darkness() == Darkness::Black);
  CHECK(only<recorder::Dark>(workspace.take_orders()).size() == 1);
  workspace.command("record wake");
  CHECK(workspace.record().darkness() == Darkness::Woken);
  workspace.set_now(109.0);
  CHECK(workspace.record().darkness() == Darkness::Woken);
  workspace.set_now(110.5);
  CHECK(workspace.record().darkness() == Darkness::Black);
  // A dark page sleeps until its line moves.
  REQUIRE(workspace.next_change_s());
  CHECK(*workspace.next_change_s() > 45.0);
}

TEST_CASE("The guided test leads through three parts of a minute with time to get ready before each") {
  Workspace workspace = at_check("guided_test");
  workspace.command("record start");
  double now_s = 100.0;
  for (int step = 0; step < 400 && !workspace.record().stopping(); ++step) workspace.set_now(now_s += 0.5);
  const std::vector<recorder::Order> orders = workspace.take_orders();
  const auto begins = only<recorder::TaskBegin>(orders);
  REQUIRE(begins.size() == 3);
  CHECK(begins[0].task == Task::Rest);
  CHECK(begins[1].task == Task::ArmsOut);
  CHECK(begins[2].task == Task::Reach);
  CHECK(only<recorder::TaskEnd>(orders).size() == 3);
  CHECK(only<recorder::RecordEnd>(orders).size() == 1);
  CHECK(now_s - 100.0 == doctest::Approx(195.0).epsilon(0.02));
}

TEST_CASE("A part that is skipped is closed, and the next begins") {
  Workspace workspace = at_check("guided_test");
  workspace.command("record start");
  workspace.set_now(110.0);
  workspace.command("record skip-part");
  CHECK(workspace.record().part() == 1);
  CHECK(workspace.record().parts()[0].skipped);
  const auto orders = workspace.take_orders();
  CHECK(only<recorder::TaskBegin>(orders).size() == 1);
  CHECK(only<recorder::TaskEnd>(orders).size() == 1);
}

TEST_CASE("Another tab that records is told, and nothing begins") {
  Workspace workspace = at_check();
  workspace.command("record start");
  workspace.receive(recorder::News(recorder::Sensor{SensorState::BusyElsewhere}));
  CHECK_FALSE(workspace.record().recording());
  CHECK(workspace.record().step() == RecordStep::Check);
}

TEST_CASE("A trouble stays until it is over; a full store offers the copy") {
  Workspace workspace = recording();
  workspace.receive(recorder::News(recorder::Trouble{recorder::TroubleKind::StorageFull, false}));
  CHECK(workspace.record().troubles().size() == 1);
  workspace.command("record copy");
  CHECK(only<recorder::StoreCopy>(workspace.take_orders()).size() == 1);
  workspace.receive(recorder::News(recorder::Trouble{recorder::TroubleKind::StorageFull, true}));
  CHECK(workspace.record().troubles().empty());
}

TEST_CASE("A recorder that fails ends the recording, and what was written is opened") {
  Workspace workspace = recording();
  workspace.receive(recorder::News(recorder::Trouble{recorder::TroubleKind::RecorderStopped, false}));
  CHECK_FALSE(workspace.record().recording());
  CHECK(workspace.record().step() == RecordStep::Saved);
  CHECK(only<recorder::StoreOpen>(workspace.take_orders()).size() == 1);
}

}  // namespace
}  // namespace klono::workspace

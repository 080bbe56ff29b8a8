#pragma once
/// What a recorder would say, and what it was asked for.

#include <string>
#include <variant>
#include <vector>

#include "workspace/workspace.hpp"

namespace klono::workspace {

namespace recorder = protocol::recorder;

inline constexpr double kBegan_unix_ms = 1795732607000.0;  // 26 Nov 2026, 22:36:47 UTC

inline recorder::Abilities able_phone() {
  recorder::Abilities able;
  able.motion = able.wake_lock = able.vibration = true;
  able.store = recorder::StoreKind::File;
  able.free_bytes = 4e9;
  able.charging_known = able.charging = true;
  able.battery = 0.96;
  return able;
}

inline recorder::Check good_check() {
  recorder::Check check;
  check.seconds = 4.0;
  check.settled = check.acceleration = check.linear = check.rotation = true;
  check.rate_hz = 60.0;
  check.jitter_ms = 0.4;
  check.floor_g = 0.004;
  check.smallest_visible_g = 0.05;
  check.gravity_g = 1.0;
  check.sign = 1;
  check.bytes_per_hour = 5e6;
  return check;
}

/// All orders of one kind among those taken.
template <class T>
std::vector<T> only(const std::vector<recorder::Order>& orders) {
  std::vector<T> found;
  for (const recorder::Order& order : orders)
    if (const T* match = std::get_if<T>(&order)) found.push_back(*match);
  return found;
}

/// On the Record screen at a wall clock, with what a phone can do; the orders of the start are taken.
inline Workspace on_record() {
  Workspace workspace("1.0");
  workspace.set_now(100.0);
  workspace.set_wall(kBegan_unix_ms, 60);
  workspace.receive(recorder::News(able_phone()));
  workspace.command("go record");
  (void)workspace.take_orders();
  (void)workspace.take_effects();
  return workspace;
}

/// The same at the signal check with readings that come.
inline Workspace at_check(const std::string& activity = "at_rest") {
  Workspace workspace = on_record();
  for (const std::string& words : {std::string("place left_ankle"), std::string("fix strapped"), std::string("next"),
                                   "activity " + activity, std::string("next"), std::string("begin-check")})
    workspace.command("record " + words);
  workspace.receive(recorder::News(recorder::Sensor{recorder::SensorState::Delivering}));
  workspace.receive(recorder::News(good_check()));
  (void)workspace.take_orders();
  (void)workspace.take_effects();
  return workspace;
}

/// The same with a recording that has begun; its id is 2026-11-26-23-36-47.
inline Workspace recording(const std::string& activity = "at_rest") {
  Workspace workspace = at_check(activity);
  workspace.command("record start");
  recorder::Running running;
  running.id = workspace.record().running().id;
  running.since_unix_ms = kBegan_unix_ms;
  running.offset_min = 60;
  workspace.receive(recorder::News(running));
  (void)workspace.take_orders();
  (void)workspace.take_effects();
  return workspace;
}

inline recorder::StoredRecording stored_recording(const std::string& id, double begun_unix_ms, bool finished = true) {
  recorder::StoredRecording one;
  one.id = id;
  one.bytes = 1e6;
  one.begun_unix_ms = begun_unix_ms;
  one.offset_min = 60;
  one.context = R"({"place":"left_ankle","activity":"sleeping"})";
  one.length_s = 600.0;
  one.finished = finished;
  return one;
}

}  // namespace klono::workspace

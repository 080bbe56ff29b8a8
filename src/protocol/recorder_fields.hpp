#pragma once
/// What the recorder's messages hold: one list a struct, for both directions. The list is written once and read twice,
/// as the members and as the text that names them, so that a key cannot differ from its field.

#include <array>
#include <span>
#include <string_view>

#include "protocol/fields.hpp"
#include "protocol/recorder.hpp"

// Declares the list of `Type`; a visitor `v` is called as v(struct, "m.a, m.b", a, b).
#define KLONO_RECORDER_FIELDS(Type, ...)                                    \
  constexpr std::string_view type_name(const Type&) { return #Type; }       \
  template <class V, Either<Type> M>                                        \
  void visit_named(V& v, [[maybe_unused]] M& m) {                           \
    v(m, std::string_view(#__VA_ARGS__) __VA_OPT__(, ) __VA_ARGS__);        \
  }

// Declares the names of an enumeration, all of them and in order.
#define KLONO_RECORDER_NAMES(Type, ...)                          \
  constexpr EnumNames<Type> names_of(Type) {                     \
    using enum Type;                                             \
    constexpr std::array kValues{__VA_ARGS__};                   \
    static_assert(in_order(kValues), "not in order");            \
    return {#__VA_ARGS__, kValues.size()};                       \
  }

namespace klono::protocol::recorder {

/// "Idle, Asking, …" and how many they are.
template <class E>
struct EnumNames {
  std::string_view list;
  std::size_t count = 0;
};

template <class E, std::size_t N>
constexpr bool in_order(const std::array<E, N>& values) {
  for (std::size_t i = 0; i < N; ++i)
    if (static_cast<std::size_t>(values[i]) != i) return false;
  return true;
}

KLONO_RECORDER_NAMES(Task, Rest, ArmsOut, Reach)
KLONO_RECORDER_NAMES(Source, Phone, Polar)
KLONO_RECORDER_NAMES(StoreKind, File, Database, Memory)
KLONO_RECORDER_NAMES(SensorState, Idle, Asking, Refused, Missing, Silent, Delivering, BusyElsewhere, BluetoothCancelled, BluetoothLost)
KLONO_RECORDER_NAMES(TroubleKind, StorageFull, StorageRefused, RecorderStopped, ScreenMaySleep)

// ---- app -> recorder

KLONO_RECORDER_FIELDS(CheckBegin, m.source, m.planned_s)
KLONO_RECORDER_FIELDS(CheckEnd)
KLONO_RECORDER_FIELDS(RecordBegin, m.id, m.context, m.planned_s, m.night, m.live_count)
KLONO_RECORDER_FIELDS(Mark, m.number)
KLONO_RECORDER_FIELDS(Unmark, m.number)
KLONO_RECORDER_FIELDS(Strength, m.number, m.strength)
KLONO_RECORDER_FIELDS(Pause)
KLONO_RECORDER_FIELDS(Resume)
KLONO_RECORDER_FIELDS(TaskBegin, m.task)
KLONO_RECORDER_FIELDS(TaskEnd)
KLONO_RECORDER_FIELDS(RecordEnd)
KLONO_RECORDER_FIELDS(Dark, m.on)
KLONO_RECORDER_FIELDS(Cue, m.sound, m.long_one)
KLONO_RECORDER_FIELDS(StoreList)
KLONO_RECORDER_FIELDS(StoreOpen, m.id)
KLONO_RECORDER_FIELDS(StoreRemove, m.id)
KLONO_RECORDER_FIELDS(StoreCopy, m.id, m.name)
KLONO_RECORDER_FIELDS(StoreCard, m.id, m.card)

// ---- recorder -> app

KLONO_RECORDER_FIELDS(Abilities, m.motion, m.bluetooth, m.wake_lock, m.vibration, m.home_screen_too_old, m.store, m.free_bytes,
                      m.charging_known, m.charging, m.battery)
KLONO_RECORDER_FIELDS(Sensor, m.state)
KLONO_RECORDER_FIELDS(Check, m.seconds, m.settled, m.acceleration, m.linear, m.rotation, m.rate_hz, m.jitter_ms, m.longest_step_ms, m.step_g,
                      m.step_deg_s, m.floor_g, m.smallest_visible_g, m.gravity_g, m.duplicates, m.missing_axes, m.sign, m.still, m.level_g,
                      m.trace_x, m.trace_y, m.trace_z, m.bytes_per_hour)
KLONO_RECORDER_FIELDS(Running, m.id, m.since_unix_ms, m.offset_min, m.elapsed_s, m.recorded_s, m.bytes, m.store, m.paused, m.awake,
                      m.receiving, m.marks, m.live_events)
KLONO_RECORDER_FIELDS(Trouble, m.trouble, m.over)
KLONO_RECORDER_FIELDS(Saved, m.id, m.recorded_s, m.elapsed_s, m.bytes, m.onsets_s)
KLONO_RECORDER_FIELDS(StoredRecording, m.id, m.bytes, m.begun_unix_ms, m.offset_min, m.context, m.planned_s, m.length_s, m.finished,
                      m.readable, m.card)
KLONO_RECORDER_FIELDS(Stored, m.recordings, m.in_use_elsewhere)
KLONO_RECORDER_FIELDS(StoredFile, m.id, m.source, m.bytes)

}  // namespace klono::protocol::recorder

#undef KLONO_RECORDER_FIELDS
#undef KLONO_RECORDER_NAMES

#pragma once
/// What the app and the page's recorder say to each other. JSON, one object a message, because half of the recorder is
/// the browser's own script: {"kind": "record-begin", "id": …}. This header is the one schema: the kind is the struct's
/// name in lower case with hyphens, the keys are the field names, enumerations their names in lower case with hyphens.
/// Fields that a message leaves out keep their default. web/recorder/ knows the same names.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "signal/recording.hpp"

namespace klono::protocol::recorder {

enum class Source : std::uint8_t { Phone, Polar };

// ---- app -> recorder. In brackets who acts: the page's script, the worker's script (storage), the worker's program.

/// Ask for the sensor (inside the tap) and begin the signal check. [page, program]
struct CheckBegin {
  Source source = Source::Phone;
  double planned_s = 0.0;
};
/// The sensor is not needed any more. [page, program]
struct CheckEnd {};
/// Take the lock, open the journal, hold the screen awake, record. [page, worker, program]
struct RecordBegin {
  std::string id;       ///< file name in the store, "2026-11-26-22-48-05"
  std::string context;  ///< JSON of history/recording_context.hpp
  double planned_s = 0.0;
  bool night = false;
  bool live_count = false;  ///< the person asked to see the count
};
struct Mark {
  std::uint32_t number = 0;  ///< from 1
};
struct Unmark {
  std::uint32_t number = 0;
};
struct Strength {
  std::uint32_t number = 0;
  int strength = -1;
};
struct Pause {};
struct Resume {};
/// A part of the guided test begins; `end` closes it.
struct TaskBegin {
  Task task = Task::Rest;
};
struct TaskEnd {};
struct RecordEnd {};
/// Black around the canvas, no cursor. [page]
struct Dark {
  bool on = false;
};
/// A short vibration and, if `sound`, a tone. [page]
struct Cue {
  bool sound = false;
  bool long_one = false;
};
// Storage. [worker]
struct StoreList {};
/// Answered by StoredFile.
struct StoreOpen {
  std::string id;
};
struct StoreRemove {
  std::string id;
};
/// Hand the journal file over as a download. [page]
struct StoreCopy {
  std::string id;
  std::string name;
};
/// Keep what the app knows of a recording beside it: title, decisions, figures. Opaque to the store.
struct StoreCard {
  std::string id;
  std::string card;
};

using Order = std::variant<CheckBegin, CheckEnd, RecordBegin, Mark, Unmark, Strength, Pause, Resume, TaskBegin, TaskEnd, RecordEnd, Dark, Cue,
                           StoreList, StoreOpen, StoreRemove, StoreCopy, StoreCard>;

// ---- recorder -> app

enum class StoreKind : std::uint8_t { File, Database, Memory };

/// What this browser can do; told once at the start and again when it changes. [page]
struct Abilities {
  bool motion = false;      ///< the browser knows motion sensors (whether one is there shows the check)
  bool bluetooth = false;
  bool wake_lock = false;
  bool vibration = false;
  bool home_screen_too_old = false;  ///< an iOS home-screen app before 18.4: the screen cannot be held awake
  StoreKind store = StoreKind::Memory;
  double free_bytes = -1.0;  ///< -1 not told
  bool charging_known = false;
  bool charging = false;
  double battery = -1.0;  ///< 0..1, -1 not told
};

enum class SensorState : std::uint8_t {
  Idle, Asking, Refused, Missing, Silent, Delivering, BusyElsewhere, BluetoothCancelled, BluetoothLost
};
/// [page]
struct Sensor {
  SensorState state = SensorState::Idle;
};

/// The signal check so far; several times a second while it runs. [program]
struct Check {
  double seconds = 0.0;      ///< of readings seen
  bool settled = false;      ///< enough was seen for every figure
  bool acceleration = false, linear = false, rotation = false;  ///< delivered with numbers
  double rate_hz = 0.0;
  double jitter_ms = 0.0;    ///< median distance of the steps from the usual one
  double longest_step_ms = 0.0;
  double step_g = 0.0;       ///< rounding step, 0 not seen
  double step_deg_s = 0.0;
  double floor_g = 0.0;      ///< rms of movement in the stillest second, 0 not known
  double smallest_visible_g = 0.0;
  double gravity_g = 0.0;    ///< resting magnitude
  double duplicates = 0.0;   ///< share of readings equal to the one before in all values, 0..1
  int missing_axes = 0;      ///< of acceleration
  int sign = 0;              ///< +1 as specified, -1 negated, 0 not settled (lay it on its back)
  bool still = false;        ///< now
  double level_g = 0.0;      ///< movement now, largest of the last 0.25 s
  std::vector<float> trace_x, trace_y, trace_z;  ///< movement in g, last 10 s, 20 a second, oldest first
  double bytes_per_hour = 0.0;  ///< of journal, at this rate
};

/// While recording: on start, on stop, on every change, and each 5 s. [program, with fields of the page filled in]
struct Running {
  std::string id;
  double since_unix_ms = 0.0;
  int offset_min = 0;
  double elapsed_s = 0.0;   ///< since it began
  double recorded_s = 0.0;  ///< of readings
  double bytes = 0.0;
  StoreKind store = StoreKind::File;
  bool paused = false;
  bool awake = true;         ///< the screen is held awake
  bool receiving = true;     ///< readings came within the last seconds
  int marks = 0;
  int live_events = -1;      ///< settled so far; -1 unless asked for
};

enum class TroubleKind : std::uint8_t {
  StorageFull,      ///< the rest is kept in memory: save a copy now
  StorageRefused,   ///< nothing can be stored; recording in memory
  RecorderStopped,  ///< the recorder's program failed; what was written is safe
  ScreenMaySleep    ///< the wake lock was refused or lost
};
/// Shown until it is over (`over`). [page, worker]
struct Trouble {
  TroubleKind trouble = TroubleKind::StorageFull;
  bool over = false;
};

/// The recording is closed and whole. [program]
struct Saved {
  std::string id;
  double recorded_s = 0.0;
  double elapsed_s = 0.0;
  double bytes = 0.0;
  std::vector<double> onsets_s;  ///< of the live detector's settled table, for comparing with the file
};

/// One recording in the store.
struct StoredRecording {
  std::string id;
  double bytes = 0.0;
  double begun_unix_ms = 0.0;
  int offset_min = 0;
  std::string context;
  double planned_s = 0.0;
  double length_s = 0.0;   ///< first to last reading, estimated from the first and last frames
  bool finished = true;    ///< false: it was never stopped
  bool readable = true;    ///< false: no header could be read
  std::string card;        ///< as StoreCard left it; empty
};
/// Newest first. [worker]
struct Stored {
  std::vector<StoredRecording> recordings;
  bool in_use_elsewhere = false;  ///< another tab records now
};
/// `source` is the engine's handle, as for a chosen file. 0: it is gone. [page]
struct StoredFile {
  std::string id;
  std::uint32_t source = 0;
  double bytes = 0.0;
};

using News = std::variant<Abilities, Sensor, Check, Running, Trouble, Saved, Stored, StoredFile>;

/// One line of JSON. Never fails; numbers that are none become null.
std::string encode(const Order& order);
std::string encode(const News& news);
/// One row of Stored, as it stands in that message.
std::string encode(const StoredRecording& recording);

/// Errors: Malformed (no JSON, unknown kind, a field of another type).
Result<Order> decode_order(std::string_view json);
Result<News> decode_news(std::string_view json);

}  // namespace klono::protocol::recorder

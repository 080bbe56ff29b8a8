#pragma once
/// The way from "where is the phone" to "saved": what the Record screens show, and what the recorder is asked for.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history/recording_context.hpp"
#include "protocol/recorder.hpp"

namespace klono::workspace {

enum class RecordStep : std::uint8_t {
  Place,     ///< 1 of 3: the body map
  Activity,  ///< 2 of 3: what am I doing
  Check,     ///< 3 of 3: signal check; also where asking, refusal and a missing sensor are told
  Running,   ///< recording, awake or dark
  Guided,    ///< recording the three parts
  Saved      ///< what was recorded, then Review
};

/// How the screen is while a recording runs.
enum class Darkness : std::uint8_t { Light, Black, Woken };

/// Lengths a person chooses from; Night has no end.
enum class PlannedLength : std::uint8_t { Ten, Twenty, Forty, Night };
double seconds_of(PlannedLength length);  ///< 0 for Night

/// One line of the signal check: what was found, and what to do where something can be done.
struct CheckLine {
  enum class Kind : std::uint8_t { Waiting, Fine, Limit, Charger };
  Kind kind = Kind::Waiting;  ///< a ring, a tick, an (i), a plug
  std::string text;
};

/// One mark of the person in the recording under way.
struct FeltMark {
  std::uint32_t number = 0;
  double at_unix_ms = 0.0;
  int strength = -1;
};

struct GuidedPart {
  Task task = Task::Rest;
  double length_s = 60.0;
  bool done = false;
  bool skipped = false;
};

/// State machine of the Record screens. Commands are those of the canvas and the mirror, without the leading "record ":
///   map front|back · place ID · fix NAME · skip-place · activity NAME · detail NAME · next · back · length 10|20|40|night
///   source phone|polar · begin-check (the tap that asks for the sensor) · count on|off · sound on|off · start
///   mark · unmark · strength 0..10|none · pause · resume · stop · dark · wake · light
///   skip-part · review · copy · done
/// Nothing here reads a clock: set_now() moves timers on.
class RecordFlow {
 public:
  /// A part of the guided test, the time to get ready before each, so that moving the arms is no part of it, the woken
  /// time of a dark screen, holding to stop (all chosen).
  static constexpr double kPart_s = 60.0;
  static constexpr double kGetReady_s = 5.0;
  static constexpr double kWoken_s = 10.0;
  static constexpr double kHoldToStop_s = 1.0;

  /// True when the words were understood. `said` of the outcome is taken by take_sentence().
  bool command(std::string_view words);
  void receive(const protocol::recorder::News& news);
  void set_now(double monotonic_s);
  /// The wall clock now, for the names and times of recordings and marks.
  void set_wall(double unix_ms, int offset_min);
  /// The person went to another screen, or came back: a check under way gives the sensor free meanwhile.
  void leave();
  void enter();

  /// What is remembered between visits ("record.context", "record.length", …): see Workspace::stored_keys.
  static std::vector<std::string> stored_keys();
  void restore(std::string_view key, std::string_view value);

  // ---- taken once
  std::vector<protocol::recorder::Order> take_orders();
  struct Sentence {
    std::string text;
    bool with_undo = false;  ///< the undo is "record unmark"
  };
  std::optional<Sentence> take_sentence();
  struct Kept {
    std::string key, value;
  };
  std::vector<Kept> take_kept();
  /// Set once when a recording was saved: the workspace opens it.
  std::optional<protocol::recorder::Saved> take_saved();

  // ---- read
  std::uint64_t revision() const;
  RecordStep step() const;
  /// A recording runs: other screens stay reachable, a second recording does not begin.
  bool recording() const;
  bool stopping() const;  ///< it was asked to end and is being closed
  bool paused() const;
  bool on_back_of_map() const;
  const history::RecordingContext& context() const;
  /// The place is that of the recording before.
  bool same_place_as_last() const;
  PlannedLength length() const;
  bool guided() const;  ///< the lengths are not asked for
  double planned_s() const;  ///< 0 for a night
  protocol::recorder::Source source() const;
  const protocol::recorder::Abilities& abilities() const;
  protocol::recorder::SensorState sensor() const;
  const std::optional<protocol::recorder::Check>& check() const;
  std::vector<CheckLine> check_lines() const;
  bool can_start() const;
  const protocol::recorder::Running& running() const;
  const std::vector<protocol::recorder::TroubleKind>& troubles() const;
  const std::vector<FeltMark>& marks() const;
  bool counts_live() const;
  bool sounds() const;
  Darkness darkness() const;
  double woken_left_s() const;
  std::int64_t minute() const;  ///< whole ones recorded: what is dark changes with it
  /// Of the whole, 0..1; for Night the share of an hour.
  double share_done() const;
  double left_s() const;
  const std::vector<GuidedPart>& parts() const;
  std::size_t part() const;        ///< the one under way
  double part_left_s() const;
  double get_ready_s() const;      ///< until the part begins; 0 while it runs
  const std::optional<protocol::recorder::Saved>& saved() const;
  /// Seconds until something changes by itself; nullopt when nothing does. The host wakes the app then.
  std::optional<double> next_change_s() const;

 private:
  using Words = std::string_view;
  /// What is on screen moves in such steps; another step is another picture.
  struct Ticks {
    std::int64_t ring = 0, part = 0, woken = 0, minute = 0;
    friend bool operator==(const Ticks&, const Ticks&) = default;
  };

  // record_flow.cpp: commands before and after a recording
  bool setup_command(Words verb, Words value);
  bool running_command(Words verb, Words value);
  bool saved_command(Words verb);
  bool choose_place(Words id);
  bool choose_fixing(Words name);
  bool choose_activity(Words name);
  bool choose_detail(Words name);
  bool choose_length(Words name);
  bool choose_source(Words name);
  void next();
  void back();
  void begin_check();
  void end_check();
  void start();
  void remember_context();
  void keep_setting(std::string key, std::string value);
  void say(std::string text, bool with_undo = false);
  void changed() { ++revision_; }
  void order(protocol::recorder::Order order) { orders_.push_back(std::move(order)); }
  double wall_ms() const;

  // record_running.cpp: while it runs
  void mark();
  void unmark();
  bool strength(Words value);
  void pause();
  void resume();
  void stop();
  void finish(protocol::recorder::Saved saved);
  void give_up();
  void darken(Darkness darkness);
  void begin_lead(std::size_t part);
  void begin_part();
  void end_part(bool skipped);
  void advance_guided();
  double active_s() const;       ///< since the start without pauses
  double in_phase_s() const;     ///< since the lead or the part began, without pauses
  bool in_part() const { return recording_ && guided() && !leading_; }
  Ticks ticks() const;

  void on(const protocol::recorder::Abilities& news);
  void on(const protocol::recorder::Sensor& news);
  void on(const protocol::recorder::Check& news);
  void on(const protocol::recorder::Running& news);
  void on(const protocol::recorder::Trouble& news);
  void on(const protocol::recorder::Saved& news);
  void on(const protocol::recorder::Stored&) {}
  void on(const protocol::recorder::StoredFile&) {}

  std::uint64_t revision_ = 1;
  double now_s_ = 0.0;
  double wall_at_s_ = 0.0, wall_unix_ms_ = 0.0;
  int offset_min_ = 0;

  RecordStep step_ = RecordStep::Place;
  bool back_of_map_ = false;
  history::RecordingContext context_;
  std::optional<history::Placement> last_place_;
  PlannedLength length_ = PlannedLength::Twenty;
  protocol::recorder::Source source_ = protocol::recorder::Source::Phone;
  bool counts_ = false;
  bool sounds_ = true;

  protocol::recorder::Abilities abilities_;
  protocol::recorder::SensorState sensor_ = protocol::recorder::SensorState::Idle;
  bool checking_ = false;
  bool granted_ = false;  ///< readings came in this visit: asking again needs no tap
  std::optional<protocol::recorder::Check> check_;

  bool recording_ = false;
  bool stopping_ = false;
  bool confirmed_ = false;  ///< the recorder told that it runs
  protocol::recorder::Running running_;
  std::vector<protocol::recorder::TroubleKind> troubles_;
  std::vector<FeltMark> marks_;
  std::uint32_t next_mark_ = 1;
  double begun_at_s_ = 0.0, paused_s_ = 0.0;
  std::optional<double> paused_at_s_;
  Darkness darkness_ = Darkness::Light;
  double woken_until_s_ = 0.0;
  std::vector<GuidedPart> parts_;
  std::size_t part_ = 0;
  bool leading_ = false;       ///< getting ready for the part
  double phase_from_s_ = 0.0;  ///< of active_s()
  Ticks shown_;
  std::optional<protocol::recorder::Saved> saved_;

  std::vector<protocol::recorder::Order> orders_;
  std::optional<Sentence> sentence_;
  std::vector<Kept> kept_;
  std::optional<protocol::recorder::Saved> saved_news_;
};

/// "Left ankle, at rest", "Night, left ankle", "Guided test, right wrist".
std::string title_words(const history::RecordingContext& context);

}  // namespace klono::workspace

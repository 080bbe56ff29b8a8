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
  /// A part of the guided test, the woken time of a dark screen, holding to stop (all chosen).
  static constexpr double kPart_s = 60.0;
  static constexpr double kWoken_s = 10.0;
  static constexpr double kHoldToStop_s = 1.0;

  /// True when the words were understood. `said` of the outcome is taken by take_sentence().
  bool command(std::string_view words);
  void receive(const protocol::recorder::News& news);
  void set_now(double monotonic_s);

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
  bool on_back_of_map() const;
  const history::RecordingContext& context() const;
  PlannedLength length() const;
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
  /// Of the whole, 0..1; for Night the share of an hour.
  double share_done() const;
  double left_s() const;
  const std::vector<GuidedPart>& parts() const;
  std::size_t part() const;        ///< the one under way
  double part_left_s() const;
  const std::optional<protocol::recorder::Saved>& saved() const;
  /// Seconds until something changes by itself; nullopt when nothing does. The host wakes the app then.
  std::optional<double> next_change_s() const;

 private:
  // for the implementer: private state here
};

/// "Left ankle", "Right wrist"; "Somewhere on the body" without a placement.
std::string place_words(const history::RecordingContext& context);
/// "Left ankle, at rest", "Night, left ankle", "Guided test, right wrist".
std::string title_words(const history::RecordingContext& context);

}  // namespace klono::workspace

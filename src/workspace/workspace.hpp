#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "history/recording_context.hpp"
#include "patterns/summary.hpp"
#include "protocol/messages.hpp"
#include "view/viewport.hpp"
#include "workspace/decisions.hpp"
#include "workspace/emg_list.hpp"
#include "workspace/record_flow.hpp"
#include "workspace/recording_card.hpp"
#include "workspace/screen_model.hpp"

namespace klono::workspace {

enum class Screen : std::uint8_t { Library, Record, Review, Patterns, History, Report, Settings, Help };
/// Kept: recorded here and in the browser's store, not open now; its figures are those of its card.
enum class EntryState : std::uint8_t { Kept, Reading, Asking, Refused, Ready };
enum class Theme : std::uint8_t { System, Light, Dark };
enum class EventFilter : std::uint8_t { ToReview, Confirmed, Rejected, All };
enum class EventOrder : std::uint8_t { Time, Size, Likeness };

/// Where an entry lies in the browser's store; only recordings made here.
struct StoredPlace {
  std::string id;         ///< file name in the store
  double bytes = 0.0;
  double begun_unix_ms = 0.0;
  int offset_min = 0;
  bool finished = true;
  bool readable = true;   ///< false: nothing in it can be read
  bool accepted = false;  ///< unfinished, and the person chose to keep it
  bool opening = false;   ///< the store was asked for the file
  RecordingCard card;     ///< as it lies beside the recording
  bool card_changed = false;

  /// "Found an unfinished recording": until it is kept or deleted.
  bool offered() const { return !finished && !accepted; }
};

/// A movement that the detector left out, and the list it is looked at in.
struct LookedAt {
  std::size_t index = 0;         ///< into data.analysis.not_counted
  std::optional<Reason> reason;  ///< the list holds those of one reason; without: all
};

/// One recording in the library.
struct Entry {
  protocol::RecordingId id = 0;
  std::string title;  ///< file name, or "Example recording"
  bool example = false;
  EntryState state = EntryState::Reading;
  std::uint32_t source = 0;  ///< host's file handle
  std::string reading;       ///< a person's choices as "key=value" lines
  protocol::Progress progress;
  protocol::Failed failure;         ///< when Refused or Asking
  protocol::Opened data;            ///< when Ready
  std::vector<Decision> decisions;  ///< parallel to data.analysis.events
  patterns::Summary summary;
  view::Viewport viewport;
  std::optional<std::size_t> selected;  ///< index into data.analysis.events
  std::optional<LookedAt> looked_at;    ///< wins over `selected` where it is set

  std::vector<EmgItem> muscle;     ///< what EMG showed, in order of time
  std::vector<std::string> muscle_told;   ///< the same in sentences (view/emg_words.hpp)
  std::vector<std::string> muscle_lines;  ///< one a channel
  std::optional<std::size_t> selected_muscle;  ///< index into muscle

  std::int64_t size = 0;           ///< bytes of the file; 0 for the example
  std::string worn;                ///< where, as the person said: JSON of history/recording_context.hpp; else info.context holds
  std::vector<KeptDecision> kept;  ///< all decisions by time; `decisions` follows from them
  std::vector<SleepMark> sleep_marks;  ///< the person's own, sorted
  bool marking_sleep = false;      ///< Review shows where a mark would go
  std::vector<double> oddness;     ///< see likeness.hpp; empty until events are sorted by it
  DetectorSettings analysed_with;  ///< as last sent to the engine
  bool analysing_again = false;    ///< Ready, and newer settings are under way

  std::optional<StoredPlace> stored;  ///< recorded here
  std::vector<patterns::BlockSummary> parts;  ///< of a guided test, which never has one rate

  bool has_figures() const { return state == EntryState::Ready || (state == EntryState::Kept && data.info.duration_s > 0.0 && data.analysis.recorded_s > 0.0); }
  bool has_movement() const { return data.info.has_movement; }  ///< false: EMG alone
  bool guided() const { return !data.info.blocks.empty(); }
  std::size_t to_review() const;  ///< events without a decision
  double middle_s() const;        ///< of what is shown: where a mark of sleep goes
  std::vector<std::size_t> looked_list() const;  ///< indices into data.analysis.not_counted in the list of looked_at; empty without it
  history::RecordingContext context() const;  ///< what is known of where it was worn
};

/// The newest pixels' data for the visible window; older than the viewport while a request is
/// under way, and drawn stretched until then.
struct WindowData {
  protocol::TraceReply trace;
  protocol::SpectrogramReply spectrogram;
  protocol::TraceReply emg;
};

/// What the host must do for the workspace.
struct ChooseFiles {};
struct SaveFile {
  std::string name, media_type;
  std::vector<std::uint8_t> bytes;
  bool share = false;
};
struct StoreSetting {
  std::string key, value;
};
using Effect = std::variant<ChooseFiles, SaveFile, StoreSetting>;

/// What the person has open. Changes only through command(), receive(), file_chosen() and
/// the pointer-driven viewport calls; every change raises revision().
class Workspace {
 public:
  /// Events on one page of the list; a week may hold tens of thousands.
  static constexpr std::size_t kListPage = 100;
  /// How long a message with undo stays up.
  static constexpr double kToast_s = 6.0;

  explicit Workspace(std::string program_version);

  // ---- in
  /// Text commands, the same from canvas and mirror (the table in commands.cpp). Unknown or
  /// impossible ones change nothing and set the status line.
  void command(std::string_view text);
  void receive(protocol::Reply reply);
  void receive(const protocol::recorder::News& news);
  void file_chosen(std::uint32_t source, std::string name, std::int64_t size);
  /// At start, with what StoreSetting stored; empty or unreadable values leave the default.
  void restore_setting(std::string_view key, std::string_view value);
  /// How many columns and rows the timeline can draw; asks the engine anew when it changes.
  void set_window_pixels(std::uint32_t columns, std::uint32_t spectrogram_rows);
  /// Moves the visible stretch of the current entry (drag, pinch, wheel).
  void show(TimeSpan span);
  void set_now(double monotonic_s);  ///< ages the toast, moves a recording on
  /// The wall clock now, for the names and times of what is recorded.
  void set_wall(double unix_ms, int offset_min);

  // ---- out, taken once
  std::vector<protocol::Request> take_requests();
  std::vector<Effect> take_effects();
  std::vector<protocol::recorder::Order> take_orders();  ///< for the recorder; to be given inside the tap

  // ---- read
  std::uint64_t revision() const { return revision_; }
  Screen screen() const { return screen_; }
  Theme theme() const { return theme_; }
  const std::deque<Entry>& entries() const { return entries_; }  ///< newest first
  const RecordFlow& record() const { return record_; }
  bool recorded_elsewhere() const { return recorded_elsewhere_; }  ///< another tab records now
  /// Seconds until something on screen changes by itself; nullopt when nothing does.
  std::optional<double> next_change_s() const;
  /// The entry shown in Review in whatever state it is, else null.
  const Entry* current() const;
  /// The recording that Patterns and Report are about: the current one, else the newest that is open; null without.
  const Entry* reported() const;
  const WindowData& window() const { return window_; }
  protocol::TraceMode trace_mode() const { return trace_mode_; }
  EventFilter filter() const { return filter_; }
  EventOrder order() const { return order_; }
  const DetectorSettings& settings() const { return settings_; }
  const std::string& status() const { return status_; }  ///< newest message, one sentence
  bool toast_visible() const;                            ///< a message with undo, up for 6 s
  bool can_undo() const;
  bool can_redo() const;
  bool busy() const;  ///< something runs in the engine
  /// Indices into current()->data.analysis.events that pass the filter, in the order chosen.
  std::vector<std::size_t> listed_events() const;
  std::size_t list_page() const { return list_page_; }  ///< 0-based page of listed_events() in the list
  std::size_t look_page() const { return look_page_; }  ///< 0-based page of Entry::looked_list()
  std::size_t muscle_page() const { return muscle_page_; }  ///< 0-based page of Entry::muscle in the list
  const std::string& program_version() const { return program_version_; }
  /// Every key that StoreSetting may carry, for loading at start.
  static std::vector<std::string> stored_keys();

  /// The current screen for canvas and mirror; rebuilt when revision() changed.
  const ScreenModel& screen_model() const;

 private:
  using Arguments = std::span<const std::string_view>;
  struct Change {
    double onset_s;
    Decision before, after;
  };
  struct SleepChange {
    std::vector<SleepMark> before, after;
  };
  /// Of events, or of marks of sleep.
  struct Undo {
    protocol::RecordingId recording;
    std::vector<Change> changes;
    std::optional<SleepChange> sleep = std::nullopt;
  };
  /// An entry that was closed and can still be brought back.
  struct Closed {
    Entry entry;
    std::size_t place;
    bool was_current;
    Screen screen;
    double until_s;
  };
  /// The pixels one request asks for, or asked for.
  struct Window {
    protocol::RecordingId recording = 0;
    protocol::TraceMode mode = protocol::TraceMode::Movement;
    TimeSpan span;
    std::uint32_t columns = 0, rows = 0;
    friend bool operator==(const Window&, const Window&) = default;
  };
  /// One request at a time: the newest window is asked for when the one before is answered.
  struct Flight {
    std::optional<protocol::RequestId> request;
    std::optional<Window> asked;
  };

  /// A recording that is out of the store's list until the time for second thoughts is over.
  struct Deleted {
    Entry entry;
    std::size_t place;
    double until_s;
  };

  // store_commands.cpp: recordings made here
  void record(std::string_view words);
  void after_record();
  void keep_recording(std::string_view id);
  void delete_recording(std::string_view id);
  void copy_recording(std::string_view id);
  void ask_for_file(Entry& entry);
  void on(const protocol::recorder::Stored& news);
  void on(const protocol::recorder::StoredFile& news);
  void saved(const protocol::recorder::Saved& saved);
  Entry& stored_entry(std::string_view id, double begun_unix_ms);
  void back_to_kept(Entry& entry);
  void forget_deleted();
  void restore_deleted();
  void write_card(Entry& entry);
  Entry* find_stored(std::string_view id);

  // look_commands.cpp: what was not counted
  void list_reason(std::string_view name);
  void look_at(std::string_view number);
  void step_look(int by);
  void turn_look_page(int by);
  void look_away();
  void go_to_look(Entry& entry, LookedAt look);

  // sleep_commands.cpp: times of sleep that the person marks
  Entry* ready_for_sleep();
  void show_sleep_times(bool open);
  void mark_sleep(std::string_view name);
  void unmark_sleep(std::string_view number);
  void change_sleep(Entry& entry, std::vector<SleepMark> marks, std::string said);
  void step_sleep(Entry& entry, const SleepChange& change, bool backwards);

  // commands.cpp: the table of verbs; opening, showing, handing over
  void carry_out(std::string_view line);
  void go(std::string_view name);
  void open_example();
  void open_recording(std::string_view id);
  void close_recording(std::string_view id);
  void stop_reading(std::string_view id);
  void use_partial(std::string_view id);
  void retry(std::string_view id);
  void answer(std::string_view option, std::string_view value);
  void zoom(double factor);
  void pan(double part);
  void set_trace(protocol::TraceMode mode);
  void export_file(std::string_view kind, bool share);
  void set_worn(std::string_view place);
  void dismiss();

  // event_commands.cpp: choosing, deciding, the list
  void select_event(std::string_view number);
  void show_event(std::string_view number);
  void step_selection(int by);
  void decide(std::string_view number, Decision decision);
  void confirm_shown();
  void turn_list_page(int by);
  void undo();
  void redo();
  void set_order(std::string_view name);
  void set_filter(std::string_view name);

  // emg_commands.cpp: what EMG showed
  void select_burst(std::string_view number);
  void step_burst(int by);
  void turn_burst_page(int by);
  void go_to_muscle(Entry& entry, std::size_t item);

  // setting_commands.cpp
  void set_theme(std::string_view name);
  void set_sensitivity(std::string_view name);
  void set_gate(std::string_view name);
  void set_value(std::string_view key, std::string_view value);
  void reset_value(std::string_view key);

  // workspace.cpp
  void on(const protocol::Progress& reply);
  void on(protocol::Opened&& reply);
  void on(protocol::Failed&& reply);
  void on(protocol::TraceReply&& reply);
  void on(protocol::SpectrogramReply&& reply);
  void on(protocol::ExportReply&& reply);
  void fill_entry(Entry& entry, protocol::Opened&& reply);
  void count(Entry& entry);
  void say(std::string sentence, bool with_undo = false);
  void changed() { ++revision_; }
  void list_changed() { ++list_revision_; }
  void follow_screen();
  void select(Entry& entry, std::size_t event);
  void turn_to_selected(const Entry& entry);
  void select_next_to_review(Entry& entry, std::size_t after);
  std::optional<std::size_t> apply(Entry& entry, const Change& change, Decision decision);
  void step_history(std::vector<Undo>& from, std::vector<Undo>& to, bool backwards);
  std::vector<std::size_t> ordered(const Entry& entry, EventFilter filter) const;
  void ask_for_window();
  void ask_for_traces(const Entry& entry, protocol::TraceMode mode, Flight& flight);
  std::array<Flight*, 3> flights() { return {&trace_flight_, &spectrogram_flight_, &emg_flight_}; }

  // entries.cpp
  Entry* find(protocol::RecordingId id);
  Entry* find(std::string_view id);  ///< says so where there is none
  Entry* ready();                    ///< the current entry if Ready; says so where not
  Entry& add_entry(std::string title);
  void make_current(protocol::RecordingId id);
  void remove_entry(protocol::RecordingId id);
  void send_open(Entry& entry);
  void analyse_again(Entry& entry);
  void settings_changed(std::string sentence);
  void measure_oddness(Entry& entry) const;
  void forget_closed();
  void forget_removed();  ///< closed or deleted: what cannot be brought back any more
  void restore_closed();
  void drop_requests_of(protocol::RecordingId id);

  std::string program_version_;
  std::uint64_t revision_ = 1;
  Screen screen_ = Screen::Library;
  Theme theme_ = Theme::System;
  std::deque<Entry> entries_;
  protocol::RecordingId current_ = 0;
  WindowData window_;
  protocol::TraceMode trace_mode_ = protocol::TraceMode::Movement;
  EventFilter filter_ = EventFilter::All;
  EventOrder order_ = EventOrder::Time;
  std::size_t list_page_ = 0;
  std::size_t muscle_page_ = 0;
  std::size_t look_page_ = 0;
  DetectorSettings settings_;
  std::string status_;
  double now_s_ = 0.0;
  double toast_until_s_ = -1.0;
  std::vector<Undo> undo_, redo_;
  std::optional<Closed> closed_;
  std::optional<Deleted> deleted_;
  RecordFlow record_;
  bool recorded_elsewhere_ = false;
  Screen followed_ = Screen::Library;  ///< the sensor is held only while Record is shown, or records
  bool undo_is_mark_ = false;  ///< the sentence on screen is of a mark: undo takes that back
  std::vector<protocol::recorder::Order> orders_;
  std::vector<protocol::Request> requests_;
  std::vector<Effect> effects_;
  protocol::RecordingId next_recording_ = 1;
  protocol::RequestId next_request_ = 1;
  std::uint32_t columns_ = 0, spectrogram_rows_ = 0;
  Flight trace_flight_, spectrogram_flight_, emg_flight_;
  struct Export {
    protocol::RecordingId recording;
    bool share;
  };
  std::map<protocol::RequestId, Export> exports_;

  // What is rebuilt only when it changed.
  std::uint64_t list_revision_ = 1;
  mutable std::uint64_t listed_revision_ = 0;
  mutable std::vector<std::size_t> listed_;
  mutable std::uint64_t model_revision_ = 0;
  mutable ScreenModel model_;
};

}  // namespace klono::workspace

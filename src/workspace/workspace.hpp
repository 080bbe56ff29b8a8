#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "patterns/summary.hpp"
#include "protocol/messages.hpp"
#include "view/viewport.hpp"
#include "workspace/screen_model.hpp"

namespace klono::workspace {

enum class Screen : std::uint8_t { Library, Record, Review, Patterns, History, Report, Settings, Help };
enum class EntryState : std::uint8_t { Reading, Asking, Refused, Ready };
enum class Theme : std::uint8_t { System, Light, Dark };
enum class EventFilter : std::uint8_t { ToReview, Confirmed, Rejected, All };
enum class EventOrder : std::uint8_t { Time, Size, Likeness };

/// One recording in the library.
struct Entry {
  protocol::RecordingId id = 0;
  std::string title;        ///< file name, or "Example recording"
  bool example = false;
  EntryState state = EntryState::Reading;
  std::uint32_t source = 0;  ///< host's file handle
  std::string reading;      ///< a person's choices as "key=value" lines
  protocol::Progress progress;
  protocol::Failed failure;  ///< when Refused or Asking
  protocol::Opened data;     ///< when Ready
  std::vector<Decision> decisions;  ///< parallel to data.analysis.events
  patterns::Summary summary;
  view::Viewport viewport;
  std::optional<std::size_t> selected;  ///< index into data.analysis.events
};

/// The newest pixels' data for the visible window; older than the viewport while a request is
/// under way, and drawn stretched until then.
struct WindowData {
  protocol::TraceReply trace;
  protocol::SpectrogramReply spectrogram;
};

/// What the host must do for the workspace.
struct ChooseFiles {};
struct SaveFile { std::string name, media_type; std::vector<std::uint8_t> bytes; bool share = false; };
struct StoreSetting { std::string key, value; };
using Effect = std::variant<ChooseFiles, SaveFile, StoreSetting>;

/// What the person has open. Changes only through command(), receive(), file_chosen() and
/// the pointer-driven viewport calls; every change raises revision().
class Workspace {
 public:
  explicit Workspace(std::string program_version);

  // ---- in
  /// Text commands, the same from canvas and mirror (ARCHITECTURE.md, "Commands"). Unknown or
  /// impossible ones change nothing and set the status line.
  void command(std::string_view text);
  void receive(const protocol::Reply& reply);
  void file_chosen(std::uint32_t source, std::string name, std::int64_t size);
  void restore_setting(std::string_view key, std::string_view value);  ///< at start
  /// How many columns and rows the timeline can draw; asks the engine anew when it changes.
  void set_window_pixels(std::uint32_t columns, std::uint32_t spectrogram_rows);
  /// Moves the visible stretch of the current entry (drag, pinch, wheel).
  void show(TimeSpan span);
  void set_now(double monotonic_s);  ///< ages the toast

  // ---- out, taken once
  std::vector<protocol::Request> take_requests();
  std::vector<Effect> take_effects();

  // ---- read
  std::uint64_t revision() const { return revision_; }
  Screen screen() const { return screen_; }
  Theme theme() const { return theme_; }
  const std::deque<Entry>& entries() const { return entries_; }  ///< newest first
  const Entry* current() const;      ///< the entry shown in Review, else null
  const WindowData& window() const { return window_; }
  protocol::TraceMode trace_mode() const { return trace_mode_; }
  EventFilter filter() const { return filter_; }
  EventOrder order() const { return order_; }
  const DetectorSettings& settings() const { return settings_; }
  const std::string& status() const { return status_; }  ///< newest message, one sentence
  bool toast_visible() const;       ///< a message with undo, up for 6 s
  bool can_undo() const;
  bool can_redo() const;
  bool busy() const;                ///< something runs in the engine
  /// Indices into current()->data.analysis.events that pass the filter, in the order chosen.
  std::vector<std::size_t> listed_events() const;
  const std::string& program_version() const { return program_version_; }

  /// The current screen for canvas and mirror; rebuilt when revision() changed.
  const ScreenModel& screen_model() const;

 private:
  struct Undo { protocol::RecordingId recording; std::size_t event; Decision before, after; };

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
  DetectorSettings settings_;
  std::string status_;
  double now_s_ = 0.0;
  double toast_until_s_ = -1.0;
  std::vector<Undo> undo_, redo_;
  std::vector<protocol::Request> requests_;
  std::vector<Effect> effects_;
  // further private state as the implementation needs
};

}  // namespace klono::workspace

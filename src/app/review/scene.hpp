#pragma once
/// What every part of Review is given for one frame, and the one time axis they share.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "app/ui/widgets.hpp"
#include "workspace/workspace.hpp"

namespace klono::app::review {

struct Scene {
  ui::Ui& ui;
  workspace::Workspace& workspace;
  const workspace::Entry& entry;
  std::vector<std::string>& commands;
  bool compact = false;  ///< phone sizes

  const protocol::RecordingInfo& info() const { return entry.data.info; }
  const Analysis& analysis() const { return entry.data.analysis; }
  const Event& event(std::size_t index) const { return entry.data.analysis.events[index]; }
  Decision decision(std::size_t index) const { return entry.decisions[index]; }

  void emit(std::string command) const { commands.push_back(std::move(command)); }
  /// "confirm-event 12" of the event with index 11.
  void emit(std::string_view verb, std::size_t index) const {
    commands.push_back(std::string(verb) + " " + std::to_string(index + 1));
  }
};

/// Time to horizontal position.
struct TimeScale {
  TimeSpan span;
  float left = 0.0F;
  float width = 1.0F;

  float right() const { return left + width; }
  double seconds_a_pixel() const { return span.length_s() / static_cast<double>(width); }
  float x(double t_s) const { return left + static_cast<float>((t_s - span.begin_s) / seconds_a_pixel()); }
  double t(float at) const { return span.begin_s + static_cast<double>(at - left) * seconds_a_pixel(); }
};

/// How the mark of an event is drawn.
inline ui::Painter::Mark mark_of(Decision decision) {
  switch (decision) {
    case Decision::Confirmed: return ui::Painter::Mark::Confirmed;
    case Decision::Rejected: return ui::Painter::Mark::Rejected;
    case Decision::None: break;
  }
  return ui::Painter::Mark::Open;
}

/// Indices [first, last) of the events whose onset lies in `span`, widened by `slack_s` on both sides.
std::pair<std::size_t, std::size_t> events_in(const std::vector<Event>& events, const TimeSpan& span, double slack_s);

}  // namespace klono::app::review

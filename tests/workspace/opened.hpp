#pragma once
/// A recording as the engine would send it, and a workspace that has it open.

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <variant>
#include <vector>

#include "workspace/screen_model.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {

inline Event event_at_onset(double onset_s, double peak_g = 0.2) {
  Event event;
  event.onset_s = onset_s;
  event.peak_s = onset_s + 0.05;
  event.end_s = onset_s + 0.2;
  event.duration_s = 0.2;
  event.peak_g = peak_g;
  event.rise_s = 0.05;
  event.dominant_hz = 6.0;
  event.direction = {0.6, 0.0, -0.8};
  event.floor_g = 0.004;
  event.above_floor = peak_g / 0.004;
  event.quiet_before_s = 3.0;
  event.quiet_after_s = 4.0;
  event.confidence = 0.9;
  return event;
}

/// A jerk's movement around its onset: a damped swing of `hz`.
inline protocol::Waveform swing(double onset_s, double hz, double peak_g) {
  protocol::Waveform waveform{.begin_s = onset_s - 0.5, .rate_hz = 100.0, .axes = {}};
  for (int i = 0; i < 200; ++i) {
    const double t_s = i / 100.0 - 0.5;
    const double value = t_s < 0.0 ? 0.0 : peak_g * std::exp(-6.0 * t_s) * std::sin(2.0 * 3.14159265 * hz * t_s);
    waveform.axes[0].push_back(static_cast<float>(value));
    waveform.axes[1].push_back(0.0F);
    waveform.axes[2].push_back(0.0F);
  }
  return waveform;
}

inline protocol::Opened opened(protocol::RecordingId id, const std::vector<double>& onsets, double duration_s = 600.0) {
  protocol::Opened reply;
  reply.recording = id;
  reply.info.name = "night.csv";
  reply.info.format = "text table";
  reply.info.duration_s = duration_s;
  reply.info.rate_hz = 100.0;
  reply.info.num_samples = static_cast<std::int64_t>(duration_s * 100.0);
  reply.info.segments = {{0, reply.info.num_samples, 0.0, 100.0}};
  reply.analysis.recorded_s = duration_s;
  reply.analysis.analysable_s = 0.9 * duration_s;
  reply.analysis.smallest_visible_g = 0.03;
  reply.analysis.masks = {{{0.0, 0.1 * duration_s}, Reason::Walking}};
  for (const double onset_s : onsets) {
    reply.analysis.events.push_back(event_at_onset(onset_s));
    reply.waveforms.push_back(swing(onset_s, 5.0, 0.2));
  }
  return reply;
}

/// All requests of one kind that were taken.
template <class T>
std::vector<T> only(const std::vector<protocol::Request>& requests) {
  std::vector<T> found;
  for (const protocol::Request& request : requests)
    if (const T* match = std::get_if<T>(&request)) found.push_back(*match);
  return found;
}

/// The example, open with events at these onsets; requests taken.
inline Workspace with_example(const std::vector<double>& onsets = {100.0, 200.0, 300.0, 400.0}) {
  Workspace workspace("1.0");
  workspace.command("open-example");
  workspace.receive(opened(1, onsets));
  (void)workspace.take_requests();
  return workspace;
}

/// The section of the screen that is shown with this heading; null without one.
inline const Section* section_with(const Workspace& workspace, const std::string& heading) {
  const auto& sections = workspace.screen_model().sections;
  const auto found = std::ranges::find(sections, heading, &Section::heading);
  return found == sections.end() ? nullptr : &*found;
}

}  // namespace klono::workspace

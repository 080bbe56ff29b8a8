#pragma once
/// Module view: headless drawing data and plain words. Allowed dependencies: patterns, detection, signal, dsp, base. No GL, no ImGui.

#include <string>
#include <vector>

#include "base/interval.hpp"
#include "detection/event.hpp"
#include "signal/recording.hpp"

namespace klono::view {

/// The visible stretch of a recording. All operations keep it inside [0, duration] and at least
/// `kShortest_s` long.
class Viewport {
 public:
  static constexpr double kShortest_s = 0.25;

  Viewport() = default;
  explicit Viewport(double duration_s) : duration_s_(duration_s), span_{0.0, duration_s} {}

  const TimeSpan& span() const { return span_; }
  double duration_s() const { return duration_s_; }

  void show(TimeSpan span);
  void show_all();
  void pan(double by_s);
  /// factor < 1 zooms in; `anchor_s` keeps its place on the screen.
  void zoom(double factor, double anchor_s);
  void centre_on(double t_s);

  double to_pixel(double t_s, double left, double width) const;
  double to_time(double pixel, double left, double width) const;

 private:
  double duration_s_ = 0.0;
  TimeSpan span_;
};

/// What is shown of one event, in seconds from its onset: 0.3 s before to 1.1 s after it, more for a long one, up to
/// 12 s (chosen).
TimeSpan event_window(const Event& event);

/// One mark of a time ruler.
struct Tick {
  double t_s = 0.0;
  bool major = false;
  std::string label;  ///< empty for minor ones
};

/// Ticks at round steps (1-2-5, 15/30 s, minutes, hours, clock-aligned where the start is known), labelled in wall time when
/// known, else from the start; at most one label per `label_px`.
std::vector<Tick> time_ticks(const TimeSpan& span, double width_px, double label_px, const WallClock& start);

/// Round upper limit for an amplitude axis: 1-2-5 steps of g.
double nice_ceiling(double value);

}  // namespace klono::view

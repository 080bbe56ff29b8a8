#pragma once
/// Marks, x, y, z, spectrogram and clock on one time axis; pans, zooms and selects.

#include <array>
#include <optional>
#include <string>

#include "app/review/gl_layer.hpp"
#include "app/review/scene.hpp"
#include "app/review/view_motion.hpp"

namespace klono::app::review {

/// Where the lanes are. Made anew each frame from the room there is.
struct TimelineLayout {
  ui::Rect all;  ///< with the gutter
  ui::Rect marks;
  std::array<ui::Rect, 3> lanes;
  ui::Rect spectrogram;  ///< empty where there is no room
  ui::Rect clock;

  float lanes_top() const { return lanes.front().y; }
  float lanes_bottom() const { return lanes.back().bottom(); }
};

/// Fills `area` from top to foot; `lane_limit` keeps a large window from stretching the lanes.
TimelineLayout lay_out(const ui::Rect& area, bool compact, float lane_limit);

class Timeline {
 public:
  /// Gestures of this frame; before the view is drawn, so that a finger is never a frame ahead.
  void handle(const Scene& scene, const TimelineLayout& layout, ViewMotion& motion);
  void draw(const Scene& scene, const TimelineLayout& layout, const TimeSpan& shown, GlLayer& layer);

  /// The candidate that was looked at and not counted, where the person asked for it.
  std::optional<std::size_t> not_counted() const { return not_counted_; }
  void forget_not_counted() { not_counted_.reset(); }

 private:
  /// A sentence about a stretch that was tapped.
  struct Note {
    std::string text;
    double at_s = 0.0;
    double until_s = 0.0;
  };

  void pan_and_zoom(const Scene& scene, const TimeScale& scale, ViewMotion& motion);
  void glide(const Scene& scene, const TimeScale& scale, ViewMotion& motion);
  void tapped(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale, const ui::Tap& tap);
  bool note_about(const Scene& scene, double t_s);
  void draw_note(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale);

  protocol::RecordingId recording_ = 0;
  std::optional<std::size_t> not_counted_;
  Note note_;
  float speed_ = 0.0F;  ///< of the glide after a flick, CSS pixels a second
  double glided_s_ = 0.0;
};

}  // namespace klono::app::review

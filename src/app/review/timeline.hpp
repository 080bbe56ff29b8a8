#pragma once
/// Marks, x, y, z, EMG channels, spectrogram and clock on one time axis; pans, zooms and selects.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/review/gl_layer.hpp"
#include "app/review/scene.hpp"
#include "app/review/view_motion.hpp"

namespace klono::app::review {

/// Where the lanes are. Made anew each frame from the room there is.
struct TimelineLayout {
  ui::Rect all;  ///< with the gutter
  ui::Rect marks;
  std::vector<ui::Rect> lanes;   ///< x, y, z; none of EMG alone
  std::vector<ui::Rect> muscle;  ///< EMG channels from `first_muscle` on
  std::size_t first_muscle = 0;
  ui::Rect turn;         ///< where the other EMG channels are asked for; empty where all are shown
  ui::Rect spectrogram;  ///< empty where there is no room
  ui::Rect clock;

  /// Of the movement.
  float lanes_top() const { return lanes.empty() ? marks.bottom() : lanes.front().y; }
  float lanes_bottom() const { return lanes.empty() ? marks.bottom() : lanes.back().bottom(); }
  /// Of all.
  float bottom() const { return muscle.empty() ? lanes_bottom() : muscle.back().bottom(); }
};

/// What is to be laid out.
struct TimelineLanes {
  bool movement = true;
  std::size_t muscle = 0;        ///< EMG channels
  std::size_t first_muscle = 0;  ///< wished for
  float limit = 150.0F;          ///< keeps a large window from stretching the lanes
};

/// Fills `area` from top to foot. Where the room is short, first the spectrogram goes, then some EMG channels.
TimelineLayout lay_out(const ui::Rect& area, bool compact, const TimelineLanes& wanted);

/// Band of an event through the lanes; at least six wide, so that it can be seen and hit.
ui::Rect band_of(const TimeScale& scale, const Event& event, const TimelineLayout& layout);

/// How far outside the view an event may begin and still reach into it.
double slack_s(const TimeScale& scale);

class Timeline {
 public:
  /// Gestures of this frame; before the view is drawn, so that a finger is never a frame ahead.
  void handle(const Scene& scene, const TimelineLayout& layout, ViewMotion& motion);
  void draw(const Scene& scene, const TimelineLayout& layout, const TimeSpan& shown, GlLayer& layer);

  /// The EMG channel that the person turned to.
  std::size_t first_muscle() const { return first_muscle_; }
  void show_muscle(std::size_t channel) { first_muscle_ = channel; }

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
  bool tapped_muscle(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale, const ui::Tap& tap);
  bool note_about(const Scene& scene, double t_s);
  bool note_about_muscle(const Scene& scene, std::size_t channel, double t_s);
  void draw_note(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale);

  protocol::RecordingId recording_ = 0;
  Note note_;
  float speed_ = 0.0F;  ///< of the glide after a flick, CSS pixels a second
  double glided_s_ = 0.0;
  std::size_t first_muscle_ = 0;
};

}  // namespace klono::app::review

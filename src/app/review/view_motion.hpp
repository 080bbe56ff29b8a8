#pragma once
/// The stretch of time on the screen. Fingers move it at once; a step to another event slides, so that the direction is
/// seen.

#include "app/review/scene.hpp"

namespace klono::app::review {

class ViewMotion {
 public:
  /// Moves the workspace's view and the picture together.
  void show(const Scene& scene, const TimeSpan& span);

  /// Once a frame, after the gestures: the stretch to draw.
  const TimeSpan& update(const Scene& scene);
  const TimeSpan& shown() const { return shown_; }

 private:
  protocol::RecordingId recording_ = 0;
  TimeSpan from_, target_, shown_;
  double started_s_ = -1.0;  ///< negative: at rest
  bool direct_ = false;
};

}  // namespace klono::app::review

#pragma once
/// The whole recording over the detail, with a window to drag.

#include "app/review/scene.hpp"
#include "app/review/view_motion.hpp"

namespace klono::app::review {

class Overview {
 public:
  /// `rect` holds marks (12 high) and silhouette; `axis` adds 20 of clock below it.
  void handle(const Scene& scene, const ui::Rect& rect, ViewMotion& motion);
  void draw(const Scene& scene, const ui::Rect& rect, const TimeSpan& shown, bool axis);

 private:
  enum class Grip : std::uint8_t { None, Window, Begin, End };
  Grip grip_at(const ui::Rect& window, float x) const;

  Grip grip_ = Grip::None;
  double held_s_ = 0.0;  ///< from the window's begin to where the finger took it
};

}  // namespace klono::app::review

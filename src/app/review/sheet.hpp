#pragma once
/// The inspector's sheet on a narrow window: handle only, half, or drawn on to the film strip.

#include "app/review/scene.hpp"

namespace klono::app::review {

class Sheet {
 public:
  /// Height above the window's foot, moved by finger and motion. `half` with the safe inset.
  float update(const Scene& scene, const ui::Rect& area, float half);
  /// Ground and handle; returns the content.
  ui::Rect draw(const Scene& scene, const ui::Rect& area, float height) const;

  /// Once, when the sheet was drawn far above its half height.
  bool take_film_wish();
  void open() { open_ = true; }

  static constexpr float kHandle = 20.0F;
  static constexpr float kClosed = 76.0F;  ///< handle and the event's time stay, without the inset

 private:
  bool open_ = true;
  bool film_wish_ = false;
  float held_ = 0.0F;  ///< height when the drag began
};

}  // namespace klono::app::review

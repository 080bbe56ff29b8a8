#pragma once
/// The inspector about EMG: the chosen burst in figures, or the channels in words; and the list of all.

#include "app/review/panel_parts.hpp"
#include "app/review/scene.hpp"

namespace klono::app::review {

class MusclePanel {
 public:
  void draw(const Scene& scene, const ui::Rect& rect);

 private:
  float figures(const Scene& scene, const ui::Rect& rect);
  void list(const Scene& scene, const ui::Rect& rect);

  PanelList list_;
};

}  // namespace klono::app::review

#pragma once
/// The inspector about a movement that was looked at and not counted: why, its figures, and the list it stands in.

#include "app/review/panel_parts.hpp"
#include "app/review/scene.hpp"

namespace klono::app::review {

class LooksPanel {
 public:
  /// Only where Entry::looked_at is set. True where the person leaves it.
  bool draw(const Scene& scene, const ui::Rect& rect);

 private:
  void list(const Scene& scene, const ui::Rect& rect);

  PanelList list_;
};

}  // namespace klono::app::review

#pragma once
/// A whole recording as one small picture: silhouette, events, what could not be analysed, gaps.

#include "app/ui/widgets.hpp"
#include "workspace/workspace.hpp"

namespace klono::app::screens {

struct StripLook {
  float marks = 8.0F;    ///< height of the event marks above; 0 = none
  bool axis = false;     ///< clock under the strip, 20 high, outside the rect
  bool hatched = true;   ///< hatch where it is wide enough, else plain fill
  bool own = false;      ///< the person's own marks, 12 high, below the silhouette
};

/// Draws an analysed recording into `rect` (marks included).
void recording_strip(ui::Ui& ui, const ui::Rect& rect, const workspace::Entry& entry, const StripLook& look = {});

/// A recording that is being read: filled from the left, the line of now in accent. `share` 0..1.
void reading_strip(ui::Ui& ui, const ui::Rect& rect, double share);

}  // namespace klono::app::screens

#pragma once
/// One figure for each part of the guided test, seen from the side.

#include "app/screens/record/figure.hpp"
#include "signal/recording.hpp"

namespace klono::app::screens {

/// Into a box of 190 x 180 or of that shape.
void paint_task(ui::Painter& painter, const ui::Rect& box, Task task);

}  // namespace klono::app::screens

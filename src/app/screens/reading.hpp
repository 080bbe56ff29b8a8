#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

/// The current entry while it is read: real bytes, stop at any time, use what is read.
void draw_reading(const Context& context, const ui::Rect& rect, const workspace::Entry& entry);

}  // namespace klono::app::screens

#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

/// What it is, why that does not serve, what to do.
void draw_refused(const Context& context, const ui::Rect& rect, const workspace::Entry& entry);

}  // namespace klono::app::screens

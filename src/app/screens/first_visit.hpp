#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

/// The Library before anything is in it: one living line, three facts, three ways in.
void draw_first_visit(const Context& context, const ui::Rect& rect);

}  // namespace klono::app::screens

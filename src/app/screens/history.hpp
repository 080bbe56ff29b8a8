#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

void draw_history(const Context& context, const ui::Rect& rect);

}  // namespace klono::app::screens

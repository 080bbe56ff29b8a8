#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

void draw_record(const Context& context, const ui::Rect& rect);

}  // namespace klono::app::screens

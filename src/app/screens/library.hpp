#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

void draw_library(const Context& context, const ui::Rect& rect);

/// What can be done with one recording, as a sheet over everything; nothing while it is closed.
void draw_library_menu(const Context& context);

}  // namespace klono::app::screens

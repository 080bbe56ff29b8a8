#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

void draw_report(const Context& context, const ui::Rect& rect);
/// What lies over the page: the places to choose from.
void draw_report_sheet(const Context& context);

}  // namespace klono::app::screens

#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

/// A choice only the person can make about a file.
void draw_question(const Context& context, const ui::Rect& rect, const workspace::Entry& entry);

}  // namespace klono::app::screens

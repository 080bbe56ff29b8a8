#pragma once
/// The pages of recording, one for each step of workspace::RecordFlow, and the two it can turn into.

#include "app/screens/context.hpp"

namespace klono::app::screens {

void draw_place(const Context& context, ui::Rect rect);
void draw_activity(const Context& context, ui::Rect rect);
void draw_check(const Context& context, ui::Rect rect);
void draw_running(const Context& context, ui::Rect rect);
void draw_night(const Context& context);
void draw_guided(const Context& context, ui::Rect rect);
void draw_saved(const Context& context, ui::Rect rect);

/// This machine cannot feel movement: what does.
void draw_no_sensor(const Context& context, ui::Rect rect);

}  // namespace klono::app::screens

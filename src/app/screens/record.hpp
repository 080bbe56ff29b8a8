#pragma once

#include "app/screens/context.hpp"

namespace klono::app::screens {

void draw_record(const Context& context, const ui::Rect& rect);

/// The dark screen takes the whole window, whatever screen is open: no rail, no tabs, no messages.
bool record_covers(const workspace::Workspace& workspace);

/// The pages of recording have their own foot and way back; only the page of a machine without a sensor has tabs.
bool record_stands_alone(const workspace::Workspace& workspace);

/// On other screens while a recording runs: one slim line that leads back. Returns the rest of `rect`.
ui::Rect draw_recording_bar(const Context& context, ui::Rect rect);

}  // namespace klono::app::screens

#pragma once
/// Pictures on the cards of the Patterns screen. Each tells its height, and draws unless it is only to be measured; 0 where
/// there is nothing to draw.

#include "app/screens/context.hpp"

namespace klono::app::screens {

/// The whole recording: events an hour as bars, or as a strip where it is short; estimated rest as a shade, onsets of sleep
/// and the person's own marks as lines.
float night_chart(const Context& context, const ui::Rect& rect, const workspace::Entry& entry, bool measure);

/// Limb movements as ticks, and under them a lane a rule with a bar for each run.
float limb_chart(const Context& context, const ui::Rect& rect, const workspace::Entry& entry, bool measure);

}  // namespace klono::app::screens

#pragma once
/// The inspector while the person marks when they lay down, fell asleep and woke up.

#include "app/review/scene.hpp"

namespace klono::app::review {

/// Only where Entry::marking_sleep is set. True where the person leaves it.
bool draw_sleep_panel(const Scene& scene, const ui::Rect& rect);

}  // namespace klono::app::review

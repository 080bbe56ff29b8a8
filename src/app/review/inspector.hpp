#pragma once
/// The selected event in figures and words, with its two answers; or what was found.

#include <span>

#include "app/review/phrases.hpp"
#include "app/review/scene.hpp"

namespace klono::app::review {

/// The summary where it is wanted, or no event is selected.
void draw_inspector(const Scene& scene, const ui::Rect& rect, bool summary);

/// Names at the left, values at the right, a line each; returns where they end.
float figure_rows(const Scene& scene, const ui::Rect& rect, std::span<const Figure> figures);

/// Height of the inspector's head with time and arrows.
inline constexpr float kInspectorHead = 48.0F;

}  // namespace klono::app::review

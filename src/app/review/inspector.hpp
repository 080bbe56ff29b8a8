#pragma once
/// The selected event in figures and words, with its two answers; or what was found, or why a movement was not counted.

#include <optional>

#include "app/review/scene.hpp"

namespace klono::app::review {

/// What the inspector is about. `not_counted` wins over the selected event.
struct Subject {
  std::optional<std::size_t> not_counted;
  bool summary = false;
};

/// `*done` becomes true where the person leaves a not-counted movement.
void draw_inspector(const Scene& scene, const ui::Rect& rect, const Subject& subject, bool* done);

/// Height of the inspector's head with time and arrows.
inline constexpr float kInspectorHead = 48.0F;

}  // namespace klono::app::review

#pragma once
/// The inspector about a movement that was looked at and not counted: why, its figures, and the list it stands in.

#include <cstddef>
#include <optional>

#include "app/review/scene.hpp"

namespace klono::app::review {

class LooksPanel {
 public:
  /// Only where Entry::looked_at is set. True where the person leaves it.
  bool draw(const Scene& scene, const ui::Rect& rect);

 private:
  void list(const Scene& scene, const ui::Rect& rect);

  std::optional<std::size_t> followed_;  ///< the movement that the list was scrolled to
};

}  // namespace klono::app::review

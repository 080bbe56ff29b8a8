#pragma once
/// The inspector about EMG: the chosen burst in figures, or the channels in words; and the list of all.

#include <cstddef>
#include <optional>

#include "app/review/scene.hpp"

namespace klono::app::review {

class MusclePanel {
 public:
  void draw(const Scene& scene, const ui::Rect& rect);

 private:
  float figures(const Scene& scene, const ui::Rect& rect);
  void list(const Scene& scene, const ui::Rect& rect);

  std::optional<std::size_t> followed_;  ///< the item that the list was scrolled to
};

}  // namespace klono::app::review

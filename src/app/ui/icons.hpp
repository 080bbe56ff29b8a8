#pragma once
/// The icons as strokes in a 24 x 24 grid.

#include <span>
#include <vector>

#include "app/ui/geometry.hpp"
#include "app/ui/painter.hpp"

namespace klono::app::ui {

struct Stroke {
  std::vector<Point> points;
  bool closed = false;
};

/// Flattened once, kept for the run of the program.
const std::vector<Stroke>& strokes_of(Icon icon);

}  // namespace klono::app::ui

#pragma once
/// Figures of a person, built of convex hulls of discs: drawn as one outline pass and one fill pass, they read as one
/// body. Geometry in figure units; a Frame brings it to the screen.

#include <span>
#include <vector>

#include "app/ui/painter.hpp"

namespace klono::app::screens {

struct Disc {
  float x = 0.0F, y = 0.0F, r = 0.0F;
};
/// One limb: the hull of its discs.
using Limb = std::vector<Disc>;
using Figure = std::vector<Limb>;

/// Figure units to CSS pixels.
struct Frame {
  ui::Point origin;
  float scale = 1.0F;

  ui::Point at(ui::Point p) const { return {origin.x + p.x * scale, origin.y + p.y * scale}; }
  ui::Point back(ui::Point p) const { return {(p.x - origin.x) / scale, (p.y - origin.y) / scale}; }
};

/// Convex, without repeats, clockwise as seen on the screen; every disc grown by `grow`.
std::vector<ui::Point> hull_of(std::span<const Disc> limb, float grow = 0.0F);

/// The same limb as a mirror would show it about x = `axis`.
Limb mirrored(const Limb& limb, float axis);

struct FigureInk {
  ui::Ink edge = ui::Role::Edge;
  ui::Ink fill = ui::Role::Control;
  float line = 1.2F;  ///< CSS pixels
};
void paint_figure(ui::Painter& painter, const Figure& figure, const Frame& frame, const FigureInk& ink = {});

}  // namespace klono::app::screens

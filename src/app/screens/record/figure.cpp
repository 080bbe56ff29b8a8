#include "app/screens/record/figure.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace klono::app::screens {
namespace {

using ui::Point;

constexpr int kCorners = 48;  // of a disc: round at three device pixels a CSS pixel

float turn(Point a, Point b, Point c) { return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x); }

std::vector<Point> rim_of(std::span<const Disc> limb, float grow) {
  std::vector<Point> points;
  points.reserve(limb.size() * kCorners);
  for (const Disc& disc : limb) {
    for (int i = 0; i < kCorners; ++i) {
      const float angle = 2.0F * std::numbers::pi_v<float> * static_cast<float>(i) / kCorners;
      points.push_back({disc.x + (disc.r + grow) * std::cos(angle), disc.y + (disc.r + grow) * std::sin(angle)});
    }
  }
  return points;
}

/// One side of the hull; the last point is left to the other side.
template <class Range>
std::vector<Point> half_hull(const Range& sorted) {
  std::vector<Point> half;
  for (const Point& p : sorted) {
    while (half.size() > 1 && turn(half[half.size() - 2], half.back(), p) <= 0.0F) half.pop_back();
    half.push_back(p);
  }
  if (!half.empty()) half.pop_back();
  return half;
}

}  // namespace

std::vector<Point> hull_of(std::span<const Disc> limb, float grow) {
  std::vector<Point> points = rim_of(limb, grow);
  std::ranges::sort(points, [](Point a, Point b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
  std::vector<Point> hull = half_hull(points);
  std::ranges::reverse(points);
  const std::vector<Point> other = half_hull(points);
  hull.insert(hull.end(), other.begin(), other.end());
  return hull;
}

Limb mirrored(const Limb& limb, float axis) {
  Limb other = limb;
  for (Disc& disc : other) disc.x = 2.0F * axis - disc.x;
  return other;
}

void paint_figure(ui::Painter& painter, const Figure& figure, const Frame& frame, const FigureInk& ink) {
  const auto pass = [&](float grow, ui::Ink colour) {
    for (const Limb& limb : figure) {
      std::vector<Point> hull = hull_of(limb, grow);
      for (Point& p : hull) p = frame.at(p);
      painter.polygon(hull, colour);
    }
  };
  pass(ink.line / frame.scale, ink.edge);
  pass(0.0F, ink.fill);
}

}  // namespace klono::app::screens

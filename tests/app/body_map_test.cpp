#include "app/screens/record/body_map.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace klono::app::screens {
namespace {

using history::Placement;
using history::Side;
using ui::Point;

constexpr BodyView kViews[] = {BodyView::Front, BodyView::Back};

bool seen(BodyView view, history::BodyPlace place) {
  return view == BodyView::Front ? history::on_front(place) : history::on_back(place);
}

/// Signed area; positive is clockwise on a screen, whose y points down.
float area(const std::vector<Point>& shape) {
  float sum = 0.0F;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const Point& a = shape[i];
    const Point& b = shape[(i + 1) % shape.size()];
    sum += a.x * b.y - b.x * a.y;
  }
  return sum / 2.0F;
}

bool inside(const std::vector<Point>& convex, Point p) {
  for (std::size_t i = 0; i < convex.size(); ++i) {
    const Point& a = convex[i];
    const Point& b = convex[(i + 1) % convex.size()];
    if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) < 0.0F) return false;
  }
  return true;
}

bool on_figure(Point p) {
  return std::ranges::any_of(standing_figure(), [&](const Limb& limb) { return inside(hull_of(limb), p); });
}

}  // namespace

TEST_CASE("Every place has a spot in the views it can be seen in, and in no other") {
  for (const BodyView view : kViews)
    for (const Placement& placement : history::all_placements())
      CHECK(spot_of(view, placement).has_value() == seen(view, placement.place));
}

TEST_CASE("Every place can be reached from one of the two views") {
  for (const Placement& placement : history::all_placements())
    CHECK((spot_of(BodyView::Front, placement) || spot_of(BodyView::Back, placement)));
}

TEST_CASE("Left and right are the person's own, seen from the front and from behind") {
  for (const BodyView view : kViews) {
    const bool right_at_left = right_is_at_viewers_left(view);
    CHECK(right_at_left == (view == BodyView::Front));
    for (const Spot& spot : spots_of(view)) {
      if (spot.placement.side == Side::Middle) CHECK(spot.at.x == kFigureAxis);
      if (spot.placement.side == Side::Right) CHECK((spot.at.x < kFigureAxis) == right_at_left);
      if (spot.placement.side == Side::Left) CHECK((spot.at.x > kFigureAxis) == right_at_left);
    }
  }
}

TEST_CASE("What both views show is mirrored between them") {
  for (const Spot& front : spots_of(BodyView::Front)) {
    const auto back = spot_of(BodyView::Back, front.placement);
    if (!back) continue;
    CHECK(back->y == front.at.y);
    CHECK(back->x == doctest::Approx(2.0F * kFigureAxis - front.at.x));
  }
}

TEST_CASE("A tap on a spot means that spot, a tap near it the nearest, a tap far away nothing") {
  for (const BodyView view : kViews) {
    for (const Spot& spot : spots_of(view)) {
      CHECK(place_at(view, spot.at, 24.0F) == spot.placement);
      CHECK(place_at(view, {spot.at.x + 3.0F, spot.at.y - 2.0F}, 24.0F) == spot.placement);
    }
    CHECK_FALSE(place_at(view, {-60.0F, 200.0F}, 24.0F).has_value());
    CHECK_FALSE(place_at(view, {100.0F, 470.0F}, 24.0F).has_value());
  }
  const Placement left_wrist{history::BodyPlace::Wrist, Side::Left};
  const Placement left_arm{history::BodyPlace::UpperArm, Side::Left};
  const Point wrist = *spot_of(BodyView::Front, left_wrist);
  const Point arm = *spot_of(BodyView::Front, left_arm);
  const auto between = [&](float t) { return Point{arm.x + (wrist.x - arm.x) * t, arm.y + (wrist.y - arm.y) * t}; };
  CHECK(place_at(BodyView::Front, between(0.45F), 60.0F) == left_arm);
  CHECK(place_at(BodyView::Front, between(0.55F), 60.0F) == left_wrist);
}

TEST_CASE("Spots lie on the figure, and the figure in its frame") {
  for (const BodyView view : kViews)
    for (const Spot& spot : spots_of(view)) CHECK(on_figure(spot.at));
  for (const Limb& limb : standing_figure()) {
    for (const Point& p : hull_of(limb)) {
      CHECK(p.x >= 0.0F);
      CHECK(p.x <= kFigureWidth);
      CHECK(p.y >= kFigureTop);
      CHECK(p.y <= kFigureBottom);
    }
  }
}

TEST_CASE("A hull is convex, clockwise, and holds its discs; grown it holds the smaller one") {
  const Limb limb{{10.0F, 10.0F, 6.0F}, {40.0F, 22.0F, 3.0F}};
  const auto hull = hull_of(limb);
  const auto grown = hull_of(limb, 2.0F);
  CHECK(area(hull) > 0.0F);
  CHECK(area(grown) > area(hull));
  for (const Disc& disc : limb) CHECK(inside(hull, {disc.x, disc.y}));
  for (const Point& p : hull) CHECK(inside(grown, p));
  // A disc swallowed by another changes nothing.
  CHECK(area(hull_of(Limb{{0, 0, 10}, {1, 0, 2}})) == doctest::Approx(area(hull_of(Limb{{0, 0, 10}}))));
}

TEST_CASE("A mirrored limb mirrored again is itself") {
  const Limb limb{{10.0F, 10.0F, 6.0F}, {40.0F, 22.0F, 3.0F}};
  const Limb twice = mirrored(mirrored(limb, 100.0F), 100.0F);
  for (std::size_t i = 0; i < limb.size(); ++i) CHECK(twice[i].x == limb[i].x);
}

TEST_CASE("A frame brings a point to the screen and back") {
  const Frame frame{{12.0F, -7.0F}, 1.3F};
  const Point back = frame.back(frame.at({55.0F, 77.0F}));
  CHECK(back.x == doctest::Approx(55.0F));
  CHECK(back.y == doctest::Approx(77.0F));
}

}  // namespace klono::app::screens

#include "app/screens/record/body_map.hpp"

#include <array>
#include <cmath>

namespace klono::app::screens {
namespace {

using history::BodyPlace;
using history::Placement;
using history::Side;
using ui::Point;

/// Of the person's left side as seen from the front, and of the midline.
Point front_point(BodyPlace place) {
  switch (place) {
    case BodyPlace::Head: return {kFigureAxis, 24.0F};
    case BodyPlace::Neck: return {kFigureAxis, 70.0F};
    case BodyPlace::Chest: return {kFigureAxis, 112.0F};
    case BodyPlace::Belly: return {kFigureAxis, 168.0F};
    case BodyPlace::UpperArm: return {135.5F, 126.0F};
    case BodyPlace::Wrist: return {150.0F, 194.0F};
    case BodyPlace::Thigh: return {116.0F, 246.0F};
    case BodyPlace::Shin: return {117.5F, 322.0F};
    case BodyPlace::Ankle: return {117.0F, 366.0F};
    case BodyPlace::Foot: return {121.0F, 392.0F};
    case BodyPlace::UpperBack: return {kFigureAxis, 108.0F};
    case BodyPlace::LowerBack: return {kFigureAxis, 176.0F};
    case BodyPlace::Calf: return {117.5F, 318.0F};
  }
  return {kFigureAxis, 0.0F};
}

bool seen(BodyView view, BodyPlace place) {
  return view == BodyView::Front ? history::on_front(place) : history::on_back(place);
}

Point point_of(BodyView view, const Placement& placement) {
  Point at = front_point(placement.place);
  const bool other_half = (placement.side == Side::Right) != (view == BodyView::Back);
  if (placement.side != Side::Middle && other_half) at.x = 2.0F * kFigureAxis - at.x;
  return at;
}

std::vector<Spot> make_spots(BodyView view) {
  std::vector<Spot> spots;
  for (const Placement& placement : history::all_placements())
    if (seen(view, placement.place)) spots.push_back({placement, point_of(view, placement)});
  return spots;
}

Figure make_figure() {
  Figure figure{{{100, 32, 18.5F}, {100, 43, 15.5F}},
                {{100, 58, 8.5F}, {100, 82, 10}},
                {{100, 80, 9}, {74, 99, 10.5F}, {126, 99, 10.5F}},
                {{76, 102, 12}, {124, 102, 12}, {87, 152, 12}, {113, 152, 12}},
                {{87, 152, 12}, {113, 152, 12}, {84, 200, 15}, {116, 200, 15}}};
  const std::array<Limb, 7> limbs{{{{129, 101, 12}, {142, 152, 8.6F}},
                                   {{142, 152, 8.6F}, {151, 198, 6}},
                                   {{152, 206, 6.8F}, {155, 222, 5.2F}},
                                   {{115, 203, 16}, {116, 292, 11.2F}},
                                   {{116, 292, 11.2F}, {118, 322, 11.6F}, {117, 376, 7}},
                                   {{117, 380, 7}, {124, 394, 5.6F}, {116, 393, 5}},
                                   {{151, 196, 6}, {152, 206, 6.4F}}}};
  for (const Limb& limb : limbs) {
    figure.push_back(limb);
    figure.push_back(mirrored(limb, kFigureAxis));
  }
  return figure;
}

}  // namespace

const Figure& standing_figure() {
  static const Figure figure = make_figure();
  return figure;
}

const std::vector<Spot>& spots_of(BodyView view) {
  static const std::array<std::vector<Spot>, 2> spots{make_spots(BodyView::Front), make_spots(BodyView::Back)};
  return spots[static_cast<std::size_t>(view)];
}

std::optional<Point> spot_of(BodyView view, const Placement& placement) {
  for (const Spot& spot : spots_of(view))
    if (spot.placement == placement) return spot.at;
  return std::nullopt;
}

std::optional<Placement> place_at(BodyView view, Point at, float reach) {
  std::optional<Placement> nearest;
  for (const Spot& spot : spots_of(view)) {
    const float away = std::hypot(spot.at.x - at.x, spot.at.y - at.y);
    if (away > reach) continue;
    reach = away;
    nearest = spot.placement;
  }
  return nearest;
}

bool right_is_at_viewers_left(BodyView view) { return view == BodyView::Front; }

}  // namespace klono::app::screens

/// Step 1: the body map, and how the phone sits there.

#include <algorithm>
#include <array>
#include <cmath>

#include "app/screens/record/body_map.hpp"
#include "app/screens/record/page.hpp"
#include "app/screens/record/steps.hpp"
#include "base/words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {
namespace {

using history::Placement;
using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr ui::WidgetId kMap = id_of("body-map");
constexpr ui::WidgetId kChosen = id_of("body-map-chosen");
constexpr float kSegments = 40.0F;
constexpr float kLeastMap = 300.0F;   // chosen: spots of one leg can still be told apart by a finger
constexpr float kLargestScale = 1.3F;
constexpr float kReach = 56.0F;       // CSS pixels: a tap anywhere on the figure finds a place
constexpr float kCardPad = 16.0F;

BodyView view_of(const workspace::RecordFlow& flow) { return flow.on_back_of_map() ? BodyView::Back : BodyView::Front; }

Frame frame_in(const Rect& room) {
  constexpr float kTall = kFigureBottom - kFigureTop;
  const float scale = std::min({room.h / kTall, room.w / kFigureWidth, kLargestScale});
  return {{room.centre().x - kFigureAxis * scale, room.centre().y - (kFigureTop + kTall / 2.0F) * scale}, scale};
}

void side_words(ui::Painter& p, const Frame& frame, BodyView view) {
  const bool right_at_left = right_is_at_viewers_left(view);
  const Point left = frame.at({46.0F, 98.0F});
  const Point right = frame.at({154.0F, 98.0F});
  p.text({left.x, left.y}, word(right_at_left ? Word::record_map_right : Word::record_map_left),
         text::kSmall.aligned(Align::Right));
  p.text({right.x, right.y}, word(right_at_left ? Word::record_map_left : Word::record_map_right), text::kSmall);
}

/// What tells the back from the front at a glance.
void spine(ui::Painter& p, const Frame& frame) {
  p.line(frame.at({kFigureAxis, 84.0F}), frame.at({kFigureAxis, 200.0F}), Ink(Role::Edge, 0.55F), 1.2F);
}

void open_spot(ui::Painter& p, Point at) {
  p.circle(at, 4.6F, Role::Text3);
  p.circle(at, 3.4F, Role::Surface);
}

void chosen_spot(ui::Ui& ui, Point at) {
  ui::Painter& p = ui.paint();
  const float size = ui.animate(kChosen, 1.0F);
  p.circle(at, 14.0F * size, Ink(Role::Accent, 0.22F));
  p.circle(at, 8.5F * size, Role::Accent);
  if (size > 0.9F) p.icon(Icon::Check, {at.x - 7.0F, at.y - 7.0F, 14.0F, 14.0F}, Role::OnAccent, 1.9F);
}

void choose(const Context& context, const Placement& placement) {
  context.ui.set_animation(kChosen, 0.4F);
  context.emit("record place " + history::id_of(placement));
}

/// Each spot can be walked to by keyboard; a finger anywhere finds the nearest.
void take_taps(const Context& context, const Rect& room, const Frame& frame, BodyView view) {
  ui::Ui& ui = context.ui;
  ui.area(kMap, room, ui::AreaKind::Press);
  const auto tap = ui.gestures().tap(kMap);
  if (tap && !tap->secondary)
    if (const auto placement = place_at(view, frame.back(tap->at), kReach / frame.scale)) choose(context, *placement);
  for (std::size_t i = 0; i < spots_of(view).size(); ++i) {
    const Spot& spot = spots_of(view)[i];
    const ui::WidgetId id = id_of("body-spot", i + (view == BodyView::Back ? 100U : 0U));
    const Point at = frame.at(spot.at);
    ui.area(id, {at.x - 4.0F, at.y - 4.0F, 8.0F, 8.0F}, ui::AreaKind::Press);
    if (ui.gestures().tap(id)) choose(context, spot.placement);
    if (ui.gestures().focused(id)) ui.paint().ring(at, 18.0F, Role::Text, tokens::kStrokeSelected);
  }
  if (const auto mouse = ui.gestures().mouse(); mouse && room.contains(*mouse))
    if (place_at(view, frame.back(*mouse), kReach / frame.scale)) ui.set_cursor(platform::Host::Cursor::Hand);
}

void draw_map(const Context& context, const Rect& room) {
  ui::Painter& p = context.ui.paint();
  const workspace::RecordFlow& flow = context.workspace.record();
  const BodyView view = view_of(flow);
  const Frame frame = frame_in(room);
  paint_figure(p, standing_figure(), frame);
  if (view == BodyView::Back) spine(p, frame);
  side_words(p, frame, view);
  const auto& chosen = flow.context().placement;
  for (const Spot& spot : spots_of(view))
    if (spot.placement != chosen) open_spot(p, frame.at(spot.at));
  if (chosen)
    if (const auto at = spot_of(view, *chosen)) chosen_spot(context.ui, frame.at(*at));
  take_taps(context, room, frame, view);
}

void draw_segments(const Context& context, const Rect& rect) {
  const std::array labels{word(Word::record_map_front), word(Word::record_map_back)};
  const bool back = context.workspace.record().on_back_of_map();
  const int tapped = ui::segmented(context.ui, id_of("map-side"), rect, labels, back ? 1 : 0);
  if (tapped >= 0) context.emit(tapped == 1 ? "record map back" : "record map front");
}

// ---- the card

std::vector<ChipText> fixing_chips(const workspace::RecordFlow& flow) {
  std::vector<ChipText> labels;
  if (!flow.context().placement) return labels;
  for (const history::Fixing fixing : history::fixings_of(flow.context().placement->place))
    labels.push_back({std::string(word(workspace::word_of(fixing))), flow.context().fixing == fixing});
  return labels;
}

/// As high without a place as with one, so that nothing moves under the finger.
float card_height(ui::Ui& ui, float width, const workspace::RecordFlow& flow) {
  const float chip_rows = std::max(32.0F, chips_height(ui, width - 2.0F * kCardPad, fixing_chips(flow)));
  return kCardPad + 28.0F + 20.0F + 12.0F + chip_rows + kCardPad;
}

void skip_link(const Context& context, const Rect& in) {
  const Word label = Word::record_place_skip;
  const ui::TextStyle style = text::kSmall.in(Role::Accent).aligned(Align::Right);
  if (ui::text_link(context.ui, id_of("place-skip"), {in.right(), in.y + 4.0F}, word(label), style))
    context.emit("record skip-place");
}

void draw_card(const Context& context, const Rect& card) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const workspace::RecordFlow& flow = context.workspace.record();
  ui::card(ui, card);
  const Rect in = card.inset(kCardPad);
  skip_link(context, in);
  const float room = in.w - p.text_width(word(Word::record_place_skip), text::kSmall) - 16.0F;
  if (!flow.context().placement) {
    p.text_in({in.x, in.y, room, 28.0F}, word(Word::record_place_none), text::kTitle.in(Role::Text2));
    p.paragraph({in.x, in.y + 36.0F}, in.w, word(Word::record_map_hint), text::kSmall.in(Role::Text3), 2);
    return;
  }
  p.text_in({in.x, in.y, room, 28.0F}, workspace::placement_words(*flow.context().placement), text::kTitle);
  const Word note = flow.same_place_as_last() ? Word::record_place_same_as_last : Word::record_fix_heading;
  p.text_in({in.x, in.y + 28.0F, in.w, 20.0F}, word(note), text::kSmall.in(Role::Text3));
  const int tapped = chips(ui, id_of("fixing"), {in.x, in.y + 60.0F, in.w, 32.0F}, fixing_chips(flow));
  if (tapped < 0) return;
  const auto fixings = history::fixings_of(flow.context().placement->place);
  context.emit("record fix " + std::string(history::name_of(fixings[static_cast<std::size_t>(tapped)])));
}

void go_on(const Context& context, const Rect& rect) {
  ui::ButtonLook look{ButtonKind::Primary};
  look.enabled = context.workspace.record().context().placement.has_value();
  if (ui::button(context.ui, id_of("place-continue"), rect, word(Word::record_continue), look)) context.emit("record next");
}

void place_upright(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  rect.take_bottom(foot_space(context, rect));
  const Rect column = step_column(context, rect);
  const Rect button = rect.take_bottom(tokens::kTouchPrimary);
  go_on(context, {column.x, button.y, column.w, button.h});
  rect.take_bottom(16.0F);
  const float card = card_height(ui, column.w, context.workspace.record());
  ui::ScrollArea scroll(ui, id_of("record-place"), rect);
  const float map = std::max(kLeastMap, rect.h - 16.0F - kSegments - card - 24.0F);
  float y = scroll.top() + 16.0F;
  draw_segments(context, {column.x, y, column.w, kSegments});
  y += kSegments + 12.0F;
  draw_map(context, {column.x, y, column.w, map});
  y += map + 12.0F;
  draw_card(context, {column.x, y, column.w, card});
  scroll.content_end(y + card);
}

void place_flat(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  const float space = foot_space(context, rect);
  rect = rect.inset(16.0F, 0.0F);
  Rect left = rect.take_left(std::floor(rect.w * 0.42F));
  left.h -= space;
  draw_map(context, left.inset(0.0F, 8.0F));
  rect.take_left(16.0F);
  rect.take_bottom(space);
  go_on(context, rect.take_bottom(tokens::kTouchPrimary));
  rect.take_bottom(8.0F);
  ui::ScrollArea scroll(ui, id_of("record-place"), rect);
  float y = scroll.top() + 12.0F;
  draw_segments(context, {rect.x, y, rect.w, kSegments});
  y += kSegments + 12.0F;
  const float card = card_height(ui, rect.w, context.workspace.record());
  draw_card(context, {rect.x, y, rect.w, card});
  scroll.content_end(y + card);
}

}  // namespace

void draw_place(const Context& context, Rect rect) {
  step_head(context, rect, {word(Word::record_place_heading), {}, 1, "go library"});
  if (lies_flat(rect)) return place_flat(context, rect);
  place_upright(context, rect);
}

}  // namespace klono::app::screens

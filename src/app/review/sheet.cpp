#include "app/review/sheet.hpp"

#include <algorithm>
#include <utility>

namespace klono::app::review {
namespace {

constexpr ui::WidgetId kDrag = ui::id_of("review-sheet");
constexpr ui::WidgetId kHeight = ui::id_of("review-sheet-height");
constexpr float kFilmAbove = 72.0F;   // drawn this far above half (chosen)
constexpr float kFlick = 500.0F;      // CSS pixels a second

}  // namespace

float Sheet::update(const Scene& scene, const ui::Rect& area, float half) {
  ui::Ui& ui = scene.ui;
  const float closed = kClosed + ui.surface().inset_bottom;
  const float rest = open_ ? half : closed;
  if (const auto drag = ui.gestures().drag(kDrag)) {
    if (drag->began) held_ = rest;
    const float height = std::clamp(held_ - (drag->at.y - drag->from.y), closed, std::min(area.h - 60.0F, half + 160.0F));
    if (drag->ended) {
      film_wish_ = height > half + kFilmAbove || (open_ && drag->velocity.y < -kFlick);
      open_ = film_wish_ || (drag->velocity.y < kFlick && (height > (half + closed) / 2.0F || drag->velocity.y < -kFlick));
    }
    ui.set_animation(kHeight, height);
    ui.request_frame();
    return height;
  }
  if (const auto tap = ui.gestures().tap(kDrag); tap && !tap->hold) open_ = !open_;
  return ui.animate(kHeight, open_ ? half : closed, ui::tokens::kMotionSheet);
}

ui::Rect Sheet::draw(const Scene& scene, const ui::Rect& area, float height) const {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const ui::Rect body{area.x, area.bottom() - height, area.w, height};
  ui.area(ui::id_of("review-sheet-ground"), body, ui::AreaKind::Block);
  // The handle with all the head: arrows lie above it and keep their taps.
  ui.area(kDrag, {body.x, body.y, body.w, kHandle + 52.0F}, ui::AreaKind::Drag);
  p.fill_top({body.x, body.y, body.w, body.h + 40.0F}, ui::Role::Surface, ui::tokens::kRadiusSheet);
  if (!p.theme().dark())
    p.outline({body.x - 1.0F, body.y, body.w + 2.0F, body.h + 40.0F}, ui::Role::Hairline, ui::tokens::kRadiusSheet);
  p.fill({body.centre().x - 18.0F, body.y + 8.0F, 36.0F, 4.0F}, ui::Ink(ui::Role::Edge, 0.6F), 2.0F);
  const float margin = ui::tokens::kLayoutPhoneMargin;
  return {body.x + margin, body.y + kHandle, body.w - 2.0F * margin, body.h - kHandle - ui.surface().inset_bottom};
}

bool Sheet::take_film_wish() { return std::exchange(film_wish_, false); }

}  // namespace klono::app::review

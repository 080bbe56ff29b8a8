#include "app/review/sleep_panel.hpp"

#include <array>

#include "app/review/inspector.hpp"
#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "workspace/screens.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr std::array kMoments{SleepMoment::LayDown, SleepMoment::FellAsleep, SleepMoment::WokeUp};
constexpr float kRow = 52.0F;

/// The time under the line, and the way out.
bool sleep_head(const Scene& scene, const Rect& rect) {
  ui::Painter& p = scene.ui.paint();
  p.text_in({rect.x, rect.centre().y - 20.0F, rect.w - 52.0F, 24.0F}, view::clock_words(scene.info().start, scene.entry.middle_s(), true), text::kStrong);
  p.paragraph({rect.x, rect.centre().y + 4.0F}, rect.w - 52.0F, word(Word::sleep_own_lead), text::kCaption, 2);
  return ui::icon_button(scene.ui, id_of("sleep-close"), {rect.right() - 36.0F, rect.centre().y - 24.0F, 48.0F, 48.0F}, Icon::Close);
}

/// What happened there; side by side where the words have room.
float choices(const Scene& scene, const Rect& rect, const workspace::Section& section) {
  const ui::ButtonLook look{ButtonKind::Outline};
  const bool beside = rect.w >= 340.0F;
  const float width = beside ? (rect.w - 2.0F * tokens::kTouchGap) / 3.0F : rect.w;
  Rect box{rect.x, rect.y, width, tokens::kTouchMin};
  for (std::size_t i = 0; i < kMoments.size(); ++i) {
    if (ui::button(scene.ui, id_of("sleep-mark", i), box, view::sleep_moment_words(kMoments[i]), look)) scene.emit(section.actions[i].command);
    if (beside) box.x += width + tokens::kTouchGap;
    else box.y += tokens::kTouchMin + tokens::kTouchGap;
  }
  return beside ? rect.y + tokens::kTouchMin : box.y - tokens::kTouchGap;
}

float mark_rows(const Scene& scene, const Rect& rect, const workspace::Table& table) {
  ui::Painter& p = scene.ui.paint();
  float y = rect.y;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const workspace::Row& row = table.rows[i];
    const Rect box{rect.x, y, rect.w, kRow};
    p.fill({box.x, box.centre().y - 8.0F, 2.0F, 16.0F}, Role::Own, 1.0F);
    p.text_in({box.x + 14.0F, box.y, box.w * 0.5F, box.h}, row.cells[0], text::kSmall.in(Role::Text));
    p.text_in({box.x, box.y, box.w - 48.0F, box.h}, row.cells[1], text::kSmall.in(Role::Text).aligned(Align::Right));
    if (ui::icon_button(scene.ui, id_of("sleep-remove", i), {box.right() - 36.0F, box.centre().y - 24.0F, 48.0F, 48.0F}, Icon::Cross)) scene.emit(row.actions.front().command);
    ui::separator(scene.ui, box.x, box.right(), box.bottom());
    y = box.bottom();
  }
  return y;
}

}  // namespace

bool draw_sleep_panel(const Scene& scene, const Rect& area) {
  Rect rect = area;
  const bool low = scene.ui.window().h < 600.0F;
  const workspace::Section section = workspace::sleep_section(scene.entry);
  const bool left = sleep_head(scene, rect.take_top(scene.compact || low ? kInspectorHead : 72.0F));
  const float below = choices(scene, {rect.x, rect.y + (rect.w < 340.0F ? 16.0F : 8.0F), rect.w, 0.0F}, section) + 8.0F;
  ui::ScrollArea scroll(scene.ui, id_of("sleep-list"), {rect.x - 8.0F, below, rect.w + 16.0F, rect.bottom() - below});
  float y = scroll.top();
  if (!section.tables.empty()) y = mark_rows(scene, {rect.x, y, rect.w, 0.0F}, section.tables.front());
  y += 12.0F;
  y += scene.ui.paint().paragraph({rect.x, y}, rect.w, section.paragraphs[1], text::kSmall) + 12.0F;
  scroll.content_end(y);
  return left;
}

}  // namespace klono::app::review

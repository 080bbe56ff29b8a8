#include "app/review/looks_panel.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/review/inspector.hpp"
#include "app/review/phrases.hpp"
#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr ui::WidgetId kList = id_of("look-list");
constexpr float kItem = 52.0F;
constexpr std::size_t kFiguresShown = 4;  // the list needs the room; all are told to a screen reader

/// Arrows to the neighbours in the list, time and place between them, and the way back; true where that is taken.
bool head(const Scene& scene, const Rect& rect, const workspace::Section& section) {
  ui::Painter& p = scene.ui.paint();
  const auto button = [&](float x, std::string_view name, Icon icon, std::size_t at) {
    const workspace::Action& action = section.actions[at];
    if (ui::icon_button(scene.ui, id_of(name), {x, rect.centre().y - 24.0F, 48.0F, 48.0F}, icon, action.enabled)) scene.emit(action.command);
  };
  button(rect.x - 12.0F, "look-before", Icon::Back, 0);
  button(rect.right() - 36.0F - 44.0F, "look-after", Icon::Forward, 1);
  const bool left = ui::icon_button(scene.ui, id_of("look-close"), {rect.right() - 36.0F, rect.centre().y - 24.0F, 48.0F, 48.0F}, Icon::Close);
  const Event& event = scene.analysis().not_counted[scene.entry.looked_at->index];
  const Rect middle{rect.x + 36.0F, rect.centre().y - 20.0F, rect.w - 36.0F - 80.0F, 24.0F};
  p.text_in(middle, clock_with_tenths(scene, event.onset_s), text::kStrong.aligned(Align::Centre));
  p.text_in({middle.x, middle.bottom(), middle.w, 16.0F}, section.paragraphs.front(), text::kCaption.aligned(Align::Centre));
  return left;
}

void item(const Scene& scene, const Rect& row, std::size_t index) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const Event& event = scene.analysis().not_counted[index];
  const bool selected = scene.entry.looked_at->index == index;
  const ui::WidgetId id = id_of("look-row", index);
  if (ui.pressed(id, row)) scene.emit("look-at", index);
  const bool lit = ui.gestures().held(id) || ui.gestures().hovered(id);
  if (selected || lit) p.fill(row.inset(0.0F, 1.0F), selected ? Role::Pressed : Role::Control, tokens::kRadiusTile);
  if (ui.gestures().focused(id)) p.outline(row.inset(0.0F, 1.0F), Role::Text, tokens::kRadiusTile, tokens::kStrokeSelected);
  const Rect inner = row.inset(8.0F, 0.0F);
  p.text_in({inner.x, inner.y + 6.0F, inner.w * 0.5F, 20.0F}, clock_with_tenths(scene, event.onset_s), text::kSmall.in(Role::Text));
  p.text_in({inner.x, inner.y + 28.0F, inner.w * 0.7F, 16.0F}, view::reason_words(event.reason), text::kCaption);
  p.text({inner.right(), inner.y + 6.0F}, size_words(scene, event), text::kSmall.in(Role::Text).aligned(Align::Right));
  p.text({inner.right(), inner.y + 28.0F}, view::length_words(event.duration_s), text::kCaption.aligned(Align::Right));
}

}  // namespace

void LooksPanel::list(const Scene& scene, const Rect& rect) {
  const std::vector<std::size_t> list = scene.entry.looked_list();
  const std::size_t selected = scene.entry.looked_at->index;
  if (followed_ != selected) {
    followed_ = selected;
    const auto place = static_cast<float>(std::ranges::find(list, selected) - list.begin());
    float& offset = scene.ui.scroll(kList).offset;
    if (kItem * place < offset || kItem * (place + 1.0F) > offset + rect.h) offset = std::max(0.0F, kItem * (place - std::floor(rect.h / kItem / 2.0F)));
  }
  ui::ScrollArea scroll(scene.ui, kList, {rect.x - 8.0F, rect.y, rect.w + 16.0F, rect.h});
  const auto first = static_cast<std::size_t>(std::max(0.0F, std::floor((rect.y - scroll.top()) / kItem)));
  for (std::size_t i = first; i < list.size(); ++i) {
    const Rect row{rect.x - 8.0F, scroll.top() + kItem * static_cast<float>(i), rect.w + 16.0F, kItem};
    if (row.y > rect.bottom()) break;
    item(scene, row, list[i]);
  }
  scroll.content_end(scroll.top() + kItem * static_cast<float>(list.size()) + 12.0F);
}

bool LooksPanel::draw(const Scene& scene, const Rect& area) {
  Rect rect = area;
  const bool low = scene.ui.window().h < 600.0F;
  const workspace::Section section = workspace::looked_at_section(scene.workspace, scene.entry);
  const bool left = head(scene, rect.take_top(scene.compact || low ? kInspectorHead : 72.0F), section);
  float y = rect.y + 4.0F;
  y += scene.ui.paint().paragraph({rect.x, y}, rect.w, section.paragraphs[1], text::kBody) + 8.0F;
  if (!low && !scene.compact) {
    std::vector<Figure> figures;
    for (const workspace::Row& row : section.tables.front().rows)
      if (figures.size() < kFiguresShown) figures.push_back({row.cells[0], row.cells[1]});
    y = figure_rows(scene, {rect.x, y, rect.w, 0.0F}, figures) + 8.0F;
  }
  ui::separator(scene.ui, rect.x, rect.right(), y);
  list(scene, {rect.x, y + 1.0F, rect.w, rect.bottom() - y - 1.0F});
  return left;
}

}  // namespace klono::app::review

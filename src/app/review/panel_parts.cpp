#include "app/review/panel_parts.hpp"

#include <algorithm>
#include <cmath>

namespace klono::app::review {
namespace {

using ui::Align;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kItem = 52.0F;
constexpr float kButton = 48.0F;

ui::WidgetId part_of(std::string_view name, std::string_view part) { return id_of(std::string(name) + "-" + std::string(part)); }

/// True when tapped.
bool draw_row(const Scene& scene, ui::WidgetId id, const Rect& row, const ListRow& words, bool chosen) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const bool tapped = ui.pressed(id, row);
  const bool lit = ui.gestures().held(id) || ui.gestures().hovered(id);
  if (chosen || lit) p.fill(row.inset(0.0F, 1.0F), chosen ? Role::Pressed : Role::Control, tokens::kRadiusTile);
  if (ui.gestures().focused(id)) p.outline(row.inset(0.0F, 1.0F), Role::Text, tokens::kRadiusTile, tokens::kStrokeSelected);
  const Rect inner = row.inset(8.0F, 0.0F);
  p.text_in({inner.x, inner.y + 6.0F, inner.w * 0.5F, 20.0F}, words.title, text::kSmall.in(Role::Text));
  p.text_in({inner.x, inner.y + 28.0F, inner.w * 0.7F, 16.0F}, words.note, text::kCaption);
  p.text({inner.right(), inner.y + 6.0F}, words.value, text::kSmall.in(Role::Text).aligned(Align::Right));
  p.text({inner.right(), inner.y + 28.0F}, words.below, text::kCaption.aligned(Align::Right));
  return tapped;
}

}  // namespace

HeadTap panel_head(const Scene& scene, std::string_view name, const Rect& rect, const PanelHead& head) {
  ui::Painter& p = scene.ui.paint();
  const float top = rect.centre().y - kButton / 2.0F;
  const auto button = [&](float x, std::string_view part, Icon icon, bool enabled) {
    return ui::icon_button(scene.ui, part_of(name, part), {x, top, kButton, kButton}, icon, enabled);
  };
  const float left = rect.x - 12.0F;
  const float right = rect.right() - 36.0F - (head.closes ? 44.0F : 0.0F);
  HeadTap tap = HeadTap::None;
  if (button(left, "before", Icon::Back, head.before)) tap = HeadTap::Before;
  if (button(right, "after", Icon::Forward, head.after)) tap = HeadTap::After;
  if (head.closes && button(rect.right() - 36.0F, "close", Icon::Close, true)) tap = HeadTap::Close;
  const Rect middle{left + kButton, rect.centre().y - 20.0F, right - left - kButton, 24.0F};
  p.text_in(middle, head.title, text::kStrong.aligned(Align::Centre));
  p.text_in({middle.x, middle.bottom(), middle.w, 16.0F}, head.note, text::kCaption.aligned(Align::Centre));
  return tap;
}

std::optional<std::size_t> PanelList::draw(const Scene& scene, std::string_view name, const Rect& rect, const Content& content) {
  ui::Ui& ui = scene.ui;
  const ui::WidgetId id = id_of(name);
  const std::string row_name = std::string(name) + "-row";
  if (content.chosen != followed_) {
    followed_ = content.chosen;
    float& offset = ui.scroll(id).offset;
    const float top = content.chosen ? kItem * static_cast<float>(*content.chosen) : offset;
    if (content.chosen && (top < offset || top + kItem > offset + rect.h)) offset = std::max(0.0F, top - std::floor(rect.h / kItem / 2.0F) * kItem);
  }
  ui::ScrollArea scroll(ui, id, {rect.x - 8.0F, rect.y, rect.w + 16.0F, rect.h});
  std::optional<std::size_t> tapped;
  const auto first = static_cast<std::size_t>(std::max(0.0F, std::floor((rect.y - scroll.top()) / kItem)));
  for (std::size_t i = first; i < content.count; ++i) {
    const Rect row{rect.x - 8.0F, scroll.top() + kItem * static_cast<float>(i), rect.w + 16.0F, kItem};
    if (row.y > rect.bottom()) break;
    if (draw_row(scene, id_of(row_name, i), row, content.row(i), content.chosen == i)) tapped = i;
    const bool beside_chosen = content.chosen == i || content.chosen == i + 1;
    if (i + 1 < content.count && !beside_chosen) ui.paint().horizontal(rect.x, rect.right(), row.bottom(), Role::Hairline);
  }
  const float end = scroll.top() + kItem * static_cast<float>(content.count) + 12.0F;
  scroll.content_end(content.foot ? content.foot(end) : end);
  return tapped;
}

}  // namespace klono::app::review

/// Parts that hold others: cards, rows, sheets, toasts, the frame's bars.

#include <algorithm>

#include "app/ui/widgets.hpp"

namespace klono::app::ui {
namespace {

constexpr WidgetId kLit = id_of("surface-lit");

float lit(Ui& ui, WidgetId id) {
  if (ui.gestures().held(id) || ui.gestures().hovered(id)) {
    ui.set_animation(id ^ kLit, 1.0F);
    return 1.0F;
  }
  return ui.animate(id ^ kLit, 0.0F, tokens::kMotionPress, true);
}

void focus_ring(Ui& ui, WidgetId id, const Rect& rect, float radius) {
  if (ui.gestures().focused(id)) ui.paint().outline(rect, Role::Text, radius, tokens::kStrokeSelected);
}

}  // namespace

void card(Ui& ui, const Rect& rect, float radius) {
  ui.paint().fill(rect, Role::Surface, radius);
  if (!ui.theme().dark()) ui.paint().outline(rect, Role::Hairline, radius);
}

bool card_button(Ui& ui, WidgetId id, const Rect& rect, float radius) {
  const bool tapped = ui.pressed(id, rect);
  card(ui, rect, radius);
  if (const float light = lit(ui, id); light > 0.0F) ui.paint().fill(rect.inset(1.0F), Ink(Role::Control, light), radius - 1.0F);
  focus_ring(ui, id, rect.inset(-5.0F), radius + 5.0F);
  return tapped;
}

void separator(Ui& ui, float x0, float x1, float y) { ui.paint().horizontal(x0, x1, y, Role::Hairline); }

void progress_bar(Ui& ui, const Rect& rect, double fraction, Ink ink) {
  const float radius = rect.h / 2.0F;
  ui.paint().fill(rect, Role::Control, radius);
  const float share = static_cast<float>(std::clamp(fraction, 0.0, 1.0));
  if (share > 0.0F) ui.paint().fill({rect.x, rect.y, std::max(rect.h, rect.w * share), rect.h}, ink, radius);
}

bool list_row(Ui& ui, WidgetId id, const Rect& rect, const RowText& text, bool enabled) {
  const bool tapped = ui.pressed(id, rect, enabled);
  Painter& p = ui.paint();
  if (const float light = enabled ? lit(ui, id) : 0.0F; light > 0.0F)
    p.fill(rect.inset(-8.0F, 1.0F), Ink(Role::Control, light), tokens::kRadiusControl);
  Rect inner = rect;
  const float alpha = enabled ? 1.0F : tokens::kAlphaDisabled;
  if (text.leading) {
    const Rect box = inner.take_left(32.0F);
    p.icon(*text.leading, {box.x, box.centre().y - 10.0F, 20.0F, 20.0F}, Ink(Role::Text2, alpha));
  }
  if (text.trailing) {
    const float size = *text.trailing == Icon::Forward ? 16.0F : 20.0F;
    const Rect box = inner.take_right(24.0F);
    p.icon(*text.trailing, {box.right() - size, box.centre().y - size / 2.0F, size, size},
           text.ink.role == Role::Destroy ? text.ink : Ink(Role::Text2, alpha));
  }
  if (!text.value.empty()) {
    const TextStyle style = TextStyle{TextSize::Body, Ink(Role::Text2, alpha), Weight::Regular, Align::Right};
    const float width = p.text_in(inner, text.value, style);
    inner.w -= width + 12.0F;
  }
  if (text.note.empty()) {
    p.text_in(inner, text.title, text::kBody.in(text.ink.faded(alpha)));
  } else {
    const float top = inner.y + (inner.h - 40.0F) / 2.0F;
    p.text_in({inner.x, top, inner.w, 24.0F}, text.title, text::kBody.in(text.ink.faded(alpha)));
    p.text_in({inner.x, top + 24.0F, inner.w, 16.0F}, text.note, text::kCaption);
  }
  focus_ring(ui, id, rect.inset(-8.0F, 1.0F), tokens::kRadiusControl);
  return tapped;
}

Rect sheet(Ui& ui, WidgetId id, float height, bool* closed) {
  Painter& p = ui.paint();
  const Rect window = ui.window();
  p.fill(window, Ink(Role::Bg, tokens::kAlphaScrim));
  ui.area(id, window, AreaKind::Block);
  if (ui.gestures().tap(id)) *closed = true;
  for (const platform::KeyInput& key : ui.gestures().keys())
    if (key.key == platform::Key::Escape) *closed = true;

  const bool wide = ui.wide();
  const float width = wide ? std::min(480.0F, window.w - 48.0F) : window.w;
  const float handle = wide ? 24.0F : 28.0F;
  const float foot = wide ? 24.0F : 16.0F + ui.surface().inset_bottom;
  const float full = std::min(window.h - 48.0F, height + handle + foot);
  Rect body{(window.w - width) / 2.0F, wide ? (window.h - full) / 2.0F : window.h - full, width, full};

  const WidgetId body_id = id_of("sheet-body", id);
  if (const auto drag = ui.gestures().drag(body_id); drag && !wide) {
    const float down = std::max(0.0F, drag->at.y - drag->from.y);
    body.y += down;
    if (drag->ended && (down > full / 3.0F || drag->velocity.y > 600.0F)) *closed = true;
  }
  ui.area(body_id, body, AreaKind::Drag);
  if (wide) {
    p.fill(body, Role::Surface, tokens::kRadiusSheet);
    p.outline(body, Role::Hairline, tokens::kRadiusSheet);
  } else {
    p.fill_top({body.x, body.y, body.w, window.h - body.y}, Role::Surface, tokens::kRadiusSheet);
    p.fill({body.centre().x - 18.0F, body.y + 10.0F, 36.0F, 4.0F}, Role::Edge, 2.0F);
  }
  const float pad = wide ? 24.0F : 16.0F;
  return {body.x + pad, body.y + handle, body.w - 2.0F * pad, height};
}

bool toast(Ui& ui, WidgetId id, const Rect& window, std::string_view message, std::string_view undo_label, float visible) {
  if (visible <= 0.001F) return false;
  const Rect above = ui.message_room(window);
  Painter& p = ui.paint();
  const float before = p.alpha();
  p.set_alpha(before * visible);
  const float width = std::min(above.w - 32.0F, 520.0F);
  const float room = width - 36.0F - (undo_label.empty() ? 0.0F : 80.0F);
  const bool two_lines = p.text_width(message, text::kBody) > room;
  const float height = two_lines ? 72.0F : 56.0F;
  const Rect rect{above.centre().x - width / 2.0F, above.bottom() - 16.0F - height + 8.0F * (1.0F - visible), width, height};
  ui.area(id_of("toast-ground", id), rect, AreaKind::Press);
  p.fill(rect, Role::Text, tokens::kRadiusControl);
  const TextStyle style = text::kBody.in(Role::Bg);
  if (two_lines) {
    p.paragraph({rect.x + 20.0F, rect.y + 12.0F}, room, message, style, 2);
  } else {
    p.text_in({rect.x + 20.0F, rect.y, room, rect.h}, message, style);
  }
  bool undone = false;
  if (!undo_label.empty()) {
    const float label = p.text_width(undo_label, style.strong());
    const Rect hit{rect.right() - label - 40.0F, rect.y, label + 40.0F, rect.h};
    undone = ui.pressed(id, hit);
    if (const float light = lit(ui, id); light > 0.0F)
      p.fill(hit.inset(4.0F), Ink(Role::Bg, 0.12F * light), 9.0F);
    p.text_in({hit.x + 20.0F, hit.y, label + 1.0F, hit.h}, undo_label, style.strong());
    p.horizontal(hit.x + 20.0F, hit.x + 20.0F + label, hit.centre().y + 10.0F, Role::Bg, 1.0F);
    focus_ring(ui, id, hit.inset(4.0F), 9.0F);
  }
  p.set_alpha(before);
  return undone;
}

// ---- frame

namespace {

bool nav_item(Ui& ui, WidgetId id, const Rect& rect, const NavItem& item) {
  Painter& p = ui.paint();
  const bool tapped = ui.pressed(id, rect);
  const Rect pill{rect.centre().x - 28.0F, rect.centre().y - 24.0F, 56.0F, 30.0F};
  const float light = lit(ui, id);
  if (item.on) p.fill(pill, Ink(Role::Accent, tokens::kAlphaAccentTint), 15.0F);
  if (!item.on && light > 0.0F) p.fill(pill, Ink(Role::Pressed, light), 15.0F);
  p.icon(item.icon, {pill.centre().x - 12.0F, pill.centre().y - 12.0F, 24.0F, 24.0F}, item.on ? Role::Accent : Role::Text3);
  const TextStyle style{TextSize::Caption, item.on ? Role::Text : Role::Text3, item.on ? Weight::Strong : Weight::Regular,
                        Align::Centre};
  p.text_in({rect.x, pill.bottom() + 2.0F, rect.w, 16.0F}, item.label, style);
  focus_ring(ui, id, rect.inset(2.0F), tokens::kRadiusControl);
  return tapped;
}

}  // namespace

int tab_bar(Ui& ui, const Rect& rect, std::span<const NavItem> items) {
  Painter& p = ui.paint();
  ui.area(id_of("tab-bar"), rect, AreaKind::Block);
  p.fill(rect, Role::Surface);
  p.horizontal(rect.x, rect.right(), rect.y, Role::Hairline);
  const float width = (rect.w - 8.0F) / static_cast<float>(items.size());
  int tapped = -1;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Rect cell{rect.x + 4.0F + width * static_cast<float>(i), rect.y + 1.0F, width, tokens::kLayoutTabBar};
    if (nav_item(ui, id_of("tab", i), cell, items[i])) tapped = static_cast<int>(i);
  }
  return tapped;
}

int rail(Ui& ui, const Rect& rect, std::span<const NavItem> items) {
  Painter& p = ui.paint();
  ui.area(id_of("rail"), rect, AreaKind::Block);
  p.fill(rect, Role::Surface);
  p.vertical(rect.right() - 1.0F, rect.y, rect.bottom(), Role::Hairline);
  p.logo({rect.x + (rect.w - 1.0F - 40.0F) / 2.0F, rect.y + 20.0F, 40.0F, 40.0F});
  float top = rect.y + 84.0F;
  float foot = rect.bottom() - 16.0F;
  int tapped = -1;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Rect cell{rect.x, top, rect.w - 1.0F, 64.0F};
    if (items[i].foot) {
      foot -= 64.0F;
      cell.y = foot;
    } else {
      top += 68.0F;
    }
    if (nav_item(ui, id_of("rail-item", i), cell, items[i])) tapped = static_cast<int>(i);
  }
  return tapped;
}

bool back_head(Ui& ui, WidgetId id, const Rect& rect, std::string_view title, std::string_view note) {
  Painter& p = ui.paint();
  const bool tapped = icon_button(ui, id, {rect.x + 4.0F, rect.y + 4.0F, 48.0F, 48.0F}, Icon::Back);
  const Rect box{rect.x + 60.0F, rect.y, rect.w - 76.0F, 56.0F};
  if (note.empty()) {
    p.text_in(box, title, text::kStrong);
  } else {
    p.text_in({box.x, box.y + 9.0F, box.w, 22.0F}, title, text::kStrong);
    p.text_in({box.x, box.y + 31.0F, box.w, 16.0F}, note, text::kCaption);
  }
  return tapped;
}

}  // namespace klono::app::ui

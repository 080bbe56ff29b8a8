/// Parts that act: buttons, chips, segments, choices, sliders.

#include <algorithm>
#include <cmath>

#include "app/ui/widgets.hpp"

namespace klono::app::ui {
namespace {

constexpr float kIconSize = 20.0F;
constexpr float kIconGap = 12.0F;
constexpr WidgetId kLit = id_of("lit");
constexpr WidgetId kThumb = id_of("thumb");
constexpr WidgetId kKnob = id_of("knob");

/// 1 at once while hovered or held, back to 0 in 80 ms.
float lit(Ui& ui, WidgetId id) {
  const bool on = ui.gestures().held(id) || ui.gestures().hovered(id);
  if (on) {
    ui.set_animation(id ^ kLit, 1.0F);
    return 1.0F;
  }
  return ui.animate(id ^ kLit, 0.0F, tokens::kMotionPress, true);
}

void focus_ring(Ui& ui, WidgetId id, const Rect& rect, float radius) {
  if (ui.gestures().focused(id)) ui.paint().outline(rect.inset(-5.0F), Role::Text, radius + 5.0F, tokens::kStrokeSelected);
}

TextStyle label_style(const ButtonLook& look) {
  Ink ink = Role::Text;
  if (look.kind == ButtonKind::Primary) ink = Role::OnAccent;
  if (look.kind == ButtonKind::Quiet) ink = Role::Accent;
  if (look.kind == ButtonKind::Destroy) ink = Role::Destroy;
  return {look.size, ink, Weight::Strong, Align::Left};
}

float icon_gap(const ButtonLook& look) { return look.size == TextSize::Body ? kIconGap : 8.0F; }

void button_ground(Ui& ui, const Rect& rect, const ButtonLook& look, float light) {
  Painter& p = ui.paint();
  switch (look.kind) {
    case ButtonKind::Primary:
      p.fill(rect, Role::Accent, look.radius);
      if (light > 0.0F) p.fill(rect, Ink(Role::OnAccent, 0.12F * light), look.radius);
      break;
    case ButtonKind::Plain:
      p.fill(rect, Role::Control, look.radius);
      if (light > 0.0F) p.fill(rect, Ink(Role::Pressed, light), look.radius);
      break;
    case ButtonKind::Outline:
    case ButtonKind::Destroy:
      if (light > 0.0F) p.fill(rect, Ink(Role::Pressed, light), look.radius);
      p.outline(rect, Role::Edge, look.radius);
      break;
    case ButtonKind::Quiet:
      if (light > 0.0F) p.fill(rect, Ink(Role::Accent, tokens::kAlphaAccentTint * light), look.radius);
      break;
  }
}

/// Alpha of the painter for as long as it lives.
class Faded {
 public:
  Faded(Painter& painter, bool on) : painter_(painter), before_(painter.alpha()) {
    if (on) painter.set_alpha(before_ * tokens::kAlphaDisabled);
  }
  ~Faded() { painter_.set_alpha(before_); }
  Faded(const Faded&) = delete;
  Faded& operator=(const Faded&) = delete;

 private:
  Painter& painter_;
  float before_;
};

}  // namespace

bool button(Ui& ui, WidgetId id, const Rect& rect, std::string_view label, const ButtonLook& look) {
  const bool tapped = ui.pressed(id, rect, look.enabled);
  Painter& p = ui.paint();
  const Faded faded(p, !look.enabled);
  button_ground(ui, rect, look, look.enabled ? lit(ui, id) : 0.0F);
  const TextStyle style = label_style(look);
  const float gap = look.icon ? kIconSize + icon_gap(look) : 0.0F;
  const float room = std::max(0.0F, rect.w - 16.0F - gap);
  const float width = std::min(room, p.text_width(label, style));
  const float left = rect.x + (rect.w - width - gap) / 2.0F;
  if (look.icon) p.icon(*look.icon, {left, rect.y + (rect.h - kIconSize) / 2.0F, kIconSize, kIconSize}, style.ink);
  p.text_in({left + gap, rect.y, width + 1.0F, rect.h}, label, style);
  focus_ring(ui, id, rect, look.radius);
  return tapped;
}

float button_width(Ui& ui, std::string_view label, const ButtonLook& look, float pad) {
  return std::ceil(ui.paint().text_width(label, label_style(look)) + (look.icon ? kIconSize + icon_gap(look) : 0.0F)) +
         2.0F * pad;
}

bool icon_button(Ui& ui, WidgetId id, const Rect& box, Icon icon, bool enabled, bool on) {
  const Point middle = box.centre();
  const Rect rect{middle.x - 24.0F, middle.y - 24.0F, 48.0F, 48.0F};
  const bool tapped = ui.pressed(id, rect, enabled);
  Painter& p = ui.paint();
  const Faded faded(p, !enabled);
  if (on) p.fill(rect.inset(4.0F), Ink(Role::Accent, tokens::kAlphaAccentTint), tokens::kRadiusControl);
  if (const float light = enabled ? lit(ui, id) : 0.0F; light > 0.0F)
    p.fill(rect.inset(4.0F), Ink(Role::Pressed, light), tokens::kRadiusControl);
  p.icon(icon, {middle.x - 12.0F, middle.y - 12.0F, 24.0F, 24.0F}, on ? Role::Accent : Role::Text2);
  focus_ring(ui, id, rect.inset(6.0F), tokens::kRadiusControl);
  return tapped;
}

bool text_link(Ui& ui, WidgetId id, Point top_left, std::string_view label, TextStyle style) {
  Painter& p = ui.paint();
  const float width = p.text_width(label, style);
  const float left = style.align == Align::Right ? top_left.x - width : style.align == Align::Centre ? top_left.x - width / 2.0F : top_left.x;
  const Rect rect{left, top_left.y, width, line_height(style.size)};
  const bool tapped = ui.pressed(id, rect);
  if (const float light = lit(ui, id); light > 0.0F)
    p.fill(rect.inset(-8.0F, -6.0F), Ink(Role::Accent, tokens::kAlphaAccentTint * light), 8.0F);
  p.text(top_left, label, style);
  focus_ring(ui, id, rect, 2.0F);
  return tapped;
}

// ---- chips

namespace {

TextStyle chip_style(float height, ChipKind kind) {
  const Ink ink = kind == ChipKind::On ? Role::Accent : kind == ChipKind::Outline ? Role::Text : Role::Text2;
  return {height < 28.0F ? TextSize::Caption : TextSize::Small, ink, Weight::Regular, Align::Centre};
}

void chip_ground(Ui& ui, const Rect& rect, ChipKind kind, float light) {
  Painter& p = ui.paint();
  const float radius = rect.h / 2.0F;
  if (kind == ChipKind::On) p.fill(rect, Ink(Role::Accent, tokens::kAlphaAccentTint * (1.0F + light)), radius);
  if (kind == ChipKind::Off) p.fill(rect, Role::Control, radius);
  if (kind != ChipKind::On && light > 0.0F) p.fill(rect, Ink(Role::Pressed, light), radius);
  if (kind == ChipKind::Outline) p.outline(rect, Role::Hairline, radius);
}

}  // namespace

float chip_width(Ui& ui, std::string_view label, float height) {
  const float pad = height < 28.0F ? 8.0F : height > 36.0F ? 14.0F : 12.0F;
  return std::ceil(ui.paint().text_width(label, chip_style(height, ChipKind::Off))) + 2.0F * pad;
}

bool chip(Ui& ui, WidgetId id, const Rect& rect, std::string_view label, ChipKind kind, std::optional<Icon> trailing) {
  const bool tapped = ui.pressed(id, rect);
  chip_ground(ui, rect, kind, lit(ui, id));
  const TextStyle style = chip_style(rect.h, kind);
  Rect box = rect;
  if (trailing) {
    const Rect mark = box.take_right(30.0F);
    ui.paint().icon(*trailing, {mark.x + 2.0F, mark.y + (mark.h - 16.0F) / 2.0F, 16.0F, 16.0F}, style.ink);
    box.x += 8.0F;
    box.w -= 8.0F;
  }
  ui.paint().text_in(box, label, style);
  focus_ring(ui, id, rect, rect.h / 2.0F);
  return tapped;
}

void badge(Ui& ui, const Rect& rect, std::string_view label, ChipKind kind) {
  chip_ground(ui, rect, kind, 0.0F);
  ui.paint().text_in(rect, label, chip_style(rect.h, kind));
}

// ---- choices

int segmented(Ui& ui, WidgetId id, const Rect& rect, std::span<const std::string_view> labels, int selected) {
  Painter& p = ui.paint();
  p.fill(rect, Role::Control, tokens::kRadiusControl);
  const Rect inner = rect.inset(4.0F);
  const float width = inner.w / static_cast<float>(labels.size());
  const float place = ui.animate(id ^ kThumb, static_cast<float>(selected));
  if (selected >= 0) {
    const Rect thumb{inner.x + width * place, inner.y, width, inner.h};
    p.fill(thumb, p.theme().dark() ? Role::Pressed : Role::Surface, 9.0F);
    if (!p.theme().dark()) p.outline(thumb, Role::Hairline, 9.0F);
  }
  int tapped = -1;
  for (int i = 0; i < static_cast<int>(labels.size()); ++i) {
    const Rect cell{inner.x + width * static_cast<float>(i), inner.y, width, inner.h};
    const WidgetId cell_id = id_of("segment", id) + static_cast<WidgetId>(i);
    if (ui.pressed(cell_id, cell)) tapped = i;
    const bool on = i == selected;
    if (!on)
      if (const float light = lit(ui, cell_id); light > 0.0F) p.fill(cell, Ink(Role::Pressed, 0.6F * light), 9.0F);
    const TextStyle style{TextSize::Small, on ? Role::Text : Role::Text2, on ? Weight::Strong : Weight::Regular, Align::Centre};
    p.text_in(cell.inset(4.0F, 0.0F), labels[static_cast<std::size_t>(i)], style);
    focus_ring(ui, cell_id, cell.inset(3.0F), 6.0F);
  }
  return tapped;
}

bool choice_row(Ui& ui, WidgetId id, const Rect& rect, std::string_view label, bool on, bool radio) {
  const bool tapped = ui.pressed(id, rect);
  Painter& p = ui.paint();
  p.fill(rect, Role::Surface, tokens::kRadiusControl);
  if (const float light = lit(ui, id); light > 0.0F) p.fill(rect, Ink(Role::Control, light), tokens::kRadiusControl);
  if (on) p.fill(rect, Ink(Role::Accent, tokens::kAlphaAccentTint), tokens::kRadiusControl);
  p.outline(rect, on ? Role::Accent : Role::Hairline, tokens::kRadiusControl, on ? tokens::kStrokeSelected : 1.0F);
  const Rect box{rect.x + 16.0F, rect.y + (rect.h - 24.0F) / 2.0F, 24.0F, 24.0F};
  const float radius = radio ? 12.0F : 6.0F;
  if (on) {
    p.fill(box, Role::Accent, radius);
    if (radio) {
      p.circle(box.centre(), 4.5F, Role::OnAccent);
    } else {
      p.icon(Icon::Check, box.inset(2.0F), Role::OnAccent, 1.9F);
    }
  } else {
    p.outline(box, Role::Edge, radius, 1.75F);
  }
  p.text_in({box.right() + 16.0F, rect.y, rect.right() - box.right() - 32.0F, rect.h}, label, text::kBody);
  focus_ring(ui, id, rect, tokens::kRadiusControl);
  return tapped;
}

std::optional<float> slider(Ui& ui, WidgetId id, const Rect& rect, float position, float at_default) {
  Painter& p = ui.paint();
  ui.area(id, rect.inset(-12.0F, 0.0F), AreaKind::Drag);
  const auto place = [&](float x) { return std::clamp((x - rect.x) / rect.w, 0.0F, 1.0F); };
  std::optional<float> result;
  const auto drag = ui.gestures().drag(id);
  if (drag) result = place(drag->at.x);
  if (const auto tap = ui.gestures().tap(id)) result = tap->count == 2 ? at_default : place(tap->at.x);
  const float shown = result.value_or(position);
  const float middle = rect.centre().y;
  const float knob = rect.x + rect.w * shown;
  p.fill({rect.x, middle - 2.0F, rect.w, 4.0F}, Role::Control, 2.0F);
  p.fill({rect.x, middle - 2.0F, rect.w * shown, 4.0F}, Role::Accent, 2.0F);
  p.vertical(rect.x + rect.w * at_default, middle + 12.0F, middle + 18.0F, Role::Edge);
  const bool held = ui.gestures().dragging(id) || ui.gestures().held(id);
  p.circle({knob, middle}, ui.animate(id ^ kKnob, held ? 14.0F : 12.0F, tokens::kMotionPress), Role::Accent);
  if (ui.gestures().hovered(id)) ui.set_cursor(platform::Host::Cursor::Hand);
  return result;
}

}  // namespace klono::app::ui

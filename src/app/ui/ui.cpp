#include <algorithm>
#include <cmath>

#include "app/ui/widgets.hpp"

namespace klono::app::ui {

void Ui::begin(Painter& painter, const platform::Surface& surface, double now_s,
               std::span<const platform::Input> inputs) {
  painter_ = &painter;
  surface_ = surface;
  now_s_ = now_s;
  frame_wanted_ = false;
  foot_ = surface.height - surface.inset_bottom;
  message_left_ = message_right_ = 0.0F;
  cursor_ = platform::Host::Cursor::Arrow;
  gestures_.begin_frame(inputs, now_s);
}

Rect Ui::message_room(const Rect& above) const {
  if (message_right_ <= message_left_) return above;
  return {message_left_, above.y, message_right_ - message_left_, above.h};
}

void Ui::end() {
  frame_wanted_ |= gestures_.end_frame();
  frame_wanted_ |= painter_->glyphs_missing();
  painter_ = nullptr;
}

bool Ui::pressed(WidgetId id, const Rect& rect, bool enabled) {
  if (!enabled) return false;
  area(id, rect.at_least(tokens::kTouchMin, tokens::kTouchMin), AreaKind::Press);
  if (gestures_.hovered(id)) cursor_ = platform::Host::Cursor::Hand;
  const std::optional<Tap> tap = gestures_.tap(id);
  return tap && !tap->hold && !tap->secondary;
}

float Ui::animate(WidgetId id, float target, float ms, bool fade) {
  const auto [entry, fresh] = animations_.try_emplace(id, Animation{target, target, target, now_s_});
  Animation& a = entry->second;
  if (a.to != target) {
    a.from = a.value;
    a.to = target;
    a.start_s = now_s_;
  }
  const bool still = surface_.reduced_motion && !fade;
  const float progress = still || ms <= 0.0F ? 1.0F : static_cast<float>((now_s_ - a.start_s) * 1000.0) / ms;
  if (progress >= 1.0F || a.from == a.to) {
    a.value = a.from = a.to;
    return a.value;
  }
  const float rest = 1.0F - std::max(0.0F, progress);
  a.value = a.from + (a.to - a.from) * (1.0F - rest * rest * rest);
  frame_wanted_ = true;
  return a.value;
}

void Ui::set_animation(WidgetId id, float value) { animations_[id] = {value, value, value, now_s_}; }

// ---- scrolling

namespace {

constexpr float kNotch = 64.0F;          // CSS pixels a notch of the wheel
constexpr double kGlide_s = 0.325;       // time constant of momentum, as on phones (chosen)
constexpr float kSlowest = 10.0F;        // CSS pixels a second: then it rests
constexpr WidgetId kIndicator = id_of("scroll-indicator");

}  // namespace

ScrollArea::ScrollArea(Ui& ui, WidgetId id, const Rect& view) : ui_(ui), id_(id), view_(view), offset_(0.0F) {
  Ui::Scroll& scroll = ui.scroll(id);
  const float limit = std::max(0.0F, scroll.content - view.h);
  ui.area(id, view, AreaKind::Scroll);
  const float dt = static_cast<float>(std::clamp(ui.now_s() - scroll.last_s, 0.0, 0.05));
  scroll.last_s = ui.now_s();
  if (const auto drag = ui.gestures().drag(id)) {
    scroll.offset -= drag->delta.y;
    scroll.velocity = drag->ended ? -drag->velocity.y : 0.0F;
    if (ui.surface().reduced_motion) scroll.velocity = 0.0F;
  } else if (scroll.velocity != 0.0F) {
    scroll.offset += scroll.velocity * dt;
    scroll.velocity *= static_cast<float>(std::exp(-dt / kGlide_s));
    if (std::abs(scroll.velocity) < kSlowest || scroll.offset <= 0.0F || scroll.offset >= limit || ui.gestures().any_down())
      scroll.velocity = 0.0F;
    ui.request_frame();
  }
  if (const auto wheel = ui.gestures().wheel(id)) {
    scroll.offset -= wheel->dy * kNotch;
    scroll.velocity = 0.0F;
  }
  for (const platform::KeyInput& key : ui.gestures().keys()) {
    const float page = view.h * 0.85F;
    if (key.key == platform::Key::PageDown) scroll.offset += page;
    if (key.key == platform::Key::PageUp) scroll.offset -= page;
  }
  if (scroll.velocity != 0.0F) ui.request_frame();
  scroll.offset = std::clamp(scroll.offset, 0.0F, limit);
  offset_ = ui.paint().snap(scroll.offset);
  ui.paint().push_clip(view);
}

ScrollArea::~ScrollArea() {
  Ui::Scroll& scroll = ui_.scroll(id_);
  if (std::abs(scroll.content - content_) > 0.5F) ui_.request_frame();
  scroll.content = content_;
  const bool scrollable = content_ > view_.h + 1.0F;
  const bool active = scrollable && (ui_.gestures().dragging(id_) || scroll.velocity != 0.0F ||
                                     ui_.gestures().wheel(id_).has_value());
  const float shown = scrollable ? ui_.animate(id_ ^ kIndicator, active ? 1.0F : 0.0F, active ? 0.0F : 600.0F, true) : 0.0F;
  if (shown > 0.01F) {
    const float length = std::max(32.0F, view_.h * view_.h / content_);
    const float at = view_.y + (view_.h - length) * offset_ / std::max(1.0F, content_ - view_.h);
    ui_.paint().fill({view_.right() - 5.0F, at + 2.0F, 3.0F, length - 4.0F}, Ink(Role::Edge, shown * 0.7F), 1.5F);
  }
  ui_.paint().pop_clip();
}

}  // namespace klono::app::ui

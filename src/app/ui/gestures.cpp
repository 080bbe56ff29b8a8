#include "app/ui/gestures.hpp"

#include <algorithm>
#include <cmath>

namespace klono::app::ui {
namespace {

constexpr float kMouseSlop = 3.0F;
constexpr float kLeastSpread = 24.0F;  // two fingers closer than this no longer change the zoom

float distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

void Gestures::begin_frame(std::span<const platform::Input> inputs, double now_s) {
  frame_s_ = now_s - now_s_;
  now_s_ = now_s;
  taps_.clear();
  drags_.clear();
  wheels_.clear();
  keys_.clear();
  for (const platform::Input& input : inputs) {
    if (const auto* p = std::get_if<platform::PointerInput>(&input)) {
      pointer(*p);
    } else if (const auto* w = std::get_if<platform::WheelInput>(&input)) {
      wheel_turned(*w);
    } else if (const auto* k = std::get_if<platform::KeyInput>(&input)) {
      key(*k);
    }
  }
  fire_holds();
  finish_drags();
  hovered_ = 0;
  if (mouse_ && pointers_.empty())
    if (const Area* area = top(*mouse_, [](AreaKind kind) { return kind != AreaKind::Scroll; }); area != nullptr)
      hovered_ = area->id;
}

bool Gestures::end_frame() {
  areas_.swap(next_areas_);
  next_areas_.clear();
  return std::any_of(pointers_.begin(), pointers_.end(), [](const auto& entry) {
    return entry.second.press != 0 && !entry.second.moved && !entry.second.spent;
  });
}

void Gestures::area(WidgetId id, const Rect& rect, AreaKind kind) {
  if (!rect.empty()) next_areas_.push_back({id, rect, kind});
}

const Gestures::Area* Gestures::top(Point at, bool (*accepts)(AreaKind)) const {
  for (auto area = areas_.rbegin(); area != areas_.rend(); ++area) {
    if (!area->rect.contains(at)) continue;
    if (accepts(area->kind)) return &*area;
    if (area->kind == AreaKind::Block) return nullptr;
  }
  return nullptr;
}

void Gestures::pointer(const platform::PointerInput& input) {
  if (!input.touch) mouse_ = Point{input.x, input.y};
  switch (input.kind) {
    case platform::PointerInput::Kind::Down:
      if (input.touch) mouse_.reset();
      down(input);
      break;
    case platform::PointerInput::Kind::Move:
      if (const auto found = pointers_.find(input.id); found != pointers_.end()) move(found->second, {input.x, input.y});
      break;
    case platform::PointerInput::Kind::Up: up(input, false); break;
    case platform::PointerInput::Kind::Cancel: up(input, true); break;
  }
}

void Gestures::down(const platform::PointerInput& input) {
  focus_visible_ = false;
  Pointer p;
  p.down = p.at = p.last_frame = {input.x, input.y};
  p.down_s = now_s_;
  p.touch = input.touch;
  p.secondary = input.button == 1;
  for (auto area = areas_.rbegin(); area != areas_.rend(); ++area) {
    if (!area->rect.contains(p.at)) continue;
    if (area->kind == AreaKind::Press && p.press == 0 && p.drag == 0 && p.scroll == 0) p.press = area->id;
    if (area->kind == AreaKind::Drag && p.drag == 0 && p.scroll == 0) {
      p.drag = area->id;
      if (p.press == 0) p.press = area->id;
    }
    if (area->kind == AreaKind::Scroll && p.scroll == 0) p.scroll = area->id;
    if (area->kind == AreaKind::Block) {
      if (p.press == 0 && p.drag == 0 && p.scroll == 0) p.press = area->id;
      break;
    }
  }
  // A second finger on the same part makes a pinch of both at once.
  for (auto& [id, other] : pointers_) {
    if (p.drag == 0 || other.drag != p.drag) continue;
    for (Pointer* finger : {&other, &p}) {
      if (finger->owner == 0) finger->began = true;
      finger->owner = p.drag;
      finger->spent = true;
    }
  }
  pointers_[input.id] = p;
}

void Gestures::move(Pointer& p, Point to) {
  p.at = to;
  if (p.moved || distance(p.at, p.down) <= (p.touch ? kSlop : kMouseSlop)) return;
  p.moved = true;
  if (p.owner != 0 || p.spent) return;
  const bool upright = std::abs(p.at.y - p.down.y) > std::abs(p.at.x - p.down.x);
  // A list under a finger wins upright movements; the mouse scrolls by its wheel.
  if (p.scroll != 0 && p.touch && (p.drag == 0 || upright)) {
    p.owner = p.scroll;
  } else {
    p.owner = p.drag;
  }
  p.began = p.owner != 0;
  if (p.owner != 0) p.spent = true;
}

void Gestures::up(const platform::PointerInput& input, bool cancelled) {
  const auto found = pointers_.find(input.id);
  if (found == pointers_.end()) return;
  Pointer p = found->second;
  if (!cancelled) move(p, {input.x, input.y});
  pointers_.erase(found);

  if (p.owner != 0) {
    const bool last = std::none_of(pointers_.begin(), pointers_.end(),
                                   [&](const auto& entry) { return entry.second.owner == p.owner; });
    Drag& drag = drags_[p.owner];
    drag.from = p.down;
    drag.at = p.at;
    drag.delta = {drag.delta.x + p.at.x - p.last_frame.x, drag.delta.y + p.at.y - p.last_frame.y};
    drag.touch = p.touch;
    drag.began = p.began;
    drag.ended = last;
    drag.velocity = p.velocity;
    if (!last) drag.delta = {};  // the other finger goes on alone
    return;
  }
  if (cancelled || p.spent || p.press == 0) return;
  const bool inside = std::any_of(areas_.begin(), areas_.end(), [&](const Area& area) {
    return area.id == p.press && area.rect.at_least(area.rect.w + kSlop, area.rect.h + kSlop).contains(p.at);
  });
  if (inside) tapped(p);
}

void Gestures::tapped(const Pointer& p) {
  const bool again = p.press == last_tap_id_ && now_s_ - last_tap_s_ < kDouble_s && distance(p.at, last_tap_at_) < 24.0F;
  Tap tap;
  tap.at = p.at;
  tap.count = again ? 2 : 1;
  tap.touch = p.touch;
  tap.secondary = p.secondary;
  taps_[p.press] = tap;
  last_tap_id_ = again ? 0 : p.press;
  last_tap_s_ = now_s_;
  last_tap_at_ = p.at;
}

void Gestures::fire_holds() {
  for (auto& [id, p] : pointers_) {
    if (p.press == 0 || p.moved || p.spent || now_s_ - p.down_s < kHold_s) continue;
    p.spent = true;
    Tap tap;
    tap.at = p.at;
    tap.touch = p.touch;
    tap.hold = true;
    taps_[p.press] = tap;
  }
}

void Gestures::finish_drags() {
  std::map<WidgetId, std::vector<Pointer*>> owners;
  for (auto& [id, p] : pointers_)
    if (p.owner != 0) owners[p.owner].push_back(&p);
  for (auto& [id, fingers] : owners) {
    Drag& drag = drags_[id];
    const Pointer& a = *fingers[0];
    drag.from = a.down;
    drag.touch = a.touch;
    drag.pointers = static_cast<int>(std::min<std::size_t>(2, fingers.size()));
    if (fingers.size() >= 2) {
      const Pointer& b = *fingers[1];
      const Point now{(a.at.x + b.at.x) / 2.0F, (a.at.y + b.at.y) / 2.0F};
      const Point then{(a.last_frame.x + b.last_frame.x) / 2.0F, (a.last_frame.y + b.last_frame.y) / 2.0F};
      drag.at = now;
      drag.delta = {now.x - then.x, now.y - then.y};
      drag.zoom = std::max(kLeastSpread, distance(a.at, b.at)) / std::max(kLeastSpread, distance(a.last_frame, b.last_frame));
    } else {
      drag.at = a.at;
      drag.delta = {a.at.x - a.last_frame.x, a.at.y - a.last_frame.y};
    }
    drag.ended = false;
    for (Pointer* p : fingers) {
      drag.began |= p->began;
      p->began = false;
    }
  }
  const float dt = static_cast<float>(std::clamp(frame_s_, 0.004, 0.1));
  for (auto& [id, p] : pointers_) {
    const Point speed{(p.at.x - p.last_frame.x) / dt, (p.at.y - p.last_frame.y) / dt};
    constexpr float kFresh = 0.6F;  // chosen: follows a flick, forgives one late frame
    p.velocity = {p.velocity.x + (speed.x - p.velocity.x) * kFresh, p.velocity.y + (speed.y - p.velocity.y) * kFresh};
    p.last_frame = p.at;
  }
}

void Gestures::wheel_turned(const platform::WheelInput& input) {
  const Area* area = top({input.x, input.y}, [](AreaKind kind) { return kind == AreaKind::Drag || kind == AreaKind::Scroll; });
  if (area == nullptr) return;
  Wheel& wheel = wheels_[area->id];
  wheel.at = {input.x, input.y};
  wheel.dx += input.dx;
  wheel.dy += input.dy;
  wheel.shift = input.shift;
  wheel.control = input.control;
}

void Gestures::key(const platform::KeyInput& input) {
  keys_.push_back(input);
  if (input.key == platform::Key::Tab) return walk_focus(input.shift);
  const bool act = input.key == platform::Key::Enter || input.key == platform::Key::Space;
  if (!act || !focus_visible_) return;
  for (const Area& area : areas_)
    if (area.id == focus_ && area.kind == AreaKind::Press) {
      Tap tap;
      tap.at = area.rect.centre();
      taps_[focus_] = tap;
    }
}

void Gestures::walk_focus(bool back) {
  std::vector<WidgetId> order;
  for (const Area& area : areas_) {
    if (area.kind == AreaKind::Block) order.clear();  // only what lies above it can be reached
    if (area.kind == AreaKind::Press) order.push_back(area.id);
  }
  if (order.empty()) return;
  const auto at = std::find(order.begin(), order.end(), focus_);
  if (at == order.end()) {
    focus_ = back ? order.back() : order.front();
  } else {
    const auto index = static_cast<std::size_t>(at - order.begin());
    focus_ = order[(index + (back ? order.size() - 1 : 1)) % order.size()];
  }
  focus_visible_ = true;
}

std::optional<Tap> Gestures::tap(WidgetId id) const {
  const auto found = taps_.find(id);
  return found == taps_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Drag> Gestures::drag(WidgetId id) const {
  const auto found = drags_.find(id);
  return found == drags_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Wheel> Gestures::wheel(WidgetId id) const {
  const auto found = wheels_.find(id);
  return found == wheels_.end() ? std::nullopt : std::optional(found->second);
}

bool Gestures::held(WidgetId id) const {
  return std::any_of(pointers_.begin(), pointers_.end(), [&](const auto& entry) {
    return entry.second.press == id && entry.second.owner == 0 && !entry.second.moved;
  });
}

bool Gestures::held_within(WidgetId id, const Rect& rect) const {
  return std::any_of(pointers_.begin(), pointers_.end(), [&](const auto& entry) {
    return entry.second.press == id && entry.second.owner == 0 && rect.contains(entry.second.at);
  });
}

bool Gestures::dragging(WidgetId id) const {
  return std::any_of(pointers_.begin(), pointers_.end(), [&](const auto& entry) { return entry.second.owner == id; });
}

void Gestures::cancel_all() {
  for (auto& [id, p] : pointers_) {
    p.press = p.owner = p.drag = p.scroll = 0;
    p.spent = true;
  }
}

}  // namespace klono::app::ui

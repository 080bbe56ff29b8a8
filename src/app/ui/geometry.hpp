#pragma once
/// Positions and rectangles in CSS pixels, origin top left.

#include <algorithm>

namespace klono::app::ui {

struct Point {
  float x = 0.0F;
  float y = 0.0F;

  friend bool operator==(const Point&, const Point&) = default;
};

struct Rect {
  float x = 0.0F;
  float y = 0.0F;
  float w = 0.0F;
  float h = 0.0F;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Point centre() const { return {x + w / 2.0F, y + h / 2.0F}; }
  bool empty() const { return w <= 0.0F || h <= 0.0F; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  bool overlaps(const Rect& o) const { return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom(); }

  Rect inset(float by) const { return inset(by, by); }
  Rect inset(float dx, float dy) const { return {x + dx, y + dy, w - 2.0F * dx, h - 2.0F * dy}; }
  Rect moved(float dx, float dy) const { return {x + dx, y + dy, w, h}; }

  /// Common part; empty (never negative) where there is none.
  Rect clipped(const Rect& o) const {
    const float left = std::max(x, o.x);
    const float top = std::max(y, o.y);
    return {left, top, std::max(0.0F, std::min(right(), o.right()) - left),
            std::max(0.0F, std::min(bottom(), o.bottom()) - top)};
  }

  /// The smallest rectangle about the same middle that a finger can hit.
  Rect at_least(float width, float height) const {
    const float dx = std::max(0.0F, width - w) / 2.0F;
    const float dy = std::max(0.0F, height - h) / 2.0F;
    return inset(-dx, -dy);
  }

  // Cut a strip off one side and keep the rest.
  Rect take_top(float height) {
    const Rect cut{x, y, w, height};
    y += height;
    h -= height;
    return cut;
  }
  Rect take_bottom(float height) {
    h -= height;
    return {x, y + h, w, height};
  }
  Rect take_left(float width) {
    const Rect cut{x, y, width, h};
    x += width;
    w -= width;
    return cut;
  }
  Rect take_right(float width) {
    w -= width;
    return {x + w, y, width, h};
  }

  friend bool operator==(const Rect&, const Rect&) = default;
};

}  // namespace klono::app::ui

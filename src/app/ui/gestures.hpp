#pragma once
/// Pointers become gestures. Parts register areas while they draw; an input is routed by the areas of the frame
/// the person saw when it was made, topmost (last registered) first.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "app/ui/geometry.hpp"
#include "platform/host.hpp"

namespace klono::app::ui {

using WidgetId = std::uint32_t;  ///< 0 is nobody

/// FNV-1a of a name, mixed with a number for repeated parts.
constexpr WidgetId id_of(std::string_view name, std::uint64_t number = 0) {
  WidgetId hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<WidgetId>(static_cast<unsigned char>(c))) * 16777619U;
  for (int i = 0; i < 8; ++i) hash = (hash ^ static_cast<WidgetId>((number >> (8 * i)) & 0xFFU)) * 16777619U;
  return hash == 0 ? 1 : hash;
}

enum class AreaKind : std::uint8_t {
  Press,   ///< taps; lets a drag go to the Scroll or Drag area behind it
  Drag,    ///< taps, drags, pinches, wheel; takes the pointer once it moves (a timeline, a slider, a window's end)
  Scroll,  ///< vertical drags by touch, and the wheel; a Press inside keeps its taps
  Block    ///< swallows everything (behind a sheet or dialog)
};

struct Tap {
  Point at;
  int count = 1;      ///< 2 for the second of a double tap
  bool touch = false;
  bool secondary = false;
  bool hold = false;  ///< a long press of 500 ms, without release; the release that follows is no tap
};

/// One finger or the mouse: `pointers` 1 and `zoom` 1. Two fingers: `at` is their middle, `zoom` the change of their
/// distance since the last frame (horizontal spread).
struct Drag {
  Point from;   ///< where it began
  Point at;
  Point delta;  ///< since the last frame
  float zoom = 1.0F;
  int pointers = 1;
  bool touch = false;
  bool began = false;
  bool ended = false;
  Point velocity;  ///< CSS pixels a second, at the end
};

struct Wheel {
  Point at;
  float dx = 0.0F;  ///< notches
  float dy = 0.0F;
  bool shift = false;
  bool control = false;  ///< also trackpad pinches
};

class Gestures {
 public:
  static constexpr float kSlop = 8.0F;        ///< a tap may move this far (chosen; platforms use 8 to 10)
  static constexpr double kHold_s = 0.5;
  static constexpr double kDouble_s = 0.35;

  /// Routes the inputs and starts a new list of areas.
  void begin_frame(std::span<const platform::Input> inputs, double now_s);
  /// Closes the frame. True while a hold is waited for: another frame is needed without input.
  bool end_frame();

  /// Registers an area; later ones lie above earlier ones. Give the visible part only.
  void area(WidgetId id, const Rect& rect, AreaKind kind);

  // What happened to an area since the last frame.
  std::optional<Tap> tap(WidgetId id) const;
  std::optional<Drag> drag(WidgetId id) const;
  std::optional<Wheel> wheel(WidgetId id) const;

  bool hovered(WidgetId id) const { return hovered_ == id; }  ///< mouse only, no button down
  bool held(WidgetId id) const;   ///< a pointer is down on it and has not left
  /// A pointer that went down on it is still inside `rect`, however far it moved: for holding.
  bool held_within(WidgetId id, const Rect& rect) const;
  bool dragging(WidgetId id) const;
  bool any_down() const { return !pointers_.empty(); }
  std::optional<Point> mouse() const { return mouse_; }
  std::span<const platform::KeyInput> keys() const { return keys_; }

  // Keyboard: Tab walks the Press areas in order of registration; Enter and Space tap the focused one.
  bool focused(WidgetId id) const { return focus_ == id && focus_visible_; }
  void focus(WidgetId id) { focus_ = id; }

  /// Takes a captured pointer away (a sheet opened under it).
  void cancel_all();

 private:
  struct Area {
    WidgetId id = 0;
    Rect rect;
    AreaKind kind = AreaKind::Press;
  };
  struct Pointer {
    Point down, at, last_frame, velocity;
    double down_s = 0.0;
    bool touch = false;
    bool secondary = false;
    bool moved = false;   ///< beyond the slop
    bool spent = false;   ///< became a drag, pinch or hold: no tap any more
    bool began = false;   ///< the drag has not been reported yet
    WidgetId press = 0;   ///< may become a tap on this
    WidgetId drag = 0;    ///< Drag area under it
    WidgetId scroll = 0;  ///< Scroll area under it
    WidgetId owner = 0;   ///< which of the two took it
  };

  void pointer(const platform::PointerInput& input);
  void down(const platform::PointerInput& input);
  void move(Pointer& p, Point to);
  void up(const platform::PointerInput& input, bool cancelled);
  void tapped(const Pointer& p);
  void fire_holds();
  void finish_drags();
  void wheel_turned(const platform::WheelInput& input);
  void key(const platform::KeyInput& input);
  void walk_focus(bool back);
  const Area* top(Point at, bool (*accepts)(AreaKind)) const;

  double now_s_ = 0.0;
  double frame_s_ = 0.0;
  std::vector<Area> areas_, next_areas_;
  std::map<int, Pointer> pointers_;
  std::map<WidgetId, Tap> taps_;
  std::map<WidgetId, Drag> drags_;
  std::map<WidgetId, Wheel> wheels_;
  std::vector<platform::KeyInput> keys_;
  std::optional<Point> mouse_;
  WidgetId hovered_ = 0;
  WidgetId focus_ = 0;
  bool focus_visible_ = false;
  WidgetId last_tap_id_ = 0;
  double last_tap_s_ = -1.0;
  Point last_tap_at_;
};

}  // namespace klono::app::ui

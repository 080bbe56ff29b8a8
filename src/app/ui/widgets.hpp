#pragma once
/// The parts every screen is made of, with their states. Sizes and states: the table "Parts" of the look.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/gestures.hpp"
#include "app/ui/painter.hpp"

namespace klono::app::ui {

/// What one frame is drawn with, and what parts remember between frames. One for the app.
class Ui {
 public:
  static constexpr float kRailHeight = 600.0F;

  void begin(Painter& painter, const platform::Surface& surface, double now_s, std::span<const platform::Input> inputs);
  void end();

  Painter& paint() { return *painter_; }
  Gestures& gestures() { return gestures_; }
  const Theme& theme() const { return painter_->theme(); }
  const platform::Surface& surface() const { return surface_; }
  Rect window() const { return {0.0F, 0.0F, surface_.width, surface_.height}; }
  /// Rail instead of tabs; a phone on its side stays a phone.
  bool wide() const { return surface_.width >= tokens::kLayoutRailFrom && surface_.height >= kRailHeight; }
  double now_s() const { return now_s_; }

  /// Registers the visible part of `rect`.
  void area(WidgetId id, const Rect& rect, AreaKind kind) { gestures_.area(id, rect.clipped(paint().clip()), kind); }
  /// Registers a Press area (grown to what a finger can hit), shows the hand; true when tapped.
  bool pressed(WidgetId id, const Rect& rect, bool enabled = true);

  /// Moves a remembered value towards `target` in `ms` (cubic out), asking for frames until it is there.
  /// Starts at the target the first time. Reduced motion: at once, unless `fade`.
  float animate(WidgetId id, float target, float ms = tokens::kMotionMove, bool fade = false);
  /// Forgets an animation, so that the next call starts from `value`.
  void set_animation(WidgetId id, float value);

  void request_frame() { frame_wanted_ = true; }
  bool frame_wanted() const { return frame_wanted_; }

  void set_cursor(platform::Host::Cursor cursor) { cursor_ = cursor; }
  platform::Host::Cursor cursor() const { return cursor_; }

  /// Messages appear above this line: the tab bar, or what a screen keeps at its foot.
  void set_foot(float y) { foot_ = y; }
  float foot() const { return foot_; }
  /// Messages keep to this part of the width, so that they cover nothing that is wanted meanwhile; for this frame.
  void set_message_span(float left, float right) { message_left_ = left, message_right_ = right; }
  Rect message_room(const Rect& above) const;

  /// A number a part remembers between frames (open or closed, a height); 0 at first.
  float& kept(WidgetId id) { return kept_[id]; }

  // Scroll positions by area.
  struct Scroll { float offset = 0.0F, velocity = 0.0F, content = 0.0F; double last_s = 0.0; };
  Scroll& scroll(WidgetId id) { return scrolls_[id]; }

 private:
  struct Animation { float from = 0.0F, to = 0.0F, value = 0.0F; double start_s = 0.0; };

  Painter* painter_ = nullptr;
  Gestures gestures_;
  platform::Surface surface_;
  double now_s_ = 0.0;
  bool frame_wanted_ = false;
  float foot_ = 0.0F;
  float message_left_ = 0.0F, message_right_ = 0.0F;
  platform::Host::Cursor cursor_ = platform::Host::Cursor::Arrow;
  std::map<WidgetId, Animation> animations_;
  std::map<WidgetId, Scroll> scrolls_;
  std::map<WidgetId, float> kept_;
};

// ---- actions

enum class ButtonKind : std::uint8_t { Primary, Plain, Outline, Quiet, Destroy };

struct ButtonLook {
  ButtonKind kind = ButtonKind::Plain;
  std::optional<Icon> icon = std::nullopt;
  bool enabled = true;
  TextSize size = TextSize::Body;
  float radius = tokens::kRadiusControl;
};

/// Label and icon centred in `rect`; true when tapped (press and release inside).
bool button(Ui& ui, WidgetId id, const Rect& rect, std::string_view label, const ButtonLook& look = {});
/// Width the label, icon and padding need.
float button_width(Ui& ui, std::string_view label, const ButtonLook& look = {}, float pad = 16.0F);
/// 48 x 48 about the middle of `box`; `label` names it for the pointer's caption only.
bool icon_button(Ui& ui, WidgetId id, const Rect& box, Icon icon, bool enabled = true, bool on = false);
/// Underlined or accent text that acts; returns true when tapped.
bool text_link(Ui& ui, WidgetId id, Point top_left, std::string_view label, TextStyle style);

enum class ChipKind : std::uint8_t { Off, On, Outline };
float chip_width(Ui& ui, std::string_view label, float height = 32.0F);
bool chip(Ui& ui, WidgetId id, const Rect& rect, std::string_view label, ChipKind kind, std::optional<Icon> trailing = std::nullopt);
/// A chip that does nothing.
void badge(Ui& ui, const Rect& rect, std::string_view label, ChipKind kind);

/// Returns the tapped segment, or -1.
int segmented(Ui& ui, WidgetId id, const Rect& rect, std::span<const std::string_view> labels, int selected);

/// A box with a tick, a label and room for a note; true when tapped.
bool choice_row(Ui& ui, WidgetId id, const Rect& rect, std::string_view label, bool on, bool radio = false);

/// A track with a knob; `position`, `at_default` in 0..1. Returns the new position while dragged or tapped; a double
/// tap gives the default.
std::optional<float> slider(Ui& ui, WidgetId id, const Rect& rect, float position, float at_default);

// ---- surfaces

/// Filled, radius 16, hairline on paper. Returns nothing: draw into rect.inset(pad).
void card(Ui& ui, const Rect& rect, float radius = tokens::kRadiusCard);
/// A card that acts as a whole.
bool card_button(Ui& ui, WidgetId id, const Rect& rect, float radius = tokens::kRadiusCard);
void separator(Ui& ui, float x0, float x1, float y);
void progress_bar(Ui& ui, const Rect& rect, double fraction, Ink ink = Role::Accent);

/// A list row: title, note below, value and chevron at the right; true when tapped.
struct RowText {
  std::string_view title;
  std::string_view note = {};
  std::string_view value = {};
  std::optional<Icon> leading = std::nullopt;
  std::optional<Icon> trailing = std::nullopt;
  Ink ink = Role::Text;
};
bool list_row(Ui& ui, WidgetId id, const Rect& rect, const RowText& text, bool enabled = true);

/// Dialog scrim plus a sheet from below (phone) or a card in the middle (wide). `height` of the content.
/// Returns the content rect; `*closed` becomes true on a tap outside, Escape or a drag down.
Rect sheet(Ui& ui, WidgetId id, float height, bool* closed);

/// A message with undo above the foot; true when undo was tapped.
bool toast(Ui& ui, WidgetId id, const Rect& above, std::string_view message, std::string_view undo_label, float visible);

// ---- scrolling

/// Everything drawn while it lives is clipped to `view` and moved by offset(): draw at view.y - offset().
/// Touch drag with momentum, wheel, thin indicator while moving.
class ScrollArea {
 public:
  ScrollArea(Ui& ui, WidgetId id, const Rect& view);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  float top() const { return view_.y - offset_; }  ///< where content begins
  /// Tell how far down the content reached (absolute y), before the area ends.
  void content_end(float y) { content_ = y - top(); }

 private:
  Ui& ui_;
  WidgetId id_;
  Rect view_;
  float offset_;
  float content_ = 0.0F;
};

// ---- frame

struct NavItem {
  std::string_view command;
  std::string_view label;
  Icon icon;
  bool on = false;
  bool foot = false;  ///< at the foot of the rail
};
/// Bottom tabs; returns the index tapped or -1.
int tab_bar(Ui& ui, const Rect& rect, std::span<const NavItem> items);
/// Side rail with the logo on top; returns the index tapped or -1.
int rail(Ui& ui, const Rect& rect, std::span<const NavItem> items);
/// 56 high head of a pushed screen: back arrow, title, note below it; true when back was tapped.
bool back_head(Ui& ui, WidgetId id, const Rect& rect, std::string_view title, std::string_view note = {});

}  // namespace klono::app::ui

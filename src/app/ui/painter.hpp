#pragma once
/// A thin layer over ImDrawList: positions in CSS pixels, colours by role, snapped to device pixels.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/fonts.hpp"
#include "app/ui/geometry.hpp"
#include "app/ui/theme.hpp"

struct ImDrawList;

namespace klono::app::ui {

enum class Align : std::uint8_t { Left, Centre, Right };

/// How a run of text looks. The line box is the token's; text is placed by the top of its box.
struct TextStyle {
  TextSize size = TextSize::Body;
  Ink ink = Role::Text;
  Weight weight = Weight::Regular;
  Align align = Align::Left;

  TextStyle strong() const { return {size, ink, Weight::Strong, align}; }
  TextStyle in(Ink other) const { return {size, other, weight, align}; }
  TextStyle aligned(Align other) const { return {size, ink, weight, other}; }
};

namespace text {
inline constexpr TextStyle kCaption{TextSize::Caption, Role::Text3, Weight::Regular, Align::Left};
inline constexpr TextStyle kSmall{TextSize::Small, Role::Text2, Weight::Regular, Align::Left};
inline constexpr TextStyle kBody{TextSize::Body, Role::Text, Weight::Regular, Align::Left};
inline constexpr TextStyle kStrong{TextSize::Body, Role::Text, Weight::Strong, Align::Left};
inline constexpr TextStyle kTitle{TextSize::Title, Role::Text, Weight::Strong, Align::Left};
inline constexpr TextStyle kDisplay{TextSize::Display, Role::Text, Weight::Strong, Align::Left};
inline constexpr TextStyle kFigure{TextSize::Figure, Role::Text, Weight::Strong, Align::Left};
}  // namespace text

enum class Icon : std::uint8_t {
  Library, Patterns, Record, History, Report, Sliders, Review, Help, Back, Forward, Down, Up, Close, Check, Cross,
  Undo, Redo, Share, Save, Folder, File, Plus, Minus, Fit, List, Moon, Sun, Lock, Info, Play, Trash, More, Strip, Plug, Phone, Pause, Sound, SoundOff, Bluetooth
};

/// Line box of a size, CSS pixels.
constexpr float line_height(TextSize size) { return tokens::kTextLine[static_cast<std::size_t>(size)]; }

class Painter {
 public:
  Painter(ImDrawList* list, Fonts& fonts, const Theme& theme, float scale);

  const Theme& theme() const { return *theme_; }
  /// Paints with another theme until it is set back (a page is paper in both themes). Must outlive its use.
  void set_theme(const Theme& theme) { theme_ = &theme; }
  ImDrawList* list() const { return list_; }  ///< its coordinates are device pixels
  float scale() const { return scale_; }      ///< device pixels a CSS pixel
  float snap(float value) const;              ///< to the nearest device pixel
  Rect snap(const Rect& rect) const;
  float crisp(float width) const;             ///< a line width that fills whole device pixels, at least one

  // Shapes. `width` and `radius` in CSS pixels.
  void fill(const Rect& rect, Ink ink, float radius = 0.0F);
  void black(const Rect& rect);  ///< the ground of the night screen, darker than any role
  void fill_top(const Rect& rect, Ink ink, float radius);  ///< only the upper corners round (sheets)
  void outline(const Rect& rect, Ink ink, float radius = 0.0F, float width = 1.0F);  ///< stroke inside the rect
  void dashed_outline(const Rect& rect, Ink ink, float radius, float on, float off, float width = 1.0F);
  void horizontal(float x0, float x1, float y, Ink ink, float width = 1.0F);  ///< crisp; y is the upper edge
  void vertical(float x, float y0, float y1, Ink ink, float width = 1.0F);    ///< crisp; x is the left edge
  void dotted_vertical(float x, float y0, float y1, Ink ink);                 ///< 2 on, 4 off: edge of a gap
  void line(Point a, Point b, Ink ink, float width);
  void polyline(std::span<const Point> points, Ink ink, float width, bool closed = false);
  void polygon(std::span<const Point> points, Ink ink);  ///< convex, filled
  void circle(Point centre, float radius, Ink ink);
  void ring(Point centre, float radius, Ink ink, float width);
  void arc(Point centre, float radius, float from, float to, Ink ink, float width);  ///< turns, 0 = top, clockwise

  /// 45 degree lines; `phase_x` is a fixed point of the pattern, so that it pans with the data.
  void hatch(const Rect& rect, Ink ink = Role::Hatch, float phase_x = 0.0F);

  /// Upright silhouette about its middle line: one column a value in 0..1; negative or NaN leaves a hole.
  void silhouette(const Rect& rect, std::span<const float> columns, Ink ink = Role::Envelope);

  /// Event capsule, and the person's own triangle (tip up, top centre at `tip`).
  enum class Mark : std::uint8_t { Open, Confirmed, Rejected };
  void capsule(const Rect& rect, Mark mark);
  void triangle(Point tip, float size, Ink ink = Role::Own);

  void icon(Icon icon, const Rect& box, Ink ink, float stroke = tokens::kStrokeIcon);  ///< drawn in a 24 grid
  void logo(const Rect& box);

  // Text. Returns the width drawn.
  float text(Point top_left, std::string_view text, const TextStyle& style);  ///< align about x
  /// One line in a box: placed by align, centred vertically, ended by an ellipsis where it does not fit.
  float text_in(const Rect& box, std::string_view text, const TextStyle& style);
  /// Wrapped at `width`, and at line feeds; at most `max_lines` (0 = all), the last with an ellipsis. Returns the height.
  float paragraph(Point top_left, float width, std::string_view text, const TextStyle& style, int max_lines = 0);

  float text_width(std::string_view text, const TextStyle& style) const;
  float paragraph_height(float width, std::string_view text, const TextStyle& style, int max_lines = 0) const;

  /// Nothing is drawn outside; nested clips intersect.
  void push_clip(const Rect& rect);
  void pop_clip();
  const Rect& clip() const { return clips_.back(); }
  bool visible(const Rect& rect) const { return clip().overlaps(rect); }

  /// True when a text met glyphs that are not baked yet: the next frame bakes them.
  bool glyphs_missing() const { return fonts_->pending(); }

  /// Multiplies the alpha of everything painted until set back to 1 (disabled parts, fades).
  void set_alpha(float alpha) { alpha_ = alpha; }
  float alpha() const { return alpha_; }

 private:
  std::uint32_t packed(Ink ink) const;
  void band(std::span<const Point> half_heights, float middle, std::uint32_t colour);
  std::vector<std::string_view> wrapped(float width, std::string_view text, const TextStyle& style) const;
  std::string shortened(std::string_view text, float width, const TextStyle& style) const;

  ImDrawList* list_;
  Fonts* fonts_;
  const Theme* theme_;
  float scale_;
  float alpha_ = 1.0F;
  std::vector<Rect> clips_;
};

}  // namespace klono::app::ui

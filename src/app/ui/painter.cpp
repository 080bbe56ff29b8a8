#include "app/ui/painter.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/ui/icons.hpp"
#include "app/ui/utf8.hpp"

namespace klono::app::ui {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

bool breaks_after(char c) { return c == ' ' || c == '-' || c == '/'; }

}  // namespace

Painter::Painter(ImDrawList* list, Fonts& fonts, const Theme& theme, float scale)
    : list_(list), fonts_(&fonts), theme_(&theme), scale_(scale) {
  const ImVec2 low = list->GetClipRectMin();
  const ImVec2 high = list->GetClipRectMax();
  clips_.push_back({low.x / scale, low.y / scale, (high.x - low.x) / scale, (high.y - low.y) / scale});
}

float Painter::snap(float value) const { return std::round(value * scale_) / scale_; }

Rect Painter::snap(const Rect& rect) const {
  const float x = snap(rect.x);
  const float y = snap(rect.y);
  return {x, y, snap(rect.right()) - x, snap(rect.bottom()) - y};
}

float Painter::crisp(float width) const { return std::max(1.0F, std::round(width * scale_)) / scale_; }

std::uint32_t Painter::packed(Ink ink) const {
  const Colour c = theme_->colour(ink.faded(alpha_));
  return IM_COL32(c.r, c.g, c.b, c.a);
}

// ---- shapes

void Painter::fill(const Rect& rect, Ink ink, float radius) {
  if (rect.empty()) return;
  const Rect r = snap(rect);
  const float round = std::min(radius, std::min(r.w, r.h) / 2.0F);
  list_->AddRectFilled({r.x * scale_, r.y * scale_}, {r.right() * scale_, r.bottom() * scale_}, packed(ink), round * scale_);
}

void Painter::black(const Rect& rect) {
  list_->AddRectFilled({rect.x * scale_, rect.y * scale_}, {rect.right() * scale_, rect.bottom() * scale_}, IM_COL32_BLACK);
}

void Painter::fill_top(const Rect& rect, Ink ink, float radius) {
  const Rect r = snap(rect);
  list_->AddRectFilled({r.x * scale_, r.y * scale_}, {r.right() * scale_, r.bottom() * scale_}, packed(ink), radius * scale_,
                       ImDrawFlags_RoundCornersTop);
}

void Painter::outline(const Rect& rect, Ink ink, float radius, float width) {
  if (rect.empty()) return;
  const Rect r = snap(rect);
  const float line = crisp(width) * scale_;
  const float round = std::min(radius, std::min(r.w, r.h) / 2.0F) * scale_;
  // AddRect keeps to pixel middles by itself for a line of one; for thicker ones the path is placed by hand.
  const float in = line / 2.0F;
  list_->PathRect({r.x * scale_ + in, r.y * scale_ + in}, {r.right() * scale_ - in, r.bottom() * scale_ - in},
                  std::max(0.0F, round - in));
  list_->PathStroke(packed(ink), ImDrawFlags_Closed, line);
}

void Painter::dashed_outline(const Rect& rect, Ink ink, float radius, float on, float off, float width) {
  const Rect r = snap(rect).inset(width / 2.0F);
  // The outline as one run of points, then dashes along its length.
  std::vector<Point> path;
  constexpr int kCorner = 10;
  const auto corner = [&](float cx, float cy, float from) {
    for (int i = 0; i <= kCorner; ++i) {
      const float angle = from + std::numbers::pi_v<float> / 2.0F * static_cast<float>(i) / kCorner;
      path.push_back({cx + radius * std::cos(angle), cy + radius * std::sin(angle)});
    }
  };
  constexpr float kPi = std::numbers::pi_v<float>;
  corner(r.x + radius, r.y + radius, kPi);
  corner(r.right() - radius, r.y + radius, 1.5F * kPi);
  corner(r.right() - radius, r.bottom() - radius, 0.0F);
  corner(r.x + radius, r.bottom() - radius, 0.5F * kPi);
  path.push_back(path.front());
  float left = on;
  bool draw = true;
  std::vector<Point> dash{path.front()};
  for (std::size_t i = 1; i < path.size(); ++i) {
    Point from = path[i - 1];
    float length = std::hypot(path[i].x - from.x, path[i].y - from.y);
    while (length > left) {
      const float share = left / length;
      from = {from.x + (path[i].x - from.x) * share, from.y + (path[i].y - from.y) * share};
      length -= left;
      dash.push_back(from);
      if (draw) polyline(dash, ink, width);
      draw = !draw;
      left = draw ? on : off;
      dash = {from};
    }
    left -= length;
    dash.push_back(path[i]);
  }
  if (draw && dash.size() > 1) polyline(dash, ink, width);
}

void Painter::horizontal(float x0, float x1, float y, Ink ink, float width) {
  const float top = snap(y);
  list_->AddRectFilled({x0 * scale_, top * scale_}, {x1 * scale_, (top + crisp(width)) * scale_}, packed(ink));
}

void Painter::vertical(float x, float y0, float y1, Ink ink, float width) {
  const float left = snap(x);
  list_->AddRectFilled({left * scale_, y0 * scale_}, {(left + crisp(width)) * scale_, y1 * scale_}, packed(ink));
}

void Painter::dotted_vertical(float x, float y0, float y1, Ink ink) {
  for (float y = y0; y < y1; y += tokens::kDotsOn + tokens::kDotsOff) vertical(x, y, std::min(y + tokens::kDotsOn, y1), ink);
}

void Painter::line(Point a, Point b, Ink ink, float width) {
  const Point points[] = {a, b};
  polyline(points, ink, width);
}

void Painter::polyline(std::span<const Point> points, Ink ink, float width, bool closed) {
  if (points.size() < 2) return;
  for (const Point& p : points) list_->PathLineTo({p.x * scale_, p.y * scale_});
  list_->PathStroke(packed(ink), closed ? ImDrawFlags_Closed : ImDrawFlags_None, std::max(1.0F, width * scale_));
}

void Painter::polygon(std::span<const Point> points, Ink ink) {
  for (const Point& p : points) list_->PathLineTo({p.x * scale_, p.y * scale_});
  list_->PathFillConvex(packed(ink));
}

void Painter::circle(Point centre, float radius, Ink ink) {
  list_->AddCircleFilled({centre.x * scale_, centre.y * scale_}, radius * scale_, packed(ink));
}

void Painter::ring(Point centre, float radius, Ink ink, float width) {
  list_->AddCircle({centre.x * scale_, centre.y * scale_}, radius * scale_, packed(ink), 0, width * scale_);
}

void Painter::arc(Point centre, float radius, float from, float to, Ink ink, float width) {
  if (to <= from) return;
  constexpr float kTurn = 2.0F * std::numbers::pi_v<float>;
  const float zero = -kTurn / 4.0F;
  list_->PathArcTo({centre.x * scale_, centre.y * scale_}, radius * scale_, zero + from * kTurn, zero + to * kTurn,
                   std::max(8, static_cast<int>((to - from) * radius * scale_)));
  list_->PathStroke(packed(ink), ImDrawFlags_None, width * scale_);
}

void Painter::hatch(const Rect& rect, Ink ink, float phase_x) {
  const Rect r = snap(rect).clipped(clip());
  if (r.empty()) return;
  const std::uint32_t colour = packed(ink);
  // Rising lines: x + y is constant on each; `phase` fixes the pattern to the data.
  const float pitch = tokens::kHatchPitch * std::numbers::sqrt2_v<float>;
  const float phase = phase_x + rect.bottom();
  const float first = std::ceil((r.x + r.y - phase) / pitch) * pitch + phase;
  for (float sum = first; sum < r.right() + r.bottom(); sum += pitch) {
    const Point low{std::max(r.x, sum - r.bottom()), std::min(r.bottom(), sum - r.x)};
    const Point high{std::min(r.right(), sum - r.y), std::max(r.y, sum - r.right())};
    list_->AddLine({low.x * scale_, low.y * scale_}, {high.x * scale_, high.y * scale_}, colour,
                   std::max(1.0F, tokens::kHatchWidth * scale_));
  }
}

void Painter::silhouette(const Rect& rect, std::span<const float> columns, Ink ink) {
  if (columns.empty() || rect.empty()) return;
  const Rect r = snap(rect);
  const int pixels = std::max(1, static_cast<int>(std::lround(r.w * scale_)));
  const float half = r.h / 2.0F * scale_;
  const float least = 0.5F * std::max(1.0F, scale_ * 0.75F);
  const double step = static_cast<double>(columns.size()) / pixels;
  std::vector<Point> upper;  // half heights of one unbroken run, in device pixels
  const auto flush = [&] {
    band(upper, r.centre().y * scale_, packed(ink));
    upper.clear();
  };
  for (int i = 0; i < pixels; ++i) {
    // The tallest of the columns that share this pixel: a twitch must not vanish between two pixels.
    const auto begin = std::min(static_cast<std::size_t>(i * step), columns.size() - 1);
    const auto end = std::clamp(static_cast<std::size_t>((i + 1) * step), begin + 1, columns.size());
    float value = -1.0F;
    for (std::size_t k = begin; k < end; ++k)
      if (columns[k] >= 0.0F) value = std::max(value, columns[k]);  // false for NaN, too
    if (value < 0.0F) {
      flush();
      continue;
    }
    const float height = std::max(least, std::min(1.0F, value) * half);
    const float left = r.x * scale_ + static_cast<float>(i);
    if (upper.empty()) upper.push_back({left, height});
    const std::size_t n = upper.size();
    const bool level = n >= 2 && upper[n - 1].y == height && upper[n - 2].y == height;
    if (level) {
      upper.back().x = left + 1.0F;  // quiet stretches cost two points
    } else {
      upper.push_back({left + 1.0F, height});
    }
  }
  flush();
}

void Painter::band(std::span<const Point> half_heights, float middle, std::uint32_t colour) {
  if (half_heights.size() < 2) return;
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  const int steps = static_cast<int>(half_heights.size()) - 1;
  list_->PrimReserve(6 * steps, 2 * (steps + 1));
  const unsigned first = list_->_VtxCurrentIdx;
  for (unsigned i = 0; i < static_cast<unsigned>(steps); ++i) {
    for (const unsigned corner : {0U, 1U, 3U, 0U, 3U, 2U}) list_->PrimWriteIdx(static_cast<ImDrawIdx>(first + 2U * i + corner));
  }
  for (const Point& p : half_heights) {
    list_->PrimWriteVtx({p.x, middle - p.y}, white, colour);
    list_->PrimWriteVtx({p.x, middle + p.y}, white, colour);
  }
}

void Painter::capsule(const Rect& rect, Mark mark) {
  const float radius = std::min(tokens::kRadiusMark, rect.w / 2.0F);
  switch (mark) {
    case Mark::Confirmed: fill(rect, Role::Event, radius); break;
    case Mark::Open:
      fill(rect, Ink(Role::Event, 0.3F), radius);
      outline(rect, Role::Event, radius, 1.2F);
      break;
    case Mark::Rejected: outline(rect, Role::Rejected, radius, 1.0F); break;
  }
}

void Painter::triangle(Point tip, float size, Ink ink) {
  list_->AddTriangleFilled({tip.x * scale_, tip.y * scale_}, {(tip.x + size / 2.0F) * scale_, (tip.y + size) * scale_},
                           {(tip.x - size / 2.0F) * scale_, (tip.y + size) * scale_}, packed(ink));
}

void Painter::icon(Icon icon, const Rect& box, Ink ink, float stroke) {
  const float size = std::min(box.w, box.h);
  const float left = snap(box.x + (box.w - size) / 2.0F);
  const float top = snap(box.y + (box.h - size) / 2.0F);
  const float grid = size / 24.0F;
  const float width = stroke;
  for (const Stroke& path : strokes_of(icon)) {
    std::vector<Point> points;
    points.reserve(path.points.size());
    for (const Point& p : path.points) points.push_back({left + p.x * grid, top + p.y * grid});
    const bool dot = points.size() == 2 && std::abs(points[0].x - points[1].x) < 0.1F && std::abs(points[0].y - points[1].y) < 0.1F;
    if (dot) {
      circle(points[0], width * 0.75F, ink);
      continue;
    }
    polyline(points, ink, width, path.closed);
    if (path.closed) continue;
    circle(points.front(), width / 2.0F, ink);  // round ends
    circle(points.back(), width / 2.0F, ink);
  }
}

void Painter::logo(const Rect& box) {
  const float unit = box.w / 40.0F;
  ring({box.x + 20.0F * unit, box.y + 20.0F * unit}, 18.2F * unit, Role::Edge, 1.6F * unit);
  constexpr Point kLine[] = {{2, 20},       {13.5F, 20},   {15.5F, 17.5F}, {18.5F, 7}, {23, 29.5F},
                             {26, 17.5F}, {27.8F, 20}, {38, 20}};
  std::vector<Point> points;
  for (const Point& p : kLine) points.push_back({box.x + p.x * unit, box.y + p.y * unit});
  polyline(points, Role::Event, 2.2F * unit);
}

// ---- text

float Painter::text_width(std::string_view text, const TextStyle& style) const {
  if (text.empty()) return 0.0F;  // an empty view need not point anywhere
  const ImFont* font = fonts_->font(style.size, style.weight);
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0.0F, text.data(), text.data() + text.size()).x / scale_;
}

float Painter::text(Point top_left, std::string_view text, const TextStyle& style) {
  if (text.empty()) return 0.0F;
  fonts_->require(text);
  ImFont* font = fonts_->font(style.size, style.weight);
  const float width = style.align == Align::Left ? 0.0F : text_width(text, style);
  const float x = style.align == Align::Left ? top_left.x : style.align == Align::Right ? top_left.x - width : top_left.x - width / 2.0F;
  const float baseline = std::round((top_left.y + Fonts::baseline(style.size)) * scale_);
  list_->AddText(font, font->FontSize, {std::round(x * scale_), baseline - font->Ascent}, packed(style.ink), text.data(),
                 text.data() + text.size());
  return style.align == Align::Left ? text_width(text, style) : width;
}

std::string Painter::shortened(std::string_view text, float width, const TextStyle& style) const {
  if (text_width(text, style) <= width) return std::string(text);
  const float room = width - text_width(kEllipsis, style);
  std::size_t keep = 0;
  for (std::size_t at = 0; at < text.size();) {
    next_code_point(text, at);
    if (text_width(text.substr(0, at), style) > room) break;
    keep = at;
  }
  while (keep > 0 && text[keep - 1] == ' ') --keep;
  return std::string(text.substr(0, keep)) + std::string(kEllipsis);
}

float Painter::text_in(const Rect& box, std::string_view text, const TextStyle& style) {
  const std::string shown = shortened(text, box.w, style);
  const float x = style.align == Align::Left ? box.x : style.align == Align::Right ? box.right() : box.centre().x;
  return this->text({x, box.y + (box.h - line_height(style.size)) / 2.0F}, shown, style);
}

std::vector<std::string_view> Painter::wrapped(float width, std::string_view text, const TextStyle& style) const {
  const ImFont* font = fonts_->font(style.size, style.weight);
  const float room = width * scale_;
  std::vector<std::string_view> lines;
  std::size_t begin = 0;  // of the line
  std::size_t fit = 0;    // end of the last word that fits
  float used = 0.0F;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const char32_t c = next_code_point(text, at);
    if (c == '\n') {
      lines.push_back(text.substr(begin, here - begin));
      begin = fit = at;
      used = 0.0F;
      continue;
    }
    used += font->GetCharAdvance(static_cast<ImWchar>(c));
    if (used > room && c != ' ' && here > begin) {
      const std::size_t end = fit > begin ? fit : here;  // a word longer than the line is cut
      std::size_t shown = end;
      while (shown > begin && text[shown - 1] == ' ') --shown;
      lines.push_back(text.substr(begin, shown - begin));
      begin = fit = end;
      at = end;
      used = 0.0F;
      continue;
    }
    if (c < 0x80 && breaks_after(static_cast<char>(c))) fit = at;
  }
  if (begin < text.size()) lines.push_back(text.substr(begin));
  return lines;
}

float Painter::paragraph(Point top_left, float width, std::string_view text, const TextStyle& style, int max_lines) {
  const std::vector<std::string_view> lines = wrapped(width, text, style);
  const std::size_t shown = max_lines > 0 ? std::min(lines.size(), static_cast<std::size_t>(max_lines)) : lines.size();
  const float step = line_height(style.size);
  const float x = style.align == Align::Left ? 0.0F : style.align == Align::Right ? width : width / 2.0F;
  for (std::size_t i = 0; i < shown; ++i) {
    const Point at{top_left.x + x, top_left.y + step * static_cast<float>(i)};
    if (i + 1 == shown && shown < lines.size()) {
      const auto rest = static_cast<std::size_t>(text.data() + text.size() - lines[i].data());
      this->text(at, shortened(std::string_view(lines[i].data(), rest), width, style), style);
    } else {
      this->text(at, lines[i], style);
    }
  }
  return step * static_cast<float>(shown);
}

float Painter::paragraph_height(float width, std::string_view text, const TextStyle& style, int max_lines) const {
  const auto lines = static_cast<int>(wrapped(width, text, style).size());
  return line_height(style.size) * static_cast<float>(max_lines > 0 ? std::min(lines, max_lines) : lines);
}

// ---- clipping

void Painter::push_clip(const Rect& rect) {
  const Rect r = snap(rect.clipped(clip()));
  clips_.push_back(r);
  list_->PushClipRect({r.x * scale_, r.y * scale_}, {r.right() * scale_, r.bottom() * scale_});
}

void Painter::pop_clip() {
  clips_.pop_back();
  list_->PopClipRect();
}

}  // namespace klono::app::ui

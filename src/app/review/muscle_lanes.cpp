#include "app/review/muscle_lanes.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/review/phrases.hpp"
#include "view/emg_words.hpp"
#include "view/viewport.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::Ink;
using ui::Rect;
using ui::Role;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kLeastBand = 3.0F;
constexpr double kLongest_s = 600.0;     // looked back for spans that reach into the view: activity that lasts becomes the quiet level (METHODS 11)
constexpr double kLeastFloors = 12.0;    // quiet levels from the middle of a lane to its edge: a quiet stretch looks quiet (chosen)
constexpr float kLowLane = 48.0F;
constexpr float kRoomForFloor = 300.0F;  // width of a lane that also tells the quiet level in words

/// From the middle line to the edge of a lane, in the channel's unit; and the size printed beside it.
struct Range {
  double tick = 0.0;
  double half = 0.0;
};

Range range_of(const Scene& scene, const GlLayer& layer, std::size_t channel) {
  const EmgChannelAnalysis& of = scene.entry.data.emg->channels[channel];
  const double least = std::max(kLeastFloors * of.floor_uv, 1e-3);
  const double tick = view::nice_ceiling(std::max(layer.largest_emg(channel), least) / 1.2);
  const auto shown = static_cast<double>(scene.ui.animate(ui::id_of("review-emg-range", channel), static_cast<float>(std::log(tick))));
  return {tick, 1.2 * std::exp(shown)};
}

Rect band_of(const TimeScale& scale, const TimeSpan& span, const Rect& lane) {
  const float from = scale.x(span.begin_s);
  const float width = std::max(kLeastBand, scale.x(span.end_s) - from);
  const float middle = scale.x((span.begin_s + span.end_s) / 2.0);
  return {middle - width / 2.0F, lane.y, width, lane.h};
}

void draw_masks(const Scene& scene, const EmgChannelAnalysis& channel, const Rect& lane, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  for (const EmgMask& mask : channel.masks) {
    if (!mask.span.overlaps(scale.span)) continue;
    const float from = scale.x(mask.span.begin_s);
    const float to = scale.x(mask.span.end_s);
    if (to - from < 6.0F) {
      p.fill({from, lane.y, std::max(1.0F, to - from), lane.h}, Role::Control);
      continue;
    }
    p.hatch({from, lane.y, to - from, lane.h}, Ink(Role::Hatch, 0.75F), from);
  }
}

/// Why, over the hatching, where there is room.
void draw_reasons(const Scene& scene, const EmgChannelAnalysis& channel, const Rect& lane, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  for (const EmgMask& mask : channel.masks) {
    const float left = std::max(scale.x(mask.span.begin_s), scale.left);
    const float right = std::min(scale.x(mask.span.end_s), scale.right());
    const std::string reason = view::emg_reason_words(mask.reason);
    const float width = p.text_width(reason, text::kCaption);
    if (lane.h < 44.0F || width + 12.0F > right - left) continue;
    const Rect box{(left + right - width) / 2.0F - 6.0F, lane.bottom() - 20.0F, width + 12.0F, 18.0F};
    p.fill(box, Ink(Role::Surface, 0.85F), 4.0F);
    p.text_in(box, reason, text::kCaption.aligned(Align::Centre));
  }
}

/// Spans of what was found; those that touch are painted as one, so that none is darker than it says.
void draw_bands(const Scene& scene, std::size_t channel, const Rect& lane, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  const auto [first, last] = muscle_in(scene, scale.span);
  float painted_to = -1e9F;
  for (std::size_t i = first; i < last; ++i) {
    const workspace::EmgItem& item = scene.entry.muscle[i];
    if (item.channel != channel || scene.entry.selected_muscle == i) continue;
    Rect band = band_of(scale, item.span, lane);
    const float right = band.right();
    band.x = std::max(band.x, painted_to);
    band.w = right - band.x;
    if (band.w <= 0.0F) continue;
    p.fill(band, Ink(Role::Event, tokens::kAlphaEventBand), tokens::kRadiusMark);
    p.fill({band.x, lane.bottom() - 2.0F, band.w, 2.0F}, Ink(Role::Event, 0.8F));
    painted_to = right;
  }
}

void draw_selected(const Scene& scene, std::size_t channel, const Rect& lane, const TimeScale& scale, bool over) {
  if (!scene.entry.selected_muscle) return;
  const workspace::EmgItem& item = scene.entry.muscle[*scene.entry.selected_muscle];
  if (item.channel != channel) return;
  const Rect band = band_of(scale, item.span, lane);
  if (over) scene.ui.paint().outline(band.inset(-2.0F, -1.0F), Role::Accent, 4.0F, tokens::kStrokeSelected);
  else scene.ui.paint().fill(band, Ink(Role::Event, tokens::kAlphaEventBandSelected), tokens::kRadiusMark);
}

void dotted(ui::Painter& p, const Rect& lane, float y) {
  for (float x = lane.x; x < lane.right(); x += 6.0F) p.horizontal(x, std::min(x + 2.0F, lane.right()), y, Ink(Role::Edge, 0.9F));
}

/// Quiet level on both sides of the middle line, where it can be told from it.
void draw_floor(const Scene& scene, const EmgChannelAnalysis& channel, const Rect& lane, const Range& range) {
  const float off = static_cast<float>(channel.floor_uv / range.half) * lane.h / 2.0F;
  if (off < 1.5F || off > lane.h / 2.0F) return;
  for (const float y : {lane.centre().y - off, lane.centre().y + off}) dotted(scene.ui.paint(), lane, y);
}

/// Name at the left, scale at the right, over the trace.
void draw_label(const Scene& scene, const EmgChannelAnalysis& channel, const Rect& lane, const Range& range) {
  ui::Painter& p = scene.ui.paint();
  const bool low = lane.h < kLowLane;
  const auto label = [&](float x, const std::string& words, const ui::TextStyle& style, bool right) {
    const float width = std::min(p.text_width(words, style), lane.w * 0.6F);
    const Rect box{right ? x - width - 8.0F : x, lane.y + (low ? 0.0F : 3.0F), width + 8.0F, 16.0F};
    if (!low) p.fill(box, Ink(Role::Surface, 0.8F), 4.0F);  // a low lane has its trace right below
    p.text_in({box.x + 4.0F, box.y, width + 1.0F, box.h}, words, style);
    return box;
  };
  const Rect name = label(lane.x + 4.0F, channel.name, text::kCaption.in(Role::Text).strong(), false);
  if (lane.w > kRoomForFloor && !low) {
    const std::string quiet = std::string(word(Word::emg_review_floor)) + " " + view::emg_size_words(channel, channel.floor_uv);
    label(name.right(), quiet, text::kCaption, false);
  }
  const std::string_view unit = word(channel.microvolts ? Word::emg_review_microvolt_unit : Word::emg_review_count_unit);
  label(lane.right() - 4.0F, "\xC2\xB1" + axis_number(range.tick) + " " + std::string(unit), text::kCaption, true);
}

void draw_turn(const Scene& scene, const TimelineLayout& layout) {
  if (layout.turn.empty()) return;
  ui::Painter& p = scene.ui.paint();
  const std::string words = fill(Word::emg_review_lanes, {{"first", std::to_string(layout.first_muscle + 1)},
                                                          {"last", std::to_string(layout.first_muscle + layout.muscle.size())},
                                                          {"total", std::to_string(scene.entry.data.emg->channels.size())}});
  const float width = p.text_in({layout.turn.x + 4.0F, layout.turn.y, layout.turn.w - 32.0F, layout.turn.h - 8.0F}, words, text::kSmall.in(Role::Accent).strong());
  p.icon(ui::Icon::Down, {layout.turn.x + width + 10.0F, layout.turn.y + (layout.turn.h - 8.0F) / 2.0F - 8.0F, 16.0F, 16.0F}, Role::Accent, 1.75F);
}

}  // namespace

std::pair<std::size_t, std::size_t> muscle_in(const Scene& scene, const TimeSpan& span) {
  const std::vector<workspace::EmgItem>& items = scene.entry.muscle;
  const auto onset = [](const workspace::EmgItem& item) { return item.span.begin_s; };
  const auto first = std::ranges::lower_bound(items, span.begin_s - kLongest_s, {}, onset);
  const auto last = std::ranges::upper_bound(items, span.end_s, {}, onset);
  const auto index = [&](auto at) { return static_cast<std::size_t>(at - items.begin()); };
  return {index(first), std::max(index(first), index(last))};
}

std::optional<std::size_t> muscle_at(const Scene& scene, const TimeScale& scale, float x, float reach, std::optional<std::size_t> channel) {
  const double slack_s = static_cast<double>(reach) * scale.seconds_a_pixel();
  const auto [first, last] = muscle_in(scene, {scale.span.begin_s - slack_s, scale.span.end_s + slack_s});
  std::optional<std::size_t> hit;
  float nearest = reach;
  for (std::size_t i = first; i < last; ++i) {
    const workspace::EmgItem& item = scene.entry.muscle[i];
    if (channel && item.channel != *channel) continue;
    const float away = std::max({0.0F, scale.x(item.span.begin_s) - x, x - scale.x(item.span.end_s)});
    if (away > nearest || (away == nearest && hit)) continue;
    nearest = away;
    hit = i;
  }
  return hit;
}

void draw_muscle(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale, GlLayer& layer) {
  ui::Painter& p = scene.ui.paint();
  for (std::size_t k = 0; k < layout.muscle.size(); ++k) {
    const std::size_t channel = layout.first_muscle + k;
    const EmgChannelAnalysis& of = scene.entry.data.emg->channels[channel];
    const Rect& lane = layout.muscle[k];
    const Range range = range_of(scene, layer, channel);
    p.fill(lane, Role::Surface, tokens::kRadiusTile);
    p.push_clip({scale.left, lane.y, scale.width, lane.h});
    draw_bands(scene, channel, lane, scale);
    draw_selected(scene, channel, lane, scale, false);
    p.horizontal(lane.x, lane.right(), lane.centre().y, Role::Hairline);
    draw_masks(scene, of, lane, scale);
    layer.emg(scene, lane, channel, scale.span, range.half, lane.h < 64.0F ? tokens::kStrokeTraceSmall : 1.3F);
    draw_floor(scene, of, lane, range);
    draw_reasons(scene, of, lane, scale);
    draw_label(scene, of, lane, range);
    p.pop_clip();
    p.push_clip({scale.left - 3.0F, lane.y - 2.0F, scale.width + 6.0F, lane.h + 4.0F});
    draw_selected(scene, channel, lane, scale, true);
    p.pop_clip();
  }
  draw_turn(scene, layout);
}

void draw_muscle_marks(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  const auto [first, last] = muscle_in(scene, scale.span);
  float drawn_to = -1e9F;
  const auto mark = [&](std::size_t i, bool selected) {
    const float x = scale.x(scene.entry.muscle[i].span.begin_s) - 1.5F;
    if (x < drawn_to + 1.0F && !selected) return;
    drawn_to = x + 3.0F;
    if (selected) p.fill({x - 2.0F, layout.marks.y + 5.0F, 7.0F, 18.0F}, Role::Accent, 3.0F);
    p.fill({x, layout.marks.y + 7.0F, 3.0F, 14.0F}, Role::Event, 1.5F);
  };
  for (std::size_t i = first; i < last; ++i)
    if (scene.entry.selected_muscle != i) mark(i, false);
  if (scene.entry.selected_muscle) mark(*scene.entry.selected_muscle, true);
}

}  // namespace klono::app::review

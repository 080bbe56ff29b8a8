// What the timeline shows; how it is moved stands in timeline.cpp.

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/review/muscle_lanes.hpp"
#include "app/review/phrases.hpp"
#include "app/review/timeline.hpp"
#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "view/viewport.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::Ink;
using ui::Rect;
using ui::Role;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr ui::WidgetId kRange = ui::id_of("review-range");
constexpr ui::WidgetId kNote = ui::id_of("review-note");

/// Half the height of a lane in g, and the size printed beside it.
struct Range {
  double tick_g = 0.0;
  double half_g = 0.0;
};

Range range_of(const Scene& scene, const GlLayer& layer) {
  // A quiet stretch must look quiet: never finer than the smallest visible event or five times the floor (chosen).
  const Analysis& analysis = scene.analysis();
  const double least = std::max({0.02, analysis.smallest_visible_g, 5.0 * analysis.noise_floor_g});
  const double tick = view::nice_ceiling(std::max(layer.largest_g(), least) / 1.2);
  const auto shown = static_cast<double>(scene.ui.animate(kRange, static_cast<float>(std::log(tick))));
  return {tick, 1.2 * std::exp(shown)};
}

void draw_grounds(const Scene& scene, const TimelineLayout& layout) {
  ui::Painter& p = scene.ui.paint();
  for (const Rect& lane : layout.lanes) p.fill(lane, Role::Surface, tokens::kRadiusTile);
}

void draw_masks(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  for (const Mask& mask : scene.analysis().masks) {
    if (!mask.span.overlaps(scale.span)) continue;
    const float from = scale.x(mask.span.begin_s);
    const float to = scale.x(mask.span.end_s);
    for (const Rect& lane : layout.lanes) {
      if (to - from < 6.0F) {
        p.fill({from, lane.y, std::max(1.0F, to - from), lane.h}, Role::Control);
      } else {
        p.hatch({from, lane.y, to - from, lane.h}, Ink(Role::Hatch, 0.75F), from);
      }
    }
    const float left = std::max(from, scale.left);
    const float right = std::min(to, scale.right());
    const std::string reason = view::reason_words(mask.reason);
    if (p.text_width(reason, text::kCaption) + 12.0F < right - left)
      p.text({(left + right) / 2.0F, layout.marks.y + 4.0F}, reason, text::kCaption.aligned(Align::Centre));
  }
}

void draw_gaps(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  for (const Gap& gap : scene.info().gaps) {
    if (!gap.span.overlaps(scale.span)) continue;
    const float from = scale.x(gap.span.begin_s);
    const float to = std::max(from + 2.0F, scale.x(gap.span.end_s));
    const float top = layout.lanes_top();
    // EMG beside movement has gaps of its own, where it draws nothing.
    const float bottom = layout.lanes.empty() ? layout.bottom() : layout.lanes_bottom();
    p.fill({from, top, to - from, bottom - top}, Role::Bg);
    p.dotted_vertical(from, top, bottom, Role::Gap);
    p.dotted_vertical(to, top, bottom, Role::Gap);
    const std::string length = view::duration_words(gap.span.length_s());
    const float left = std::max(from, scale.left);
    const float right = std::min(to, scale.right());
    if (p.text_width(length, text::kCaption) + 8.0F < right - left)
      p.text_in({left, top, right - left, bottom - top}, length, text::kCaption.aligned(Align::Centre));
  }
}

/// Bands of the events; those that touch are painted as one, so that none is darker than it says.
void draw_bands(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  const auto [first, last] = events_in(scene.analysis().events, scale.span, slack_s(scale));
  float painted_to = -1e9F;
  for (std::size_t i = first; i < last; ++i) {
    if (scene.decision(i) == Decision::Rejected || scene.entry.selected == i) continue;
    Rect band = band_of(scale, scene.event(i), layout);
    const float right = band.right();
    band.x = std::max(band.x, painted_to);
    band.w = right - band.x;
    if (band.w <= 0.0F) continue;
    p.fill(band, Ink(Role::Event, tokens::kAlphaEventBand), tokens::kRadiusMark);
    painted_to = right;
  }
  if (!scene.entry.selected || scene.decision(*scene.entry.selected) == Decision::Rejected) return;
  p.fill(band_of(scale, scene.event(*scene.entry.selected), layout), Ink(Role::Event, tokens::kAlphaEventBandSelected),
         tokens::kRadiusMark);
}

void draw_zero_lines(const Scene& scene, const TimelineLayout& layout) {
  for (const Rect& lane : layout.lanes) scene.ui.paint().horizontal(lane.x, lane.right(), lane.centre().y, Role::Hairline);
}

void draw_series(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  const std::vector<Event>& events = scene.analysis().events;
  const auto [first, last] = events_in(events, scale.span, slack_s(scale) + 60.0);
  const float y = layout.marks.bottom() - 4.5F;
  for (std::size_t i = first; i < last;) {
    std::size_t end = i;
    while (events[i].group >= 0 && end + 1 < events.size() && events[end + 1].group == events[i].group) ++end;
    if (end > i) {
      const float from = scale.x(events[i].onset_s);
      const float to = scale.x(events[end].end_s);
      p.horizontal(from, to, y, Ink(Role::Event, 0.7F), 1.5F);
      for (const float x : {from, to - 1.5F}) p.vertical(x, y - 3.0F, y, Ink(Role::Event, 0.7F), 1.5F);
    }
    i = std::max(end + 1, i + 1);
  }
}

void draw_marks(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  // What was looked at and not counted: short and dim, so that it is there without asking for attention.
  const auto [from, to] = events_in(scene.analysis().not_counted, scale.span, 1.0);
  float drawn_to = -1e9F;
  for (std::size_t i = from; i < to; ++i) {
    const float x = scale.x(scene.analysis().not_counted[i].onset_s);
    const bool on = scene.entry.looked_at && scene.entry.looked_at->index == i;
    if (x < drawn_to + 4.0F && !on) continue;
    const float size = on ? 3.0F : 2.0F;
    p.circle({x, layout.marks.y + 12.0F}, size, on ? Ink(Role::Accent) : Ink(Role::Edge));
    drawn_to = x;
  }
  const auto [first, last] = events_in(scene.analysis().events, scale.span, slack_s(scale));
  drawn_to = -1e9F;
  const auto capsule = [&](std::size_t i, float width) {
    const float x = band_of(scale, scene.event(i), layout).centre().x;
    if (width < 6.0F && x - width / 2.0F < drawn_to + 1.0F) return;
    drawn_to = x + width / 2.0F;
    p.capsule({x - width / 2.0F, layout.marks.y + 4.0F, width, 16.0F}, mark_of(scene.decision(i)));
  };
  for (std::size_t i = first; i < last; ++i)
    if (scene.entry.selected != i) capsule(i, 5.0F);
  if (scene.entry.selected) capsule(*scene.entry.selected, 6.0F);
}

void draw_own_marks(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  for (const OwnMark& mark : scene.info().marks)
    if (scale.span.contains(mark.at_s)) scene.ui.paint().triangle({scale.x(mark.at_s), layout.marks.y + 7.0F}, 12.0F);
}

/// Times of sleep that the person marked: a line through all lanes with its word.
void draw_sleep_marks(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  for (const SleepMark& mark : scene.entry.sleep_marks) {
    if (!scale.span.contains(mark.at_s)) continue;
    const float x = scale.x(mark.at_s);
    p.vertical(x - 0.75F, layout.marks.bottom() - 4.0F, layout.bottom(), Role::Own, 1.5F);
    const std::string label = view::sleep_moment_words(mark.moment);
    const float width = p.text_width(label, text::kCaption) + 8.0F;
    const float left = x + width + 4.0F > scale.right() ? x - width - 4.0F : x + 4.0F;
    p.fill({left, layout.marks.bottom(), width, 18.0F}, Role::Bg, 4.0F);
    p.text({left + 4.0F, layout.marks.bottom() + 1.0F}, label, text::kCaption.in(Role::Own));
  }
}

/// Where a mark of sleep would go.
void draw_mark_line(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  if (!scene.entry.marking_sleep) return;
  ui::Painter& p = scene.ui.paint();
  const float x = scale.left + scale.width / 2.0F;
  p.vertical(x - 1.0F, layout.marks.y + 10.0F, layout.bottom(), Role::Accent, 2.0F);
  const ui::Point tip[] = {{x - 6.0F, layout.marks.y + 2.0F}, {x + 6.0F, layout.marks.y + 2.0F}, {x, layout.marks.y + 11.0F}};
  p.polygon(tip, Role::Accent);
}

/// Around the one movement that the inspector tells of.
void draw_selection(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  const Event* told = scene.entry.selected ? &scene.event(*scene.entry.selected) : nullptr;
  if (scene.entry.looked_at) told = &scene.analysis().not_counted[scene.entry.looked_at->index];
  if (told == nullptr) return;
  const Rect band = band_of(scale, *told, layout);
  scene.ui.paint().outline(band.inset(-2.0F, -2.0F), Role::Accent, 4.0F, tokens::kStrokeSelected);
}

void draw_gutter(const Scene& scene, const TimelineLayout& layout, const Range& range, double top_hz) {
  ui::Painter& p = scene.ui.paint();
  constexpr Word kNames[] = {Word::app_common_x, Word::app_common_y, Word::app_common_z};
  constexpr Role kInks[] = {Role::X, Role::Y, Role::Z};
  if (layout.lanes.empty()) return;
  const float right = layout.lanes[0].x - 8.0F;
  const bool sizes = scene.info().amplitudes_valid;
  for (std::size_t i = 0; i < 3; ++i) {
    const Rect& lane = layout.lanes[i];
    p.text({layout.all.x, lane.centre().y - 12.0F}, word(kNames[i]),
           ui::TextStyle{ui::TextSize::Body, kInks[i], ui::Weight::Strong, Align::Left});
    if (!sizes || lane.h < 56.0F) continue;
    const float off = static_cast<float>(range.tick_g / range.half_g) * lane.h / 2.0F;
    if (off > lane.h / 2.0F) continue;
    const float up = std::max(lane.y - 4.0F, lane.centre().y - off - 8.0F);
    p.text({right, up}, axis_number(range.tick_g), text::kCaption.aligned(Align::Right));
    p.text({right, std::min(lane.bottom() - 12.0F, lane.centre().y + off - 8.0F)}, axis_number(-range.tick_g),
           text::kCaption.aligned(Align::Right));
  }
  if (sizes) {
    // Small lanes have no room for ticks: the one scale stands where the unit does.
    const bool small = layout.lanes[0].h < 56.0F;
    const std::string unit = small ? "\xC2\xB1" + axis_number(range.half_g) : std::string(word(Word::app_common_unit_g));
    p.text({layout.all.x, layout.marks.y + (small ? 0.0F : 4.0F)}, unit, text::kCaption);
    if (small) p.text({layout.all.x, layout.marks.y + 12.0F}, word(Word::app_common_unit_g), text::kCaption);
  }
  if (layout.spectrogram.empty() || top_hz <= 0.0) return;
  const Rect& band = layout.spectrogram;
  const bool tall = band.h > 80.0F;
  constexpr float kLine = 14.0F;
  std::vector<float> taken;  // upper edges of the numbers
  for (const double hz : {5.0, 15.0, 25.0, 50.0, 100.0}) {
    if (hz > top_hz * 1.01 || (!tall && hz == 15.0)) continue;
    const float y = band.bottom() - static_cast<float>(hz / top_hz) * band.h;
    const float at = std::max(band.y, std::min(y, band.bottom() - 8.0F) - 8.0F);
    if (!taken.empty() && at > taken.back() - kLine) continue;
    p.text({right, at}, axis_number(hz), text::kCaption.aligned(Align::Right));
    taken.push_back(at);
  }
  const auto is_free = [&](float at) { return std::ranges::all_of(taken, [&](float other) { return std::abs(other - at) >= kLine; }); };
  for (const float at : {band.centre().y - 8.0F, band.y, band.bottom() - 16.0F}) {
    if (!is_free(at)) continue;
    p.text({layout.all.x, at}, word(Word::app_common_unit_hz), text::kCaption);
    break;
  }
}

void draw_clock(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  ui::Painter& p = scene.ui.paint();
  for (const view::Tick& tick : view::time_ticks(scale.span, scale.width, 92.0, scene.info().start)) {
    if (tick.label.empty()) continue;
    const float x = scale.x(tick.t_s);
    const float half = p.text_width(tick.label, text::kCaption) / 2.0F;
    if (x < scale.left || x + half > layout.all.right() + 8.0F) continue;
    p.vertical(x, layout.clock.y + 4.0F, layout.clock.y + 8.0F, Role::Edge);
    p.text({std::max(x, scale.left - 20.0F + half), layout.clock.y + 9.0F}, tick.label, text::kCaption.aligned(Align::Centre));
  }
}

void draw_movement(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale, const Range& range, GlLayer& layer) {
  ui::Painter& p = scene.ui.paint();
  draw_grounds(scene, layout);
  p.push_clip({scale.left, layout.lanes_top() - 4.0F, scale.width, layout.lanes_bottom() - layout.lanes_top() + 8.0F});
  draw_bands(scene, layout, scale);
  draw_zero_lines(scene, layout);
  p.pop_clip();
  p.push_clip({scale.left, layout.marks.y, scale.width, layout.lanes_bottom() - layout.marks.y});
  draw_masks(scene, layout, scale);
  draw_gaps(scene, layout, scale);
  layer.traces(scene, layout.lanes, scale.span, range.half_g, layout.lanes[0].h < 64.0F ? tokens::kStrokeTraceSmall : 1.3F);
  p.pop_clip();
}

}  // namespace

void Timeline::draw_note(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale) {
  const bool told = scene.ui.now_s() < note_.until_s;
  const float visible = scene.ui.animate(kNote, told ? 1.0F : 0.0F, tokens::kMotionFade, true);
  if (told) scene.ui.request_frame();
  if (visible <= 0.01F || note_.text.empty()) return;
  ui::Painter& p = scene.ui.paint();
  const float before = p.alpha();
  p.set_alpha(before * visible);
  const ui::TextStyle style = text::kSmall.in(Role::Text);
  const float width = std::min(layout.all.w, p.text_width(note_.text, style) + 24.0F);
  const float left = std::clamp(scale.x(note_.at_s) - width / 2.0F, layout.all.x, layout.all.right() - width);
  const Rect box{left, (layout.marks.bottom() + layout.bottom()) / 2.0F - 18.0F, width, 36.0F};
  p.fill(box, Role::Pressed, tokens::kRadiusTile);
  p.text_in(box.inset(12.0F, 0.0F), note_.text, style);
  p.set_alpha(before);
}

void Timeline::draw(const Scene& scene, const TimelineLayout& layout, const TimeSpan& shown, GlLayer& layer) {
  if (shown.length_s() <= 0.0) return;
  ui::Painter& p = scene.ui.paint();
  const TimeScale scale{shown, layout.marks.x, layout.marks.w};
  const Range range = range_of(scene, layer);

  if (!layout.lanes.empty()) draw_movement(scene, layout, scale, range, layer);
  draw_muscle(scene, layout, scale, layer);
  if (layout.lanes.empty()) {
    p.push_clip({scale.left, layout.marks.y, scale.width, layout.bottom() - layout.marks.y});
    draw_gaps(scene, layout, scale);
    p.pop_clip();
  }
  if (!layout.spectrogram.empty()) {
    p.push_clip(layout.spectrogram);
    layer.spectrogram(scene, layout.spectrogram, shown, tokens::kRadiusTile);
    p.pop_clip();
  }
  p.push_clip({scale.left - 3.0F, layout.marks.y, scale.width + 6.0F, layout.lanes_bottom() + 4.0F - layout.marks.y});
  draw_series(scene, layout, scale);
  draw_marks(scene, layout, scale);
  if (layout.lanes.empty()) draw_muscle_marks(scene, layout, scale);
  draw_own_marks(scene, layout, scale);
  draw_selection(scene, layout, scale);
  p.pop_clip();
  draw_sleep_marks(scene, layout, scale);
  draw_mark_line(scene, layout, scale);
  draw_gutter(scene, layout, range, layer.top_hz());
  draw_clock(scene, layout, scale);
  draw_note(scene, layout, scale);
}

}  // namespace klono::app::review

#include "app/review/overview.hpp"

#include <algorithm>
#include <cmath>

#include "view/silhouette.hpp"
#include "view/viewport.hpp"

namespace klono::app::review {
namespace {

using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;

constexpr ui::WidgetId kArea = ui::id_of("review-overview");
constexpr float kMarks = 12.0F;       // capsules of 8 and the space below
constexpr float kOwnMarks = 12.0F;    // the person's own, below
constexpr float kLeastWindow = 14.0F;
constexpr float kGrip = 14.0F;        // how near an end takes it
constexpr double kWheelStep = 1.2;    // zoom a notch (chosen)
TimeScale whole(const Scene& scene, const Rect& rect) {
  return {{0.0, std::max(1e-3, scene.info().duration_s)}, rect.x, rect.w};
}

float own_height(const Scene& scene) { return scene.info().marks.empty() ? 0.0F : kOwnMarks; }

Rect body_of(const Scene& scene, const Rect& rect) {
  return {rect.x, rect.y + kMarks, rect.w, rect.h - kMarks - own_height(scene)};
}

Rect window_rect(const TimeScale& scale, const Rect& body, const TimeSpan& shown) {
  const float from = scale.x(shown.begin_s);
  const float to = scale.x(shown.end_s);
  const float width = std::max(kLeastWindow, to - from);
  const float left = std::clamp((from + to - width) / 2.0F, body.x, std::max(body.x, body.right() - width));
  return {left, body.y - 2.0F, width, body.h + 4.0F};
}

void draw_masks(const Scene& scene, const TimeScale& scale, const Rect& body) {
  ui::Painter& p = scene.ui.paint();
  for (const Mask& mask : scene.analysis().masks) {
    const float x = scale.x(mask.span.begin_s);
    const Rect span{x, body.y, scale.x(mask.span.end_s) - x, body.h};
    if (span.w < 1.0F) continue;
    if (span.w < 6.0F) {
      p.fill(span, Role::Control, 1.0F);
    } else {
      p.hatch(span, Ink(Role::Hatch, 0.8F), body.x);
    }
  }
}

void draw_gaps(const Scene& scene, const TimeScale& scale, const Rect& body) {
  ui::Painter& p = scene.ui.paint();
  for (const Gap& gap : scene.info().gaps) {
    const float x = scale.x(gap.span.begin_s);
    const float width = scale.x(gap.span.end_s) - x;
    if (width < 1.0F) continue;
    p.fill({x, body.y, width, body.h}, Role::Bg);
    p.dotted_vertical(x, body.y, body.bottom(), Role::Gap);
    p.dotted_vertical(x + width, body.y, body.bottom(), Role::Gap);
  }
}

/// A line under the capsules of one series, where it is long enough to be a line.
void draw_series(const Scene& scene, const TimeScale& scale, float y) {
  const std::vector<Event>& events = scene.analysis().events;
  for (std::size_t i = 0; i < events.size();) {
    std::size_t last = i;
    while (events[i].group >= 0 && last + 1 < events.size() && events[last + 1].group == events[i].group) ++last;
    const float from = scale.x(events[i].onset_s);
    const float to = scale.x(events[last].onset_s);
    if (last > i && to - from >= 4.0F) scene.ui.paint().horizontal(from, to, y, Ink(Role::Event, 0.7F), 1.0F);
    i = last + 1;
  }
}

void draw_marks(const Scene& scene, const TimeScale& scale, const Rect& rect) {
  ui::Painter& p = scene.ui.paint();
  const std::vector<Event>& events = scene.analysis().events;
  const float width = 3.0F;
  float drawn_to = rect.x - 10.0F;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const float x = std::clamp(scale.x(events[i].onset_s) - width / 2.0F, rect.x, rect.right() - width);
    const bool selected = scene.entry.selected == i;
    if (x < drawn_to + 3.4F && !selected) continue;  // a week holds more events than pixels
    p.capsule({x, rect.y, width, 8.0F}, mark_of(scene.decision(i)));
    drawn_to = x;
  }
  if (!scene.entry.selected) return;
  const float x = std::clamp(scale.x(events[*scene.entry.selected].onset_s), rect.x + 2.0F, rect.right() - 2.0F);
  p.fill({x - 2.0F, rect.y - 1.0F, 4.0F, 10.0F}, Role::Bg, 2.0F);
  p.fill({x - 2.0F, rect.y - 1.0F, 4.0F, 10.0F}, Role::Event, 2.0F);
}

/// EMG alone: of each channel what could not be analysed, one under the other, and its bursts as marks above.
void draw_muscle(const Scene& scene, const TimeScale& scale, const Rect& rect, const Rect& body) {
  ui::Painter& p = scene.ui.paint();
  const std::vector<EmgChannelAnalysis>& channels = scene.entry.data.emg->channels;
  const float height = body.h / static_cast<float>(std::max<std::size_t>(1, channels.size()));
  for (std::size_t k = 0; k < channels.size(); ++k) {
    for (const EmgMask& mask : channels[k].masks) {
      const float x = scale.x(mask.span.begin_s);
      const Rect span{x, body.y + height * static_cast<float>(k), scale.x(mask.span.end_s) - x, height};
      if (span.w >= 1.0F) span.w < 6.0F ? p.fill(span, Role::Control, 1.0F) : p.hatch(span, Ink(Role::Hatch, 0.8F), body.x);
    }
  }
  p.silhouette(body, view::emg_silhouette_heights(scene.entry.data.emg_overview), Ink(Role::Envelope, 0.85F));
  float drawn_to = rect.x - 10.0F;
  const auto mark = [&](std::size_t i, float width) {
    const float x = std::clamp(scale.x(scene.entry.muscle[i].span.begin_s) - width / 2.0F, rect.x, rect.right() - width);
    if (x < drawn_to + 1.0F && scene.entry.selected_muscle != i) return;  // a night holds more bursts than pixels
    p.fill({x, rect.y, width, 8.0F}, Role::Event, width / 2.0F);
    drawn_to = x + width;
  };
  for (std::size_t i = 0; i < scene.entry.muscle.size(); ++i) mark(i, 2.0F);
  if (!scene.entry.selected_muscle) return;
  const float x = scale.x(scene.entry.muscle[*scene.entry.selected_muscle].span.begin_s);
  p.fill({std::clamp(x, rect.x + 2.0F, rect.right() - 2.0F) - 2.0F, rect.y - 1.0F, 4.0F, 10.0F}, Role::Accent, 2.0F);
}

void draw_own_marks(const Scene& scene, const TimeScale& scale, const Rect& body) {
  for (const OwnMark& mark : scene.info().marks) {
    const float x = std::clamp(scale.x(mark.at_s), body.x + 4.0F, body.right() - 4.0F);
    scene.ui.paint().triangle({x, body.bottom() + 4.0F}, 8.0F);
  }
}

/// Times of sleep that the person marked.
void draw_sleep_marks(const Scene& scene, const TimeScale& scale, const Rect& body) {
  for (const SleepMark& mark : scene.entry.sleep_marks)
    scene.ui.paint().vertical(scale.x(mark.at_s) - 0.75F, body.y - 2.0F, body.bottom() + 2.0F, Role::Own, 1.5F);
}

void draw_axis(const Scene& scene, const TimeScale& scale, const Rect& rect) {
  ui::Painter& p = scene.ui.paint();
  const float label_room = rect.w > 600.0F ? 80.0F : 64.0F;
  for (const view::Tick& tick : view::time_ticks(scale.span, rect.w, label_room, scene.info().start)) {
    if (tick.label.empty()) continue;
    const float x = scale.x(tick.t_s);
    const float half = p.text_width(tick.label, ui::text::kCaption) / 2.0F;
    if (x - half < rect.x - 8.0F || x + half > rect.right() + 8.0F) continue;
    p.vertical(x, rect.bottom() + 2.0F, rect.bottom() + 6.0F, Role::Edge);
    p.text({x, rect.bottom() + 6.0F}, tick.label, ui::text::kCaption.aligned(ui::Align::Centre));
  }
}

}  // namespace

Overview::Grip Overview::grip_at(const Rect& window, float x) const {
  // A small window gives its inside to moving it; the ends are taken from outside.
  const float inside = std::min(kGrip / 2.0F, window.w / 4.0F);
  if (x >= window.x - kGrip && x < window.x + inside) return Grip::Begin;
  if (x > window.right() - inside && x <= window.right() + kGrip) return Grip::End;
  return window.contains({x, window.centre().y}) ? Grip::Window : Grip::None;
}

void Overview::handle(const Scene& scene, const Rect& rect, ViewMotion& motion) {
  const TimeScale scale = whole(scene, rect);
  const Rect body = body_of(scene, rect);
  const TimeSpan span = scene.entry.viewport.span();
  const Rect window = window_rect(scale, body, span);
  const Rect hit = rect.at_least(rect.w, ui::tokens::kTouchMin).inset(-8.0F, 0.0F);
  scene.ui.area(kArea, hit, ui::AreaKind::Drag);
  const ui::Gestures& gestures = scene.ui.gestures();

  if (const auto mouse = gestures.mouse(); mouse && gestures.hovered(kArea)) {
    const Grip grip = grip_at(window, mouse->x);
    using Cursor = platform::Host::Cursor;
    scene.ui.set_cursor(grip == Grip::Window ? Cursor::Grab : grip == Grip::None ? Cursor::Hand : Cursor::ResizeHorizontal);
  }
  if (const auto drag = gestures.drag(kArea)) {
    if (drag->began) {
      grip_ = grip_at(window, drag->from.x);
      if (grip_ == Grip::None) grip_ = Grip::Window;
      const bool caught = window.inset(-kGrip, 0.0F).contains({drag->from.x, window.centre().y});
      held_s_ = caught ? scale.t(drag->from.x) - span.begin_s : span.length_s() / 2.0;
    }
    const double at = scale.t(drag->at.x);
    TimeSpan next = span;
    if (grip_ == Grip::Begin) next.begin_s = std::clamp(at, 0.0, span.end_s - view::Viewport::kShortest_s);
    if (grip_ == Grip::End) next.end_s = std::clamp(at, span.begin_s + view::Viewport::kShortest_s, scene.info().duration_s);
    if (grip_ == Grip::Window) {
      const double begin = std::clamp(at - held_s_, 0.0, std::max(0.0, scene.info().duration_s - span.length_s()));
      next = {begin, begin + span.length_s()};
    }
    motion.show(scene, next);
    if (drag->ended) grip_ = Grip::None;
  } else if (const auto tap = gestures.tap(kArea); tap && !tap->hold) {
    const double begin = scale.t(tap->at.x) - span.length_s() / 2.0;
    scene.workspace.show({begin, begin + span.length_s()});  // slides there
  }
  if (const auto wheel = gestures.wheel(kArea)) {
    view::Viewport viewport = scene.entry.viewport;
    viewport.zoom(std::pow(kWheelStep, -static_cast<double>(wheel->dy)), std::clamp(scale.t(wheel->at.x), span.begin_s, span.end_s));
    motion.show(scene, viewport.span());
  }
}

void Overview::draw(const Scene& scene, const Rect& rect, const TimeSpan& shown, bool axis) {
  if (scene.info().duration_s <= 0.0) return;
  ui::Painter& p = scene.ui.paint();
  const TimeScale scale = whole(scene, rect);
  const Rect body = body_of(scene, rect);
  if (!scene.entry.has_movement() && scene.entry.data.emg) {
    draw_muscle(scene, scale, rect, body);
  } else {
    draw_masks(scene, scale, body);
    p.silhouette(body, view::silhouette_heights(scene.entry.data.overview.peak_g), Ink(Role::Envelope, 0.85F));
  }
  draw_gaps(scene, scale, body);
  draw_series(scene, scale, rect.y + 9.5F);
  draw_marks(scene, scale, rect);
  draw_own_marks(scene, scale, body);
  draw_sleep_marks(scene, scale, body);

  const Rect window = window_rect(scale, body, shown);
  const bool whole_shown = shown.length_s() >= scene.info().duration_s * 0.999;
  p.fill(window, Ink(Role::Accent, whole_shown ? 0.05F : 0.14F), 4.0F);
  p.outline(window, Role::Accent, 4.0F, ui::tokens::kStrokeSelected);
  const float grip = std::min(18.0F, window.h - 10.0F);
  for (const float x : {window.x + 1.0F, window.right() - 1.0F})
    p.fill({x - 2.0F, window.centre().y - grip / 2.0F, 4.0F, grip}, Role::Accent, 2.0F);
  if (axis) draw_axis(scene, scale, rect);
}

}  // namespace klono::app::review

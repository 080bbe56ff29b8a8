#include "app/review/timeline.hpp"

#include <algorithm>
#include <cmath>

#include "app/review/muscle_lanes.hpp"
#include "base/words.hpp"
#include "view/emg_words.hpp"
#include "view/plain_words.hpp"
#include "view/viewport.hpp"

namespace klono::app::review {
namespace {

using ui::Rect;

constexpr ui::WidgetId kArea = ui::id_of("review-timeline");
constexpr ui::WidgetId kTurnTo = ui::id_of("review-turn-emg");

constexpr double kWheelStep = 1.25;   // zoom a notch (chosen)
constexpr double kWheelPan = 0.12;    // screens a notch (chosen)
constexpr double kGlide_s = 0.325;    // as lists glide
constexpr float kSlowest = 12.0F;     // CSS pixels a second
constexpr double kNote_s = 6.0;

}  // namespace

void Timeline::handle(const Scene& scene, const TimelineLayout& layout, ViewMotion& motion) {
  if (recording_ != scene.entry.id) {
    *this = {};
    recording_ = scene.entry.id;
  }
  const TimeScale scale{scene.entry.viewport.span(), layout.marks.x, layout.marks.w};
  scene.ui.area(kArea, {layout.all.x, layout.marks.y, layout.all.w, layout.clock.bottom() - layout.marks.y},
                ui::AreaKind::Drag);
  if (!layout.turn.empty() && scene.ui.pressed(kTurnTo, layout.turn)) {
    const std::size_t next = layout.first_muscle + layout.muscle.size();
    first_muscle_ = next < scene.entry.data.emg->channels.size() ? next : 0;
    scene.ui.request_frame();
  }
  pan_and_zoom(scene, scale, motion);
  glide(scene, scale, motion);
  if (const auto tap = scene.ui.gestures().tap(kArea); tap && !tap->hold && !tap->secondary) {
    if (tap->count == 2) {
      scene.emit("zoom-fit");
    } else {
      const TimeScale drawn{motion.shown(), scale.left, scale.width};
      tapped(scene, layout, drawn, *tap);
    }
  }
}

void Timeline::pan_and_zoom(const Scene& scene, const TimeScale& scale, ViewMotion& motion) {
  const ui::Gestures& gestures = scene.ui.gestures();
  if (const auto drag = gestures.drag(kArea)) {
    view::Viewport viewport = scene.entry.viewport;
    if (drag->zoom != 1.0F && drag->zoom > 0.0F) viewport.zoom(1.0 / static_cast<double>(drag->zoom), scale.t(drag->at.x));
    viewport.pan(-static_cast<double>(drag->delta.x) * scale.seconds_a_pixel());
    motion.show(scene, viewport.span());
    const bool flick = drag->ended && drag->touch && !scene.ui.surface().reduced_motion;
    speed_ = flick && std::abs(drag->velocity.x) > 80.0F ? drag->velocity.x : 0.0F;
    glided_s_ = scene.ui.now_s();
    if (!drag->touch) scene.ui.set_cursor(platform::Host::Cursor::Grab);
  }
  if (const auto wheel = gestures.wheel(kArea)) {
    view::Viewport viewport = scene.entry.viewport;
    const bool sideways = wheel->shift || std::abs(wheel->dx) > std::abs(wheel->dy);
    if (sideways && !wheel->control) {
      const float notches = std::abs(wheel->dx) > std::abs(wheel->dy) ? wheel->dx : wheel->dy;
      viewport.pan(-static_cast<double>(notches) * kWheelPan * scale.span.length_s());
    } else {
      viewport.zoom(std::pow(kWheelStep, -static_cast<double>(wheel->dy)), scale.t(wheel->at.x));
    }
    motion.show(scene, viewport.span());
    speed_ = 0.0F;
  }
}

void Timeline::glide(const Scene& scene, const TimeScale& scale, ViewMotion& motion) {
  if (speed_ == 0.0F) return;
  const double passed_s = std::clamp(scene.ui.now_s() - glided_s_, 0.0, 0.05);
  glided_s_ = scene.ui.now_s();
  if (scene.ui.gestures().any_down() || std::abs(speed_) < kSlowest) {
    speed_ = 0.0F;
    return;
  }
  if (passed_s > 0.0) {
    view::Viewport viewport = scene.entry.viewport;
    viewport.pan(-static_cast<double>(speed_) * passed_s * scale.seconds_a_pixel());
    if (viewport.span() == scene.entry.viewport.span()) speed_ = 0.0F;  // at an end
    motion.show(scene, viewport.span());
    speed_ *= static_cast<float>(std::exp(-passed_s / kGlide_s));
  }
  scene.ui.request_frame();
}

void Timeline::tapped(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale, const ui::Tap& tap) {
  note_.until_s = 0.0;
  if (tapped_muscle(scene, layout, scale, tap)) return;
  const float reach = tap.touch ? 24.0F : 8.0F;
  const auto [first, last] = events_in(scene.analysis().events, scale.span, slack_s(scale));
  float nearest = reach;
  std::optional<std::size_t> hit;
  for (std::size_t i = first; i < last; ++i) {
    const Rect band = band_of(scale, scene.event(i), layout);
    const float away = std::max({0.0F, band.x - tap.at.x, tap.at.x - band.right()});
    if (away > nearest || (away == nearest && hit)) continue;
    nearest = away;
    hit = i;
  }
  const bool in_marks = tap.at.y < layout.marks.bottom();
  const auto [from, to] = events_in(scene.analysis().not_counted, scale.span, 1.0);
  std::optional<std::size_t> looked_at;
  for (std::size_t i = from; in_marks && i < to; ++i) {
    const float away = std::abs(scale.x(scene.analysis().not_counted[i].onset_s) - tap.at.x);
    if (away >= nearest) continue;
    nearest = away;
    looked_at = i;
  }
  if (looked_at) return scene.emit("look-at", *looked_at);
  if (hit) return scene.emit("select-event", *hit);
  const double t_s = scale.t(tap.at.x);
  if (tap.at.x >= scale.left && note_about(scene, t_s)) note_.until_s = scene.ui.now_s() + kNote_s;
}

/// True where the tap was meant for EMG: in one of its lanes, or anywhere where there is nothing else.
bool Timeline::tapped_muscle(const Scene& scene, const TimelineLayout& layout, const TimeScale& scale, const ui::Tap& tap) {
  if (layout.muscle.empty() || tap.at.x < scale.left) return false;
  const auto lane = std::ranges::find_if(layout.muscle, [&](const Rect& rect) { return tap.at.y >= rect.y && tap.at.y < rect.bottom(); });
  const bool in_lane = lane != layout.muscle.end();
  if (!in_lane && (!layout.lanes.empty() || tap.at.y > layout.marks.bottom())) return !layout.turn.empty() && layout.turn.contains(tap.at);
  const std::size_t channel = layout.first_muscle + static_cast<std::size_t>(lane - layout.muscle.begin());
  const auto hit = muscle_at(scene, scale, tap.at.x, tap.touch ? 24.0F : 8.0F, in_lane ? std::optional(channel) : std::nullopt);
  const double t_s = scale.t(tap.at.x);
  if (hit) scene.emit("select-burst", *hit);
  else if ((in_lane && note_about_muscle(scene, channel, t_s)) || (!scene.entry.has_movement() && note_about(scene, t_s))) note_.until_s = scene.ui.now_s() + kNote_s;
  return true;
}

bool Timeline::note_about_muscle(const Scene& scene, std::size_t channel, double t_s) {
  const EmgChannelAnalysis& of = scene.entry.data.emg->channels[channel];
  for (const EmgMask& mask : of.masks) {
    if (!mask.span.contains(t_s)) continue;
    note_.text = fill(Word::emg_review_mask_line, {{"channel", of.name}, {"reason", view::emg_reason_words(mask.reason)},
                                                   {"length", view::duration_words(mask.span.length_s())}});
    note_.at_s = t_s;
    return true;
  }
  return false;
}

bool Timeline::note_about(const Scene& scene, double t_s) {
  for (const Gap& gap : scene.info().gaps) {
    if (!gap.span.contains(t_s)) continue;
    note_.text = fill(Word::app_review_gap_line,
                      {{"length", view::duration_words(gap.span.length_s())}, {"reason", view::gap_words(gap.reason)}});
    note_.at_s = t_s;
    return true;
  }
  for (const Mask& mask : scene.analysis().masks) {
    if (!mask.span.contains(t_s)) continue;
    note_.text = fill(Word::app_review_mask_line, {{"reason", view::reason_words(mask.reason)},
                                                   {"length", view::duration_words(mask.span.length_s())}});
    note_.at_s = t_s;
    return true;
  }
  return false;
}

}  // namespace klono::app::review

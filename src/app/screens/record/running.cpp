/// Recording awake: one large button to say "I felt one", a ring of time, and the ways out. Nothing is counted here
/// unless the person asked for it.

#include <algorithm>
#include <array>
#include <cmath>

#include "app/screens/record/page.hpp"
#include "app/screens/record/steps.hpp"
#include "base/words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::Icon;
using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::RecordFlow;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kRing = 288.0F;
constexpr float kRingLine = 4.0F;
constexpr float kLeastRing = 152.0F;
constexpr float kToastRoom = 72.0F;
constexpr float kButtonShare = tokens::kTouchMark / kRing;
constexpr ui::WidgetId kMarkSeen = id_of("mark-seen"), kMarkAt = id_of("mark-at");
constexpr ui::WidgetId kStrength = id_of("strength-open");

// chosen: filled at once, held as long as a glance, then gone
constexpr float kFill_s = 0.2F, kStay_s = 0.9F, kGone_s = 1.4F;
constexpr float kStrengthAsked_s = 30.0F;

std::uint32_t last_mark(const RecordFlow& flow) { return flow.marks().empty() ? 0 : flow.marks().back().number; }

/// Seconds since the newest mark was made; large where there is none.
float mark_age(ui::Ui& ui, const RecordFlow& flow) {
  float& seen = ui.kept(kMarkSeen);
  float& at = ui.kept(kMarkAt);
  const auto newest = static_cast<float>(last_mark(flow));
  const auto now = static_cast<float>(ui.now_s());
  if (newest > seen) at = now;
  if (newest != seen) ui.kept(kStrength) = 0.0F;
  seen = newest;
  return newest > 0.0F ? now - at : 1e6F;
}

// ---- the head

std::string note_words(const RecordFlow& flow) {
  const std::string activity = workspace::activity_words(flow.context());
  const std::string place = workspace::place_words(flow.context());
  return activity.empty() ? place : fill(Word::record_recording_note, {{"place", place}, {"activity", activity}});
}

/// A dot and the state, the place below; returns the lower edge.
float head(const Context& context, const Rect& column, float y) {
  ui::Painter& p = context.ui.paint();
  const RecordFlow& flow = context.workspace.record();
  const std::string_view state = flow.stopping() ? word(Word::record_stopping)
                                 : flow.paused() ? word(Word::record_paused)
                                                 : word(Word::record_recording);
  const ui::TextStyle style = text::kBody.in(Role::Text2);
  const float width = std::min(column.w - 20.0F, p.text_width(state, style));
  const float left = column.centre().x - (width + 20.0F) / 2.0F;
  const Point dot{left + 5.0F, y + 12.0F};
  if (flow.paused() || flow.stopping()) {
    p.ring(dot, 4.25F, Role::Text2, 1.5F);
  } else {
    p.circle(dot, 5.0F, Role::Accent);
  }
  p.text_in({left + 20.0F, y, width + 1.0F, 24.0F}, state, style);
  p.text_in({column.x, y + 28.0F, column.w, 20.0F}, note_words(flow), text::kSmall.in(Role::Text3).aligned(Align::Centre));
  return y + 48.0F;
}

// ---- the button and its ring

/// Two rings step outward once.
void stepping_rings(ui::Painter& p, Point middle, float radius, float age, bool still) {
  if (age >= kGone_s) return;
  const float fade = age < kStay_s ? 1.0F : 1.0F - (age - kStay_s) / (kGone_s - kStay_s);
  const auto eased = [&](float from_s) {
    const float t = still ? 1.0F : std::clamp((age - from_s) / kFill_s, 0.0F, 1.0F);
    return 1.0F - (1.0F - t) * (1.0F - t) * (1.0F - t);
  };
  const float unit = radius / 104.0F;
  p.ring(middle, radius + 12.0F * unit * eased(0.0F), Ink(Role::Accent, 0.45F * fade), 2.0F);
  if (age > kFill_s / 2.0F || still) p.ring(middle, radius + (12.0F + 10.0F * eased(kFill_s / 2.0F)) * unit, Ink(Role::Accent, 0.2F * fade), 1.5F);
}

float fill_of(float age) {
  if (age >= kGone_s) return 0.0F;
  if (age < kStay_s) return std::min(1.0F, age / kFill_s);
  return 1.0F - (age - kStay_s) / (kGone_s - kStay_s);
}

void mark_face(ui::Painter& p, Point middle, float radius, float filled) {
  const float unit = radius / 104.0F;
  p.circle(middle, radius, Role::Surface);
  p.ring(middle, radius - 0.75F, Role::Accent, 1.5F);
  if (filled > 0.0F) p.circle(middle, radius, Ink(Role::Accent, filled));
  const Role ink = filled > 0.5F ? Role::OnAccent : Role::Text;
  const float size = 20.0F * std::max(0.7F, unit);
  p.triangle({middle.x, middle.y - std::max(32.0F, 44.0F * unit)}, size, filled > 0.5F ? Role::OnAccent : Role::Own);
  const ui::TextStyle label = unit < 0.7F ? text::kStrong : text::kTitle;
  p.text_in({middle.x - radius + 4.0F, middle.y - 6.0F, 2.0F * radius - 8.0F, 28.0F}, word(Word::record_felt_one),
            label.in(ink).aligned(Align::Centre));
}

void resume_face(ui::Painter& p, Point middle, float radius) {
  p.circle(middle, radius, Role::Surface);
  p.ring(middle, radius - 0.75F, Role::Edge, 1.5F);
  p.icon(Icon::Play, {middle.x - 12.0F, middle.y - 36.0F, 24.0F, 24.0F}, Role::Text2);
  p.text_in({middle.x - radius + 8.0F, middle.y - 6.0F, 2.0F * radius - 16.0F, 28.0F}, word(Word::record_resume),
            text::kTitle.aligned(Align::Centre));
}

void big_button(const Context& context, Point middle, float diameter) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const RecordFlow& flow = context.workspace.record();
  const float radius = diameter * kButtonShare / 2.0F;
  time_ring(p, middle, diameter, kRingLine, flow.share_done(), flow.paused() ? Role::Edge : Role::Accent);
  const Rect hit{middle.x - radius, middle.y - radius, 2.0F * radius, 2.0F * radius};
  const ui::WidgetId id = id_of("felt-one");
  const float age = mark_age(ui, flow);
  const float before = p.alpha();
  if (flow.stopping()) p.set_alpha(before * tokens::kAlphaDisabled);
  if (flow.paused()) {
    if (ui.pressed(id, hit, !flow.stopping())) context.emit("record resume");
    resume_face(p, middle, radius);
  } else {
    if (!flow.stopping()) ui.pressed(id, hit);
    // A long press is a mark, too: a hand that jerks does not let go in time.
    if (const auto tap = ui.gestures().tap(id); tap && !tap->secondary) context.emit("record mark");
    const bool down = ui.gestures().held(id);
    stepping_rings(p, middle, radius, age, ui.surface().reduced_motion);
    mark_face(p, middle, radius, down ? 1.0F : fill_of(age));
    if (age < kGone_s) ui.request_frame();
  }
  if (ui.gestures().focused(id)) p.ring(middle, radius + 6.0F, Role::Text, tokens::kStrokeSelected);
  p.set_alpha(before);
}

// ---- words under the ring

std::string time_words(const RecordFlow& flow) {
  if (flow.planned_s() > 0.0) return workspace::left_words(flow.left_s());
  const auto& running = flow.running();
  return fill(Word::record_since, {{"time", workspace::clock_of(running.since_unix_ms, running.offset_min)}});
}

std::string count_words(const RecordFlow& flow) {
  if (flow.paused()) return std::string(word(Word::record_paused_said));
  if (flow.counts_live() && flow.running().live_events >= 0)
    return fill(Word::record_live_count, {{"n", std::to_string(flow.running().live_events)}});
  return std::string(word(Word::record_nothing_counted));
}

bool strength_asked(ui::Ui& ui, const RecordFlow& flow) {
  if (flow.marks().empty() || flow.paused() || flow.stopping()) return false;
  return mark_age(ui, flow) < kStrengthAsked_s || flow.marks().back().strength >= 0;
}

constexpr float kTimeHeight = 24.0F + 4.0F + 20.0F;
constexpr float kLinkHeight = 48.0F;
constexpr float kCell = tokens::kTouchMin;
constexpr float kPanelHeight = 24.0F + 8.0F + 2.0F * kCell + 8.0F;

void strength_link(const Context& context, const Rect& column, float y) {
  const int strength = context.workspace.record().marks().back().strength;
  const std::string label = strength < 0 ? std::string(word(Word::record_strength_ask))
                                         : fill(Word::record_strength_set, {{"n", std::to_string(strength)}});
  const ui::TextStyle style = text::kSmall.in(Role::Accent).aligned(Align::Centre);
  if (ui::text_link(context.ui, id_of("strength-link"), {column.centre().x, y + 14.0F}, label, style)) {
    context.ui.kept(kStrength) = 1.0F;
    context.ui.request_frame();
  }
}

void strength_cell(const Context& context, const Rect& cell, int value) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const ui::WidgetId id = id_of("strength", static_cast<std::uint64_t>(value + 1));
  const bool none = value < 0;
  const bool on = !none && context.workspace.record().marks().back().strength == value;
  if (ui.pressed(id, cell)) {
    context.emit(none ? "record strength none" : "record strength " + std::to_string(value));
    ui.kept(kStrength) = 0.0F;
    ui.request_frame();
  }
  const Rect chip = cell.inset(2.0F, 4.0F);
  const float radius = chip.h / 2.0F;
  p.fill(chip, on ? Ink(Role::Accent, tokens::kAlphaAccentTint) : Ink(Role::Control), radius);
  if (ui.gestures().held(id) || ui.gestures().hovered(id)) p.fill(chip, Role::Pressed, radius);
  if (ui.gestures().focused(id)) p.outline(chip.inset(-3.0F), Role::Text, radius + 3.0F, tokens::kStrokeSelected);
  if (none) return p.icon(Icon::Close, {chip.centre().x - 10.0F, chip.centre().y - 10.0F, 20.0F, 20.0F}, Role::Text2);
  p.text_in(chip, std::to_string(value), text::kBody.in(on ? Role::Accent : Role::Text).aligned(Align::Centre));
}

/// 0 to 10 in two rows, the last cell to leave it open.
void strength_panel(const Context& context, const Rect& column, float y) {
  const float width = std::min(column.w, 420.0F);
  const float left = column.centre().x - width / 2.0F;
  context.ui.paint().text_in({left, y, width, 24.0F}, word(Word::record_strength_ask), text::kBody.in(Role::Text2).aligned(Align::Centre));
  const float step = width / 6.0F;
  for (int i = 0; i < 12; ++i) {
    const Rect cell{left + step * static_cast<float>(i % 6), y + 32.0F + (i < 6 ? 0.0F : kCell), step, kCell};
    strength_cell(context, cell, i < 11 ? i : -1);
  }
}

float words_height(ui::Ui& ui, const RecordFlow& flow) {
  if (!strength_asked(ui, flow)) return kTimeHeight;
  return ui.kept(kStrength) > 0.0F ? kPanelHeight : kTimeHeight + kLinkHeight;
}

void words_below(const Context& context, const Rect& column, float y) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const RecordFlow& flow = context.workspace.record();
  const bool asked = strength_asked(ui, flow);
  if (asked && ui.kept(kStrength) > 0.0F) return strength_panel(context, column, y);
  p.text_in({column.x, y, column.w, 24.0F}, time_words(flow), text::kBody.in(Role::Text2).aligned(Align::Centre));
  p.text_in({column.x, y + 28.0F, column.w, 20.0F}, count_words(flow), text::kSmall.in(Role::Text3).aligned(Align::Centre));
  if (asked) strength_link(context, column, y + kTimeHeight);
}

// ---- foot

void foot(const Context& context, const Rect& row) {
  ui::Ui& ui = context.ui;
  const RecordFlow& flow = context.workspace.record();
  const bool running = !flow.stopping();
  const int squares = flow.paused() ? 1 : 2;
  Rect hold{row.x, row.y, row.w - 64.0F * static_cast<float>(squares), row.h};
  HoldLook look;
  look.enabled = running;
  if (hold_button(ui, id_of("hold-stop"), hold, word(Word::record_hold_to_stop), look)) context.emit("record stop");
  float x = hold.right() + 8.0F;
  if (!flow.paused()) {
    if (square_button(ui, id_of("pause"), {x, row.y, 56.0F, 56.0F}, Icon::Pause, Role::Text, running)) context.emit("record pause");
    x += 64.0F;
  }
  if (square_button(ui, id_of("dark"), {x, row.y, 56.0F, 56.0F}, Icon::Moon, Role::Text, running)) context.emit("record dark");
}

void running_upright(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  const RecordFlow& flow = context.workspace.record();
  rect.take_bottom(foot_space(context, rect));
  const Rect column = step_column(context, rect);
  const Rect row = rect.take_bottom(56.0F);
  foot(context, {column.x, row.y, column.w, 56.0F});
  ui.set_foot(row.y);

  const float top = rect.h < 560.0F ? 12.0F : 28.0F;
  rect.take_top(head(context, column, rect.y + top) - rect.y + 16.0F);
  const float told = troubles(context, column, rect.y) - rect.y;
  rect.take_top(told > 0.0F ? told + 8.0F : 0.0F);
  const bool panel = strength_asked(ui, flow) && ui.kept(kStrength) > 0.0F;
  const float gap = rect.h < 440.0F ? 24.0F : 40.0F;
  const float below = (panel ? 16.0F : gap) + words_height(ui, flow) + 16.0F;
  // As large before a mark as after it: room for the question and the message is always left, but not beside trouble.
  const float reserved = told > 0.0F ? below : gap + kTimeHeight + kLinkHeight + kToastRoom + 8.0F;
  const float ring = std::clamp(std::min(rect.h - reserved, rect.h - below), kLeastRing, kRing);
  // Somewhat above the middle: the thumb comes from below, the words stand in the free half.
  const float free = std::max(0.0F, rect.h - ring - kTimeHeight - 56.0F);
  const float y = std::min(rect.y + free * 0.36F, rect.bottom() - std::max(below, reserved) - ring);
  big_button(context, {column.centre().x, std::max(rect.y, y) + ring / 2.0F}, ring);
  words_below(context, column, std::max(rect.y, y) + ring + (panel ? 16.0F : gap));
}

void running_flat(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  const RecordFlow& flow = context.workspace.record();
  rect.take_bottom(foot_space(context, rect));
  rect = rect.inset(16.0F, 0.0F);
  const Rect left = rect.take_left(std::floor(rect.w * 0.45F));
  const float ring = std::min({kRing, left.h - 24.0F, left.w - 16.0F});
  big_button(context, left.centre(), ring);
  rect.take_left(16.0F);
  const Rect row = rect.take_bottom(56.0F);
  foot(context, row);
  ui.set_foot(row.y);
  ui.set_message_span(rect.x - 16.0F, rect.right() + 16.0F);
  rect.take_bottom(8.0F);
  ui::ScrollArea scroll(ui, id_of("running-words"), rect);
  float y = head(context, rect, scroll.top() + 12.0F) + 16.0F;
  y = troubles(context, rect, y) + 8.0F;
  words_below(context, rect, y);
  scroll.content_end(y + words_height(ui, flow) + 8.0F);
}

}  // namespace

void draw_running(const Context& context, Rect rect) {
  if (lies_flat(rect)) return running_flat(context, rect);
  running_upright(context, rect);
}

}  // namespace klono::app::screens

#include "app/screens/record/page.hpp"

#include <algorithm>
#include <cmath>

#include "base/words.hpp"
#include "workspace/record_words.hpp"

namespace klono::app::screens {

using ui::Align;
using ui::ButtonKind;
using ui::ChipKind;
using ui::Icon;
using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

namespace {

constexpr float kGap = tokens::kTouchGap;
constexpr float kChip = 32.0F;
constexpr float kChipRow = tokens::kTouchMin;
constexpr ui::WidgetId kFilled = id_of("hold-filled");
constexpr ui::WidgetId kDone = id_of("hold-done");
constexpr float kReleased_ms = 120.0F;  // chosen: gone before the finger is

/// Animations ease out; time that passes must not.
float linear(float eased) { return 1.0F - std::cbrt(std::max(0.0F, 1.0F - eased)); }

}  // namespace

bool lies_flat(const Rect& rect) { return rect.h < 480.0F && rect.w >= 560.0F; }

Rect step_column(const Context& context, const Rect& rect, float width) {
  const float margin = context.ui.wide() ? 32.0F : tokens::kLayoutPhoneMargin;
  const float w = std::min(width, rect.w - 2.0F * margin);
  return {std::floor(rect.x + (rect.w - w) / 2.0F), rect.y, w, rect.h};
}

float foot_space(const Context& context, const Rect& rect) {
  const float inset = std::max(0.0F, rect.bottom() - context.ui.surface().height + context.ui.surface().inset_bottom);
  return context.ui.wide() ? 24.0F : std::max(16.0F, inset);
}

void step_head(const Context& context, Rect& rect, const StepHead& head) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  if (ui.wide()) rect.take_top(16.0F);
  const float width = lies_flat(rect) ? rect.w : kColumn;
  const Rect column = step_column(context, rect, width);
  const Rect bar = rect.take_top(56.0F);
  const Rect line{column.x - 16.0F, bar.y, column.w + 32.0F, bar.h};
  if (ui::back_head(ui, id_of("record-back"), {line.x, line.y, line.w - 48.0F, line.h}, head.title, head.note))
    context.emit(std::string(head.back_command));
  const std::string of = fill(Word::record_place_step, {{"n", std::to_string(head.step)}});
  p.text_in({column.x, bar.y, column.w, bar.h}, of, text::kSmall.in(Role::Text3).aligned(Align::Right));

  const Rect steps = rect.take_top(4.0F);
  const float part = (column.w - 8.0F) / 3.0F;
  for (int i = 0; i < 3; ++i)
    p.fill({column.x + (part + 4.0F) * static_cast<float>(i), steps.y, part, 4.0F}, i < head.step ? Role::Accent : Role::Control,
           2.0F);
}

// ---- chips

namespace {

/// Where each chip goes; also the height of all of them.
std::vector<Rect> chip_places(ui::Ui& ui, const Rect& room, std::span<const ChipText> labels, float* height) {
  std::vector<Rect> places;
  float x = room.x;
  float y = room.y;
  for (const ChipText& chip : labels) {
    const float width = std::min(room.w, std::max(tokens::kTouchMin, ui::chip_width(ui, chip.label, kChip)));
    if (x > room.x && x + width > room.right() + 0.5F) {
      x = room.x;
      y += kChipRow;
    }
    places.push_back({x, y, width, kChip});
    x += width + kGap;
  }
  *height = labels.empty() ? 0.0F : y + kChip - room.y;
  return places;
}

}  // namespace

int chips(ui::Ui& ui, ui::WidgetId id, const Rect& room, std::span<const ChipText> labels) {
  float height = 0.0F;
  const std::vector<Rect> places = chip_places(ui, room, labels, &height);
  int tapped = -1;
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (ui::chip(ui, id + static_cast<ui::WidgetId>(i), places[i], labels[i].label, labels[i].on ? ChipKind::On : ChipKind::Off))
      tapped = static_cast<int>(i);
  return tapped;
}

float chips_height(ui::Ui& ui, float width, std::span<const ChipText> labels) {
  float height = 0.0F;
  chip_places(ui, {0.0F, 0.0F, width, 0.0F}, labels, &height);
  return height;
}

// ---- buttons of a recording

bool hold_button(ui::Ui& ui, ui::WidgetId id, const Rect& rect, std::string_view label, const HoldLook& look) {
  ui::Painter& p = ui.paint();
  if (look.enabled) ui.pressed(id, rect);
  const bool held = look.enabled && ui.gestures().held_within(id, rect.inset(-16.0F));
  const auto whole_ms = static_cast<float>(workspace::RecordFlow::kHoldToStop_s * 1000.0);
  const float filled = linear(ui.animate(id ^ kFilled, held ? 1.0F : 0.0F, held ? whole_ms : kReleased_ms, true));
  float& done = ui.kept(id ^ kDone);
  const bool full = held && filled >= 0.999F && done == 0.0F;
  done = held && (full || done > 0.0F) ? 1.0F : 0.0F;

  const float before = p.alpha();
  if (!look.enabled) p.set_alpha(before * tokens::kAlphaDisabled);
  if (filled > 0.0F) {
    p.push_clip({rect.x, rect.y, rect.w * filled, rect.h});
    p.fill(rect, look.filling, tokens::kRadiusControl);
    p.pop_clip();
  }
  p.outline(rect, Role::Edge, tokens::kRadiusControl);
  p.text_in(rect.inset(8.0F, 0.0F), label, text::kStrong.in(look.label).aligned(Align::Centre));
  if (ui.gestures().focused(id)) p.outline(rect.inset(-5.0F), Role::Text, tokens::kRadiusControl + 5.0F, tokens::kStrokeSelected);
  p.set_alpha(before);
  return full;
}

bool square_button(ui::Ui& ui, ui::WidgetId id, const Rect& rect, Icon icon, Ink ink, bool enabled) {
  ui::ButtonLook look{ButtonKind::Outline};
  look.enabled = enabled;
  const bool tapped = ui::button(ui, id, rect, {}, look);
  const Point middle = rect.centre();
  ui.paint().icon(icon, {middle.x - 12.0F, middle.y - 12.0F, 24.0F, 24.0F},
                  enabled ? ink : ink.faded(tokens::kAlphaDisabled));
  return tapped;
}

void time_ring(ui::Painter& p, Point middle, float diameter, float width, double share, Ink ink) {
  const float radius = (diameter - width) / 2.0F;
  p.ring(middle, radius, Role::Control, width);
  const auto part = static_cast<float>(std::clamp(share, 0.0, 1.0));
  if (part <= 0.0F) return;
  p.arc(middle, radius, 0.0F, part, ink, width);
  if (part >= 0.999F) return;
  for (const float end : {0.0F, part}) {
    const float angle = (end - 0.25F) * 6.2831853F;
    p.circle({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)}, width / 2.0F, ink);
  }
}

// ---- words and the way on

float note_card_height(ui::Ui& ui, float width, const NoteCard& note) {
  const float words = ui.paint().paragraph_height(width - 64.0F, note.text, text::kSmall);
  return 24.0F + std::max(20.0F, words) + (note.action.empty() ? 0.0F : 44.0F);
}

bool note_card(ui::Ui& ui, ui::WidgetId id, const Rect& rect, const NoteCard& note) {
  ui::Painter& p = ui.paint();
  ui::card(ui, rect, tokens::kRadiusControl);
  p.icon(note.icon, {rect.x + 16.0F, rect.y + 12.0F, 20.0F, 20.0F}, Role::Text2);
  const float used = p.paragraph({rect.x + 48.0F, rect.y + 12.0F}, rect.w - 64.0F, note.text, text::kSmall.in(Role::Text));
  if (note.action.empty()) return false;
  const ui::ButtonLook quiet{ButtonKind::Quiet, std::nullopt, true, ui::TextSize::Small};
  const float width = ui::button_width(ui, note.action, quiet, 12.0F);
  return ui::button(ui, id, {rect.x + 36.0F, rect.y + 12.0F + std::max(20.0F, used) + 4.0F, width, 48.0F}, note.action, quiet);
}

namespace {

std::vector<NoteCard> troubles_of(const workspace::RecordFlow& flow) {
  using protocol::recorder::TroubleKind;
  std::vector<NoteCard> all;
  for (const TroubleKind kind : flow.troubles()) {
    const bool copy = kind == TroubleKind::StorageFull || kind == TroubleKind::StorageRefused;
    all.push_back({workspace::trouble_words(kind), copy ? word(Word::record_save_copy_now) : std::string_view()});
  }
  if (!flow.running().receiving && !flow.paused()) all.push_back({std::string(word(Word::record_not_receiving))});
  return all;
}

}  // namespace

float troubles(const Context& context, const Rect& column, float y) {
  std::size_t number = 0;
  for (const NoteCard& note : troubles_of(context.workspace.record())) {
    const Rect rect{column.x, y, column.w, note_card_height(context.ui, column.w, note)};
    if (note_card(context.ui, id_of("trouble", number++), rect, note)) context.emit("record copy");
    y = rect.bottom() + 8.0F;
  }
  return y;
}

float foot_height(std::span<const FootAction> actions) {
  float height = 0.0F;
  for (const FootAction& action : actions) height += (action.kind == ButtonKind::Quiet ? 48.0F : 56.0F) + kGap;
  return std::max(0.0F, height - kGap);
}

void foot_actions(const Context& context, ui::WidgetId id, const Rect& rect, std::span<const FootAction> actions) {
  float y = rect.y;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const FootAction& action = actions[i];
    ui::ButtonLook look{action.kind, action.icon};
    look.enabled = action.enabled;
    const float height = action.kind == ButtonKind::Quiet ? 48.0F : 56.0F;
    if (ui::button(context.ui, id + static_cast<ui::WidgetId>(i), {rect.x, y, rect.w, height}, action.label, look))
      context.emit(action.command);
    y += height + kGap;
  }
}

float statement(const Context& context, const Rect& column, float y, const Statement& says) {
  ui::Painter& p = context.ui.paint();
  const Rect tile{column.x, y, 72.0F, 72.0F};
  p.fill(tile, Role::Control, 20.0F);
  p.icon(says.icon, tile.inset(18.0F), Role::Text2, 1.4F);
  y = tile.bottom() + 24.0F;
  y += p.paragraph({column.x, y}, column.w, says.title, text::kTitle);
  if (!says.text.empty()) y += 12.0F + p.paragraph({column.x, y + 12.0F}, column.w, says.text, text::kBody.in(Role::Text2));
  if (!says.small.empty()) y += 16.0F + p.paragraph({column.x, y + 16.0F}, column.w, says.small, text::kSmall.in(Role::Text3));
  return y;
}

}  // namespace klono::app::screens

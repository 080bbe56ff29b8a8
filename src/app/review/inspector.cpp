#include "app/review/inspector.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/review/event_plot.hpp"
#include "app/review/panel_parts.hpp"
#include "app/review/phrases.hpp"
#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kFigureRow = 32.0F;
constexpr float kReasonRow = 44.0F;  // is tapped

void event_head(const Scene& scene, const Rect& rect, const EventWords& words) {
  const std::vector<std::size_t> list = scene.workspace.listed_events();
  const auto at = scene.entry.selected ? std::ranges::find(list, *scene.entry.selected) : list.end();
  const bool inside = at != list.end();
  const HeadTap tap = panel_head(scene, "event", rect, {words.time, words.place, !list.empty() && (!inside || at != list.begin()),
                                                        !list.empty() && (!inside || at + 1 != list.end())});
  if (tap == HeadTap::Before) scene.emit("previous-event");
  if (tap == HeadTap::After) scene.emit("next-event");
}

/// Two answers side by side. What was answered already can be taken back by the same button.
void answers(const Scene& scene, const Rect& rect, std::size_t event, bool icons) {
  const Decision decision = scene.decision(event);
  const float half = (rect.w - tokens::kTouchGap) / 2.0F;
  const Rect reject{rect.x, rect.y, half, rect.h};
  const Rect confirm{rect.right() - half, rect.y, half, rect.h};
  const auto icon = [&](Icon value, bool always) { return icons || always ? std::optional(value) : std::nullopt; };
  ui::ButtonLook no{ButtonKind::Outline, icon(Icon::Cross, decision == Decision::Rejected)};
  ui::ButtonLook yes{ButtonKind::Primary, icon(Icon::Check, decision == Decision::Confirmed)};
  if (decision == Decision::Rejected) no.kind = ButtonKind::Plain;
  if (decision == Decision::Confirmed) yes.kind = ButtonKind::Plain;
  const Word label = decision == Decision::Confirmed ? Word::app_canvas_confirmed : Word::app_review_confirm;
  if (ui::button(scene.ui, id_of("event-reject"), reject, word(Word::app_review_reject), no)) scene.emit("reject-event", event);
  if (ui::button(scene.ui, id_of("event-confirm"), confirm, word(label), yes)) scene.emit("confirm-event", event);
}

struct Big {
  std::string value;
  std::string_view name;
};

void big_figures(const Scene& scene, const Rect& rect, std::span<const Big> figures, const ui::TextStyle& style) {
  ui::Painter& p = scene.ui.paint();
  const float width = rect.w / static_cast<float>(figures.size());
  const float line = ui::line_height(style.size);
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const float x = rect.x + width * static_cast<float>(i);
    p.text_in({x, rect.y, width - 4.0F, line}, figures[i].value, style);
    p.text_in({x, rect.y + line, width - 4.0F, 16.0F}, figures[i].name, text::kCaption);
  }
}

float reasons(const Scene& scene, const Rect& rect, std::span<const std::string> lines) {
  if (lines.empty()) return rect.y;
  ui::Painter& p = scene.ui.paint();
  float y = rect.y;
  p.text({rect.x, y}, word(Word::app_review_why_found), text::kSmall.in(Role::Text).strong());
  y += 28.0F;
  for (const std::string& line : lines) {
    p.icon(Icon::Check, {rect.x, y + 2.0F, 16.0F, 16.0F}, Role::Accent, 1.5F);
    y += p.paragraph({rect.x + 26.0F, y}, rect.w - 26.0F, line, text::kSmall) + 8.0F;
  }
  return y;
}

/// Sentences under a small heading.
float block(const Scene& scene, const Rect& rect, std::string_view heading, std::span<const std::string> lines) {
  if (lines.empty()) return rect.y;
  ui::Painter& p = scene.ui.paint();
  float y = rect.y;
  p.text({rect.x, y}, heading, text::kSmall.in(Role::Text).strong());
  y += 26.0F;
  for (const std::string& line : lines) y += p.paragraph({rect.x, y}, rect.w, line, text::kSmall) + 6.0F;
  return y + 12.0F;
}

void draw_event(const Scene& scene, Rect rect, std::size_t index) {
  ui::Ui& ui = scene.ui;
  const EventWords words = event_words(scene, index);
  const bool narrow = scene.compact;
  event_head(scene, rect.take_top(narrow ? kInspectorHead : 72.0F), words);

  if (!narrow) {
    const Rect hint = rect.take_bottom(40.0F);
    ui.paint().text_in({hint.x, hint.y + 8.0F, hint.w, 16.0F}, word(Word::app_review_keys), text::kCaption.aligned(Align::Centre));
  } else {
    rect.take_bottom(12.0F);
  }
  const float tall = rect.h < 230.0F ? 48.0F : tokens::kTouchPrimary;
  answers(scene, rect.take_bottom(tall), index, narrow);
  rect.take_bottom(12.0F);
  if (rect.h < 24.0F) return;

  ui::ScrollArea scroll(ui, id_of("inspector-scroll"), {rect.x - 8.0F, rect.y, rect.w + 16.0F, rect.h});
  Rect body{rect.x, scroll.top(), rect.w, 0.0F};
  const float plot = narrow ? std::clamp(rect.h - 60.0F, 84.0F, 116.0F) : std::clamp(rect.h * 0.32F, 120.0F, 176.0F);
  event_plot(scene, {body.x, body.y + 4.0F, body.w, plot}, index, {1.5F, true});
  body.y += plot + (narrow ? 12.0F : 20.0F);
  if (narrow) {
    const Big figures[] = {{words.peak.value, word(Word::app_canvas_peak)},
                           {words.length.value, word(Word::app_canvas_length)},
                           {words.series, word(Word::app_canvas_series)},
                           {words.confidence, word(Word::app_canvas_confidence)}};
    big_figures(scene, body, figures, text::kTitle);
    body.y += 44.0F + 16.0F;
  } else {
    const Big figures[] = {{words.peak.value, word(Word::app_canvas_peak)}, {words.length.value, word(Word::app_canvas_length)}};
    big_figures(scene, body, figures, text::kDisplay);
    body.y += 52.0F + 12.0F;
  }
  ui::separator(ui, body.x, body.x + body.w, body.y);
  body.y = figure_rows(scene, {body.x, body.y + 8.0F, body.w, 0.0F}, words.figures) + 8.0F;
  if (!words.reasons.empty()) {
    ui::separator(ui, body.x, body.x + body.w, body.y);
    body.y = reasons(scene, {body.x, body.y + 12.0F, body.w, 0.0F}, words.reasons);
  }
  scroll.content_end(body.y + 12.0F);
}

/// One reason for which movements were left out; a tap leads to them.
float reason_row(const Scene& scene, const Rect& rect, const workspace::Row& row) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const Rect box{rect.x - 8.0F, rect.y, rect.w + 16.0F, kReasonRow};
  const ui::WidgetId id = ui::id_of(row.id);
  if (ui.pressed(id, box)) scene.emit(row.actions.front().command);
  if (ui.gestures().held(id) || ui.gestures().hovered(id)) p.fill(box, Role::Control, tokens::kRadiusTile);
  if (ui.gestures().focused(id)) p.outline(box, Role::Text, tokens::kRadiusTile, tokens::kStrokeSelected);
  const float name = p.text_in({rect.x, rect.y, rect.w * 0.7F, kReasonRow}, row.cells.front(), text::kSmall);
  p.text_in({rect.x + name + 12.0F, rect.y, rect.w - name - 12.0F - 26.0F, kReasonRow}, row.cells.back(), text::kSmall.in(Role::Text).aligned(Align::Right));
  p.icon(Icon::Forward, {rect.right() - 18.0F, rect.y + (kReasonRow - 16.0F) / 2.0F, 16.0F, 16.0F}, Role::Text3, 1.6F);
  return rect.y + kReasonRow;
}

/// What was looked at and not counted, by reason.
float not_counted_summary(const Scene& scene, const Rect& rect) {
  const workspace::Section section = workspace::not_counted_section(scene.entry);
  if (section.tables.empty()) return block(scene, rect, section.heading, section.paragraphs);
  scene.ui.paint().text({rect.x, rect.y}, section.heading, text::kSmall.in(Role::Text).strong());
  float y = rect.y + 24.0F;
  for (const workspace::Row& row : section.tables.front().rows) y = reason_row(scene, {rect.x, y, rect.w, 0.0F}, row);
  return y + 16.0F;
}

/// What was found in movement and what was not; returns where it ends.
float movement_summary(const Scene& scene, const Rect& rect) {
  float y = rect.y;
  const auto found = workspace::found_section(scene.entry).paragraphs;
  y = block(scene, {rect.x, y, rect.w, 0.0F}, word(Word::app_review_found), found);
  y = block(scene, {rect.x, y, rect.w, 0.0F}, word(Word::app_review_limits), workspace::limits_section(scene.entry).paragraphs);
  const workspace::Section lost = workspace::not_analysable_section(scene.entry);
  y = block(scene, {rect.x, y, rect.w, 0.0F}, word(Word::app_review_not_analysable), lost.paragraphs);
  for (const workspace::Table& table : lost.tables) {
    for (const workspace::Row& row : table.rows) {
      const Figure figure{row.cells.front(), row.cells.back()};
      y = figure_rows(scene, {rect.x, y, rect.w, 0.0F}, std::span(&figure, 1));
    }
    y += 12.0F;
  }
  return not_counted_summary(scene, {rect.x, y, rect.w, 0.0F});
}

/// The same of EMG.
float muscle_summary(const Scene& scene, const Rect& rect) {
  const workspace::Section found = workspace::emg_found_section(scene.entry);
  float y = block(scene, rect, found.heading, found.paragraphs);
  for (const workspace::Section& section : {workspace::emg_not_analysable_section(scene.entry), workspace::emg_not_counted_section(scene.entry)}) {
    y = block(scene, {rect.x, y, rect.w, 0.0F}, section.heading, section.tables.empty() ? section.paragraphs : std::vector<std::string>{std::string(section.tables.front().caption)});
    if (section.tables.empty()) continue;
    for (const workspace::Row& row : section.tables.front().rows) {
      const Figure figure{row.cells[0] + ": " + row.cells[1], row.cells.back()};
      y = figure_rows(scene, {rect.x, y, rect.w, 0.0F}, std::span(&figure, 1));
    }
    y += 12.0F;
  }
  return y;
}

void draw_summary(const Scene& scene, Rect rect) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  const RateWords rate = rate_words(scene);
  ui::ScrollArea scroll(ui, id_of("summary-scroll"), {rect.x - 8.0F, rect.y, rect.w + 16.0F, rect.h});
  float y = scroll.top() + (scene.compact ? 4.0F : 20.0F);
  if (!rate.rate.empty()) {
    p.text_in({rect.x, y, rect.w, 36.0F}, rate.rate, text::kDisplay);
    y += 38.0F;
  }
  y += p.paragraph({rect.x, y}, rect.w, rate.note, text::kCaption) + 20.0F;
  if (scene.entry.has_movement()) y = movement_summary(scene, {rect.x, y, rect.w, 0.0F});
  if (scene.entry.data.emg) y = muscle_summary(scene, {rect.x, y, rect.w, 0.0F});
  y = block(scene, {rect.x, y, rect.w, 0.0F}, word(Word::app_review_recording),
            workspace::recording_section(scene.entry).paragraphs);
  scroll.content_end(y);
}

}  // namespace

float figure_rows(const Scene& scene, const Rect& rect, std::span<const Figure> figures) {
  ui::Painter& p = scene.ui.paint();
  float y = rect.y;
  for (const Figure& figure : figures) {
    const ui::TextStyle value = text::kSmall.in(Role::Text).aligned(Align::Right);
    const float name = p.text_in({rect.x, y, rect.w * 0.6F, kFigureRow}, figure.name, text::kSmall);
    const bool fits = p.text_width(figure.value, value) <= rect.w - name - 12.0F;
    // A figure is never cut off: what has no room beside its name stands below it.
    if (!fits) y += kFigureRow - 8.0F;
    p.text_in({fits ? rect.x + name + 12.0F : rect.x, y, fits ? rect.w - name - 12.0F : rect.w, kFigureRow}, figure.value, value);
    y += kFigureRow;
  }
  return y;
}

void draw_inspector(const Scene& scene, const Rect& rect, bool summary) {
  if (scene.entry.selected && !summary) return draw_event(scene, rect, *scene.entry.selected);
  draw_summary(scene, rect);
}

}  // namespace klono::app::review

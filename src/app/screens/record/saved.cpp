/// After a recording: how much of it there is, what is missing and why. No figure of events on this page.

#include <algorithm>

#include "app/screens/record/page.hpp"
#include "app/screens/record/steps.hpp"
#include "app/screens/strip.hpp"
#include "base/words.hpp"
#include "workspace/saved_view.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::SavedView;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kStrip = 96.0F, kSmallStrip = 72.0F;
constexpr float kRow = 48.0F;

void to_library(const Context& context, const Rect& head) {
  const ui::ButtonLook quiet{ButtonKind::Quiet, std::nullopt, true, ui::TextSize::Small};
  const std::string_view label = word(Word::record_saved_done_button);
  const float width = ui::button_width(context.ui, label, quiet, 12.0F);
  if (ui::button(context.ui, id_of("saved-done"), {head.right() - width + 12.0F, head.y + 4.0F, width, 48.0F}, label, quiet))
    context.emit("record done");
}

float lines(const Context& context, const Rect& column, float y, const SavedView& view) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  for (std::size_t i = 0; i < view.lines.size(); ++i) {
    if (i > 0) separator(ui, column.x, column.right(), y);
    const float value = p.text_width(view.lines[i].value, text::kSmall);
    const Rect row{column.x, y, column.w, kRow};
    p.text_in({row.x, row.y, row.w - value - 16.0F, row.h}, view.lines[i].label, text::kSmall);
    p.text_in(row, view.lines[i].value, text::kSmall.in(Role::Text).aligned(Align::Right));
    y += kRow;
  }
  return y;
}

float stage(const Context& context, const Rect& column, float y, const SavedView& view) {
  ui::Painter& p = context.ui.paint();
  return y + p.paragraph({column.x, y}, column.w, view.stage_words, text::kSmall.in(Role::Text3));
}

float content(const Context& context, const Rect& column, float y, float strip_height, const SavedView& view) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  y += p.paragraph({column.x, y}, column.w, view.heading, text::kDisplay) + 8.0F;
  y += p.paragraph({column.x, y}, column.w, view.recorded, text::kBody.in(Role::Text2)) + 24.0F;
  if (view.in_memory) {
    const NoteCard note{std::string(word(Word::record_trouble_storage_refused))};
    const Rect card{column.x, y, column.w, note_card_height(ui, column.w, note)};
    note_card(ui, id_of("saved-memory"), card, note);
    y = card.bottom() + 24.0F;
  }
  const Rect strip{column.x, y, column.w, strip_height};
  StripLook look{0.0F, true, true};
  look.own = true;
  if (view.entry != nullptr) {
    recording_strip(ui, strip, *view.entry, look);
  } else {
    reading_strip(ui, strip, std::max(0.0, view.progress));
  }
  y = strip.bottom() + (view.entry != nullptr ? 40.0F : 24.0F);
  y = lines(context, column, y, view) + (view.lines.empty() ? 0.0F : 20.0F);
  return stage(context, column, y, view);
}

std::vector<FootAction> actions_of(const SavedView& view) {
  FootAction review{word(Word::record_saved_review), "record review", ButtonKind::Primary};
  FootAction copy{word(Word::record_saved_copy), "record copy", ButtonKind::Plain, Icon::Save};
  review.enabled = view.stage != SavedView::Stage::Failed;
  // In memory the copy is all that lasts.
  if (view.in_memory) {
    std::swap(review.kind, copy.kind);
    return {copy, review};
  }
  return {review, copy};
}

}  // namespace

void draw_saved(const Context& context, Rect rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const SavedView view = workspace::saved_view(context.workspace);
  if (ui.wide()) rect.take_top(16.0F);
  rect.take_bottom(foot_space(context, rect));
  const bool flat = lies_flat(rect);
  const Rect column = step_column(context, rect);
  to_library(context, {column.x, rect.y, column.w, 56.0F});
  rect.take_top(flat ? 48.0F : 56.0F);

  const auto actions = actions_of(view);
  const float note_width = std::min(column.w, 240.0F);  // breaks between its two sentences
  const float note = p.paragraph_height(note_width, word(Word::record_saved_copy_note), text::kCaption.aligned(Align::Centre));
  const float height = foot_height(actions) + 12.0F + note;
  const auto foot = [&](float y) {
    foot_actions(context, id_of("saved-way"), {column.x, y, column.w, height}, actions);
    p.paragraph({column.centre().x - note_width / 2.0F, y + foot_height(actions) + 12.0F}, note_width, word(Word::record_saved_copy_note),
                text::kCaption.aligned(Align::Centre));
  };
  if (!flat) {
    foot(rect.take_bottom(height).y);
    rect.take_bottom(8.0F);
  }
  ui::ScrollArea scroll(ui, id_of("record-saved"), rect);
  const Rect words = column.inset(ui.wide() ? 0.0F : 8.0F, 0.0F);
  float y = content(context, words, scroll.top() + (flat ? 0.0F : 8.0F), rect.h < 320.0F ? kSmallStrip : kStrip, view);
  if (flat) {
    foot(y + 24.0F);
    y += 24.0F + height;
  }
  scroll.content_end(y + 16.0F);
}

}  // namespace klono::app::screens

#include "app/screens/patterns.hpp"

#include <algorithm>
#include <cmath>

#include "app/screens/pattern_charts.hpp"
#include "base/words.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::Entry;
using workspace::Section;
namespace text = ui::text;
namespace tokens = ui::tokens;

constexpr float kTwoFrom = 900.0F;  // then the cards stand in two columns
constexpr float kWidest = 1280.0F;

/// Draws a picture under a card's sentence, or tells with `measure` how high it is. Empty where there is none.
using Chart = float (*)(const Context& context, const Rect& rect, const Entry& entry, bool measure);

/// One row of a card's table: its two first cells in a line, all others below it.
float draw_row(const Context& context, const Rect& rect, const workspace::Table& table, const workspace::Row& row, bool measure) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const std::string note = workspace::row_note(table, row);
  const bool leads = !row.actions.empty();
  const float room = rect.w - (leads ? 28.0F : 0.0F);
  const float below = note.empty() ? 0.0F : p.paragraph_height(room, note, text::kCaption) + 4.0F;
  const float height = std::max(leads ? tokens::kTouchMin : 0.0F, 12.0F + 20.0F + below + 12.0F);
  if (measure) return height;
  const Rect box{rect.x, rect.y, rect.w, height};
  if (leads) {
    const ui::WidgetId id = id_of("pattern-" + row.id);
    if (ui.pressed(id, box)) context.emit(row.actions.front().command);
    if (ui.gestures().held(id) || ui.gestures().hovered(id)) p.fill(box.inset(-8.0F, 1.0F), Role::Control, tokens::kRadiusTile);
    if (ui.gestures().focused(id)) p.outline(box.inset(-8.0F, 1.0F), Role::Text, tokens::kRadiusTile, tokens::kStrokeSelected);
    p.icon(Icon::Forward, {box.right() - 16.0F, box.centre().y - 8.0F, 16.0F, 16.0F}, Role::Text3, 1.6F);
  }
  const float name = p.text_in({rect.x, rect.y + 12.0F, room * 0.6F, 20.0F}, row.cells[0], text::kSmall.in(Role::Text).strong());
  p.text_in({rect.x + name + 12.0F, rect.y + 12.0F, room - name - 12.0F, 20.0F}, row.cells[1], text::kSmall.in(Role::Text).aligned(Align::Right));
  if (!note.empty()) p.paragraph({rect.x, rect.y + 36.0F}, room, note, text::kCaption);
  return height;
}

/// Heading, sentence, picture, rows, notes, and what can be done. Returns the height of the card.
float card_parts(const Context& context, const Rect& card, const Entry& entry, const Section& section, Chart chart, bool measure) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const float pad = ui.wide() ? 24.0F : 16.0F;
  const Rect in = card.inset(pad, 0.0F);
  float y = card.y + pad;
  const auto paragraph = [&](const std::string& words, const ui::TextStyle& style, float after) {
    y += (measure ? p.paragraph_height(in.w, words, style) : p.paragraph({in.x, y}, in.w, words, style)) + after;
  };
  paragraph(section.heading, text::kSmall, 4.0F);
  paragraph(section.paragraphs.front(), text::kTitle, 12.0F);
  if (chart) {
    const float height = chart(context, {in.x, y, in.w, 0.0F}, entry, measure);
    y += height > 0.0F ? height + 12.0F : 0.0F;
  }
  for (const workspace::Table& table : section.tables) {
    for (const workspace::Row& row : table.rows) {
      if (!measure) ui::separator(ui, in.x, in.right(), y);
      y += draw_row(context, {in.x, y, in.w, 0.0F}, table, row, measure);
    }
    if (!measure) ui::separator(ui, in.x, in.right(), y);
    y += 12.0F;
  }
  for (std::size_t i = 1; i < section.paragraphs.size(); ++i) paragraph(section.paragraphs[i], text::kSmall, 6.0F);
  for (const workspace::Action& action : section.actions) {
    const ui::ButtonLook look{ButtonKind::Outline};
    y += 8.0F;
    Rect box{in.x, y, in.w, tokens::kTouchMin};
    if (ui.wide()) box.w = ui::button_width(ui, action.label, look, 20.0F);
    if (!measure && ui::button(ui, id_of("pattern-" + action.command), box, action.label, look)) context.emit(action.command);
    y += box.h + 4.0F;
  }
  return y - 6.0F + pad - card.y;
}

void draw_card(const Context& context, const Rect& card, const Entry& entry, const Section& section, Chart chart) {
  if (!context.ui.paint().visible(card)) return;
  ui::card(context.ui, card);
  card_parts(context, card, entry, section, chart, false);
}

struct Card {
  Section section;
  Chart chart = nullptr;
  bool across = false;  ///< both columns: what it shows needs the width
};

std::vector<Card> cards_of(const Entry& entry) {
  std::vector<Card> cards;
  if (entry.has_movement()) {
    cards.push_back({workspace::around_sleep_section(entry), night_chart, true});
    cards.push_back({workspace::limb_series_section(entry), limb_chart});
    cards.push_back({workspace::even_trains_section(entry)});
  }
  if (entry.data.emg)
    for (const EmgChannelAnalysis& channel : entry.data.emg->channels)
      if (channel.microvolts) cards.push_back({workspace::emg_limb_series_section(channel)});
  return cards;
}

/// Returns where the cards end. Neighbours in a row are as high as the higher of them.
float draw_cards(const Context& context, const Rect& column, const Entry& entry) {
  const bool two = column.w >= kTwoFrom;
  const float gap = two ? 24.0F : 12.0F;
  const float half = (column.w - gap) / 2.0F;
  const std::vector<Card> cards = cards_of(entry);
  float y = column.y;
  for (std::size_t i = 0; i < cards.size();) {
    const auto height_of = [&](const Card& card, float width) { return card_parts(context, {0.0F, 0.0F, width, 0.0F}, entry, card.section, card.chart, true); };
    const bool beside = two && !cards[i].across && i + 1 < cards.size() && !cards[i + 1].across;
    const float width = beside ? half : column.w;
    const float height = std::max(height_of(cards[i], width), beside ? height_of(cards[i + 1], width) : 0.0F);
    draw_card(context, {column.x, y, width, height}, entry, cards[i].section, cards[i].chart);
    if (beside) draw_card(context, {column.x + half + gap, y, half, height}, entry, cards[i + 1].section, cards[i + 1].chart);
    y += height + gap;
    i += beside ? 2 : 1;
  }
  return y;
}

/// Which recording this is, and when it was made: beside each other, or below each other on a phone. Returns where the cards begin.
float draw_origin(const Context& context, const Rect& rect, const Entry& entry) {
  ui::Painter& p = context.ui.paint();
  const bool beside = context.ui.wide();
  const float name = p.text_in({rect.x, rect.y, beside ? rect.w * 0.6F : rect.w, 20.0F}, entry.title, text::kSmall.in(Role::Text).strong());
  const Rect below = beside ? Rect{rect.x + name + 12.0F, rect.y, rect.w - name - 12.0F, 20.0F} : Rect{rect.x, rect.y + 20.0F, rect.w, 20.0F};
  p.text_in(below, when_of(entry), text::kSmall.in(Role::Text3));
  return below.bottom() + 12.0F;
}

}  // namespace

void draw_patterns(const Context& context, const Rect& rect) {
  const Entry* entry = context.workspace.reported();
  const std::string_view title = word(Word::app_patterns_title);
  if (entry == nullptr) return empty_page(context, rect, {title, word(Word::app_patterns_holds), word(Word::app_patterns_empty), Icon::Patterns});
  if (entry->guided()) return empty_page(context, rect, {title, word(Word::app_patterns_holds), word(Word::app_patterns_guided), Icon::Patterns});

  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const Rect body = titled(context, rect, title);
  ui::ScrollArea scroll(ui, id_of("patterns"), body);
  const Rect column = text_column(context, {body.x, scroll.top(), body.w, body.h}, kWidest);
  float y = column.y + (ui.wide() ? 0.0F : 4.0F);
  y = draw_cards(context, {column.x, draw_origin(context, {column.x, y, column.w, 0.0F}, *entry), column.w, 0.0F}, *entry);
  y += p.paragraph({column.x, y + 4.0F}, column.w, word(Word::app_patterns_today), text::kSmall.in(Role::Text3)) + 28.0F;
  scroll.content_end(y);
}

}  // namespace klono::app::screens

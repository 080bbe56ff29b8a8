#include "app/screens/context.hpp"

#include <cmath>
#include <cstdio>

#include "base/words.hpp"
#include "view/plain_words.hpp"

namespace klono::app::screens {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::TextSize;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

std::string command_for(std::string_view verb, const workspace::Entry& entry) {
  return std::string(verb) + " " + std::to_string(entry.id);
}

Rect titled(const Context& context, const Rect& rect, std::string_view title, bool back, bool* went_back) {
  ui::Ui& ui = context.ui;
  Rect rest = rect;
  if (ui.wide()) {
    const Rect head = rest.take_top(88.0F);
    ui.paint().text_in({head.x + 32.0F, head.y, head.w - 64.0F, head.h}, title, text::kDisplay);
    return rest;
  }
  const Rect head = rest.take_top(56.0F);
  if (!back) {
    ui.paint().text_in({head.x + 16.0F, head.y, head.w - 32.0F, head.h}, title, text::kDisplay);
  } else if (ui::back_head(ui, id_of("back"), head, title) && went_back != nullptr) {
    *went_back = true;
  }
  return rest;
}

Rect text_column(const Context& context, const Rect& rect, float width) {
  const float margin = context.ui.wide() ? 32.0F : tokens::kLayoutPhoneMargin;
  return {rect.x + margin, rect.y, std::min(width, rect.w - 2.0F * margin), rect.h};
}

std::string when_of(const workspace::Entry& entry) {
  const protocol::RecordingInfo& info = entry.data.info;
  const std::string date = view::date_words(info.start);
  if (date.empty())
    return fill(Word::app_canvas_format_length,
                {{"format", info.format}, {"length", view::duration_words(info.duration_s)}});
  const std::string span = fill(Word::app_common_to, {{"from", view::clock_words(info.start, 0.0, false)},
                                                      {"until", view::clock_words(info.start, info.duration_s, false)}});
  return fill(Word::app_canvas_row_note, {{"date", date}, {"time", span}});
}

std::string figure_of(const patterns::Rate& rate) {
  const std::string words = view::rate_words(rate);
  return words.substr(0, words.find_first_of(" \xE2"));
}

double reading_share(const workspace::Entry& entry) {
  const protocol::Progress& progress = entry.progress;
  return progress.bytes_total <= 0 ? -1.0 : progress.share;
}

void help_link(const Context& context, const Rect& rect) {
  ui::RowText row{word(Word::app_common_help_link)};
  row.leading = Icon::Help;
  row.trailing = Icon::Forward;
  if (ui::list_row(context.ui, id_of("help-link"), rect, row)) context.emit("go help");
}

void empty_page(const Context& context, const Rect& rect, const EmptyPage& page) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const Rect body = titled(context, rect, page.title);
  const Rect column = text_column(context, body, 560.0F).inset(ui.wide() ? 0.0F : 8.0F, 0.0F);
  float y = column.y + (ui.wide() ? 24.0F : 40.0F);

  const Rect tile{column.x, y, 72.0F, 72.0F};
  p.fill(tile, Role::Control, 20.0F);
  p.icon(page.icon, tile.inset(18.0F), Role::Text2, 1.4F);
  y = tile.bottom() + 24.0F;
  y += p.paragraph({column.x, y}, column.w, page.holds,
                   {TextSize::Title, Role::Text, ui::Weight::Regular, Align::Left}) + 12.0F;
  y += p.paragraph({column.x, y}, column.w, page.today, text::kBody.in(Role::Text2)) + 32.0F;

  const bool has_recording = !context.workspace.entries().empty();
  const Word label = has_recording ? Word::app_canvas_open_review : Word::app_common_open_file;
  const std::string_view command = has_recording ? "go review" : "open-file";
  ui::ButtonLook look{ButtonKind::Primary, has_recording ? Icon::Review : Icon::Folder};
  Rect main{column.x, y, column.w, tokens::kTouchPrimary};
  if (ui.wide()) main.w = ui::button_width(ui, word(label), look, 24.0F);
  if (ui::button(ui, id_of("empty-main"), main, word(label), look)) context.emit(std::string(command));
  if (has_recording) return;
  const ui::ButtonLook quiet{ButtonKind::Quiet};
  Rect second{main.x, main.bottom() + 8.0F, main.w, 48.0F};
  if (ui.wide())
    second = {main.right() + 8.0F, main.y, ui::button_width(ui, word(Word::app_common_open_example), quiet, 24.0F), 56.0F};
  if (ui::button(ui, id_of("empty-example"), second, word(Word::app_common_open_example), quiet))
    context.emit("open-example");
}

}  // namespace klono::app::screens

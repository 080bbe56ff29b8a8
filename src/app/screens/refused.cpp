#include "app/screens/refused.hpp"

#include "base/words.hpp"

namespace klono::app::screens {
namespace {

using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;

std::string place_of(const Error& error) {
  if (error.line > 0) return fill(Word::app_refused_place_line, {{"n", std::to_string(error.line)}});
  if (error.offset >= 0) return fill(Word::app_refused_place_offset, {{"n", std::to_string(error.offset)}});
  return {};
}

float advice_card(const Context& context, float x, float y, float width, std::string_view advice) {
  ui::Painter& p = context.ui.paint();
  const float height = p.paragraph_height(width - 32.0F, advice, text::kSmall) + 56.0F;
  card(context.ui, {x, y, width, height});
  p.text({x + 16.0F, y + 16.0F}, word(Word::app_refused_what_you_can_do), text::kSmall.strong().in(Role::Text));
  p.paragraph({x + 16.0F, y + 40.0F}, width - 32.0F, advice, text::kSmall);
  return y + height;
}

void actions(const Context& context, const Rect& column, float y) {
  ui::Ui& ui = context.ui;
  const ui::ButtonLook main{ButtonKind::Primary, Icon::Folder};
  const ui::ButtonLook quiet{ButtonKind::Quiet};
  Rect first{column.x, y, column.w, 56.0F};
  Rect second{column.x, y + 64.0F, column.w, 48.0F};
  if (ui.wide()) {
    first.w = ui::button_width(ui, word(Word::app_refused_another), main, 24.0F);
    second = {first.right() + 8.0F, y, ui::button_width(ui, word(Word::app_refused_what_can_be_read), quiet, 20.0F), 56.0F};
  }
  if (ui::button(ui, id_of("refused-another"), first, word(Word::app_refused_another), main)) context.emit("open-file");
  if (ui::button(ui, id_of("refused-help"), second, word(Word::app_refused_what_can_be_read), quiet)) context.emit("go help");
}

/// Name and size at the left, the way to take it off the list at the right; returns the lower edge.
float file_line(const Context& context, const Rect& column, float y, const workspace::Entry& entry) {
  ui::Painter& p = context.ui.paint();
  const float link = p.text_width(word(Word::app_refused_remove), text::kSmall);
  const std::string file = fill(Word::app_refused_file, {{"name", entry.title}, {"size", size_words(entry.size)}});
  const bool together = p.text_width(file, text::kSmall) + link + 24.0F <= column.w;
  p.text_in({column.x, y, together ? column.w - link - 24.0F : column.w, 48.0F}, file, text::kSmall.in(Role::Text3));
  if (!together) y += 40.0F;
  const ui::Point at{together ? column.right() - link : column.x, y + 14.0F};
  if (ui::text_link(context.ui, id_of("refused-remove"), at, word(Word::app_refused_remove), text::kSmall.in(Role::Accent)))
    context.emit(command_for("close-recording", entry));
  return y + 48.0F;
}

float content(const Context& context, const Rect& column, float y, const workspace::Entry& entry) {
  ui::Painter& p = context.ui.paint();
  const Error& error = entry.failure.error;
  const Rect tile{column.x, y, 72.0F, 72.0F};
  p.fill(tile, Role::Control, 20.0F);
  p.icon(Icon::File, tile.inset(18.0F), Role::Text2, 1.4F);
  y = tile.bottom() + 24.0F;
  y += p.paragraph({column.x, y}, column.w, word(Word::app_refused_heading), text::kDisplay) + 12.0F;
  y += p.paragraph({column.x, y}, column.w, error.what, text::kBody.in(Role::Text2));
  if (const std::string place = place_of(error); !place.empty())
    y += p.paragraph({column.x, y + 8.0F}, column.w, place, text::kSmall.in(Role::Text3)) + 8.0F;
  const std::string_view advice = error.advice.empty() ? word(Word::app_refused_no_advice) : std::string_view(error.advice);
  y = advice_card(context, column.x, y + 24.0F, column.w, advice);
  return file_line(context, column, y + 4.0F, entry);
}

}  // namespace

void draw_refused(const Context& context, const Rect& rect, const workspace::Entry& entry) {
  ui::Ui& ui = context.ui;
  bool back = false;
  Rect body = titled(context, rect, word(Word::app_refused_title), true, &back);
  if (back) context.emit("go library");
  const Rect foot = ui.wide() ? Rect{} : body.take_bottom(128.0F + ui.surface().inset_bottom);
  {
    ui::ScrollArea scroll(ui, id_of("refused", entry.id), body);
    const Rect column = text_column(context, body, 560.0F).inset(ui.wide() ? 0.0F : 8.0F, 0.0F);
    float y = content(context, column, scroll.top() + (ui.wide() ? 16.0F : body.h > 520.0F ? 72.0F : 24.0F), entry);
    if (ui.wide()) {
      actions(context, column, y + 16.0F);
      y += 96.0F;
    }
    scroll.content_end(y);
  }
  if (!ui.wide()) actions(context, text_column(context, foot, foot.w), foot.y + 8.0F);
}

}  // namespace klono::app::screens

#include "app/screens/record.hpp"

#include <array>

#include "base/words.hpp"

namespace klono::app::screens {
namespace {

using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;

struct Advice {
  Icon icon;
  Word words;
};
constexpr std::array kAdvice{Advice{Icon::Check, Word::app_record_how_place}, Advice{Icon::Sliders, Word::app_record_how_rate},
                             Advice{Icon::Moon, Word::app_record_how_still}, Advice{Icon::Sun, Word::app_record_how_awake}};

/// A card of short lines with an icon each; returns its lower edge.
float advice_card(const Context& context, float x, float y, float width) {
  ui::Painter& p = context.ui.paint();
  constexpr float kPad = 16.0F;
  const float room = width - 2.0F * kPad - 36.0F;
  float height = kPad + 24.0F + 8.0F;
  for (const Advice& advice : kAdvice) height += p.paragraph_height(room, word(advice.words), text::kSmall) + 16.0F;
  card(context.ui, {x, y, width, height + 4.0F});
  p.text({x + kPad, y + kPad}, word(Word::app_record_how_heading), text::kStrong);
  float line = y + kPad + 24.0F + 12.0F;
  for (const Advice& advice : kAdvice) {
    p.icon(advice.icon, {x + kPad, line, 20.0F, 20.0F}, Role::Text2);
    line += p.paragraph({x + kPad + 36.0F, line}, room, word(advice.words), text::kSmall) + 16.0F;
  }
  return y + height + 4.0F;
}

}  // namespace

void draw_record(const Context& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  const Rect body = titled(context, rect, word(Word::app_record_title));
  ui::ScrollArea scroll(ui, id_of("record"), body);
  const Rect column = text_column(context, body, 560.0F);
  float y = scroll.top() + (ui.wide() ? 8.0F : 16.0F);
  y += p.paragraph({column.x, y}, column.w, word(Word::app_record_holds), text::kTitle) + 12.0F;
  y += p.paragraph({column.x, y}, column.w, word(Word::app_record_today), text::kBody.in(Role::Text2)) + 24.0F;
  y = advice_card(context, column.x, y, column.w) + 24.0F;

  const ui::ButtonLook open{ui::ButtonKind::Primary, Icon::Folder};
  const ui::ButtonLook example{ui::ButtonKind::Quiet};
  Rect main{column.x, y, column.w, ui::tokens::kTouchPrimary};
  Rect second{column.x, main.bottom() + 8.0F, column.w, 48.0F};
  if (ui.wide()) {
    main.w = ui::button_width(ui, word(Word::app_common_open_file), open, 24.0F);
    second = {main.right() + 8.0F, y, ui::button_width(ui, word(Word::app_common_open_example), example, 24.0F), 56.0F};
  }
  if (ui::button(ui, id_of("record-open"), main, word(Word::app_common_open_file), open)) context.emit("open-file");
  if (ui::button(ui, id_of("record-example"), second, word(Word::app_common_open_example), example)) context.emit("open-example");
  scroll.content_end(second.bottom() + 24.0F);
}

}  // namespace klono::app::screens

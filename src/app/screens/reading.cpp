#include "app/screens/reading.hpp"

#include <algorithm>
#include <cmath>

#include "app/screens/strip.hpp"
#include "base/words.hpp"
#include "view/plain_words.hpp"

namespace klono::app::screens {
namespace {

using ui::ButtonKind;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;

void actions(const Context& context, const Rect& column, float y, const workspace::Entry& entry) {
  ui::Ui& ui = context.ui;
  const bool some = entry.progress.analysed_s > 0.0 && !entry.example;
  ui::ButtonLook use{ButtonKind::Plain};
  use.enabled = some;
  const ui::ButtonLook stop{ButtonKind::Quiet};
  Rect first{column.x, y, column.w, 56.0F};
  Rect second{column.x, y + 64.0F, column.w, 48.0F};
  if (ui.wide()) {
    first.w = ui::button_width(ui, word(Word::app_reading_use_partial), use, 24.0F);
    second = {first.right() + 8.0F, y, ui::button_width(ui, word(Word::app_reading_stop), stop, 24.0F), 56.0F};
  }
  if (ui::button(ui, id_of("reading-use"), first, word(Word::app_reading_use_partial), use))
    context.emit(command_for("use-partial", entry));
  if (ui::button(ui, id_of("reading-stop"), second, word(Word::app_reading_stop), stop))
    context.emit(command_for("stop-reading", entry));
}

/// The large figure: per cent of the file, or the time analysed while the end is not known.
float figure(const Context& context, const Rect& column, float y, const workspace::Entry& entry) {
  ui::Painter& p = context.ui.paint();
  const double share = reading_share(entry);
  std::string large;
  std::string_view note;
  std::string analysed;
  if (share >= 0.0) {
    large = std::to_string(static_cast<int>(std::floor(share * 100.0)));
    note = "%";
  }
  if (entry.progress.analysed_s > 0.0)
    analysed = fill(Word::app_reading_analysed, {{"length", view::duration_words(entry.progress.analysed_s)}});
  p.text({column.x, y}, word(Word::app_reading_title), text::kSmall.in(Role::Text3));
  y += 24.0F;
  if (!large.empty()) {
    const float width = p.text({column.x - 2.0F, y}, large, text::kFigure);
    p.text({column.x + width + 8.0F, y + 20.0F}, note,
           {ui::TextSize::Title, Role::Text2, ui::Weight::Regular, ui::Align::Left});
    y += 56.0F;
  }
  const std::string_view sentence = !analysed.empty() ? std::string_view(analysed)
                                    : entry.example   ? word(Word::app_reading_example)
                                                      : word(Word::app_reading_waiting);
  return y + p.paragraph({column.x, y}, column.w, sentence, text::kBody.in(Role::Text2));
}

}  // namespace

void draw_reading(const Context& context, const Rect& rect, const workspace::Entry& entry) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  bool back = false;
  Rect body = titled(context, rect, entry.title, true, &back);
  if (back) context.emit("go library");
  const Rect column = text_column(context, body, 640.0F).inset(ui.wide() ? 0.0F : 8.0F, 0.0F);
  float y = figure(context, column, column.y + (ui.wide() ? 24.0F : 56.0F), entry) + 20.0F;

  const double share = std::max(0.0, reading_share(entry));
  const Rect strip{column.x, y, column.w, 96.0F};
  reading_strip(ui, strip, share);
  y = strip.bottom() + 12.0F;
  if (entry.progress.bytes_total > 0)
    p.text({column.x, y}, fill(Word::app_canvas_done_of, {{"done", size_words(entry.progress.bytes_done)},
                                                          {"total", size_words(entry.progress.bytes_total)}}), text::kSmall);
  if (entry.progress.events > 0)
    p.text({column.right(), y},
           view::count_words(entry.progress.events, word(Word::app_common_event), word(Word::app_common_events)),
           text::kSmall.aligned(ui::Align::Right));
  y += 48.0F;
  y += p.paragraph({column.x, y}, column.w, word(Word::app_reading_leave), text::kSmall.in(Role::Text3)) + 32.0F;
  if (ui.wide()) return actions(context, column, y, entry);
  const Rect foot = body.take_bottom(128.0F + ui.surface().inset_bottom);
  actions(context, text_column(context, foot, foot.w), foot.y + 8.0F, entry);
}

}  // namespace klono::app::screens

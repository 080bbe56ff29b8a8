#include "app/screens/history.hpp"

#include "base/words.hpp"

namespace klono::app::screens {

void draw_history(const Context& context, const ui::Rect& rect) {
  empty_page(context, rect,
             {word(Word::app_history_title), word(Word::app_history_holds), word(Word::app_history_today), ui::Icon::History});
}

}  // namespace klono::app::screens

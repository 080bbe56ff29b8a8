#include "app/screens/patterns.hpp"

#include "base/words.hpp"

namespace klono::app::screens {

void draw_patterns(const Context& context, const ui::Rect& rect) {
  empty_page(context, rect,
             {word(Word::app_patterns_title), word(Word::app_patterns_holds), word(Word::app_patterns_today), ui::Icon::Patterns});
}

}  // namespace klono::app::screens

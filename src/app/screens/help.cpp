#include "app/screens/help.hpp"

#include <array>

#include "base/words.hpp"

namespace klono::app::screens {
namespace {

using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;

/// Runs of text under each other; remembers how far down it came.
class Flow {
 public:
  Flow(ui::Painter& painter, float x, float y, float width) : p_(painter), x_(x), y_(y), width_(width) {}

  void space(float height) { y_ += height; }
  void paragraph(Word id, const ui::TextStyle& style) { y_ += p_.paragraph({x_, y_}, width_, word(id), style); }
  void heading(Word id) {
    space(32.0F);
    paragraph(id, text::kTitle);
    space(8.0F);
  }
  void body(Word id) {
    paragraph(id, text::kBody.in(Role::Text2));
    space(10.0F);
  }
  void bullet(Word id) {
    p_.circle({x_ + 5.0F, y_ + 12.0F}, 2.5F, Role::Text2);
    y_ += p_.paragraph({x_ + 22.0F, y_}, width_ - 22.0F, word(id), text::kBody) + 8.0F;
  }
  void key(Word key_word, Word does) {
    const float width = p_.text_width(word(key_word), text::kSmall.strong()) + 20.0F;
    p_.fill({x_, y_ + 2.0F, width, 28.0F}, Role::Control, 8.0F);
    p_.text({x_ + 10.0F, y_ + 6.0F}, word(key_word), text::kSmall.strong().in(Role::Text));
    p_.text({x_ + 128.0F, y_ + 6.0F}, word(does), text::kSmall);
    y_ += 36.0F;
  }
  float y() const { return y_; }

 private:
  ui::Painter& p_;
  float x_, y_, width_;
};

constexpr std::array kFlags{Word::app_help_flag_mind,   Word::app_help_flag_fever,  Word::app_help_flag_medicine,
                            Word::app_help_flag_seizure, Word::app_help_flag_sudden, Word::app_help_flag_injury,
                            Word::app_help_flag_fall,   Word::app_help_flag_eyes};

float at_once(const Context& context, float x, float y, float width) {
  ui::Painter& p = context.ui.paint();
  Flow flow(p, x, y, width);
  flow.paragraph(Word::app_help_at_once, text::kTitle);
  flow.space(8.0F);
  flow.paragraph(Word::app_help_at_once_lead, text::kSmall.in(Role::Text3));
  flow.space(16.0F);
  flow.paragraph(Word::app_help_at_once_call, text::kStrong);
  flow.space(12.0F);
  for (const Word flag : kFlags) flow.bullet(flag);
  flow.space(8.0F);
  flow.body(Word::app_help_at_once_prompt);
  flow.body(Word::app_help_at_once_medicine);
  flow.body(Word::app_help_at_once_many);
  return flow.y();
}

float how_it_works(const Context& context, float x, float y, float width) {
  Flow flow(context.ui.paint(), x, y, width);
  flow.paragraph(Word::app_help_how, text::kTitle);
  flow.space(8.0F);
  for (const Word id : {Word::app_help_how_open, Word::app_help_how_review, Word::app_help_how_share}) flow.body(id);
  flow.heading(Word::app_help_what_read);
  for (const Word id : {Word::app_help_what_read_lead, Word::app_help_what_read_not}) flow.body(id);
  flow.heading(Word::app_help_words);
  for (const Word id : {Word::app_help_word_event, Word::app_help_word_rate, Word::app_help_word_interval,
                        Word::app_help_word_size, Word::app_help_word_series, Word::app_help_word_confidence})
    flow.body(id);
  flow.heading(Word::app_help_keys);
  flow.key(Word::app_help_key_arrows, Word::app_help_key_arrows_does);
  flow.key(Word::app_help_key_c, Word::app_help_key_c_does);
  flow.key(Word::app_help_key_n, Word::app_help_key_n_does);
  flow.key(Word::app_help_key_z, Word::app_help_key_z_does);
  flow.key(Word::app_help_key_y, Word::app_help_key_y_does);
  flow.key(Word::app_help_key_zoom, Word::app_help_key_zoom_does);
  flow.key(Word::app_help_key_fit, Word::app_help_key_fit_does);
  flow.key(Word::app_help_key_film, Word::app_help_key_film_does);
  flow.key(Word::app_help_key_open, Word::app_help_key_open_does);
  flow.heading(Word::app_help_limits);
  for (const Word id : {Word::app_settings_use_not_for, Word::app_settings_use_limits}) flow.body(id);
  return flow.y();
}

}  // namespace

void draw_help(const Context& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  bool back = false;
  const Rect body = titled(context, rect, word(Word::app_help_title), true, &back);
  if (back) context.emit("go library");
  ui::ScrollArea scroll(ui, id_of("help"), body);
  const bool columns = body.w >= 960.0F;
  const Rect left = text_column(context, body, columns ? 480.0F : 640.0F);
  const float top = scroll.top() + 8.0F;
  constexpr float kPad = 24.0F;
  const float pad = ui.wide() ? kPad : 16.0F;

  const float first = at_once(context, left.x + pad, top + pad, left.w - 2.0F * pad);
  if (columns) {
    const float second = how_it_works(context, left.right() + 56.0F, top + pad, std::min(520.0F, body.right() - left.right() - 88.0F));
    scroll.content_end(std::max(first, second) + 32.0F);
  } else {
    const float second = how_it_works(context, left.x + pad, first + 32.0F, left.w - 2.0F * pad);
    scroll.content_end(second + 32.0F + ui.surface().inset_bottom);
  }
}

}  // namespace klono::app::screens

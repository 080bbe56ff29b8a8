#include "app/review/head.hpp"

#include <algorithm>

#include "app/review/phrases.hpp"
#include "view/plain_words.hpp"

namespace klono::app::review {
namespace {

using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
namespace text = ui::text;
namespace tokens = ui::tokens;

// As long as a message with undo elsewhere: the button to take it back stands beside the words here.
constexpr double kStatus_s = 6.0;

std::string when_of(const Scene& scene) {
  const protocol::RecordingInfo& info = scene.info();
  const std::string date = view::date_words(info.start);
  if (date.empty())
    return fill(Word::app_canvas_format_length, {{"format", info.format}, {"length", view::duration_words(info.duration_s)}});
  return fill(Word::app_review_when, {{"date", date},
                                      {"from", view::clock_words(info.start, 0.0, false)},
                                      {"until", view::clock_words(info.start, info.duration_s, false)}});
}

std::string_view trace_label(bool movement) {
  return word(movement ? Word::app_review_trace_movement : Word::app_review_trace_recorded);
}

void trace_choice(const Scene& scene, const Rect& rect) {
  const std::string_view labels[] = {trace_label(true), trace_label(false)};
  const bool movement = scene.workspace.trace_mode() == protocol::TraceMode::Movement;
  const int tapped = ui::segmented(scene.ui, id_of("trace-mode"), rect, labels, movement ? 0 : 1);
  if (tapped == 0 && !movement) scene.emit("trace movement");
  if (tapped == 1 && movement) scene.emit("trace recorded");
}

}  // namespace

std::string Head::subtitle(const Scene& scene, bool film) {
  const std::string& status = scene.workspace.status();
  if (status != status_) {
    status_ = status;
    // What was said before this screen came up is old news.
    if (status_until_s_ >= 0.0 && !status.empty()) status_until_s_ = scene.ui.now_s() + kStatus_s;
  }
  if (status_until_s_ < 0.0) status_until_s_ = 0.0;
  if (scene.ui.now_s() < status_until_s_) {
    scene.ui.request_frame();
    return status_;
  }
  return film ? scene.entry.title : when_of(scene);
}

Head::Asked Head::draw(const Scene& scene, const Rect& rect, const Look& look) {
  ui::Ui& ui = scene.ui;
  ui::Painter& p = ui.paint();
  Asked asked;
  const bool compact = scene.compact;
  const auto event_total = static_cast<std::int64_t>(scene.entry.decisions.size());
  const std::string title =
      look.film ? view::count_words(event_total, word(Word::app_common_event), word(Word::app_common_events)) : scene.entry.title;

  Rect rest = rect;
  if (look.back) {
    const Rect arrow = rest.take_left(compact ? 52.0F : 56.0F);
    const Rect box{compact ? arrow.x + 4.0F : arrow.x - 12.0F, arrow.centre().y - 24.0F, 48.0F, 48.0F};
    asked.back = ui::icon_button(ui, id_of("review-back"), box, Icon::Back);
    rest.take_left(compact ? 8.0F : 0.0F);
  } else if (compact) {
    rest.take_left(16.0F);
  }
  const auto button = [&](std::string_view name, Icon icon, bool enabled, bool on) {
    const Rect box = rest.take_right(48.0F);
    return ui::icon_button(ui, id_of(name), {box.x, box.centre().y - 24.0F, 48.0F, 48.0F}, icon, enabled, on);
  };
  if (compact) rest.take_right(4.0F);
  if (!compact && !look.film && scene.entry.has_movement()) {
    const float width = p.text_width(trace_label(true), text::kSmall.strong()) + p.text_width(trace_label(false), text::kSmall.strong()) + 66.0F;
    const Rect box = rest.take_right(width);
    trace_choice(scene, {box.x, box.centre().y - 20.0F, width, 40.0F});
    rest.take_right(8.0F);
  }
  if (button("review-more", Icon::More, true, false)) menu_ = true;
  if (!compact && button("review-summary", Icon::Info, true, look.summary)) asked.summary = true;
  if (!look.film && compact && event_total > 0 && button("review-film", Icon::Strip, true, false)) asked.film = true;
  if (!compact && button("review-redo", Icon::Redo, scene.workspace.can_redo(), false)) scene.emit("redo");
  if (button("review-undo", Icon::Undo, scene.workspace.can_undo(), false)) scene.emit("undo");
  rest.take_right(8.0F);

  const std::string below = subtitle(scene, look.film);
  if (compact) {
    p.text_in({rest.x, rect.y + 8.0F, rest.w, 22.0F}, title, text::kStrong);
    p.text_in({rest.x, rect.y + 30.0F, rest.w, 16.0F}, below, text::kCaption);
  } else {
    const float width = p.text_in({rest.x, rect.y + 10.0F, rest.w, 28.0F}, title, text::kTitle);
    const float room = rest.w - width - 16.0F;
    if (room > 120.0F && !look.film)
      p.text_in({rest.x + width + 16.0F, rect.y + 14.0F, room, 20.0F}, when_of(scene), text::kSmall.in(Role::Text3));
    const bool told = ui.now_s() < status_until_s_;
    std::string sentence = told || look.film ? below : rate_sentence(scene);
    // The interval is never cut off: where the sentence is too long for the room, its figures alone are told.
    if (!told && !look.film && p.text_width(sentence, text::kSmall) > rest.w) {
      const RateWords rate = rate_words(scene);
      sentence = rate.rate + ", " + rate.note;
    }
    p.text_in({rest.x, rect.y + 40.0F, rest.w, 20.0F}, sentence,
              text::kSmall.in(told ? Role::Text : Role::Text2));
  }
  return asked;
}

Head::Asked Head::draw_menu(const Scene& scene, bool can_share) {
  Asked asked;
  if (!menu_) return asked;
  ui::Ui& ui = scene.ui;
  struct Item {
    Word label;
    Icon icon;
    std::string_view command;
  };
  std::vector<Item> items;
  if (scene.compact && scene.workspace.can_redo()) items.push_back({Word::app_common_redo, Icon::Redo, "redo"});
  if (scene.compact) items.push_back({Word::app_review_found, Icon::Info, ""});
  items.push_back({Word::app_review_zoom_fit, Icon::Fit, "zoom-fit"});
  if (!scene.entry.guided()) items.push_back({Word::sleep_own_open, Icon::Moon, "sleep-times open"});
  if (can_share) {
    items.push_back({Word::app_review_share_summary, Icon::Share, "share summary"});
    items.push_back({Word::app_review_share_table, Icon::Share, "share table"});
  }
  items.push_back({Word::app_review_save_summary, Icon::Save, "save summary"});
  items.push_back({Word::app_review_save_table, Icon::Save, "save table"});
  items.push_back({Word::app_review_save_analysis, Icon::Save, "save analysis"});

  constexpr float kItem = 56.0F;
  const bool choice = scene.compact && scene.entry.has_movement();
  const float top = choice ? 64.0F : 44.0F;
  bool closed = false;
  Rect body = ui::sheet(ui, id_of("review-menu"), top + kItem * static_cast<float>(items.size()), &closed);
  const Rect first = body.take_top(top);
  if (choice) {
    trace_choice(scene, {first.x, first.y, first.w, 48.0F});
  } else {
    ui.paint().text({first.x, first.y}, scene.entry.title, text::kTitle);
  }
  for (const Item& item : items) {
    ui::RowText row{word(item.label)};
    row.leading = item.icon;
    const auto id = id_of("review-menu-item", static_cast<std::uint64_t>(item.label));
    if (!ui::list_row(ui, id, body.take_top(kItem), row)) continue;
    if (item.command.empty()) {
      asked.summary = true;
    } else {
      scene.emit(std::string(item.command));
    }
    closed = true;
  }
  if (closed) menu_ = false;
  if (closed) ui.request_frame();
  return asked;
}

}  // namespace klono::app::review

#include "app/screens/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/screens/strip.hpp"
#include "base/words.hpp"
#include "view/placement_words.hpp"
#include "view/plain_words.hpp"

namespace klono::app::screens {
namespace {

using ui::Align;
using ui::ButtonKind;
using ui::Icon;
using ui::Rect;
using ui::Role;
using ui::id_of;
using workspace::Entry;
namespace text = ui::text;

constexpr ui::WidgetId kWorn = id_of("report-worn");

/// One event's three axes, onset aligned; `full_g` is half the height.
void example_trace(ui::Painter& p, const Rect& rect, const Entry& entry, std::size_t index, float full_g) {
  const Event& event = entry.data.analysis.events[index];
  const protocol::Waveform& wave = entry.data.waveforms[index];
  const float middle = rect.y + (rect.h - 20.0F) / 2.0F;
  const float half = (rect.h - 20.0F) / 2.0F;
  constexpr std::array kAxes{Role::X, Role::Y, Role::Z};
  p.horizontal(rect.x, rect.right(), middle, Role::Hairline);
  for (std::size_t axis = 0; axis < kAxes.size(); ++axis) {
    const std::vector<float>& samples = wave.axes[axis];
    if (samples.size() < 2) continue;
    std::vector<ui::Point> points;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const float x = rect.x + rect.w * static_cast<float>(i) / static_cast<float>(samples.size() - 1);
      points.push_back({x, middle - half * std::clamp(samples[i] / full_g, -1.0F, 1.0F)});
    }
    p.polyline(points, kAxes[axis], ui::tokens::kStrokeTraceSmall);
  }
  const std::string size = entry.data.info.amplitudes_valid ? view::acceleration_words(event.peak_g) : std::string();
  // On a phone the seconds give way to the size.
  const std::string exact = view::clock_words(entry.data.info.start, event.onset_s, true);
  const bool fits = p.text_width(exact, text::kCaption) + p.text_width(size, text::kCaption) + 8.0F <= rect.w;
  p.text_in({rect.x, rect.bottom() - 18.0F, rect.w, 16.0F}, fits ? exact : view::clock_words(entry.data.info.start, event.onset_s, false), text::kCaption);
  p.text_in({rect.x, rect.bottom() - 18.0F, rect.w, 16.0F}, size, text::kCaption.aligned(Align::Right));
}

/// Smallest, middle and largest of what counts, all in one scale.
void examples(ui::Painter& p, const Rect& rect, const Entry& entry) {
  const std::vector<Event>& events = entry.data.analysis.events;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < std::min(events.size(), entry.data.waveforms.size()); ++i)
    if (i >= entry.decisions.size() || entry.decisions[i] != Decision::Rejected) order.push_back(i);
  if (order.size() < 3) return;
  std::ranges::sort(order, {}, [&](std::size_t i) { return events[i].peak_g; });
  const auto full_g = static_cast<float>(events[order.back()].peak_g);
  p.text({rect.x, rect.y}, word(Word::app_canvas_example_events), text::kSmall.strong().in(Role::Text));
  const float width = (rect.w - 32.0F) / 3.0F;
  const std::array chosen{order.front(), order[order.size() / 2], order.back()};
  for (std::size_t i = 0; i < chosen.size(); ++i)
    example_trace(p, {rect.x + (width + 16.0F) * static_cast<float>(i), rect.y + 28.0F, width, rect.h - 28.0F}, entry, chosen[i],
                  full_g * 1.05F);
}

/// Paints on paper for as long as it lives: the page is light in both themes.
class OnPaper {
 public:
  explicit OnPaper(ui::Painter& painter) : painter_(painter), before_(painter.theme()) { painter.set_theme(light_); }
  ~OnPaper() { painter_.set_theme(before_); }
  OnPaper(const OnPaper&) = delete;
  OnPaper& operator=(const OnPaper&) = delete;

 private:
  ui::Painter& painter_;
  const ui::Theme& before_;
  ui::Theme light_{false};
};

/// EMG channels, one a line, as far as there is room; returns where they end.
float muscle_lines(const Context& context, const Rect& in, float y, const Entry& entry) {
  ui::Painter& p = context.ui.paint();
  p.text_in({in.x, y, in.w, 20.0F}, word(Word::emg_page_heading), text::kSmall.strong().in(Role::Text));
  y += 26.0F;
  for (const std::string& line : entry.muscle_lines) {
    const float height = p.paragraph_height(in.w, line, text::kSmall, 2) + 6.0F;
    if (y + height + 28.0F > in.bottom()) break;
    p.paragraph({in.x, y}, in.w, line, text::kSmall, 2);
    y += height;
  }
  return y;
}

/// The page of EMG alone: the recording as a strip and its channels in words.
void muscle_preview(const Context& context, const Rect& in, float y, const Entry& entry) {
  const Rect strip{in.x, y, in.w, 60.0F};
  recording_strip(context.ui, strip, entry, {8.0F, true, true});
  muscle_lines(context, in, strip.bottom() + 36.0F, entry);
  context.ui.paint().paragraph({in.x, in.bottom() - 16.0F}, in.w, word(Word::app_common_describes), text::kCaption, 1);
}

/// The page in small: what it says first, with this recording's own figures.
void page_preview(const Context& context, const Rect& page, const Entry& entry) {
  ui::Painter& p = context.ui.paint();
  const OnPaper paper(p);
  p.fill(page, Role::Surface, 4.0F);
  p.outline(page, Role::Hairline, 4.0F);
  const Rect in = page.inset(page.w > 420.0F ? 36.0F : 20.0F);
  float y = in.y;
  p.logo({in.x, y, 20.0F, 20.0F});
  p.text_in({in.x + 28.0F, y, in.w - 28.0F, 20.0F}, word(Word::app_common_product), text::kSmall.strong().in(Role::Text2));
  y += 32.0F;
  y += p.paragraph({in.x, y}, in.w, entry.title, text::kTitle, 2) + 4.0F;
  y += p.paragraph({in.x, y}, in.w, when_of(entry), text::kSmall) + 4.0F;
  if (entry.context().placement) y += p.paragraph({in.x, y}, in.w, view::place_and_fixing_words(entry.context()), text::kSmall);
  y += 12.0F;

  if (!entry.has_movement() && entry.data.emg) return muscle_preview(context, in, y, entry);
  const patterns::Summary& s = entry.summary;
  const bool narrow = in.w < 420.0F;
  const Rect box{in.x, y, in.w, narrow ? 104.0F : 84.0F};
  p.fill(box, Role::Bg, 8.0F);
  if (s.brief.hours > 0.0) {
    const float width = p.text({box.x + 16.0F, box.y + 16.0F}, figure_of(s.brief), text::kFigure);
    const float left = box.x + 28.0F + width;
    const float room = box.right() - left - 12.0F;
    p.text_in({left, box.y + 12.0F, room, 20.0F}, word(Word::app_common_events_per_hour), text::kSmall.strong().in(Role::Text));
    p.text_in({left, box.y + 32.0F, room, 20.0F}, view::interval_words(s.brief), text::kSmall);
    const std::string events = view::count_words(s.brief.count, word(Word::app_common_brief_event), word(Word::app_common_brief_events));
    p.paragraph({left, box.y + 52.0F}, room,
                fill(Word::app_library_events_in_hours, {{"events", events}, {"hours", view::duration_words(s.brief.hours * 3600.0)}}),
                text::kSmall, narrow ? 2 : 1);
  } else {
    p.paragraph({box.x + 16.0F, box.y + 22.0F}, box.w - 32.0F, word(Word::app_review_nothing_analysable), text::kSmall, 2);
  }
  y = box.bottom() + 20.0F;
  const Rect strip{in.x, y, in.w, 60.0F};
  recording_strip(context.ui, strip, entry, {8.0F, true, true});
  y = strip.bottom() + 36.0F;

  const auto line = [&](Word name, const std::string& value) {
    if (y + 48.0F > in.bottom()) return;
    separator(context.ui, in.x, in.right(), y);
    p.text_in({in.x, y, in.w * 0.6F, 28.0F}, word(name), text::kSmall);
    p.text_in({in.x, y, in.w, 28.0F}, value, text::kSmall.in(Role::Text).aligned(Align::Right));
    y += 29.0F;
  };
  if (s.brief.count > 0) {
    if (entry.data.info.amplitudes_valid && std::isfinite(s.median_peak_g)) line(Word::app_canvas_peak_median, view::acceleration_words(s.median_peak_g));
    if (std::isfinite(s.median_duration_s)) line(Word::app_canvas_length_median, view::length_words(s.median_duration_s));
    line(Word::app_review_in_series, std::to_string(s.series));
  }
  line(Word::app_review_filter_confirmed, std::to_string(s.confirmed));
  line(Word::app_review_filter_rejected, std::to_string(s.rejected));
  if (entry.data.emg && y + 80.0F < in.bottom()) y = muscle_lines(context, in, y + 12.0F, entry) + 4.0F;
  const float left = in.bottom() - 28.0F - y - 16.0F;
  if (left > 110.0F) examples(p, {in.x, y + 16.0F, in.w, std::min(180.0F, left)}, entry);
  p.paragraph({in.x, in.bottom() - 16.0F}, in.w, word(Word::app_common_describes), text::kCaption, 1);
}


/// The row that tells where the sensor was, and opens the list of places.
float worn_row(const Context& context, float x, float y, float width, const Entry& entry) {
  const std::optional<history::Placement> worn = entry.context().placement;
  const std::string value = worn ? view::placement_words(*worn) : std::string(word(Word::app_report_where_unknown));
  ui::RowText row{word(Word::app_report_where)};
  row.value = value;
  row.trailing = Icon::Forward;
  separator(context.ui, x, x + width, y);
  if (ui::list_row(context.ui, kWorn, {x, y, width, 56.0F}, row)) {
    context.ui.kept(kWorn) = 1.0F;
    context.ui.request_frame();
  }
  separator(context.ui, x, x + width, y + 56.0F);
  return y + 72.0F;
}

/// All places to choose from, over the page.
void worn_sheet(const Context& context, const Entry& entry) {
  ui::Ui& ui = context.ui;
  if (ui.kept(kWorn) == 0.0F) return;
  const std::optional<history::Placement> worn = entry.context().placement;
  const std::vector<history::Placement> places = history::all_placements();
  bool closed = false;
  const float height = std::min(ui.window().h * 0.7F, 64.0F + 57.0F * static_cast<float>(places.size() + 1));
  Rect body = ui::sheet(ui, id_of("worn-sheet"), height, &closed);
  ui.paint().text_in(body.take_top(48.0F), word(Word::app_report_where_heading), text::kTitle);
  ui::ScrollArea scroll(ui, id_of("worn-list"), body);
  float y = scroll.top();
  const auto choice = [&](std::size_t at, std::string_view label, const std::string& command, bool on) {
    if (ui::choice_row(ui, id_of("worn-place", at), {body.x, y, body.w, 56.0F}, label, on, true)) {
      context.emit(command);
      closed = true;
    }
    y += 60.0F;
  };
  choice(0, word(Word::app_report_where_unknown), "worn none", !worn);
  for (std::size_t i = 0; i < places.size(); ++i)
    choice(i + 1, view::placement_words(places[i]), "worn " + history::id_of(places[i]), worn == places[i]);
  scroll.content_end(y);
  if (closed) {
    ui.kept(kWorn) = 0.0F;
    ui.request_frame();
  }
}

/// What can be saved now; returns the lower edge.
float save_panel(const Context& context, float x, float y, float width, const Entry& entry) {
  ui::Ui& ui = context.ui;
  ui::Painter& p = ui.paint();
  y += p.paragraph({x, y}, width, word(Word::app_report_lead), text::kBody.in(Role::Text2)) + 20.0F;
  y = worn_row(context, x, y, width, entry);
  const ui::ButtonLook main{ButtonKind::Primary, context.can_share ? Icon::Share : Icon::Save};
  const ui::ButtonLook plain{ButtonKind::Plain};
  const std::string_view main_label = word(context.can_share ? Word::app_canvas_share_page : Word::app_canvas_save_page);
  if (ui::button(ui, id_of("report-main"), {x, y, width, 56.0F}, main_label, main))
    context.emit(context.can_share ? "share summary" : "save summary");
  y += 64.0F;
  if (context.can_share) {
    const ui::ButtonLook save{ButtonKind::Plain, Icon::Save};
    if (ui::button(ui, id_of("report-save"), {x, y, width, 48.0F}, word(Word::app_canvas_save_page), save)) context.emit("save summary");
    y += 56.0F;
  }
  const float half = (width - 8.0F) / 2.0F;
  if (ui::button(ui, id_of("report-table"), {x, y, half, 48.0F}, word(Word::app_canvas_save_table), plain)) context.emit("save table");
  if (ui::button(ui, id_of("report-analysis"), {x + half + 8.0F, y, half, 48.0F}, word(Word::app_canvas_save_analysis), plain))
    context.emit("save analysis");
  y += 64.0F;
  const patterns::Summary& s = entry.summary;
  const std::string decisions = entry.has_movement() ? fill(Word::app_report_decisions, {{"rejected", std::to_string(s.rejected)},
                                                                                         {"confirmed", std::to_string(s.confirmed)},
                                                                                         {"open", std::to_string(entry.to_review())}})
                                                     : std::string(word(Word::emg_report_no_decisions));
  for (const std::string& sentence : {std::string(word(Word::app_report_contents_summary)), decisions,
                                      std::string(word(Word::app_report_table_about)), std::string(word(Word::app_report_analysis_about)),
                                      std::string(word(Word::app_report_check))})
    y += p.paragraph({x, y}, width, sentence, text::kSmall.in(Role::Text3)) + 10.0F;
  return y;
}

void empty(const Context& context, const Rect& rect) {
  empty_page(context, rect, {word(Word::app_report_title), word(Word::app_report_lead), word(Word::app_report_no_recording), Icon::Report});
}

}  // namespace

void draw_report(const Context& context, const Rect& rect) {
  ui::Ui& ui = context.ui;
  const Entry* entry = context.workspace.reported();
  if (entry == nullptr) return empty(context, rect);

  const Rect body = titled(context, rect, word(Word::app_report_title));
  ui::ScrollArea scroll(ui, id_of("report"), body);
  const float top = scroll.top() + 8.0F;
  if (body.w >= 900.0F) {
    const float side = 320.0F;
    const float page_width = std::min(620.0F, body.w - side - 120.0F);
    const Rect page{body.x + 32.0F, top, page_width, std::max(520.0F, std::min(page_width * 1.414F, body.h - 40.0F))};
    page_preview(context, page, *entry);
    const float y = save_panel(context, page.right() + 40.0F, top, side, *entry);
    scroll.content_end(std::max(page.bottom(), y) + 24.0F);
    return;
  }
  const Rect column = text_column(context, body, 560.0F);
  const Rect page{column.x, top, column.w, 680.0F};
  page_preview(context, page, *entry);
  scroll.content_end(save_panel(context, column.x, page.bottom() + 24.0F, column.w, *entry) + 24.0F);
}

void draw_report_sheet(const Context& context) {
  if (const Entry* entry = context.workspace.reported()) worn_sheet(context, *entry);
}

}  // namespace klono::app::screens

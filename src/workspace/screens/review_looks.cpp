// Parts of Review about movements that were looked at and not counted.

#include <algorithm>

#include "patterns/not_counted.hpp"
#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

std::string time_of(const Entry& entry, const Event& event) { return view::clock_words(entry.data.info.start, event.onset_s, true); }

Row look_row(const Entry& entry, std::size_t place, std::size_t index) {
  const Event& event = entry.data.analysis.not_counted[index];
  Row row;
  row.id = number_of(index);
  row.cells = {number_of(place), time_of(entry, event), peak_of(entry, event), view::length_words(event.duration_s), view::reason_words(event.reason)};
  row.selected = entry.looked_at->index == index;
  row.actions = {action("look-at " + number_of(index), fill(Word::app_review_look_select, {{"time", time_of(entry, event)}}), true, row.selected)};
  return row;
}

Table look_list(const Workspace& workspace, const Entry& entry, const std::vector<std::size_t>& list) {
  const std::size_t first = std::min(workspace.look_page() * Workspace::kListPage, list.size() - 1);
  const std::size_t last = std::min(first + Workspace::kListPage, list.size());
  Table table;
  table.caption = fill(Word::app_review_look_caption, {{"first", std::to_string(first + 1)}, {"last", std::to_string(last)}, {"total", std::to_string(list.size())}});
  table.columns = {text(Word::app_review_column_number), text(Word::app_review_column_time), text(Word::app_review_column_size),
                   text(Word::app_review_column_length), text(Word::app_review_column_reason)};
  for (std::size_t place = first; place < last; ++place) table.rows.push_back(look_row(entry, place, list[place]));
  return table;
}

Table look_figures(const Entry& entry, const Event& event, std::size_t place) {
  Table table;
  table.caption = fill(Word::app_review_look_figures_caption, {{"n", number_of(place)}});
  table.columns = {text(Word::app_review_figure), text(Word::app_review_value)};
  const auto row = [&](const char* id, Word name, std::string value) { table.rows.push_back({id, {text(name), std::move(value)}, {}, false}); };
  row("peak", Word::app_review_peak, peak_of(entry, event));
  row("length", Word::app_review_length, view::length_words(event.duration_s));
  row("rise", Word::app_review_rise, view::length_words(event.rise_s));
  row("above-floor", Word::app_review_above_floor, fill(Word::app_review_times, {{"n", figure_words(event.above_floor)}}));
  if (event.dominant_hz > 0.0) row("strongest-at", Word::app_review_strongest_at, view::frequency_words(event.dominant_hz));
  if (entry.data.analysis.tilt_checked) row("tilt", Word::app_review_tilt, fill(Word::app_review_degrees, {{"n", figure_words(event.tilt_change_deg)}}));
  row("still-before", Word::app_review_still_before, view::duration_words(event.quiet_before_s));
  row("still-after", Word::app_review_still_after, view::duration_words(event.quiet_after_s));
  return table;
}

}  // namespace

Section not_counted_section(const Entry& entry) {
  const std::vector<patterns::ReasonCount> reasons = patterns::count_reasons(entry.data.analysis);
  Section section;
  section.heading = text(Word::app_review_not_counted);
  if (reasons.empty()) {
    section.paragraphs = {text(Word::app_review_not_counted_none)};
    return section;
  }
  const std::string total = std::to_string(entry.data.analysis.not_counted.size());
  section.actions = {action("list-reason all", fill(Word::app_review_look_all, {{"n", total}}), true, entry.looked_at && !entry.looked_at->reason)};
  Table table;
  table.caption = text(Word::app_review_not_counted_caption);
  table.columns = {text(Word::app_review_column_reason), text(Word::app_review_column_count)};
  for (const patterns::ReasonCount& row : reasons) {
    const std::string id(name_of(row.reason));
    const std::string count = std::to_string(row.count);
    const bool listed = entry.looked_at && entry.looked_at->reason == row.reason;
    const std::string label = fill(Word::app_review_reason_show, {{"reason", view::reason_words(row.reason)}, {"n", count}});
    table.rows.push_back({id, {view::reason_words(row.reason), count}, {action("list-reason " + id, label, true, listed)}, listed});
  }
  section.tables.push_back(std::move(table));
  return section;
}

Section looked_at_section(const Workspace& workspace, const Entry& entry) {
  const std::vector<std::size_t> list = entry.looked_list();
  const Event& event = entry.data.analysis.not_counted[entry.looked_at->index];
  const auto place = static_cast<std::size_t>(std::ranges::find(list, entry.looked_at->index) - list.begin());
  const std::string reason = entry.looked_at->reason ? view::reason_words(*entry.looked_at->reason) : text(Word::app_review_look_any_reason);
  Section section;
  section.heading = fill(Word::app_review_look_heading, {{"reason", reason}});
  section.paragraphs = {fill(Word::app_review_look_place, {{"n", number_of(place)}, {"total", std::to_string(list.size())}, {"reason", view::reason_words(event.reason)}}),
                        fill(Word::app_canvas_not_counted_why, {{"reason", view::reason_words(event.reason)}})};
  section.actions = {action("previous-look", text(Word::app_review_look_previous), place > 0),
                     action("next-look", text(Word::app_review_look_next), place + 1 < list.size()), action("look-away", text(Word::app_review_look_away))};
  if (list.size() > Workspace::kListPage) {
    const auto turn = [&](Word label) { return fill(label, {{"n", std::to_string(Workspace::kListPage)}}); };
    section.actions.push_back(action("looks-previous", turn(Word::app_review_look_list_previous), workspace.look_page() > 0));
    section.actions.push_back(action("looks-next", turn(Word::app_review_look_list_next), (workspace.look_page() + 1) * Workspace::kListPage < list.size()));
  }
  section.tables = {look_figures(entry, event, place), look_list(workspace, entry, list)};
  return section;
}

}  // namespace klono::workspace

#include <algorithm>
#include <cmath>

#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "view/run_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

std::string numbered(Word id, std::size_t event) { return fill(id, {{"n", number_of(event)}}); }

std::string time_of(const Entry& entry, std::size_t event) {
  return view::clock_words(entry.data.info.start, entry.data.analysis.events[event].onset_s, true);
}

std::vector<Action> decision_actions(const Entry& entry, std::size_t event) {
  const Decision decision = entry.decisions[event];
  return {action("confirm-event " + number_of(event), numbered(Word::app_review_confirm_n, event), true,
                 decision == Decision::Confirmed),
          action("reject-event " + number_of(event), numbered(Word::app_review_reject_n, event), true,
                 decision == Decision::Rejected)};
}

Row event_row(const Entry& entry, std::size_t index) {
  const Event& event = entry.data.analysis.events[index];
  Row row;
  row.id = number_of(index);
  row.cells = {number_of(index),
               time_of(entry, index),
               peak_of(entry, event),
               view::length_words(event.duration_s),
               view::class_words(event.event_class),
               confidence_words(event.confidence),
               decision_words(entry.decisions[index])};
  row.selected = entry.selected == index;
  row.actions = {
      action("select-event " + number_of(index), numbered(Word::app_review_select_n, index), true, row.selected)};
  for (Action& decision : decision_actions(entry, index)) row.actions.push_back(std::move(decision));
  return row;
}

std::vector<Action> list_actions(const Workspace& workspace, const Entry& entry, std::size_t listed) {
  const auto filter = [&](const char* command, Word name, EventFilter value, std::size_t count) {
    return action(command, fill(Word::app_review_filter_count, {{"name", text(name)}, {"n", std::to_string(count)}}),
                  true, workspace.filter() == value);
  };
  const auto sort = [&](const char* command, Word name, EventOrder value) {
    return action(command, fill(Word::app_review_sort_label, {{"name", text(name)}}), true, workspace.order() == value);
  };
  const auto with = [&](Decision decision) {
    return static_cast<std::size_t>(std::ranges::count(entry.decisions, decision));
  };
  const bool any_open = std::ranges::any_of(
      workspace.listed_events(), [&](std::size_t event) { return entry.decisions[event] == Decision::None; });
  const std::size_t page = Workspace::kListPage;
  const auto page_label = [&](Word id) { return fill(id, {{"n", std::to_string(page)}}); };
  std::vector<Action> actions{
      filter("filter review", Word::app_review_filter_review, EventFilter::ToReview, with(Decision::None)),
      filter("filter confirmed", Word::app_review_filter_confirmed, EventFilter::Confirmed, with(Decision::Confirmed)),
      filter("filter rejected", Word::app_review_filter_rejected, EventFilter::Rejected, with(Decision::Rejected)),
      filter("filter all", Word::app_review_filter_all, EventFilter::All, entry.decisions.size()),
      sort("sort time", Word::app_review_sort_time, EventOrder::Time),
      sort("sort size", Word::app_review_sort_size, EventOrder::Size),
      sort("sort likeness", Word::app_review_sort_likeness, EventOrder::Likeness),
      action("confirm-shown", text(Word::app_review_confirm_shown), any_open)};
  if (listed > page) {
    actions.push_back(action("list-previous", page_label(Word::app_review_list_previous), workspace.list_page() > 0));
    actions.push_back(
        action("list-next", page_label(Word::app_review_list_next), (workspace.list_page() + 1) * page < listed));
  }
  return actions;
}

Word empty_word(EventFilter filter) {
  switch (filter) {
    case EventFilter::ToReview:
      return Word::app_review_list_empty_review;
    case EventFilter::Confirmed:
      return Word::app_review_list_empty_confirmed;
    case EventFilter::Rejected:
      return Word::app_review_list_empty_rejected;
    case EventFilter::All:
      break;
  }
  return Word::app_review_list_empty_all;
}

/// "3 of 5" among the members of the event's series that count, or "alone".
std::string place_in_series(const Entry& entry, std::size_t index) {
  const std::vector<Event>& events = entry.data.analysis.events;
  const std::int32_t group = events[index].group;
  std::size_t place = 0, total = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const bool counts = entry.decisions[i] != Decision::Rejected || i == index;
    if (events[i].group != group || !counts) continue;
    ++total;
    if (i <= index) ++place;
  }
  if (group < 0 || total < 2) return text(Word::app_review_not_in_series);
  return fill(Word::app_review_place_in_series, {{"n", std::to_string(place)}, {"total", std::to_string(total)}});
}

Table figures(const Entry& entry, std::size_t index) {
  const Event& event = entry.data.analysis.events[index];
  Table table;
  table.caption = numbered(Word::app_review_figures_caption, index);
  table.columns = {text(Word::app_review_figure), text(Word::app_review_value)};
  const auto row = [&](const char* id, Word name, std::string value) {
    table.rows.push_back({id, {text(name), std::move(value)}, {}, false});
  };
  row("peak", Word::app_review_peak, peak_of(entry, event));
  row("length", Word::app_review_length, view::length_words(event.duration_s));
  row("kind", Word::app_review_kind, view::class_words(event.event_class));
  row("in-series", Word::app_review_in_series, place_in_series(entry, index));
  for (const patterns::Train& train : entry.summary.trains)
    if (train.group == event.group) row("train", Word::runs_train_figure, view::train_figure(train));
  if (const SleepOnset* onset = patterns::onset_near(entry.summary.rest, event.onset_s))
    row("near-sleep", Word::sleep_term_near, view::near_sleep_figure(*onset, event.onset_s));
  row("confidence", Word::app_review_confidence,
      fill(Word::app_review_confidence_with_number,
           {{"word", confidence_words(event.confidence)}, {"number", figure_words(event.confidence)}}));
  row("above-floor", Word::app_review_above_floor, fill(Word::app_review_times, {{"n", figure_words(event.above_floor)}}));
  row("rise", Word::app_review_rise, view::length_words(event.rise_s));
  if (event.dominant_hz > 0.0) row("strongest-at", Word::app_review_strongest_at, view::frequency_words(event.dominant_hz));
  if (entry.data.analysis.tilt_checked)
    row("tilt", Word::app_review_tilt, fill(Word::app_review_degrees, {{"n", figure_words(event.tilt_change_deg)}}));
  row("still-before", Word::app_review_still_before, view::duration_words(event.quiet_before_s));
  row("still-after", Word::app_review_still_after, view::duration_words(event.quiet_after_s));
  row("direction", Word::app_review_direction, figure_words(event.direction[0]) + ", " + figure_words(event.direction[1]) + ", " +
                                      figure_words(event.direction[2]));
  row("decision", Word::app_review_decision, decision_words(entry.decisions[index]));
  return table;
}

/// The rules the event met, each with its own figure beside the limit.
void add_reasons(std::vector<std::string>& lines, const Analysis& analysis, const Event& event) {
  const DetectorSettings& settings = analysis.settings;
  if (event.by_form) lines.push_back(text(Word::app_review_why_form));
  if (!settings.gate) {
    lines.push_back(text(Word::app_review_why_gate_off));
    return;
  }
  if (event.rise_s <= settings.rejection.longest_rise_s)
    lines.push_back(
        fill(Word::app_review_why_rise, {{"value", view::length_words(event.rise_s)},
                                         {"limit", view::length_words(settings.rejection.longest_rise_s)}}));
  if (event.event_class == EventClass::Twitch)
    lines.push_back(fill(Word::app_review_why_quiet, {{"before", view::duration_words(event.quiet_before_s)},
                                                      {"after", view::duration_words(event.quiet_after_s)},
                                                      {"limit", view::duration_words(settings.rejection.quiet_s)}}));
  if (analysis.tilt_checked && event.tilt_change_deg <= settings.rejection.largest_tilt_deg)
    lines.push_back(fill(Word::app_review_why_tilt, {{"value", figure_words(event.tilt_change_deg)},
                                                     {"limit", figure_words(settings.rejection.largest_tilt_deg)}}));
}

}  // namespace

Section events_section(const Workspace& workspace, const Entry& entry) {
  const std::vector<std::size_t> list = workspace.listed_events();
  Section section;
  section.heading = text(Word::app_review_events);
  section.actions = list_actions(workspace, entry, list.size());
  if (list.empty()) {
    section.paragraphs = {text(empty_word(workspace.filter()))};
    return section;
  }
  if (workspace.order() == EventOrder::Likeness) section.paragraphs = {text(Word::app_review_sort_likeness_hint)};
  const std::size_t first = std::min(workspace.list_page() * Workspace::kListPage, list.size() - 1);
  const std::size_t last = std::min(first + Workspace::kListPage, list.size());
  Table table;
  table.caption = fill(
      Word::app_review_events_caption,
      {{"first", std::to_string(first + 1)}, {"last", std::to_string(last)}, {"total", std::to_string(list.size())}});
  table.columns = {text(Word::app_review_column_number),  text(Word::app_review_column_time),
                   text(Word::app_review_column_size),    text(Word::app_review_column_length),
                   text(Word::app_review_column_kind),    text(Word::app_review_column_confidence),
                   text(Word::app_review_column_decision)};
  for (std::size_t i = first; i < last; ++i) table.rows.push_back(event_row(entry, list[i]));
  section.tables.push_back(std::move(table));
  return section;
}

Section selected_section(const Workspace& workspace, const Entry& entry) {
  Section section;
  const bool any = !workspace.listed_events().empty();
  if (!entry.selected) {
    section.heading = text(Word::app_review_selected);
    section.paragraphs = {
        text(entry.decisions.empty() ? Word::app_review_list_empty_all : Word::app_review_none_selected)};
    section.actions = {action("next-event", text(Word::app_review_next), any)};
    return section;
  }
  const std::size_t index = *entry.selected;
  section.heading = fill(Word::app_review_selected_heading, {{"n", number_of(index)}, {"time", time_of(entry, index)}});
  section.paragraphs = {fill(Word::app_review_selected_place, {{"n", number_of(index)},
                                                               {"total", std::to_string(entry.decisions.size())},
                                                               {"decision", decision_words(entry.decisions[index])}})};
  section.paragraphs.push_back(text(Word::app_review_why_found));
  add_reasons(section.paragraphs, entry.data.analysis, entry.data.analysis.events[index]);
  section.actions = decision_actions(entry, index);
  section.actions.push_back(action("previous-event", text(Word::app_review_previous), any));
  section.actions.push_back(action("next-event", text(Word::app_review_next), any));
  section.tables = {figures(entry, index)};
  return section;
}

Section view_section(const Workspace& workspace, const Entry& entry) {
  const TimeSpan& span = entry.viewport.span();
  const WallClock& start = entry.data.info.start;
  Section section;
  section.heading = text(Word::app_review_view);
  section.paragraphs = {fill(Word::app_review_view_sentence, {{"from", view::clock_words(start, span.begin_s, true)},
                                                              {"until", view::clock_words(start, span.end_s, true)},
                                                              {"length", view::duration_words(span.length_s())}})};
  const bool movement = workspace.trace_mode() == protocol::TraceMode::Movement;
  const bool all = span.length_s() >= entry.data.info.duration_s;
  section.actions = {action("zoom-in", text(Word::app_review_zoom_in), span.length_s() > view::Viewport::kShortest_s),
                     action("zoom-out", text(Word::app_review_zoom_out), !all),
                     action("zoom-fit", text(Word::app_review_zoom_fit), !all),
                     action("pan-left", text(Word::app_review_pan_left), span.begin_s > 0.0),
                     action("pan-right", text(Word::app_review_pan_right), span.end_s < entry.data.info.duration_s)};
  if (!entry.has_movement()) return section;
  section.actions.push_back(action("trace movement", text(Word::app_review_trace_movement), true, movement));
  section.actions.push_back(action("trace recorded", text(Word::app_review_trace_recorded), true, !movement));
  return section;
}

}  // namespace klono::workspace

#include <cmath>

#include "view/plain_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

std::string state_words(const Entry& entry) {
  switch (entry.state) {
    case EntryState::Kept:
      if (entry.stored->offered()) return text(Word::record_kept_unfinished);
      if (!entry.has_figures()) return text(Word::record_kept_state);
      break;
    case EntryState::Reading: {
      const double part = part_read(entry);
      if (part <= 0.0) return text(Word::app_library_state_starting);
      return fill(Word::app_library_state_reading,
                  {{"percent", std::to_string(std::lround(std::floor(part * 100.0)))}});
    }
    case EntryState::Asking:
      return text(Word::app_library_state_asking);
    case EntryState::Refused:
      return text(Word::app_library_state_refused);
    case EntryState::Ready:
      break;
  }
  if (entry.analysing_again) return text(Word::app_library_state_again);
  if (!entry.has_movement()) return text(Word::emg_library_found);
  if (entry.data.analysis.events.empty()) return text(Word::app_library_no_events);
  const std::size_t open = entry.to_review();
  if (open == 0) return text(Word::app_library_all_reviewed);
  return fill(Word::app_library_to_review, {{"n", std::to_string(open)}});
}

std::string length_of(const Entry& entry) {
  if (entry.state != EntryState::Ready && entry.state != EntryState::Kept) return {};
  const std::string length = view::duration_words(entry.data.info.duration_s);
  return entry.data.info.partial ? length + ", " + text(Word::app_library_state_partial) : length;
}

/// The rate never stands without the hours it is made of.
std::string events_words(const Entry& entry) {
  if (!entry.has_figures()) return {};
  if (entry.guided()) return text(Word::record_three_parts);
  if (!entry.has_movement() && entry.data.emg) return emg_count_words(*entry.data.emg, entry.muscle.size());
  const patterns::Rate& rate = entry.summary.brief;
  if (rate.hours <= 0.0) return text(Word::app_library_nothing_analysable);
  return view::rate_words(rate) + ", " +
         fill(Word::app_library_events_in_hours,
              {{"events", event_count(rate.count)}, {"hours", hours_words(rate.hours)}});
}

std::string date_of(const Entry& entry) {
  if (entry.state != EntryState::Ready && entry.state != EntryState::Kept) return {};
  const std::string date = view::date_words(entry.data.info.start);
  return date.empty() ? text(Word::app_common_no_date) : date;
}

/// Of a recording made here: it can be closed, but stays until it is deleted.
std::vector<Action> stored_actions(const Entry& entry, const std::string& id) {
  const auto titled = [&](Word label) { return fill(label, {{"title", entry.title}}); };
  std::vector<Action> actions{
      action("open-recording" + id, titled(entry.state == EntryState::Reading ? Word::app_library_look_row : Word::app_library_review_row))};
  if (entry.stored->offered()) actions.push_back(action("keep-recording" + id, titled(Word::record_unfinished_keep_row)));
  actions.push_back(action("copy-recording" + id, titled(Word::record_copy_row)));
  if (entry.state != EntryState::Kept) actions.push_back(action("close-recording" + id, titled(Word::app_library_close_row)));
  actions.push_back(action("delete-recording" + id, titled(Word::record_delete_row)));
  return actions;
}

/// "Found an unfinished recording": one for each, before the list.
Section unfinished_section(const Entry& entry) {
  const std::string id = " " + std::to_string(entry.id);
  Section section;
  section.heading = fill(Word::record_unfinished_found, {{"length", view::duration_words(entry.data.info.duration_s)}});
  section.paragraphs = {entry.title, text(Word::record_unfinished_note)};
  section.actions = {action("keep-recording" + id, text(Word::record_unfinished_keep)),
                     action("delete-recording" + id, text(Word::record_unfinished_delete))};
  return section;
}

std::vector<Action> actions_of(const Entry& entry) {
  const std::string id = " " + std::to_string(entry.id);
  const auto titled = [&](Word label) { return fill(label, {{"title", entry.title}}); };
  const Action close = action("close-recording" + id, titled(Word::app_library_close_row));
  if (entry.stored) return stored_actions(entry, id);
  switch (entry.state) {
    case EntryState::Kept:
    case EntryState::Reading:
      return {action("open-recording" + id, titled(Word::app_library_look_row)),
              action("use-partial" + id, titled(Word::app_library_partial_row), entry.progress.analysed_s > 0.0),
              action("stop-reading" + id, titled(Word::app_library_stop_row))};
    case EntryState::Asking:
      return {action("open-recording" + id, titled(Word::app_library_answer_row)), close};
    case EntryState::Refused:
      return {action("open-recording" + id, titled(Word::app_library_look_row)), close};
    case EntryState::Ready:
      break;
  }
  return {action("open-recording" + id, titled(Word::app_library_review_row)), close};
}

std::vector<Section> first_visit() {
  Section lead;
  lead.paragraphs = {text(Word::app_library_first_lead), text(Word::app_library_first_fact_private),
                     text(Word::app_library_first_fact_describes)};
  Section ways;
  ways.heading = text(Word::app_library_ways);
  ways.paragraphs = {text(Word::app_library_drop_hint)};
  ways.actions = {action("go record", text(Word::app_library_first_record)),
                  action("open-file", text(Word::app_common_open_file)),
                  action("open-example", text(Word::app_common_open_example)),
                  action("go help", text(Word::app_library_first_fact_help))};
  return {std::move(lead), std::move(ways)};
}

}  // namespace

std::vector<Section> library_sections(const Workspace& workspace) {
  if (workspace.entries().empty()) return first_visit();
  Section list;
  list.heading = text(Word::app_library_recordings);
  list.actions = {action("go record", text(Word::app_library_first_record)), action("open-file", text(Word::app_common_open_file)),
                  action("open-example", text(Word::app_common_open_example))};
  Table table;
  table.caption = text(Word::app_library_caption);
  table.columns = {text(Word::app_library_column_title), text(Word::app_library_column_date),
                   text(Word::app_library_column_length), text(Word::app_library_column_rate),
                   text(Word::app_library_column_state)};
  const Entry* current = workspace.current();
  for (const Entry& entry : workspace.entries()) {
    table.rows.push_back({std::to_string(entry.id),
                          {entry.title, date_of(entry), length_of(entry), events_words(entry), state_words(entry)},
                          actions_of(entry),
                          current == &entry});
  }
  list.tables.push_back(std::move(table));
  Section more;
  more.paragraphs = {text(Word::app_library_kept_hint), text(Word::app_library_drop_hint)};
  more.actions = {action("go help", text(Word::app_common_help_link))};
  std::vector<Section> sections;
  for (const Entry& entry : workspace.entries())
    if (entry.stored && entry.stored->offered()) sections.push_back(unfinished_section(entry));
  sections.push_back(std::move(list));
  sections.push_back(std::move(more));
  return sections;
}

}  // namespace klono::workspace

// Commands on events: choosing one, saying what it is, taking that back, and the order of the list.

#include <algorithm>
#include <array>
#include <string>

#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "workspace/choices.hpp"
#include "workspace/shown_number.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
namespace {

constexpr std::array kOrders{Choice<EventOrder>{"time", EventOrder::Time, Word::app_review_sort_time},
                             Choice<EventOrder>{"size", EventOrder::Size, Word::app_review_sort_size},
                             Choice<EventOrder>{"likeness", EventOrder::Likeness, Word::app_review_sort_likeness}};

constexpr std::array kFilters{
    Choice<EventFilter>{"review", EventFilter::ToReview, Word::app_review_filter_review},
    Choice<EventFilter>{"confirmed", EventFilter::Confirmed, Word::app_review_filter_confirmed},
    Choice<EventFilter>{"rejected", EventFilter::Rejected, Word::app_review_filter_rejected},
    Choice<EventFilter>{"all", EventFilter::All, Word::app_review_filter_all}};

std::string event_sentence(Word id, std::size_t event) { return fill(id, {{"n", std::to_string(event + 1)}}); }

std::optional<std::size_t> event_of(const Entry& entry, std::string_view number) { return shown_number(number, entry.data.analysis.events.size()); }

}  // namespace

void Workspace::select_event(std::string_view number) {
  Entry* entry = ready();
  if (!entry) return;
  const auto event = event_of(*entry, number);
  if (!event) return say(fill(Word::app_common_no_such_event, {{"n", std::string(number)}}));
  select(*entry, *event);
  const protocol::Opened& data = entry->data;
  say(fill(Word::app_review_selected_status,
           {{"n", std::string(number)},
            {"total", std::to_string(data.analysis.events.size())},
            {"time", view::clock_words(data.info.start, data.analysis.events[*event].onset_s, true)}}));
}

/// From another screen.
void Workspace::show_event(std::string_view number) {
  if (const Entry* told = reported()) make_current(told->id);
  screen_ = Screen::Review;
  select_event(number);
}

void Workspace::step_selection(int by) {
  Entry* entry = ready();
  if (!entry) return;
  const std::vector<std::size_t> list = listed_events();
  const Word edge = by > 0 ? Word::app_review_last_reached : Word::app_review_first_reached;
  if (list.empty()) return say(text(edge));
  const auto place = entry->selected ? std::ranges::find(list, *entry->selected) : list.end();
  if (place == list.end()) return select_event(std::to_string((by > 0 ? list.front() : list.back()) + 1));
  if (by > 0 ? place + 1 == list.end() : place == list.begin()) return say(text(edge));
  select_event(std::to_string(*(place + by) + 1));
}

void Workspace::decide(std::string_view number, Decision decision) {
  Entry* entry = ready();
  if (!entry) return;
  const auto event = event_of(*entry, number);
  if (!event) return say(fill(Word::app_common_no_such_event, {{"n", std::string(number)}}));
  forget_removed();

  // The same answer a second time takes it back, as a second tap on a film tile does.
  const Decision before = entry->decisions[*event];
  const Decision after = before == decision ? Decision::None : decision;
  const Change change{entry->data.analysis.events[*event].onset_s, before, after};
  undo_.push_back({entry->id, {change}});
  redo_.clear();
  apply(*entry, change, after);
  count(*entry);

  if (after == Decision::None) {
    select(*entry, *event);
    return say(event_sentence(Word::app_review_cleared_status, *event), true);
  }
  select(*entry, *event);
  select_next_to_review(*entry, *event);
  std::string sentence = event_sentence(
      after == Decision::Confirmed ? Word::app_review_confirmed_status : Word::app_review_rejected_status, *event);
  if (entry->to_review() == 0) sentence = fill(Word::app_review_all_done_status, {{"sentence", std::move(sentence)}});
  say(std::move(sentence), true);
}

void Workspace::confirm_shown() {
  Entry* entry = ready();
  if (!entry) return;
  Undo step{entry->id, {}};
  for (const std::size_t event : listed_events())
    if (entry->decisions[event] == Decision::None)
      step.changes.push_back({entry->data.analysis.events[event].onset_s, Decision::None, Decision::Confirmed});
  if (step.changes.empty()) return say(text(Word::app_review_none_to_confirm));
  forget_removed();
  for (const Change& change : step.changes) apply(*entry, change, change.after);
  count(*entry);
  const auto count = static_cast<std::int64_t>(step.changes.size());
  undo_.push_back(std::move(step));
  redo_.clear();
  say(fill(Word::app_review_confirmed_many_status,
           {{"events", view::count_words(count, word(Word::app_common_event), word(Word::app_common_events))}}),
      true);
}

void Workspace::turn_list_page(int by) {
  if (!ready()) return;
  const std::size_t pages = (listed_events().size() + kListPage - 1) / kListPage;
  if (by > 0 && list_page_ + 1 >= pages) return say(text(Word::app_review_last_reached));
  if (by < 0 && list_page_ == 0) return say(text(Word::app_review_first_reached));
  list_page_ = by > 0 ? list_page_ + 1 : list_page_ - 1;
  changed();
}

void Workspace::undo() {
  if (undo_is_mark_ && toast_visible()) return record("unmark");
  if (deleted_) return restore_deleted();
  if (closed_) return restore_closed();
  if (undo_.empty()) return say(text(Word::app_common_nothing_to_undo));
  step_history(undo_, redo_, true);
}

void Workspace::redo() {
  if (redo_.empty()) return say(text(Word::app_common_nothing_to_redo));
  forget_removed();
  step_history(redo_, undo_, false);
}

void Workspace::set_order(std::string_view name) {
  const auto* order = choice_of(kOrders, name);
  if (!order) return say(fill(Word::app_common_unknown_command, {{"command", "sort " + std::string(name)}}));
  order_ = order->value;
  list_page_ = 0;
  list_changed();
  if (Entry* entry = find(current_)) {
    measure_oddness(*entry);
    turn_to_selected(*entry);
  }
  say(fill(Word::app_review_sort_set, {{"name", text(order->label)}}));
}

void Workspace::set_filter(std::string_view name) {
  const auto* filter = choice_of(kFilters, name);
  if (!filter) return say(fill(Word::app_common_unknown_command, {{"command", "filter " + std::string(name)}}));
  filter_ = filter->value;
  list_page_ = 0;
  list_changed();
  if (const Entry* entry = current()) turn_to_selected(*entry);
  say(fill(Word::app_review_filter_set,
           {{"name", text(filter->label)}, {"n", std::to_string(listed_events().size())}}));
}

}  // namespace klono::workspace

// Commands on movements that were looked at and not counted: their list by reason, going to one, back to the events.

#include <algorithm>
#include <string>

#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "workspace/shown_number.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
std::vector<std::size_t> Entry::looked_list() const {
  std::vector<std::size_t> list;
  if (!looked_at) return list;
  const std::vector<Event>& all = data.analysis.not_counted;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (!looked_at->reason || all[i].reason == *looked_at->reason) list.push_back(i);
  return list;
}

void Workspace::list_reason(std::string_view name) {
  Entry* entry = ready();
  if (!entry) return;
  const std::vector<Event>& all = entry->data.analysis.not_counted;
  const auto first = std::ranges::find_if(all, [&](const Event& event) { return name == "all" || name_of(event.reason) == name; });
  if (first == all.end()) return say(fill(Word::app_review_no_such_reason, {{"reason", std::string(name)}}));
  go_to_look(*entry, {static_cast<std::size_t>(first - all.begin()), name == "all" ? std::nullopt : std::optional(first->reason)});
}

void Workspace::look_at(std::string_view number) {
  Entry* entry = ready();
  if (!entry) return;
  const std::vector<Event>& all = entry->data.analysis.not_counted;
  const auto index = shown_number(number, all.size());
  if (!index) return say(fill(Word::app_review_no_such_look, {{"n", std::string(number)}}));
  // One that stands in the list at hand leaves the list as it is.
  const bool listed = entry->looked_at && entry->looked_at->reason == all[*index].reason;
  go_to_look(*entry, {*index, listed ? entry->looked_at->reason : std::nullopt});
}

void Workspace::step_look(int by) {
  Entry* entry = ready();
  if (!entry) return;
  if (!entry->looked_at) return list_reason("all");
  const std::vector<std::size_t> list = entry->looked_list();
  const auto at = std::ranges::find(list, entry->looked_at->index);
  if (by > 0 ? at + 1 == list.end() : at == list.begin()) return say(text(by > 0 ? Word::app_review_look_last : Word::app_review_look_first));
  go_to_look(*entry, {*(at + by), entry->looked_at->reason});
}

void Workspace::turn_look_page(int by) {
  const Entry* entry = ready();
  if (!entry) return;
  const std::size_t pages = (entry->looked_list().size() + kListPage - 1) / kListPage;
  if (by > 0 && look_page_ + 1 >= pages) return say(text(Word::app_review_look_last));
  if (by < 0 && look_page_ == 0) return say(text(Word::app_review_look_first));
  look_page_ = by > 0 ? look_page_ + 1 : look_page_ - 1;
  changed();
}

void Workspace::look_away() {
  Entry* entry = ready();
  if (!entry) return;
  entry->looked_at.reset();
  say(text(Word::app_review_look_away_status));
}

void Workspace::go_to_look(Entry& entry, LookedAt look) {
  entry.looked_at = look;
  const Event& movement = entry.data.analysis.not_counted[look.index];
  const TimeSpan& span = entry.viewport.span();
  if (movement.onset_s < span.begin_s || movement.end_s > span.end_s) entry.viewport.centre_on(0.5 * (movement.onset_s + movement.end_s));
  const std::vector<std::size_t> list = entry.looked_list();
  const auto place = static_cast<std::size_t>(std::ranges::find(list, look.index) - list.begin());
  look_page_ = place / kListPage;
  say(fill(Word::app_review_look_status, {{"n", std::to_string(place + 1)}, {"total", std::to_string(list.size())},
                                          {"time", view::clock_words(entry.data.info.start, movement.onset_s, true)},
                                          {"reason", view::reason_words(movement.reason)}}));
}

}  // namespace klono::workspace

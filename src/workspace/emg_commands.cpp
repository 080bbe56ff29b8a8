// Commands on what EMG showed: choosing a burst, going to it, turning the pages of the list.

#include <algorithm>
#include <string>

#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "workspace/shown_number.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
namespace {

constexpr double kLeastShare = 1.0 / 150.0;  // of the view: a burst that is shorter is a line (chosen)
constexpr double kClosest_s = 1.5;           // chosen: a burst and the quiet on both sides of it
constexpr double kAround = 20.0;             // views as many times as long as the burst (chosen)

}  // namespace

void Workspace::select_burst(std::string_view number) {
  Entry* entry = ready();
  if (!entry) return;
  const auto item = shown_number(number, entry->muscle.size());
  if (!item)
    return say(fill(Word::emg_review_no_such, {{"what", entry->data.emg ? emg_nouns(*entry->data.emg).one : text(Word::emg_event)}, {"n", std::string(number)}}));
  go_to_muscle(*entry, *item);
  const EmgItem& chosen = entry->muscle[*item];
  say(fill(Word::emg_review_selected_status,
           {{"what", emg_nouns(*entry->data.emg).capital_one}, {"n", std::string(number)}, {"total", std::to_string(entry->muscle.size())},
            {"time", view::clock_words(entry->data.info.start, chosen.span.begin_s, true)}, {"channel", channel_of(*entry->data.emg, chosen).name}}));
}

void Workspace::step_burst(int by) {
  Entry* entry = ready();
  if (!entry) return;
  const Word edge = by > 0 ? Word::emg_review_last_reached : Word::emg_review_first_reached;
  const std::size_t total = entry->muscle.size();
  if (total == 0) return say(text(edge));
  if (!entry->selected_muscle) return select_burst(std::to_string(by > 0 ? 1 : total));
  const std::size_t at = *entry->selected_muscle;
  if (by > 0 ? at + 1 >= total : at == 0) return say(text(edge));
  select_burst(std::to_string(by > 0 ? at + 2 : at));
}

void Workspace::turn_burst_page(int by) {
  const Entry* entry = ready();
  if (!entry) return;
  const std::size_t pages = (entry->muscle.size() + kListPage - 1) / kListPage;
  if (by > 0 && muscle_page_ + 1 >= pages) return say(text(Word::emg_review_last_reached));
  if (by < 0 && muscle_page_ == 0) return say(text(Word::emg_review_first_reached));
  muscle_page_ = by > 0 ? muscle_page_ + 1 : muscle_page_ - 1;
  changed();
}

void Workspace::go_to_muscle(Entry& entry, std::size_t item) {
  entry.selected_muscle = item;
  entry.looked_at.reset();
  const TimeSpan& burst = entry.muscle[item].span;
  const double length_s = burst.length_s();
  const double shown_s = entry.viewport.span().length_s();
  // What is too short to be seen is looked at more closely.
  if (length_s < shown_s * kLeastShare) {
    entry.viewport.zoom(std::max(kClosest_s, kAround * length_s) / shown_s, 0.5 * (burst.begin_s + burst.end_s));
    entry.viewport.centre_on(0.5 * (burst.begin_s + burst.end_s));
  }
  const TimeSpan& span = entry.viewport.span();
  if (burst.begin_s < span.begin_s || burst.end_s > span.end_s) entry.viewport.centre_on(0.5 * (burst.begin_s + burst.end_s));
  if (entry.id == current_) muscle_page_ = item / kListPage;
  changed();
}

}  // namespace klono::workspace

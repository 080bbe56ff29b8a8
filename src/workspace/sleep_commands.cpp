// Commands on the times of sleep that the person marks: set at the middle of what is shown, taken away again.

#include <algorithm>
#include <string>
#include <utility>

#include "base/words.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "workspace/shown_number.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
namespace {

std::string sentence(Word id, const Entry& entry, const SleepMark& mark) {
  return fill(id, {{"what", view::sleep_moment_words(mark.moment)}, {"time", view::clock_words(entry.data.info.start, mark.at_s, true)}});
}

}  // namespace

double Entry::middle_s() const {
  const TimeSpan& span = viewport.span();
  return 0.5 * (span.begin_s + span.end_s);
}

/// A person's night, in Review; a guided test has none.
Entry* Workspace::ready_for_sleep() {
  Entry* entry = ready();
  if (!entry || !entry->guided()) return entry;
  say(text(Word::sleep_own_not_guided));
  return nullptr;
}

void Workspace::show_sleep_times(bool open) {
  if (!open) {
    for (Entry& entry : entries_) entry.marking_sleep = false;
    return say(text(Word::sleep_own_closed));
  }
  if (const Entry* told = reported()) make_current(told->id);
  Entry* entry = ready_for_sleep();
  if (!entry) return;
  entry->marking_sleep = true;
  entry->looked_at.reset();
  screen_ = Screen::Review;
  say(text(Word::sleep_own_opened));
}

void Workspace::mark_sleep(std::string_view name) {
  Entry* entry = ready_for_sleep();
  if (!entry) return;
  const auto moment = sleep_moment_of(name);
  if (!moment) return say(fill(Word::app_common_unknown_command, {{"command", "mark-sleep " + std::string(name)}}));
  const SleepMark mark{*moment, entry->middle_s()};
  std::vector<SleepMark> marks = entry->sleep_marks;
  add_mark(marks, mark);
  change_sleep(*entry, std::move(marks), sentence(Word::sleep_own_set_status, *entry, mark));
}

void Workspace::unmark_sleep(std::string_view number) {
  Entry* entry = ready_for_sleep();
  if (!entry) return;
  const auto index = shown_number(number, entry->sleep_marks.size());
  if (!index) return say(fill(Word::sleep_own_no_such, {{"n", std::string(number)}}));
  const SleepMark mark = entry->sleep_marks[*index];
  std::vector<SleepMark> marks = entry->sleep_marks;
  marks.erase(marks.begin() + static_cast<std::ptrdiff_t>(*index));
  change_sleep(*entry, std::move(marks), sentence(Word::sleep_own_removed_status, *entry, mark));
}

void Workspace::change_sleep(Entry& entry, std::vector<SleepMark> marks, std::string said) {
  forget_removed();
  undo_.push_back({entry.id, {}, SleepChange{entry.sleep_marks, marks}});
  redo_.clear();
  entry.sleep_marks = std::move(marks);
  count(entry);
  say(std::move(said), true);
}

/// One step back or forth, where the step was of marks of sleep.
void Workspace::step_sleep(Entry& entry, const SleepChange& change, bool backwards) {
  entry.sleep_marks = backwards ? change.before : change.after;
  count(entry);
  make_current(entry.id);
  say(text(backwards ? Word::sleep_own_undone_status : Word::sleep_own_redone_status));
}

}  // namespace klono::workspace

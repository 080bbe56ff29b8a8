// What is in the Library: found, added, made current, closed and brought back; and what the engine is asked for each.

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/words.hpp"
#include "workspace/likeness.hpp"
#include "workspace/setting_steps.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {

Entry* Workspace::find(protocol::RecordingId id) {
  const auto found = std::ranges::find(entries_, id, &Entry::id);
  return found == entries_.end() ? nullptr : &*found;
}

Entry* Workspace::find(std::string_view id) {
  protocol::RecordingId number = 0;
  const auto end = std::from_chars(id.data(), id.data() + id.size(), number);
  Entry* entry = end.ec == std::errc() && end.ptr == id.data() + id.size() ? find(number) : nullptr;
  if (!entry) say(std::string(word(Word::app_common_no_such_recording)));
  return entry;
}

Entry* Workspace::ready() {
  Entry* entry = find(current_);
  if (entry && entry->state == EntryState::Ready) return entry;
  say(std::string(word(entry ? Word::app_common_not_ready : Word::app_common_no_recording)));
  return nullptr;
}

Entry& Workspace::add_entry(std::string title) {
  forget_removed();
  Entry& entry = entries_.emplace_front();
  entry.id = next_recording_++;
  entry.title = std::move(title);
  changed();
  return entry;
}

void Workspace::make_current(protocol::RecordingId id) {
  if (id == current_) return;
  current_ = id;
  window_ = {};
  for (Flight* flight : flights()) flight->asked.reset();
  list_page_ = muscle_page_ = 0;
  list_changed();
  Entry* entry = find(id);
  if (!entry) return;
  measure_oddness(*entry);
  turn_to_selected(*entry);
}

void Workspace::remove_entry(protocol::RecordingId id) {
  drop_requests_of(id);
  std::erase_if(entries_, [&](const Entry& entry) { return entry.id == id; });
  if (id != current_) return;
  make_current(0);
  if (screen_ == Screen::Review) screen_ = Screen::Library;
}

void Workspace::drop_requests_of(protocol::RecordingId id) {
  for (Flight* flight : flights())
    if (flight->asked && flight->asked->recording == id) *flight = {};
  std::erase_if(exports_, [&](const auto& item) { return item.second.recording == id; });
}

void Workspace::send_open(Entry& entry) {
  entry.state = EntryState::Reading;
  entry.failure = {};
  entry.progress = {.recording = entry.id, .bytes_total = entry.size};
  entry.analysed_with = settings_;
  if (entry.example)
    requests_.push_back(protocol::OpenExample{entry.id, settings_});
  else
    requests_.push_back(protocol::OpenFile{entry.id, entry.source, entry.title, entry.reading, settings_});
}

void Workspace::analyse_again(Entry& entry) {
  // One analysis at a time: newer settings wait for the answer, and only the newest are sent.
  if (entry.state != EntryState::Ready || entry.analysing_again || same_settings(entry.analysed_with, settings_))
    return;
  entry.analysing_again = true;
  entry.analysed_with = settings_;
  entry.progress = {.recording = entry.id};
  requests_.push_back(protocol::Reanalyse{entry.id, settings_});
}

void Workspace::settings_changed(std::string sentence) {
  bool any = false;
  for (Entry& entry : entries_) {
    analyse_again(entry);
    any = any || entry.analysing_again;
  }
  say(any ? fill(Word::app_settings_again, {{"sentence", std::move(sentence)}}) : std::move(sentence));
}

void Workspace::forget_closed() {
  if (!closed_) return;
  const protocol::RecordingId id = closed_->entry.id;
  if (closed_->entry.state == EntryState::Ready) requests_.push_back(protocol::Close{id});
  const auto of_closed = [&](const Undo& step) { return step.recording == id; };
  std::erase_if(undo_, of_closed);
  std::erase_if(redo_, of_closed);
  closed_.reset();
}

void Workspace::forget_removed() {
  forget_closed();
  forget_deleted();
}

void Workspace::restore_closed() {
  Closed closed = std::move(*closed_);
  closed_.reset();
  const protocol::RecordingId id = closed.entry.id;
  const std::size_t place = std::min(closed.place, entries_.size());
  const auto restored = entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(place), std::move(closed.entry));
  say(fill(Word::app_library_restored, {{"title", restored->title}}));
  analyse_again(*restored);
  if (closed.was_current && current_ == 0) {
    make_current(id);
    if (screen_ == Screen::Library) screen_ = closed.screen;
  }
}

void Workspace::measure_oddness(Entry& entry) const {
  // Only when asked for: tens of thousands of shapes take a noticeable while.
  if (order_ == EventOrder::Likeness && entry.oddness.size() != entry.data.analysis.events.size())
    entry.oddness = oddness(entry.data.analysis.events, entry.data.waveforms);
}

}  // namespace klono::workspace

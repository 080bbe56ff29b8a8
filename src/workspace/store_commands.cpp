// Recordings made here: what the recorder says, what it is asked for, and the entries that lie in the browser's store.

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/words.hpp"
#include "workspace/record_words.hpp"
#include "workspace/workspace.hpp"

namespace klono::workspace {
namespace {

namespace recorder = protocol::recorder;

/// The figures of a card in the places where those of an analysis stand, so that a row is drawn by one code.
void fill_from_card(Entry& entry, const RecordingCard::Found& found) {
  protocol::Opened& data = entry.data;
  data.info.duration_s = found.length_s;
  data.info.gaps = found.gaps;
  data.info.blocks = found.parts;
  data.analysis = {};
  data.analysis.recorded_s = found.length_s;
  data.analysis.analysable_s = found.analysable_s;
  data.analysis.masks = found.masks;
  data.analysis.detector_version = found.detector_version;
  for (const double onset_s : found.onsets_s) {
    Event event;
    event.onset_s = event.peak_s = event.end_s = onset_s;
    data.analysis.events.push_back(event);
  }
  data.overview = {0.0, found.length_s, found.strip_g};
  entry.decisions = carry_over(data.analysis.events, entry.kept);
  entry.summary = {};
  entry.summary.brief = patterns::poisson_rate(found.brief, found.analysable_s / 3600.0);
  entry.summary.limb = patterns::poisson_rate(found.limb, found.analysable_s / 3600.0);
  entry.parts = patterns::summarise_blocks(data.analysis, entry.decisions, found.parts);
}

/// Largest of each run of columns: a twitch stays to be seen.
std::vector<float> thinned(const std::vector<float>& columns, std::size_t most) {
  if (columns.size() <= most) return columns;
  std::vector<float> result(most, std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    float& into = result[i * most / columns.size()];
    if (!(into >= columns[i])) into = std::isfinite(columns[i]) ? columns[i] : into;
  }
  return result;
}

RecordingCard::Found found_in(const Entry& entry) {
  const Analysis& analysis = entry.data.analysis;
  RecordingCard::Found found;
  found.detector_version = analysis.detector_version;
  found.length_s = entry.data.info.duration_s;
  found.analysable_s = analysis.analysable_s;
  found.brief = entry.summary.brief.count;
  found.limb = entry.summary.limb.count;
  for (const Event& event : analysis.events) {
    if (found.onsets_s.size() == RecordingCard::kMostOnsets) break;
    found.onsets_s.push_back(event.onset_s);
  }
  found.masks = analysis.masks;
  found.gaps = entry.data.info.gaps;
  found.parts = entry.data.info.blocks;
  found.strip_g = thinned(entry.data.overview.peak_g, RecordingCard::kStripColumns);
  return found;
}

WallClock clock_at(double unix_ms, int offset_min) {
  if (!(unix_ms > 0.0)) return {};
  return {ClockBasis::Utc, static_cast<std::int64_t>(unix_ms) * 1'000'000, offset_min};
}

}  // namespace

// ---- the Record screens -------------------------------------------------------------------

void Workspace::record(std::string_view words) {
  const std::optional<recorder::Saved> shown = record_.saved();
  if (!record_.command(words))
    return say(fill(Word::app_common_unknown_command, {{"command", "record " + std::string(words)}}));
  after_record();
  if (words == "done") screen_ = Screen::Library;
  if (words != "review") return;
  const Entry* entry = shown ? find_stored(shown->id) : nullptr;
  if (entry) return open_recording(std::to_string(entry->id));
  screen_ = Screen::Library;
}

void Workspace::after_record() {
  for (const RecordFlow::Kept& kept : record_.take_kept()) effects_.emplace_back(StoreSetting{kept.key, kept.value});
  if (const auto news = record_.take_saved()) saved(*news);
  if (const auto sentence = record_.take_sentence()) {
    say(sentence->text, sentence->with_undo);
    undo_is_mark_ = sentence->with_undo;
  }
  changed();
}

void Workspace::receive(const recorder::News& news) {
  record_.receive(news);
  after_record();
  if (const auto* stored = std::get_if<recorder::Stored>(&news)) on(*stored);
  if (const auto* file = std::get_if<recorder::StoredFile>(&news)) on(*file);
  changed();
}

void Workspace::set_wall(double unix_ms, int offset_min) { record_.set_wall(unix_ms, offset_min); }

std::vector<recorder::Order> Workspace::take_orders() {
  for (recorder::Order& order : record_.take_orders()) orders_.push_back(std::move(order));
  for (Entry& entry : entries_) {
    if (!entry.stored || !std::exchange(entry.stored->card_changed, false)) continue;
    orders_.emplace_back(recorder::StoreCard{entry.stored->id, json_of(entry.stored->card)});
  }
  return std::exchange(orders_, {});
}

// ---- what the store says ------------------------------------------------------------------

Entry* Workspace::find_stored(std::string_view id) {
  const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) { return entry.stored && entry.stored->id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

/// Among those of the store the newest comes first; files that were opened keep their places.
Entry& Workspace::stored_entry(std::string_view id, double begun_unix_ms) {
  if (Entry* known = find_stored(id)) return *known;
  const auto older = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return entry.stored && entry.stored->begun_unix_ms < begun_unix_ms; });
  Entry& entry = *entries_.emplace(older);
  entry.id = next_recording_++;
  entry.state = EntryState::Kept;
  entry.stored.emplace().id = id;
  entry.stored->begun_unix_ms = begun_unix_ms;
  return entry;
}

void Workspace::on(const recorder::Stored& news) {
  recorded_elsewhere_ = news.in_use_elsewhere;
  std::erase_if(entries_, [&](const Entry& entry) {
    const bool listed = entry.stored && std::ranges::find(news.recordings, entry.stored->id, &recorder::StoredRecording::id) != news.recordings.end();
    return entry.state == EntryState::Kept && !listed;
  });
  bool under_way = news.in_use_elsewhere;  // the newest unfinished one is what the other tab records
  for (const recorder::StoredRecording& one : news.recordings) {
    if (deleted_ && deleted_->entry.stored->id == one.id) continue;
    if (!one.finished && std::exchange(under_way, false)) continue;
    Entry& entry = stored_entry(one.id, one.begun_unix_ms);
    StoredPlace& place = *entry.stored;
    place.bytes = one.bytes;
    place.offset_min = one.offset_min;
    place.finished = one.finished;
    place.readable = one.readable;
    if (entry.state != EntryState::Kept || entry.has_figures()) continue;
    place.card = card_from_json(one.card);
    place.accepted = place.card.accepted;
    entry.kept = place.card.decisions;
    entry.sleep_marks = place.card.sleep_marks;
    entry.worn = place.card.worn;
    entry.size = static_cast<std::int64_t>(one.bytes);
    entry.data.info.context = one.context;
    entry.data.info.start = clock_at(one.begun_unix_ms, one.offset_min);
    entry.data.info.duration_s = one.length_s;
    entry.data.info.unfinished = !one.finished;
    entry.data.info.planned_s = one.planned_s;
    entry.title = title_words(entry.context());
    if (place.card.found) fill_from_card(entry, *place.card.found);
  }
}

void Workspace::on(const recorder::StoredFile& news) {
  Entry* entry = find_stored(news.id);
  if (!entry || !std::exchange(entry->stored->opening, false)) return;
  entry->source = news.source;
  entry->size = static_cast<std::int64_t>(news.bytes);
  if (news.source != 0) return send_open(*entry);
  const std::string title = entry->title;
  remove_entry(entry->id);
  say(fill(Word::record_open_failed, {{"title", title}}));
}

/// What was just recorded is analysed at once; the person stays where they are.
void Workspace::saved(const recorder::Saved& saved) {
  Entry& entry = stored_entry(saved.id, record_.running().since_unix_ms);
  entry.stored->bytes = saved.bytes;
  entry.stored->offset_min = record_.running().offset_min;
  entry.size = static_cast<std::int64_t>(saved.bytes);
  entry.data.info.context = history::json_of(record_.context());
  entry.data.info.start = clock_at(entry.stored->begun_unix_ms, entry.stored->offset_min);
  entry.title = title_words(record_.context());
  make_current(entry.id);
  ask_for_file(entry);
}

// ---- what is asked of the store -----------------------------------------------------------

void Workspace::ask_for_file(Entry& entry) {
  entry.state = EntryState::Reading;
  entry.progress = {.recording = entry.id, .bytes_total = entry.size};
  entry.stored->opening = true;
  orders_.emplace_back(recorder::StoreOpen{entry.stored->id});
}

void Workspace::keep_recording(std::string_view id) {
  Entry* entry = find(id);
  if (!entry) return;
  if (!entry->stored) return say(text(Word::app_common_no_such_recording));
  entry->stored->accepted = entry->stored->card.accepted = true;
  entry->stored->card_changed = true;
  say(fill(Word::record_kept_said, {{"title", entry->title}}));
}

void Workspace::copy_recording(std::string_view id) {
  const Entry* entry = find(id);
  if (!entry) return;
  if (!entry->stored) return say(text(Word::app_common_no_such_recording));
  orders_.emplace_back(recorder::StoreCopy{
      entry->stored->id, copy_name_of(entry->stored->begun_unix_ms, entry->stored->offset_min, entry->context())});
  say(text(Word::record_copy_asked));
}

void Workspace::delete_recording(std::string_view id) {
  Entry* entry = find(id);
  if (!entry) return;
  if (!entry->stored) return close_recording(id);
  forget_removed();
  if (entry->state != EntryState::Kept) back_to_kept(*entry);
  const auto place = static_cast<std::size_t>(std::ranges::find(entries_, entry->id, &Entry::id) - entries_.begin());
  deleted_ = Deleted{std::move(*entry), place, now_s_ + kToast_s};
  remove_entry(deleted_->entry.id);
  say(fill(Word::record_deleted, {{"title", deleted_->entry.title}}), true);
}

void Workspace::forget_deleted() {
  if (!deleted_) return;
  const protocol::RecordingId id = deleted_->entry.id;
  orders_.emplace_back(recorder::StoreRemove{deleted_->entry.stored->id});
  const auto of_deleted = [&](const Undo& step) { return step.recording == id; };
  std::erase_if(undo_, of_deleted);
  std::erase_if(redo_, of_deleted);
  deleted_.reset();
}

void Workspace::restore_deleted() {
  Deleted deleted = std::move(*deleted_);
  deleted_.reset();
  const std::size_t place = std::min(deleted.place, entries_.size());
  const auto restored = entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(place), std::move(deleted.entry));
  say(fill(Word::record_not_deleted, {{"title", restored->title}}));
}

/// Out of the engine; its figures stay.
void Workspace::back_to_kept(Entry& entry) {
  if (entry.state == EntryState::Reading && !entry.stored->opening) requests_.push_back(protocol::Cancel{entry.id, false});
  if (entry.state == EntryState::Ready) requests_.push_back(protocol::Close{entry.id});
  entry.stored->opening = false;
  entry.analysing_again = false;
  entry.state = EntryState::Kept;
  entry.failure = {};
  entry.data.waveforms.clear();
  entry.oddness.clear();
  entry.selected.reset();
  drop_requests_of(entry.id);
  if (entry.id != current_) return;
  make_current(0);
  if (screen_ == Screen::Review) screen_ = Screen::Library;
}

/// The answers and figures of an open recording, for the next visit.
void Workspace::write_card(Entry& entry) {
  if (!entry.stored || entry.state != EntryState::Ready) return;
  RecordingCard& card = entry.stored->card;
  card.decisions = entry.kept;
  card.sleep_marks = entry.sleep_marks;
  card.worn = entry.worn;
  card.found = found_in(entry);
  entry.stored->card_changed = true;
}

}  // namespace klono::workspace

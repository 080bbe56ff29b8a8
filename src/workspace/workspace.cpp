#include "workspace/workspace.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/words.hpp"
#include "view/emg_words.hpp"
#include "view/plain_words.hpp"
#include "workspace/screens.hpp"
#include "workspace/setting_steps.hpp"

namespace klono::workspace {
namespace {

constexpr double kFirstWindow_s = 60.0;  // chosen: a twitch and its series are both seen
constexpr double kWholeBelow_s = 120.0;  // chosen: shorter recordings are shown at once

bool passes(EventFilter filter, Decision decision) {
  switch (filter) {
    case EventFilter::ToReview:
      return decision == Decision::None;
    case EventFilter::Confirmed:
      return decision == Decision::Confirmed;
    case EventFilter::Rejected:
      return decision == Decision::Rejected;
    case EventFilter::All:
      break;
  }
  return true;
}

std::optional<std::size_t> first_to_review(const Entry& entry) {
  const auto found = std::find(entry.decisions.begin(), entry.decisions.end(), Decision::None);
  if (found == entry.decisions.end()) return std::nullopt;
  return static_cast<std::size_t>(found - entry.decisions.begin());
}

/// A short recording whole, a long one around the event that is selected.
void set_first_view(Entry& entry) {
  const double duration_s = entry.data.info.duration_s;
  entry.viewport = view::Viewport(duration_s);
  if (duration_s <= kWholeBelow_s || (!entry.selected && entry.muscle.empty())) return;
  entry.viewport.zoom(kFirstWindow_s / duration_s, 0.0);
  entry.viewport.centre_on(entry.selected ? entry.data.analysis.events[*entry.selected].onset_s : entry.muscle.front().span.begin_s);
}

/// What EMG showed, put together once: a night may hold thousands of bursts.
void tell_muscle(Entry& entry) {
  entry.muscle.clear();
  entry.muscle_told.clear();
  entry.muscle_lines.clear();
  if (!entry.data.emg) return entry.selected_muscle.reset();
  entry.muscle = emg_items(*entry.data.emg);
  if (entry.selected_muscle && *entry.selected_muscle >= entry.muscle.size()) entry.selected_muscle.reset();
  for (const EmgChannelAnalysis& channel : entry.data.emg->channels) {
    for (std::string& sentence : view::emg_channel_sentences(channel)) entry.muscle_told.push_back(std::move(sentence));
    entry.muscle_lines.push_back(view::emg_channel_line(channel));
  }
  for (std::string& sentence : view::emg_together_sentences(*entry.data.emg)) entry.muscle_told.push_back(std::move(sentence));
}

std::string opened_sentence(const Entry& entry) {
  if (!entry.has_movement() && entry.data.emg) {
    const EmgNouns nouns = emg_nouns(*entry.data.emg);
    return fill(Word::emg_library_opened, {{"title", entry.title},
                                           {"events", view::count_words(std::ssize(entry.muscle), nouns.one, nouns.many)},
                                           {"channels", view::count_words(std::ssize(entry.data.emg->channels), word(Word::emg_channel), word(Word::emg_channels))}});
  }
  const patterns::Rate& rate = entry.summary.brief;
  const std::size_t events = entry.data.analysis.events.size();
  if (entry.data.analysis.analysable_s <= 0.0 && events == 0)
    return fill(Word::app_library_opened_nothing_analysable, {{"title", entry.title}});
  if (events == 0)
    return fill(Word::app_library_opened_none,
                {{"title", entry.title}, {"hours", view::duration_words(rate.hours * 3600.0)}});
  return fill(Word::app_library_opened,
              {{"title", entry.title},
               {"events", view::count_words(static_cast<std::int64_t>(events), word(Word::app_common_event),
                                            word(Word::app_common_events))}});
}

std::string_view decision_word(Decision decision) {
  switch (decision) {
    case Decision::Confirmed:
      return word(Word::app_review_decision_confirmed);
    case Decision::Rejected:
      return word(Word::app_review_decision_rejected);
    case Decision::None:
      break;
  }
  return word(Word::app_review_decision_none);
}

}  // namespace

std::size_t Entry::to_review() const {
  return static_cast<std::size_t>(std::count(decisions.begin(), decisions.end(), Decision::None));
}

history::RecordingContext Entry::context() const {
  return history::context_from_json(worn.empty() ? data.info.context : worn);
}

Workspace::Workspace(std::string program_version)
    : program_version_(std::move(program_version)), orders_{protocol::recorder::StoreList{}} {}

// ---- replies ------------------------------------------------------------------------------

void Workspace::receive(protocol::Reply reply) {
  std::visit([this](auto& message) { on(std::move(message)); }, reply);
  changed();
}

void Workspace::on(const protocol::Progress& reply) {
  if (Entry* entry = find(reply.recording)) entry->progress = reply;
}

void Workspace::on(protocol::Opened&& reply) {
  if (closed_ && closed_->entry.id == reply.recording) return fill_entry(closed_->entry, std::move(reply));
  Entry* entry = find(reply.recording);
  if (!entry) {
    // It was stopped or closed while the answer was on its way: the engine need not keep it.
    requests_.push_back(protocol::Close{reply.recording});
    return;
  }
  const bool first = entry->state != EntryState::Ready;
  fill_entry(*entry, std::move(reply));
  if (first) say(opened_sentence(*entry));
  analyse_again(*entry);
}

void Workspace::fill_entry(Entry& entry, protocol::Opened&& reply) {
  const bool first = entry.state != EntryState::Ready;
  std::optional<double> selected_s;
  if (!first && entry.selected) selected_s = entry.data.analysis.events[*entry.selected].onset_s;

  entry.state = EntryState::Ready;
  entry.analysing_again = false;
  entry.data = std::move(reply);
  entry.looked_at.reset();
  entry.failure = {};
  const std::vector<Event>& events = entry.data.analysis.events;
  entry.decisions = carry_over(events, entry.kept);
  count(entry);
  entry.oddness.clear();
  measure_oddness(entry);
  tell_muscle(entry);
  entry.selected = selected_s ? event_at(events, *selected_s) : first_to_review(entry);
  if (first || entry.viewport.duration_s() != entry.data.info.duration_s) set_first_view(entry);
  // Other settings may draw another movement.
  for (Flight* flight : flights())
    if (flight->asked && flight->asked->recording == entry.id) flight->asked.reset();
  if (entry.id == current_) turn_to_selected(entry);
  list_changed();
}

/// Every figure follows the decisions, and the card follows the figures.
void Workspace::count(Entry& entry) {
  const protocol::RecordingInfo& info = entry.data.info;
  entry.summary = patterns::summarise(entry.data.analysis, entry.decisions, entry.sleep_marks);
  entry.parts = patterns::summarise_blocks(entry.data.analysis, entry.decisions, info.blocks, info.segments);
  write_card(entry);
}

void Workspace::on(protocol::Failed&& reply) {
  if (closed_ && closed_->entry.id == reply.recording) closed_->entry.analysing_again = false;
  Entry* entry = find(reply.recording);
  if (!entry) return;
  if (entry->state == EntryState::Ready) {
    // What is open stays open; the request that failed is not sent again by itself.
    entry->analysing_again = false;
    for (Flight* flight : flights())
      if (flight->asked && flight->asked->recording == entry->id) flight->request.reset();
    std::erase_if(exports_, [&](const auto& item) { return item.second.recording == entry->id; });
    return say(reply.error.what);
  }
  entry->failure = std::move(reply);
  const bool asks = entry->failure.error.question.has_value();
  entry->state = asks ? EntryState::Asking : EntryState::Refused;
  say(fill(asks ? Word::app_library_asking : Word::app_library_refused, {{"title", entry->title}}));
}

void Workspace::on(protocol::TraceReply&& reply) {
  const bool muscle = emg_flight_.request == reply.request;
  Flight& flight = muscle ? emg_flight_ : trace_flight_;
  if (flight.request != reply.request) return;
  flight.request.reset();
  if (reply.recording == current_) (muscle ? window_.emg : window_.trace) = std::move(reply);
}

void Workspace::on(protocol::SpectrogramReply&& reply) {
  if (spectrogram_flight_.request != reply.request) return;
  spectrogram_flight_.request.reset();
  if (reply.recording == current_) window_.spectrogram = std::move(reply);
}

void Workspace::on(protocol::ExportReply&& reply) {
  const auto found = exports_.find(reply.request);
  if (found == exports_.end()) return;
  const bool share = found->second.share;
  exports_.erase(found);
  say(fill(share ? Word::app_review_shared : Word::app_review_saved, {{"name", reply.file_name}}));
  effects_.push_back(SaveFile{std::move(reply.file_name), std::move(reply.media_type), std::move(reply.bytes), share});
}

// ---- what the host tells ------------------------------------------------------------------

void Workspace::file_chosen(std::uint32_t source, std::string name, std::int64_t size) {
  const bool others = std::ranges::any_of(entries_, [](const Entry& e) { return e.state == EntryState::Reading; });
  Entry& entry = add_entry(std::move(name));
  entry.source = source;
  entry.size = size;
  // One file is watched while it is read; of several, the list shows more.
  if (others) {
    screen_ = Screen::Library;
  } else {
    make_current(entry.id);
    screen_ = Screen::Review;
  }
  send_open(entry);
  say(fill(Word::app_library_reading, {{"title", entry.title}}));
  follow_screen();
}

std::vector<std::string> Workspace::stored_keys() {
  std::vector<std::string> keys{"theme", "sensitivity", "gate"};
  for (const SettingInfo& info : setting_table()) keys.emplace_back(info.key);
  for (std::string& key : RecordFlow::stored_keys()) keys.push_back(std::move(key));
  return keys;
}

void Workspace::restore_setting(std::string_view key, std::string_view value) {
  if (key == "theme") {
    if (value == "light") theme_ = Theme::Light;
    if (value == "dark") theme_ = Theme::Dark;
  } else if (key == "sensitivity") {
    for (const Sensitivity s : {Sensitivity::Careful, Sensitivity::Balanced, Sensitivity::Sensitive})
      if (name_of(s) == value) settings_.sensitivity = s;
  } else if (key == "gate") {
    if (value == "on" || value == "off") settings_.gate = value == "on";
  } else if (key.starts_with("record.")) {
    record_.restore(key, value);
  } else if (const auto number = number_from(value)) {
    // A value that a later version refuses leaves the default.
    [[maybe_unused]] const Status status = set_by_key(settings_, key, *number);
  }
  changed();
}

void Workspace::set_window_pixels(std::uint32_t columns, std::uint32_t spectrogram_rows) {
  if (columns == columns_ && spectrogram_rows == spectrogram_rows_) return;
  columns_ = columns;
  spectrogram_rows_ = spectrogram_rows;
  changed();
}

void Workspace::show(TimeSpan span) {
  Entry* entry = find(current_);
  if (!entry || entry->state != EntryState::Ready) return;
  const TimeSpan before = entry->viewport.span();
  entry->viewport.show(span);
  if (entry->viewport.span() != before) changed();
}

void Workspace::set_now(double monotonic_s) {
  now_s_ = monotonic_s;
  const bool toast_over = toast_until_s_ >= 0.0 && now_s_ >= toast_until_s_;
  const bool closed_over = closed_ && now_s_ >= closed_->until_s;
  const bool deleted_over = deleted_ && now_s_ >= deleted_->until_s;
  if (toast_over) toast_until_s_ = -1.0;
  if (closed_over) forget_closed();
  if (deleted_over) forget_deleted();
  if (toast_over || closed_over || deleted_over) changed();
  const std::uint64_t before = record_.revision();
  record_.set_now(monotonic_s);
  if (record_.revision() != before) after_record();
}

std::optional<double> Workspace::next_change_s() const {
  std::optional<double> next = record_.next_change_s();
  const auto at = [&](double when_s) { next = std::min(next.value_or(when_s - now_s_), std::max(0.0, when_s - now_s_)); };
  if (toast_until_s_ >= 0.0) at(toast_until_s_);
  if (closed_) at(closed_->until_s);
  if (deleted_) at(deleted_->until_s);
  return next;
}

void Workspace::follow_screen() {
  if (followed_ == screen_) return;
  if (followed_ == Screen::Record) record_.leave();
  if (screen_ == Screen::Record) record_.enter();
  followed_ = screen_;
  after_record();
}

// ---- what the host takes ------------------------------------------------------------------

std::vector<protocol::Request> Workspace::take_requests() {
  ask_for_window();
  return std::exchange(requests_, {});
}

std::vector<Effect> Workspace::take_effects() { return std::exchange(effects_, {}); }

void Workspace::ask_for_window() {
  const Entry* entry = current();
  if (!entry || entry->state != EntryState::Ready || screen_ != Screen::Review || columns_ == 0) return;
  const TimeSpan& span = entry->viewport.span();
  if (span.length_s() <= 0.0) return;

  if (entry->data.emg) ask_for_traces(*entry, protocol::TraceMode::Emg, emg_flight_);
  if (!entry->has_movement()) return;
  ask_for_traces(*entry, trace_mode_, trace_flight_);
  const Window spectrogram{entry->id, protocol::TraceMode::Movement, span, columns_, spectrogram_rows_};
  if (spectrogram_rows_ > 0 && !spectrogram_flight_.request && spectrogram_flight_.asked != spectrogram) {
    spectrogram_flight_ = {next_request_, spectrogram};
    requests_.push_back(protocol::SpectrogramRequest{next_request_++, entry->id, span.begin_s, span.end_s, columns_,
                                                     spectrogram_rows_});
  }
}

void Workspace::ask_for_traces(const Entry& entry, protocol::TraceMode mode, Flight& flight) {
  const TimeSpan& span = entry.viewport.span();
  const Window window{entry.id, mode, span, columns_, 0};
  if (flight.request || flight.asked == window) return;
  flight = {next_request_, window};
  requests_.push_back(protocol::TraceRequest{next_request_++, entry.id, mode, span.begin_s, span.end_s, columns_});
}

// ---- what is read -------------------------------------------------------------------------

const Entry* Workspace::current() const {
  const auto found = std::ranges::find(entries_, current_, &Entry::id);
  return found == entries_.end() ? nullptr : &*found;
}

const Entry* Workspace::reported() const {
  const Entry* entry = current();
  if (entry && entry->state == EntryState::Ready) return entry;
  const auto ready = std::ranges::find(entries_, EntryState::Ready, &Entry::state);
  return ready == entries_.end() ? nullptr : &*ready;
}

bool Workspace::toast_visible() const { return toast_until_s_ >= 0.0 && now_s_ < toast_until_s_; }
bool Workspace::can_undo() const {
  return closed_.has_value() || deleted_.has_value() || (undo_is_mark_ && toast_visible()) || !undo_.empty();
}
bool Workspace::can_redo() const { return !redo_.empty(); }

bool Workspace::busy() const {
  return !exports_.empty() || std::ranges::any_of(entries_, [](const Entry& entry) {
    return entry.state == EntryState::Reading || entry.analysing_again;
  });
}

std::vector<std::size_t> Workspace::ordered(const Entry& entry, EventFilter filter) const {
  std::vector<std::size_t> list;
  for (std::size_t i = 0; i < entry.decisions.size(); ++i)
    if (passes(filter, entry.decisions[i])) list.push_back(i);
  // Equal ones stay in the order of time.
  if (order_ == EventOrder::Size)
    std::ranges::sort(list, {}, [&](std::size_t i) {
      const double peak_g = entry.data.analysis.events[i].peak_g;
      return std::pair(std::isfinite(peak_g) ? -peak_g : 0.0, i);
    });
  if (order_ == EventOrder::Likeness)
    std::ranges::sort(list, {}, [&](std::size_t i) { return std::pair(-entry.oddness[i], i); });
  return list;
}

std::vector<std::size_t> Workspace::listed_events() const {
  if (listed_revision_ != list_revision_) {
    const Entry* entry = current();
    listed_ = entry && entry->state == EntryState::Ready ? ordered(*entry, filter_) : std::vector<std::size_t>{};
    listed_revision_ = list_revision_;
  }
  return listed_;
}

const ScreenModel& Workspace::screen_model() const {
  if (model_revision_ != revision_) {
    model_ = build_screen_model(*this);
    model_revision_ = revision_;
  }
  return model_;
}

// ---- events -------------------------------------------------------------------------------

void Workspace::select(Entry& entry, std::size_t event) {
  entry.selected = event;
  entry.looked_at.reset();
  const Event& chosen = entry.data.analysis.events[event];
  const TimeSpan& span = entry.viewport.span();
  if (chosen.onset_s < span.begin_s || chosen.end_s > span.end_s)
    entry.viewport.centre_on(0.5 * (chosen.onset_s + chosen.end_s));
  turn_to_selected(entry);
  changed();
}

void Workspace::turn_to_selected(const Entry& entry) {
  if (entry.id != current_ || !entry.selected) return;
  const std::vector<std::size_t> list = listed_events();
  const auto place = std::ranges::find(list, *entry.selected);
  if (place != list.end()) list_page_ = static_cast<std::size_t>(place - list.begin()) / kListPage;
}

void Workspace::select_next_to_review(Entry& entry, std::size_t after) {
  const std::vector<std::size_t> list = ordered(entry, EventFilter::All);
  const auto start = static_cast<std::size_t>(std::ranges::find(list, after) - list.begin());
  for (std::size_t step = 1; step < list.size(); ++step) {
    const std::size_t event = list[(start + step) % list.size()];
    if (entry.decisions[event] == Decision::None) return select(entry, event);
  }
}

std::optional<std::size_t> Workspace::apply(Entry& entry, const Change& change, Decision decision) {
  const std::vector<Event>& events = entry.data.analysis.events;
  const std::optional<std::size_t> event = event_at(events, change.onset_s);
  // An event that is shown owns the decision at exactly its onset; one that is not shown now is
  // found as near as it was kept.
  keep(entry.kept, event ? events[*event].onset_s : change.onset_s, decision, event ? 0.0 : kSameOnset_s);
  if (event) entry.decisions[*event] = decision;
  list_changed();
  changed();
  return event;
}

void Workspace::step_history(std::vector<Undo>& from, std::vector<Undo>& to, bool backwards) {
  const Undo step = std::move(from.back());
  from.pop_back();
  Entry* entry = find(step.recording);
  if (entry && entry->state == EntryState::Ready && step.sleep) {
    step_sleep(*entry, *step.sleep, backwards);
  } else if (entry && entry->state == EntryState::Ready) {
    std::optional<std::size_t> event;
    Decision decision = Decision::None;
    for (const Change& change : step.changes) {
      decision = backwards ? change.before : change.after;
      const auto applied = apply(*entry, change, decision);
      if (!event) event = applied;
    }
    count(*entry);
    make_current(entry->id);
    if (event) select(*entry, *event);
    const auto count = static_cast<std::int64_t>(step.changes.size());
    if (!event)
      say(std::string(word(Word::app_review_decision_hidden)));
    else if (count > 1)
      say(fill(backwards ? Word::app_review_undone_many_status : Word::app_review_redone_many_status,
               {{"events", view::count_words(count, word(Word::app_common_event), word(Word::app_common_events))}}));
    else
      say(fill(backwards ? Word::app_review_undone_status : Word::app_review_redone_status,
               {{"n", std::to_string(*event + 1)}, {"decision", std::string(decision_word(decision))}}));
  }
  to.push_back(step);
}

void Workspace::say(std::string sentence, bool with_undo) {
  status_ = std::move(sentence);
  undo_is_mark_ = false;
  toast_until_s_ = with_undo ? now_s_ + kToast_s : -1.0;
  changed();
}

}  // namespace klono::workspace

// While a recording runs: marks, pauses, the dark screen, the parts of the guided test, and its end.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "workspace/record_flow.hpp"
#include "workspace/record_words.hpp"

namespace klono::workspace {
namespace {

using protocol::recorder::Cue;

constexpr double kRingStep_s = 5.0;   // look/README: the ring moves every 5 s
constexpr double kNightStep_s = 60.0;  // the line moves each minute, against burn-in

std::int64_t steps(double value, double step) { return static_cast<std::int64_t>(std::floor(value / step + 1e-6)); }

/// Until the next whole step, never 0.
double to_next(double value, double step) {
  const double left = (static_cast<double>(steps(value, step)) + 1.0) * step - value;
  return std::max(left, 0.02);
}

}  // namespace

bool RecordFlow::running_command(Words verb, Words value) {
  static constexpr std::string_view kVerbs[] = {"mark", "unmark", "strength", "pause", "resume",
                                                "stop", "dark",   "wake",     "light", "skip-part"};
  if (std::ranges::find(kVerbs, verb) == std::end(kVerbs)) return false;
  if (!recording_) {
    say(text(Word::record_not_recording));
    return true;
  }
  if (verb == "mark") mark();
  if (verb == "unmark") unmark();
  if (verb == "strength") return strength(value);
  if (verb == "pause") pause();
  if (verb == "resume") resume();
  if (verb == "stop") stop();
  if (verb == "dark") darken(Darkness::Black);
  if (verb == "wake" && darkness_ != Darkness::Light) darken(Darkness::Woken);
  if (verb == "light") darken(Darkness::Light);
  if (verb == "skip-part" && guided() && !stopping_) end_part(true);
  return true;
}

// ---- begin and end ------------------------------------------------------------------------

void RecordFlow::start() {
  if (recording_) return say(text(Word::record_already_recording));
  if (!can_start()) return say(text(Word::record_start_waiting));
  recording_ = true;
  stopping_ = confirmed_ = checking_ = false;
  begun_at_s_ = now_s_;
  paused_s_ = 0.0;
  paused_at_s_.reset();
  marks_.clear();
  next_mark_ = 1;
  saved_.reset();
  std::erase(troubles_, protocol::recorder::TroubleKind::RecorderStopped);
  const bool night = !guided() && length_ == PlannedLength::Night;
  running_ = {.id = store_id_of(wall_ms(), offset_min_), .since_unix_ms = wall_ms(), .offset_min = offset_min_};
  running_.store = abilities_.store;
  order(protocol::recorder::RecordBegin{running_.id, history::json_of(context_), planned_s(), night, counts_});
  last_place_ = context_.placement;
  keep_setting("record.last_place", last_place_ ? history::id_of(*last_place_) : std::string());
  step_ = guided() ? RecordStep::Guided : RecordStep::Running;
  shown_ = {};
  say(text(Word::record_begun));
  if (guided()) {
    parts_ = {{Task::Rest, kPart_s}, {Task::ArmsOut, kPart_s}, {Task::Reach, kPart_s}};
    begin_lead(0);
  }
  darkness_ = Darkness::Light;
  if (night) darken(Darkness::Black);
}

void RecordFlow::stop() {
  if (in_part() && !stopping_) order(protocol::recorder::TaskEnd{});
  stopping_ = true;
  order(protocol::recorder::RecordEnd{});
  say(text(Word::record_stopping));
}

void RecordFlow::finish(protocol::recorder::Saved saved) {
  give_up();
  step_ = RecordStep::Saved;
  saved_ = saved;
  saved_news_ = std::move(saved);
  // The sensor is free again; whoever records again asks for it again.
  order(protocol::recorder::CheckEnd{});
  const bool in_memory = running_.store == protocol::recorder::StoreKind::Memory;
  say(text(in_memory                                               ? Word::record_saved_memory
            : guided()                                              ? Word::record_saved_guided
            : context_.activity == history::Activity::Sleeping      ? Word::record_saved_night
                                                                    : Word::record_saved_recording));
}

/// Out of recording, whatever the reason.
void RecordFlow::give_up() {
  if (darkness_ != Darkness::Light) darken(Darkness::Light);
  recording_ = stopping_ = confirmed_ = leading_ = checking_ = false;
  paused_at_s_.reset();
  check_.reset();
  sensor_ = protocol::recorder::SensorState::Idle;
}

// ---- marks and pauses ---------------------------------------------------------------------

void RecordFlow::mark() {
  if (stopping_) return say(text(Word::record_stopping));
  if (darkness_ == Darkness::Woken) woken_until_s_ = now_s_ + kWoken_s;
  const FeltMark mark{next_mark_++, wall_ms(), -1};
  marks_.push_back(mark);
  order(protocol::recorder::Mark{mark.number});
  order(Cue{});
  say(fill(Word::record_marked_at, {{"time", clock_of(mark.at_unix_ms, running_.offset_min, true)}}), true);
}

void RecordFlow::unmark() {
  if (marks_.empty()) return say(text(Word::record_no_mark));
  const FeltMark mark = marks_.back();
  marks_.pop_back();
  order(protocol::recorder::Unmark{mark.number});
  say(fill(Word::record_mark_taken_back, {{"time", clock_of(mark.at_unix_ms, running_.offset_min, true)}}));
}

bool RecordFlow::strength(Words value) {
  int strength = -1;
  if (value != "none") {
    const auto end = std::from_chars(value.data(), value.data() + value.size(), strength);
    if (end.ec != std::errc() || end.ptr != value.data() + value.size() || strength < 0 || strength > 10) return false;
  }
  if (marks_.empty()) {
    say(text(Word::record_no_mark));
    return true;
  }
  marks_.back().strength = strength;
  if (darkness_ == Darkness::Woken) woken_until_s_ = now_s_ + kWoken_s;
  order(protocol::recorder::Strength{marks_.back().number, strength});
  say(strength < 0 ? text(Word::record_strength_cleared)
                   : fill(Word::record_strength_set, {{"n", std::to_string(strength)}}),
      true);
  return true;
}

void RecordFlow::pause() {
  if (paused_at_s_ || stopping_) return;
  paused_at_s_ = now_s_;
  order(protocol::recorder::Pause{});
  say(text(Word::record_paused_said));
}

void RecordFlow::resume() {
  if (!paused_at_s_ || stopping_) return;
  paused_s_ += now_s_ - *paused_at_s_;
  paused_at_s_.reset();
  order(protocol::recorder::Resume{});
  say(text(Word::record_resumed_said));
}

// ---- dark ---------------------------------------------------------------------------------

void RecordFlow::darken(Darkness darkness) {
  const bool was_dark = darkness_ != Darkness::Light;
  const bool dark = darkness != Darkness::Light;
  darkness_ = darkness;
  if (darkness == Darkness::Woken) woken_until_s_ = now_s_ + kWoken_s;
  if (was_dark != dark) order(protocol::recorder::Dark{dark});
}

// ---- the guided test ----------------------------------------------------------------------

void RecordFlow::begin_lead(std::size_t part) {
  part_ = part;
  leading_ = true;
  phase_from_s_ = active_s();
  order(Cue{sounds_, false});
  const Task task = parts_[part_].task;
  say(fill(Word::record_guided_get_ready, {{"what", text(name_word(task))}, {"how", text(do_word(task))}}));
}

void RecordFlow::begin_part() {
  leading_ = false;
  phase_from_s_ = active_s();
  const Task task = parts_[part_].task;
  order(protocol::recorder::TaskBegin{task});
  order(Cue{sounds_, true});
  say(fill(Word::record_guided_begins, {{"what", text(name_word(task))}, {"how", text(do_word(task))}}));
}

void RecordFlow::end_part(bool skipped) {
  if (!leading_) order(protocol::recorder::TaskEnd{});
  parts_[part_].done = !skipped;
  parts_[part_].skipped = skipped;
  if (part_ + 1 < parts_.size()) return begin_lead(part_ + 1);
  // The part is closed already; nothing of it is left for stop() to close.
  leading_ = true;
  order(Cue{sounds_, true});
  stop();
}

void RecordFlow::advance_guided() {
  // One step a call, each from now on: after a stretch in which the page stood still no part is passed over unseen.
  if (leading_ ? in_phase_s() < kGetReady_s : in_phase_s() < parts_[part_].length_s) return;
  if (leading_)
    begin_part();
  else
    end_part(false);
  changed();
}

// ---- time ---------------------------------------------------------------------------------

void RecordFlow::set_now(double monotonic_s) {
  now_s_ = std::max(now_s_, monotonic_s);
  if (!recording_) return;
  if (darkness_ == Darkness::Woken && now_s_ >= woken_until_s_) {
    darken(Darkness::Black);
    changed();
  }
  if (!stopping_ && !paused()) {
    if (guided()) {
      advance_guided();
    } else if (planned_s() > 0.0 && active_s() >= planned_s()) {
      stop();
      changed();
    }
  }
  const Ticks ticks_now = ticks();
  if (ticks_now == shown_) return;
  shown_ = ticks_now;
  changed();
}

void RecordFlow::set_wall(double unix_ms, int offset_min) {
  wall_at_s_ = now_s_;
  wall_unix_ms_ = unix_ms;
  offset_min_ = offset_min;
}

double RecordFlow::wall_ms() const { return wall_unix_ms_ + 1000.0 * (now_s_ - wall_at_s_); }

double RecordFlow::active_s() const { return paused_at_s_.value_or(now_s_) - begun_at_s_ - paused_s_; }
double RecordFlow::in_phase_s() const { return active_s() - phase_from_s_; }

RecordFlow::Ticks RecordFlow::ticks() const {
  Ticks ticks;
  if (darkness_ == Darkness::Light) {
    if (guided())
      ticks.part = steps(in_phase_s(), 1.0);
    else if (planned_s() > 0.0)
      ticks.ring = steps(active_s(), kRingStep_s);
  }
  if (darkness_ == Darkness::Woken) ticks.woken = static_cast<std::int64_t>(std::ceil(woken_left_s() - 1e-6));
  ticks.minute = steps(active_s(), kNightStep_s);
  return ticks;
}

std::optional<double> RecordFlow::next_change_s() const {
  if (!recording_) return std::nullopt;
  double next = std::numeric_limits<double>::infinity();
  const auto at_most = [&](double seconds) { next = std::min(next, std::max(seconds, 0.02)); };
  if (darkness_ == Darkness::Woken) at_most(woken_left_s() - std::ceil(woken_left_s() - 1.0));
  if (!paused() && !stopping_) {
    at_most(to_next(active_s(), kNightStep_s));
    if (guided()) at_most(leading_ ? get_ready_s() : part_left_s());
    if (!guided() && planned_s() > 0.0) at_most(planned_s() - active_s());
    if (darkness_ == Darkness::Light) {
      if (guided()) at_most(to_next(in_phase_s(), 1.0));
      if (!guided() && planned_s() > 0.0) at_most(to_next(active_s(), kRingStep_s));
    }
  }
  return std::isfinite(next) ? std::optional(next) : std::nullopt;
}

// ---- read ---------------------------------------------------------------------------------

bool RecordFlow::recording() const { return recording_; }
bool RecordFlow::stopping() const { return stopping_; }
bool RecordFlow::paused() const { return paused_at_s_.has_value(); }
const protocol::recorder::Running& RecordFlow::running() const { return running_; }
const std::vector<protocol::recorder::TroubleKind>& RecordFlow::troubles() const { return troubles_; }
const std::vector<FeltMark>& RecordFlow::marks() const { return marks_; }
Darkness RecordFlow::darkness() const { return darkness_; }
const std::vector<GuidedPart>& RecordFlow::parts() const { return parts_; }
std::size_t RecordFlow::part() const { return part_; }
const std::optional<protocol::recorder::Saved>& RecordFlow::saved() const { return saved_; }

double RecordFlow::woken_left_s() const {
  return darkness_ == Darkness::Woken ? std::max(0.0, woken_until_s_ - now_s_) : 0.0;
}

std::int64_t RecordFlow::minute() const { return recording_ ? steps(active_s(), kNightStep_s) : 0; }

double RecordFlow::share_done() const {
  if (!recording_) return 0.0;
  if (planned_s() > 0.0) return std::clamp(active_s() / planned_s(), 0.0, 1.0);
  return std::fmod(std::max(0.0, active_s()), 3600.0) / 3600.0;
}

double RecordFlow::left_s() const {
  return recording_ && planned_s() > 0.0 ? std::max(0.0, planned_s() - active_s()) : 0.0;
}

double RecordFlow::part_left_s() const {
  if (part_ >= parts_.size()) return 0.0;
  if (leading_) return parts_[part_].length_s;
  return std::clamp(parts_[part_].length_s - in_phase_s(), 0.0, parts_[part_].length_s);
}

double RecordFlow::get_ready_s() const {
  return recording_ && leading_ && !stopping_ ? std::clamp(kGetReady_s - in_phase_s(), 0.0, kGetReady_s) : 0.0;
}

}  // namespace klono::workspace

// The way to a recording and back from it: places, choices, the signal check, news of the recorder.

#include "workspace/record_flow.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "workspace/record_words.hpp"

namespace klono::workspace {
namespace {

using history::Activity;
using history::ActivityDetail;
using history::Fixing;
using protocol::recorder::SensorState;
using protocol::recorder::Source;

constexpr const char* kContextKey = "record.context";
constexpr const char* kLengthKey = "record.length";
constexpr const char* kSourceKey = "record.source";
constexpr const char* kSoundKey = "record.sound";
constexpr const char* kCountKey = "record.count";
constexpr const char* kLastPlaceKey = "record.last_place";

constexpr std::array kLengths{std::pair{PlannedLength::Ten, "10"}, std::pair{PlannedLength::Twenty, "20"},
                              std::pair{PlannedLength::Forty, "40"}, std::pair{PlannedLength::Night, "night"}};

std::optional<PlannedLength> length_of(std::string_view name) {
  for (const auto& [length, its_name] : kLengths)
    if (name == its_name) return length;
  return std::nullopt;
}

std::optional<bool> on_or_off(std::string_view value) {
  if (value == "on") return true;
  if (value == "off") return false;
  return std::nullopt;
}

}  // namespace

double seconds_of(PlannedLength length) {
  switch (length) {
    case PlannedLength::Ten:
      return 600.0;
    case PlannedLength::Twenty:
      return 1200.0;
    case PlannedLength::Forty:
      return 2400.0;
    case PlannedLength::Night:
      break;
  }
  return 0.0;
}

// ---- commands -----------------------------------------------------------------------------

bool RecordFlow::command(std::string_view words) {
  const std::size_t space = words.find(' ');
  const Words verb = words.substr(0, space);
  const Words value = space == Words::npos ? Words() : words.substr(space + 1);
  const bool understood = setup_command(verb, value) || running_command(verb, value) || saved_command(verb);
  if (understood) changed();
  return understood;
}

bool RecordFlow::setup_command(Words verb, Words value) {
  if (verb == "map" && (value == "front" || value == "back")) {
    back_of_map_ = value == "back";
    return true;
  }
  // Answers belong to the recording to come; what runs, or was just saved, keeps its own.
  const bool answering = step_ == RecordStep::Place || step_ == RecordStep::Activity || step_ == RecordStep::Check;
  static constexpr std::string_view kAnswers[] = {"place", "fix", "activity", "detail", "length", "source", "skip-place"};
  if (!answering && std::ranges::find(kAnswers, verb) != std::end(kAnswers)) {
    say(text(Word::record_already_recording));
    return true;
  }
  if (verb == "place") return choose_place(value);
  if (verb == "fix") return choose_fixing(value);
  if (verb == "activity") return choose_activity(value);
  if (verb == "detail") return choose_detail(value);
  if (verb == "length") return choose_length(value);
  if (verb == "source") return choose_source(value);
  if (verb == "skip-place") {
    context_.placement.reset();
    context_.fixing = Fixing::Unknown;
    remember_context();
    if (step_ == RecordStep::Place) step_ = RecordStep::Activity;
  } else if (verb == "next") {
    next();
  } else if (verb == "back") {
    back();
  } else if (verb == "begin-check") {
    begin_check();
  } else if (verb == "start") {
    start();
  } else if (verb == "count" && on_or_off(value)) {
    counts_ = *on_or_off(value);
    keep_setting(kCountKey, std::string(value));
  } else if (verb == "sound" && on_or_off(value)) {
    sounds_ = *on_or_off(value);
    keep_setting(kSoundKey, std::string(value));
  } else {
    return false;
  }
  return true;
}

bool RecordFlow::choose_place(Words id) {
  const auto placement = history::placement_of(id);
  if (!placement) return false;
  context_.placement = placement;
  const auto fixings = history::fixings_of(placement->place);
  if (std::ranges::find(fixings, context_.fixing) == fixings.end()) context_.fixing = Fixing::Unknown;
  remember_context();
  say(placement_words(*placement));
  return true;
}

bool RecordFlow::choose_fixing(Words name) {
  const auto fixing = history::fixing_of(name);
  if (!fixing) return false;
  // A second tap takes the answer back.
  context_.fixing = context_.fixing == *fixing ? Fixing::Unknown : *fixing;
  remember_context();
  return true;
}

bool RecordFlow::choose_activity(Words name) {
  const auto activity = history::activity_of(name);
  if (!activity) return false;
  context_.activity = *activity;
  const auto details = history::details_of(*activity);
  if (std::ranges::find(details, context_.detail) == details.end()) context_.detail = ActivityDetail::None;
  if (*activity == Activity::Sleeping)
    length_ = PlannedLength::Night;
  else if (length_ == PlannedLength::Night)
    length_ = PlannedLength::Twenty;
  remember_context();
  return true;
}

bool RecordFlow::choose_detail(Words name) {
  const auto detail = history::detail_of(name);
  if (!detail) return false;
  const auto details = history::details_of(context_.activity);
  if (std::ranges::find(details, *detail) == details.end()) return true;
  context_.detail = context_.detail == *detail ? ActivityDetail::None : *detail;
  remember_context();
  return true;
}

bool RecordFlow::choose_length(Words name) {
  const auto length = length_of(name);
  if (!length) return false;
  length_ = *length;
  keep_setting(kLengthKey, std::string(name));
  return true;
}

bool RecordFlow::choose_source(Words name) {
  if (name != "phone" && name != "polar") return false;
  const Source wanted = name == "polar" ? Source::Polar : Source::Phone;
  if (wanted != source_) {
    end_check();
    granted_ = false;
    sensor_ = SensorState::Idle;
  }
  source_ = wanted;
  keep_setting(kSourceKey, std::string(name));
  // The browser opens its chooser only inside this very tap.
  if (step_ == RecordStep::Check) begin_check();
  return true;
}

void RecordFlow::next() {
  if (step_ == RecordStep::Place) {
    if (!context_.placement) return say(text(Word::record_place_none));
    step_ = RecordStep::Activity;
  } else if (step_ == RecordStep::Activity) {
    step_ = RecordStep::Check;
    if (granted_) begin_check();
  }
}

void RecordFlow::back() {
  if (step_ == RecordStep::Activity) step_ = RecordStep::Place;
  if (step_ == RecordStep::Check) {
    end_check();
    step_ = RecordStep::Activity;
  }
}

void RecordFlow::begin_check() {
  if (recording_) return say(text(Word::record_already_recording));
  if (step_ != RecordStep::Check) return;
  if (checking_) order(protocol::recorder::CheckEnd{});
  checking_ = true;
  check_.reset();
  sensor_ = SensorState::Asking;
  order(protocol::recorder::CheckBegin{source_, planned_s()});
}

void RecordFlow::end_check() {
  if (!checking_) return;
  checking_ = false;
  check_.reset();
  sensor_ = SensorState::Idle;
  order(protocol::recorder::CheckEnd{});
}

void RecordFlow::leave() {
  if (recording_ || !checking_) return;
  end_check();
  changed();
}

void RecordFlow::enter() {
  if (recording_ || checking_ || step_ != RecordStep::Check || !granted_) return;
  begin_check();
  changed();
}

bool RecordFlow::saved_command(Words verb) {
  if (verb == "copy") {
    const std::string& id = saved_ ? saved_->id : running_.id;
    if (id.empty() || (!recording_ && !saved_)) {
      say(text(Word::record_nothing_to_copy));
    } else {
      order(protocol::recorder::StoreCopy{id, copy_name_of(running_.since_unix_ms, running_.offset_min, context_)});
      say(text(Word::record_copy_asked));
    }
    return true;
  }
  if (verb != "review" && verb != "done") return false;
  if (step_ == RecordStep::Saved) {
    step_ = RecordStep::Place;
    saved_.reset();
  }
  return true;
}

// ---- news ---------------------------------------------------------------------------------

void RecordFlow::receive(const protocol::recorder::News& news) {
  std::visit([this](const auto& one) { on(one); }, news);
  changed();
}

void RecordFlow::on(const protocol::recorder::Abilities& news) { abilities_ = news; }

void RecordFlow::on(const protocol::recorder::Sensor& news) {
  if (recording_) {
    // Another tab holds the recorder: this recording never began.
    if (news.state == SensorState::BusyElsewhere && !confirmed_) {
      give_up();
      step_ = RecordStep::Check;
      sensor_ = news.state;
      return say(sensor_words(news.state).what);
    }
    sensor_ = news.state;
    return;
  }
  if (!checking_) return;  // the answer to a check that is over
  if (news.state == SensorState::Delivering) granted_ = true;
  const bool other = news.state != sensor_;
  sensor_ = news.state;
  if (news.state != SensorState::Delivering && news.state != SensorState::Silent) check_.reset();
  if (other && !sensor_words(news.state).what.empty()) say(sensor_words(news.state).what);
}

void RecordFlow::on(const protocol::recorder::Check& news) {
  if (!checking_ || recording_) return;
  const bool could_start = can_start();
  check_ = news;
  if (news.rate_hz > 0.0 && (sensor_ == SensorState::Asking || sensor_ == SensorState::Silent)) {
    sensor_ = SensorState::Delivering;
    granted_ = true;
  }
  if (!could_start && can_start()) say(text(Word::record_start_ready));
}

void RecordFlow::on(const protocol::recorder::Running& news) {
  if (!recording_ || news.id != running_.id) return;
  const double since_unix_ms = running_.since_unix_ms;
  const int offset_min = running_.offset_min;
  const bool was_receiving = running_.receiving;
  confirmed_ = true;
  running_ = news;
  if (!(running_.since_unix_ms > 0.0)) {
    running_.since_unix_ms = since_unix_ms;
    running_.offset_min = offset_min;
  }
  if (was_receiving && !news.receiving && !paused()) say(text(Word::record_not_receiving));
}

void RecordFlow::on(const protocol::recorder::Trouble& news) {
  const auto known = std::ranges::find(troubles_, news.trouble);
  if (news.over) {
    if (known != troubles_.end()) troubles_.erase(known);
    return;
  }
  if (known == troubles_.end()) troubles_.push_back(news.trouble);
  say(trouble_words(news.trouble));
  if (news.trouble != protocol::recorder::TroubleKind::RecorderStopped || !recording_) return;
  // No Saved will come; what was written is in the store and opens like any other.
  finish({running_.id, running_.recorded_s, std::max(running_.elapsed_s, now_s_ - begun_at_s_), running_.bytes, {}});
}

void RecordFlow::on(const protocol::recorder::Saved& news) {
  if (!recording_ || news.id != running_.id) return;
  finish(news);
}

// ---- what is remembered --------------------------------------------------------------------

std::vector<std::string> RecordFlow::stored_keys() {
  return {kContextKey, kLengthKey, kSourceKey, kSoundKey, kCountKey, kLastPlaceKey};
}

void RecordFlow::restore(std::string_view key, std::string_view value) {
  if (key == kContextKey) context_ = history::context_from_json(value);
  if (key == kLengthKey) length_ = length_of(value).value_or(length_);
  if (key == kSourceKey) source_ = value == "polar" ? Source::Polar : Source::Phone;
  if (key == kSoundKey) sounds_ = on_or_off(value).value_or(sounds_);
  if (key == kCountKey) counts_ = on_or_off(value).value_or(counts_);
  if (key == kLastPlaceKey) last_place_ = history::placement_of(value);
  changed();
}

void RecordFlow::remember_context() {
  keep_setting(kContextKey, history::json_of(context_));
  keep_setting(kLengthKey, std::ranges::find(kLengths, length_, [](const auto& one) { return one.first; })->second);
}

void RecordFlow::keep_setting(std::string key, std::string value) { kept_.push_back({std::move(key), std::move(value)}); }

void RecordFlow::say(std::string text, bool with_undo) { sentence_ = Sentence{std::move(text), with_undo}; }

// ---- taken, read --------------------------------------------------------------------------

std::vector<protocol::recorder::Order> RecordFlow::take_orders() { return std::exchange(orders_, {}); }
std::optional<RecordFlow::Sentence> RecordFlow::take_sentence() { return std::exchange(sentence_, {}); }
std::vector<RecordFlow::Kept> RecordFlow::take_kept() { return std::exchange(kept_, {}); }
std::optional<protocol::recorder::Saved> RecordFlow::take_saved() { return std::exchange(saved_news_, {}); }

std::uint64_t RecordFlow::revision() const { return revision_; }
RecordStep RecordFlow::step() const { return step_; }
bool RecordFlow::on_back_of_map() const { return back_of_map_; }
const history::RecordingContext& RecordFlow::context() const { return context_; }
PlannedLength RecordFlow::length() const { return length_; }
bool RecordFlow::guided() const { return context_.activity == Activity::GuidedTest; }
Source RecordFlow::source() const { return source_; }
const protocol::recorder::Abilities& RecordFlow::abilities() const { return abilities_; }
const std::optional<protocol::recorder::Check>& RecordFlow::check() const { return check_; }
bool RecordFlow::counts_live() const { return counts_; }
bool RecordFlow::sounds() const { return sounds_; }

bool RecordFlow::same_place_as_last() const { return last_place_ && context_.placement == last_place_; }

double RecordFlow::planned_s() const {
  return guided() ? 3.0 * (kGetReady_s + kPart_s) : seconds_of(length_);
}

SensorState RecordFlow::sensor() const {
  const bool none = source_ == Source::Phone && !abilities_.motion;
  return none && sensor_ == SensorState::Idle ? SensorState::Missing : sensor_;
}

std::vector<CheckLine> RecordFlow::check_lines() const {
  return check_lines_of({context_, length_, planned_s(), source_, abilities_, check_});
}

bool RecordFlow::can_start() const {
  return step_ == RecordStep::Check && !recording_ && sensor_ == SensorState::Delivering && check_ &&
         check_->rate_hz > 0.0 && check_->acceleration;
}

}  // namespace klono::workspace

#include "detection/emg/silence_finder.hpp"

#include <algorithm>
#include <cmath>

namespace klono::detection {
namespace {

constexpr double kBackShare = 0.5;    // of the activity before: the pause is over (chosen: between the two)
constexpr double kAfter_s = 0.1;      // activity that must follow, and at least lie between two pauses (chosen)
constexpr double kSteadyShare = 0.9;  // of the envelope's values above the level (chosen)

double rms_of(const EmgTrack& track, std::int64_t from, std::int64_t until) {
  double square = 0.0;
  for (std::int64_t n = from; n < until; ++n) square += static_cast<double>(track.signal.at(n)) * static_cast<double>(track.signal.at(n));
  return until > from ? std::sqrt(square / static_cast<double>(until - from)) : 0.0;
}

}  // namespace

SilenceFinder::SilenceFinder(const EmgSilenceSettings& settings, double envelope_s, double rate_hz)
    : settings_(settings), rate_hz_(rate_hz), envelope_s_(envelope_s), activity_(std::lround(settings.activity_s * rate_hz)),
      after_(std::lround(kAfter_s * rate_hz)) {}

std::int64_t SilenceFinder::keep_from(std::int64_t at) const { return (paused_ ? begin_ : waiting_ ? waiting_->begin : at) - activity_ - after_; }

bool SilenceFinder::is_steady(const EmgTrack& track, std::int64_t from, std::int64_t until, double level) const {
  std::int64_t above = 0;
  for (std::int64_t n = from; n < until; ++n) above += static_cast<double>(track.envelope.at(n)) > level ? 1 : 0;
  return static_cast<double>(above) >= kSteadyShare * static_cast<double>(until - from);
}

void SilenceFinder::advance(const EmgTrack& track, std::int64_t from, std::int64_t until, std::vector<EmgPause>& found) {
  if (!paused_) {
    // The activity up to now, without the pause before.
    const std::int64_t begin = std::max(from - activity_, last_end_);
    level_ = from - begin >= after_ ? rms_of(track, begin, from) : 0.0;
  }
  for (std::int64_t n = from; n < until; ++n) {
    if (waiting_ && n >= waiting_->end + after_) {
      if (rms_of(track, waiting_->end, n) >= kBackShare * waiting_->before && is_steady(track, waiting_->end, n, settings_.level_share * waiting_->before))
        found.push_back(*waiting_);
      waiting_.reset();
    }
    const double value = static_cast<double>(track.envelope.at(n));
    if (!paused_ && level_ > 0.0 && value < settings_.level_share * level_) begin_pause(track, n);
    else if (paused_ && value >= kBackShare * level_) end_pause(track, n);
    if (paused_ && static_cast<double>(n - begin_) > (settings_.longest_s + envelope_s_) * rate_hz_) {
      paused_ = false;  // the activity has ended
      level_ = 0.0;
      last_end_ = n;
    }
  }
}

void SilenceFinder::begin_pause(const EmgTrack& track, std::int64_t at) {
  const std::int64_t begin = std::max(at - activity_, last_end_);
  const bool long_enough = at - begin >= (last_end_ > at - activity_ && last_end_ > 0 ? after_ : activity_);
  if (!long_enough || !is_steady(track, begin, at, settings_.level_share * level_)) return;
  paused_ = true;
  begin_ = at;
}

void SilenceFinder::end_pause(const EmgTrack& track, std::int64_t at) {
  paused_ = false;
  last_end_ = at;
  // The envelope crosses its level while its window still holds that share (squared) of activity.
  const double window = envelope_s_ * rate_hz_;
  const std::int64_t begin = begin_ - std::lround(window * (0.5 - settings_.level_share * settings_.level_share));
  const std::int64_t end = at + std::lround(window * (0.5 - kBackShare * kBackShare));
  const double duration_s = static_cast<double>(end - begin) / rate_hz_;
  if (duration_s < settings_.shortest_s || duration_s > settings_.longest_s) return;
  const std::int64_t quarter = (end - begin) / 4;
  waiting_ = EmgPause{begin, end, level_, rms_of(track, begin + quarter, end - quarter)};
}

}  // namespace klono::detection

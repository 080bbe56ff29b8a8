#include "detection/emg/emg_stretch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace klono::detection {
namespace {

constexpr std::int64_t kAhead = 40;          // hops of the quiet level that are known before a hop is searched
constexpr std::int64_t kKeepHops = 64;
constexpr double kRestQuantile = 0.1;
constexpr double kRestWindow_s = 60.0;
constexpr std::int64_t kLocal = 10;          // hops on each side that tell steady activity
constexpr double kActivityOverFloor = 2.5;   // chosen: above the off level
constexpr std::int64_t kFloorEvery = 20;     // hops
constexpr double kEdge_s = 0.05;             // a burst this close to an end of the data may be cut by it, and mains is less surely known
constexpr double kKeepTrack_s = 3.0;

float rms(double square) { return static_cast<float>(std::sqrt(square)); }

}  // namespace

EmgMemory::EmgMemory(const EmgSettings& settings)
    : floor(settings.bursts.floor_window_s), teager_floor(settings.bursts.floor_window_s), rest(kRestWindow_s, kRestQuantile) {}

EmgStretch::EmgStretch(const EmgSettings& settings, EmgDetail detail, bool microvolts, double start_s, double rate_hz, EmgMemory& memory,
                       EmgChannelAnalysis& result, Listener listener)
    : settings_(settings), detail_(detail), microvolts_(microvolts), start_s_(start_s), rate_hz_(rate_hz),
      hop_size_(emg_hop(rate_hz)), memory_(memory), result_(result), listener_(std::move(listener)), lead_(settings.signal),
      main_(main_band(settings.conditioning, detail, rate_hz)),
      slow_filter_(slow_kernel(rate_hz)), envelopes_(settings.bursts, rate_hz), finder_(settings.bursts, rate_hz),
      activity_finder_(settings.bursts, rate_hz), judge_(settings, rate_hz, detail, microvolts),
      silences_(settings.silences, settings.bursts.envelope_s, rate_hz), limb_finder_(settings.limb, rate_hz) {
  if (detail != EmgDetail::LimbMovements && microvolts) limb_.emplace(limb_band(settings.conditioning, rate_hz));
}

// ---- readings to signal

void EmgStretch::push(std::span<const float> samples) {
  if (received_ == 0 && !samples.empty()) offset_ = samples.front();
  received_ += static_cast<std::int64_t>(samples.size());
  for (const float value : samples) {
    held_.push_back(value - offset_);
    if (static_cast<std::int64_t>(held_.size()) < hop_size_) continue;
    take_hop(held_);
    held_.clear();
    pump(false);
  }
}

void EmgStretch::take_hop(std::span<const float> readings) {
  readings_.look(readings, hops_.emplace_back());
  ++taken_;
  main_.push(readings);
  slow_filter_.push(readings, slow_);
  if (limb_) limb_->push(readings);
}

void EmgStretch::run_main(bool last) {
  const std::int64_t told = track_.signal.end();
  main_.run(track_.signal, last);
  const std::int64_t known = std::min(track_.signal.end(), received_);  // without what filled up the last hop
  if (listener_ && known > told) listener_(told, track_.signal.part(told, known));
}

void EmgStretch::finish() {
  if (!held_.empty()) take_hop(held_);
  held_.clear();
  main_.end(taken_);
  slow_filter_.finish(slow_);
  // The last hop is filled up with quiet.
  if (const std::int64_t missing = taken_ * hop_size_ - slow_.end(); missing > 0)
    std::ranges::fill(slow_.extend(static_cast<std::size_t>(missing)), 0.0F);
  if (limb_) limb_->end(taken_);
  pump(true);
  finder_.finish(track_, closed_);
  keep_regions(false);
  activity_finder_.finish(track_, closed_);
  keep_regions(true);
  limb_finder_.finish(movements_);
  keep_movements();
  judge_.settle(std::numeric_limits<std::int64_t>::max() / 2, settled_);
  keep_settled();
}

void EmgStretch::pump(bool last) {
  run_main(last);
  if (limb_) limb_->run(limb_signal_, last);
  const std::int64_t ahead = std::max(envelopes_.reach(), std::int64_t{1} + static_cast<std::int64_t>(LimbFinder::kHalfWindow_s * rate_hz_));
  const Samples& limb_signal = limb_ ? limb_signal_ : track_.signal;
  const auto is_known = [&](std::int64_t index) {
    const std::int64_t needed = (index + 1) * hop_size_ + ahead;
    return last ? index < taken_ : track_.signal.end() >= needed && slow_.end() >= needed && limb_signal.end() >= needed;
  };
  while (is_known(measured_)) measure_hop(measured_++);
  while (reasoned_ < measured_ && (last || reasoned_ + LeadWatch::kReach < measured_))
    reasons_.push_back(lead_.reason_of(hops_, reasoned_++ - first_hop_, measured_ - first_hop_));
  while (decided_ < reasoned_ && (last || decided_ + LeadWatch::kMargin < reasoned_)) decide_hop(decided_++);
  while (searched_ < decided_ && (last || searched_ + kAhead < decided_)) search_hop(searched_++);
}

void EmgStretch::measure_hop(std::int64_t index) {
  const std::int64_t from = index * hop_size_;
  const std::int64_t until = from + hop_size_;
  envelopes_.extend(track_, until);
  EmgHop& one = hop(index);
  double teager = 0.0;
  for (std::int64_t n = from; n < until; ++n) {
    const float value = track_.signal.at(n);
    one.square += static_cast<double>(value) * static_cast<double>(value);
    one.peak = std::max(one.peak, std::abs(value));
    one.slow_peak = std::max(one.slow_peak, std::abs(slow_.at(n)));
    teager += static_cast<double>(track_.teager.at(n)) * static_cast<double>(track_.teager.at(n));
  }
  one.square /= static_cast<double>(hop_size_);
  one.teager = rms(teager / static_cast<double>(hop_size_));
  const Hum& hum = main_.hums.front();
  one.hum_square = hum.square;
  ++memory_.hops;
  if (hum.mains_hz > 0.0) ++memory_.hops_with_mains[hum.mains_hz < 55.0 ? 0 : 1];
  main_.hums.pop_front();
  if (limb_) limb_->hums.pop_front();
  slow_.free_before(until);
}

// ---- what can be analysed

void EmgStretch::decide_hop(std::int64_t index) {
  EmgHop& one = hop(index);
  const auto reason_at = [&](std::int64_t h) { return reasons_[static_cast<std::size_t>(h - first_reason_)]; };
  one.reason = reason_at(index);
  for (std::int64_t h = std::max(first_reason_, index - LeadWatch::kMargin); h <= std::min(reasoned_ - 1, index + LeadWatch::kMargin); ++h)
    if (one.reason == EmgReason::None) one.reason = reason_at(h);
  while (first_reason_ < index - LeadWatch::kMargin) {
    reasons_.pop_front();
    ++first_reason_;
  }
  if (one.reason != EmgReason::None) return;
  const EmgHop& before = index > first_hop_ ? hop(index - 1) : one;
  memory_.floor.add(rms(0.5 * (one.square + before.square)));
  memory_.teager_floor.add(rms(0.5 * static_cast<double>(one.teager * one.teager + before.teager * before.teager)));
  if (!limb_) return;
  double square = 0.0;
  for (std::int64_t n = index * hop_size_; n < (index + 1) * hop_size_; ++n)
    square += static_cast<double>(limb_signal_.at(n)) * static_cast<double>(limb_signal_.at(n));
  memory_.rest.add(rms(square / static_cast<double>(hop_size_)));
}

void EmgStretch::mask_hop(std::int64_t index, EmgReason reason) {
  const double begin_s = time_of(index * hop_size_);
  const double end_s = time_of(std::min((index + 1) * hop_size_, received_));
  if (!(end_s > begin_s)) return;
  std::vector<EmgMask>& masks = result_.masks;
  if (!masks.empty() && masks.back().reason == reason && begin_s - masks.back().span.end_s < 1e-6) masks.back().span.end_s = end_s;
  else masks.push_back({{begin_s, end_s}, reason});
}

EmgReason EmgStretch::masked(TimeSpan span) const {
  for (auto mask = result_.masks.rbegin(); mask != result_.masks.rend() && mask->span.end_s > span.begin_s; ++mask)
    if (mask->span.overlaps(span)) return mask->reason;
  return EmgReason::None;
}

// ---- what is in it

void EmgStretch::search_hop(std::int64_t index) {
  const EmgReason reason = hop(index).reason != EmgReason::None ? hop(index).reason
                           : memory_.floor.settled()             ? EmgReason::None
                                                                 : EmgReason::Settling;
  if (reason != EmgReason::None) mask_hop(index, reason);
  else if (index % kFloorEvery == 0) memory_.floors.push_back(memory_.floor.level());
  if (detail_ != EmgDetail::LimbMovements) search_bursts(index);
  if (microvolts_) search_limb(index);
  free_old(index);
}

EmgLevels EmgStretch::levels_of(float floor, float teager_floor) const {
  const EmgBurstSettings& bursts = settings_.bursts;
  const auto smallest = static_cast<float>(microvolts_ ? bursts.smallest_uv : 0.0);
  EmgLevels levels;
  levels.floor = floor;
  levels.teager_floor = teager_floor;
  levels.on = std::max(static_cast<float>(bursts.on_multiple) * floor, smallest);
  levels.on_steady = static_cast<float>(bursts.steady_multiple / bursts.on_multiple) * levels.on;
  levels.off = std::max(static_cast<float>(bursts.off_multiple) * floor, static_cast<float>(bursts.off_multiple / bursts.on_multiple) * smallest);
  levels.open = levels.on > 0.0F && memory_.floor.settled();
  return levels;
}

/// Levels and TKEO levels of these hops, as far as they are known, each sorted.
EmgStretch::Local EmgStretch::local_levels(std::int64_t from, std::int64_t until) const {
  Local local;
  for (std::int64_t h = std::max(first_hop_, from); h < std::min(measured_, until); ++h) {
    local.levels.push_back(rms(hop(h).square));
    local.teager.push_back(hop(h).teager);
  }
  std::ranges::sort(local.levels);
  std::ranges::sort(local.teager);
  return local;
}

/// Levels over steady activity; none where there is no activity.
std::optional<EmgLevels> EmgStretch::activity_levels(const Local& around) const {
  const std::vector<float>& levels = around.levels;
  const float floor = memory_.floor.level();
  if (levels.size() <= static_cast<std::size_t>(kLocal) || !(static_cast<double>(levels[levels.size() / 5]) > kActivityOverFloor * static_cast<double>(floor)))
    return std::nullopt;
  EmgLevels made = levels_of(levels[levels.size() / 2], around.teager[levels.size() / 2]);
  made.on_steady = made.on;  // the sum of many units' potentials is uneven
  return made;
}

/// Never below what most of the second around shows: weak activity is no row of bursts. Nor below most of the half second
/// before: what is left of activity as it ends is no burst.
EmgLevels EmgStretch::quiet_levels(std::int64_t index, const Local& around) const {
  float floor = memory_.floor.level();
  float teager_floor = memory_.teager_floor.level();
  const auto raise = [&](const Local& local, std::size_t place) {
    if (local.levels.size() < static_cast<std::size_t>(kLocal)) return;
    floor = std::max(floor, local.levels[place]);
    teager_floor = std::max(teager_floor, local.teager[place]);
  };
  raise(around, around.levels.size() / 2);
  raise(local_levels(index - kLocal, index), kLocal / 5);
  return levels_of(floor, teager_floor);
}

void EmgStretch::search_bursts(std::int64_t index) {
  const std::int64_t from = index * hop_size_;
  const std::int64_t until = from + hop_size_;
  const Local around = local_levels(index - kLocal, index + kLocal + 1);
  const std::optional<EmgLevels> activity = activity_levels(around);
  in_activity_.push_back(activity.has_value());
  if (static_cast<std::int64_t>(in_activity_.size()) > kKeepHops) in_activity_.pop_front();
  finder_.advance(track_, quiet_levels(index, around), from, until, closed_);
  keep_regions(false);
  if (activity) activity_finder_.advance(track_, *activity, from, until, closed_);
  else activity_finder_.finish(track_, closed_);
  keep_regions(true);
  silences_.advance(track_, from, until, pauses_);
  keep_pauses();
  judge_.settle(until, settled_);
  keep_settled();
}

void EmgStretch::keep_regions(bool on_activity) {
  for (EmgRegion& region : closed_) {
    EmgBurst& burst = region.burst;
    region.end = std::max(region.begin + 1, std::min(region.end, received_));
    burst.onset_s = time_of(region.begin);
    burst.end_s = time_of(region.end);
    burst.duration_s = static_cast<double>(region.end - region.begin) / rate_hz_;
    burst.on_activity = on_activity;
    const double since_begin = static_cast<double>(region.begin);
    const double to_end = static_cast<double>(received_ - region.end);
    burst.reason = masked({burst.onset_s, burst.end_s});
    const std::int64_t hops_back = searched_ - 1 - region.begin / hop_size_;
    const bool began_in_activity = hops_back >= 0 && hops_back < static_cast<std::int64_t>(in_activity_.size()) &&
                                   in_activity_[in_activity_.size() - 1 - static_cast<std::size_t>(hops_back)];
    if (burst.reason != EmgReason::None) {
      // keeps the reason of the mask
    } else if (since_begin < kEdge_s * rate_hz_ || to_end < kEdge_s * rate_hz_) {
      burst.reason = EmgReason::EdgeOfData;
    } else if (!on_activity && began_in_activity && burst.duration_s <= settings_.bursts.longest_s) {
      burst.reason = EmgReason::WithinActivity;
    }
    judge_.add(std::move(region));
  }
  closed_.clear();
}

void EmgStretch::keep_pauses() {
  for (const EmgPause& pause : pauses_) {
    const EmgSilence silence{time_of(pause.begin), time_of(pause.end), static_cast<double>(pause.end - pause.begin) / rate_hz_, pause.before, pause.within};
    if (microvolts_ && silence.before_uv < settings_.silences.activity_least_uv) continue;
    if (masked({silence.onset_s - settings_.silences.activity_s, silence.end_s}) == EmgReason::None) result_.silences.push_back(silence);
  }
  pauses_.clear();
}

void EmgStretch::search_limb(std::int64_t index) {
  if (!memory_.floor.settled()) return;
  const float rest = limb_ ? memory_.rest.level() : memory_.floor.level();
  limb_finder_.advance(limb_ ? limb_signal_ : track_.signal, rest, index * hop_size_, (index + 1) * hop_size_, movements_);
  keep_movements();
}

void EmgStretch::keep_movements() {
  for (const LimbFinder::Movement& found : movements_) {
    const EmgLimbMovement movement{time_of(found.begin), time_of(found.end), static_cast<double>(found.end - found.begin) / rate_hz_,
                                   static_cast<double>(found.peak), static_cast<double>(found.rest), false};
    if (masked({movement.onset_s, movement.end_s}) != EmgReason::None) continue;
    if (movement.duration_s > settings_.limb.longest_s) result_.longer_activity.push_back({movement.onset_s, movement.end_s});
    else result_.limb_movements.push_back(movement);
  }
  movements_.clear();
}

void EmgStretch::keep_settled() {
  for (EmgRegion& region : settled_) (region.burst.reason == EmgReason::None ? result_.bursts : result_.not_counted).push_back(region.burst);
  settled_.clear();
}

void EmgStretch::free_old(std::int64_t index) {
  // Long regions have settled their onset (burst_finder.cpp); what they still need is at the newest end.
  const std::int64_t until = (index + 1) * hop_size_;
  track_.free_before(std::max<std::int64_t>(0, std::min(until - static_cast<std::int64_t>(kKeepTrack_s * rate_hz_), silences_.keep_from(until))));
  limb_signal_.free_before(std::max<std::int64_t>(0, until - static_cast<std::int64_t>(kKeepTrack_s * rate_hz_)));
  while (first_hop_ < index - kKeepHops) {
    hops_.pop_front();
    ++first_hop_;
  }
}

}  // namespace klono::detection

#include "detection/stillness.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace klono::detection {
namespace {

constexpr double kLevel_s = 0.25;
constexpr double kActivityShare = 1.5;      // of the smallest peak: what counts as moving (chosen)
constexpr double kActivityFloors = 4.0;     // of the slow floor where no absolute level is set
constexpr double kTremorFloors = 1.5;       // of the slow floor
constexpr double kTremorShare = 0.25;       // of the smallest peak: weaker oscillation hides nothing
constexpr double kSteady = 0.45;            // a jerk's window is far below, a sine's above 0.8
constexpr int kTremorLooks = 4;             // two windows of 3 s, half a second apart at least (chosen)
constexpr double kWalkingShare = 4.0;       // of the smallest peak; walking: median 157 mg (METHODS.md 10)
constexpr double kWalkingLow_hz = 0.8;
constexpr double kWalkingHigh_hz = 3.4;
constexpr int kWalkingLooks = 4;
constexpr double kHeard_hz = 50.0;          // more frames a second say nothing more of tremor or steps (chosen) …
constexpr double kHeardAbove = 2.5;         // … unless this multiple of the highest movement is more
constexpr double kBusy = 0.75;
constexpr double kBusyShare = 0.25;
constexpr std::size_t kBusyLooks = 5;       // 3 s windows over 2 more seconds: a series of eight passes

int transform_length(double samples) {
  int length = 64;
  while (length < samples) length *= 2;
  return length;
}

std::int64_t heard_stride(double rate_hz, double top_hz) {
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(rate_hz / std::max(kHeard_hz, kHeardAbove * top_hz)));
}

}  // namespace

Stillness::Stillness(const DetectorSettings& settings, double rate_hz, Witness witness)
    : settings_(settings),
      witness_(witness),
      stride_(heard_stride(rate_hz, settings.conditioning.band_high_hz)),
      heard_hz_(rate_hz / static_cast<double>(stride_)),
      spectrum_(transform_length(kWindow_s * heard_hz_)),
      power_(static_cast<std::size_t>(spectrum_.length() / 2 + 1)) {}

Stillness::Look Stillness::measure(const Track& track, double activity_g, std::int64_t end) {
  const std::int64_t begin = end - track.frames(kWindow_s);
  const std::int64_t level_frames = track.frames(kLevel_s);
  Look look;
  double total = 0.0;
  hear(track, begin, end, level_frames);
  for (const double squares : squares_) total += squares;
  look.rms_g = std::sqrt(total / static_cast<double>(squares_.size() * static_cast<std::size_t>(level_frames)));
  // Between the strokes of a series the level falls far below their peaks; in movement it does not.
  const double largest = *std::max_element(levels_.begin(), levels_.end());
  const double busy_above = std::max(activity_g, kBusyShare * largest);
  look.busy = static_cast<double>(std::count_if(levels_.begin(), levels_.end(), [&](double level) { return level > busy_above; })) / static_cast<double>(levels_.size());
  look.largest = largest;
  return look;
}

double Stillness::steadiness(const Look& look) {
  if (!(look.largest > 0.0)) return 0.0;
  sorted_ = levels_;
  const auto middle = sorted_.begin() + static_cast<std::ptrdiff_t>(sorted_.size() / 2);
  std::nth_element(sorted_.begin(), middle, sorted_.end());
  return *middle / look.largest;
}

/// Sums of squares of the pieces of [begin, end); those that the last look heard are kept.
void Stillness::hear(const Track& track, std::int64_t begin, std::int64_t end, std::int64_t piece) {
  const std::int64_t kept_from = squares_end_ - static_cast<std::int64_t>(squares_.size()) * piece;
  const bool overlaps = !squares_.empty() && begin >= kept_from && begin <= squares_end_ && (begin - kept_from) % piece == 0;
  const std::int64_t passed = overlaps ? (begin - kept_from) / piece : static_cast<std::int64_t>(squares_.size());
  squares_.erase(squares_.begin(), squares_.begin() + passed);
  levels_.erase(levels_.begin(), levels_.begin() + passed);
  for (std::int64_t at = begin + static_cast<std::int64_t>(squares_.size()) * piece; at + piece <= end; at += piece) {
    double squares = 0.0;
    for (std::int64_t i = at; i < at + piece; ++i) squares += static_cast<double>(track.magnitude_at(i, witness_)) * static_cast<double>(track.magnitude_at(i, witness_));
    squares_.push_back(squares);
    levels_.push_back(std::sqrt(squares / static_cast<double>(piece)));
  }
  squares_end_ = begin + static_cast<std::int64_t>(squares_.size()) * piece;
}

void Stillness::listen(const Track& track, std::int64_t end, Look& look) {
  const std::int64_t begin = end - track.frames(kWindow_s);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::span<const float> all = track.span_of(axis, begin, end, witness_);
    heard_[axis].clear();
    for (std::size_t i = 0; i < all.size(); i += static_cast<std::size_t>(stride_)) heard_[axis].push_back(all[i]);
  }
  std::fill(power_.begin(), power_.end(), 0.0F);
  spectrum_.add_power(std::array<std::span<const float>, 3>{heard_[0], heard_[1], heard_[2]}, true, power_);
  look.peak_hz = dsp::peak_frequency(power_, heard_hz_, 0.6, 0.45 * heard_hz_);
  look.narrowness = dsp::narrowness(power_, heard_hz_, look.peak_hz);
}

void Stillness::look(const Track& track, const NoiseFloor& floor, std::int64_t end, MaskList& masks) {
  if (end - track.frames(kWindow_s) < track.first) return;
  if (!track.knows_all(end - track.frames(kWindow_s), end, witness_)) {
    finish(track, masks);
    tremor_looks_ = walking_looks_ = 0;
    busy_looks_.clear();
    return;
  }
  const double smallest = settings_.candidates.smallest_peak_g;
  const double activity = smallest > 0.0 ? kActivityShare * smallest : kActivityFloors * static_cast<double>(floor.slow_level());
  Look seen = measure(track, activity, end);
  const RejectionSettings& rules = settings_.rejection;
  const bool strong = seen.rms_g > kTremorShare * smallest && floor.slow_level_below(seen.rms_g, kTremorFloors);
  const bool driven = seen.rms_g > kWalkingShare * smallest && seen.busy >= kBusy;
  const bool sustained = (strong || driven) && steadiness(seen) >= kSteady;
  if (sustained) listen(track, end, seen);  // most of a recording is quiet, and a spectrum dear
  const bool tremor = sustained && strong && seen.narrowness >= rules.tremor_narrowness && seen.peak_hz >= rules.tremor_low_hz &&
                      seen.peak_hz <= rules.tremor_high_hz;
  const bool walking = sustained && driven && seen.peak_hz >= kWalkingLow_hz &&
                       seen.peak_hz <= kWalkingHigh_hz;
  tremor_looks_ = tremor ? tremor_looks_ + 1 : 0;
  walking_looks_ = walking ? walking_looks_ + 1 : 0;
  busy_looks_.push_back(seen.busy >= kBusy);
  if (busy_looks_.size() > kBusyLooks) busy_looks_.pop_front();
  const bool busy = busy_looks_.size() == kBusyLooks && std::all_of(busy_looks_.begin(), busy_looks_.end(), [](bool one) { return one; });

  Reason reason = Reason::None;
  int looks = 0;
  if (tremor_looks_ >= kTremorLooks) {
    reason = Reason::Tremor;
    looks = kTremorLooks;
  } else if (walking_looks_ >= kWalkingLooks) {
    reason = Reason::Walking;
    looks = kWalkingLooks;
  } else if (busy) {
    reason = Reason::BodyMovement;
    looks = static_cast<int>(kBusyLooks);
  }
  if (reason == Reason::None) {
    extend(track, end, masks);
    return;
  }
  const std::int64_t begin = end - track.frames(kWindow_s) - (looks - 1) * track.frames(kLook_s);
  if (open_ != reason) {
    // A change of gait or grip inside one stretch: the later name wins only for what follows.
    const std::int64_t from = open_ == Reason::None ? begin : open_end_;
    if (open_ != Reason::None) masks.add({track.time_of(open_begin_), track.time_of(open_end_)}, open_);
    open_begin_ = std::max<std::int64_t>(0, from);
    open_ = reason;
  }
  open_end_ = end;
  masks.add({track.time_of(open_begin_), track.time_of(open_end_)}, open_);
}

void Stillness::extend(const Track& track, std::int64_t end, MaskList& masks) {
  if (open_ == Reason::None) return;
  // Two seconds of something else end a stretch, and its margins are laid.
  if (end - open_end_ < track.frames(2.0)) return;
  finish(track, masks);
}

void Stillness::finish(const Track& track, MaskList& masks) {
  if (open_ == Reason::None) return;
  const double length = static_cast<double>(open_end_ - open_begin_) / track.rate_hz;
  const bool body = open_ == Reason::BodyMovement && length >= settings_.rejection.body_movement_s;
  const double margin = body ? settings_.rejection.body_margin_s : 1.0;
  masks.add({std::max(track.start_s, track.time_of(open_begin_) - margin), track.time_of(open_end_) + margin}, open_);
  open_ = Reason::None;
}

}  // namespace klono::detection

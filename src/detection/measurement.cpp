#include "detection/measurement.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace klono::detection {
namespace {

constexpr double kOnsetShare = 0.10;   // design, "Terms in figures"
constexpr double kLengthShare = 0.20;  // METHODS.md 10, A
constexpr double kNoiseFloors = 2.0;   // a level inside the noise would run away
constexpr double kBridge_s = 0.08;     // |a| of a swinging limb passes zero twice a period
constexpr double kBackAtMost_s = 0.30;
constexpr double kTiltNear_s = 0.2;
constexpr double kTiltFar_s = 0.7;
constexpr double kSpectrum_s = 0.64;

/// Mean of the recorded values over frames [begin, end); zeros where there are none.
std::array<double, 3> mean_recorded(const Track& track, std::int64_t begin, std::int64_t end) {
  std::array<double, 3> mean{};
  begin = std::max(begin, track.first);
  end = std::min(end, track.size());
  if (end <= begin) return mean;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (std::int64_t i = begin; i < end; ++i) mean[axis] += static_cast<double>(track.recorded[axis][static_cast<std::size_t>(i - track.first)]);
    mean[axis] /= static_cast<double>(end - begin);
  }
  return mean;
}

/// From `from` in direction `step`, the last frame above `level` before it stays below for `bridge` frames.
std::int64_t reach_above(const Track& track, Witness witness, std::int64_t from, std::int64_t limit, int step, double level, std::int64_t bridge) {
  std::int64_t last = from;
  for (std::int64_t i = from; i != limit; i += step) {
    if (static_cast<double>(track.magnitude_at(i, witness)) > level) last = i;
    else if (std::abs(i - last) > bridge) break;
  }
  return last;
}

/// Where between two frames |a| crosses `level`, as a fraction of a frame after `below`.
double crossing(const Track& track, Witness witness, std::int64_t below, std::int64_t above, double level) {
  if (!track.holds(below)) return static_cast<double>(above);
  const auto a = static_cast<double>(track.magnitude_at(below, witness));
  const auto b = static_cast<double>(track.magnitude_at(above, witness));
  const double share = b > a ? std::clamp((level - a) / (b - a), 0.0, 1.0) : 1.0;
  return static_cast<double>(below) + share * static_cast<double>(above - below);
}

/// Time from the onset to 90 % of the first lobe that reaches half of the peak: later lobes of a swinging limb are
/// not its rise.
double rise_frames(const Track& track, Witness witness, double onset, std::int64_t peak, double peak_g) {
  std::int64_t lobe = static_cast<std::int64_t>(onset) + 1;
  while (lobe < peak && static_cast<double>(track.magnitude_at(lobe, witness)) < 0.5 * peak_g) ++lobe;
  while (lobe < peak && track.magnitude_at(lobe + 1, witness) > track.magnitude_at(lobe, witness)) ++lobe;
  const double level = 0.9 * static_cast<double>(track.magnitude_at(lobe, witness));
  std::int64_t at = static_cast<std::int64_t>(onset) + 1;
  while (at < lobe && static_cast<double>(track.magnitude_at(at, witness)) < level) ++at;
  return std::max(0.0, crossing(track, witness, at - 1, at, level) - onset);
}

/// Gravity before and after the frames first to last.
void look_around(const Track& track, std::int64_t first, std::int64_t last, Measured& result) {
  result.gravity_before = mean_recorded(track, first - track.frames(kTiltFar_s), first - track.frames(kTiltNear_s));
  result.gravity_after = mean_recorded(track, last + track.frames(kTiltNear_s), last + track.frames(kTiltFar_s));
  result.event.tilt_change_deg = angle_deg(result.gravity_before, result.gravity_after);
  result.whole_neighbourhood = first - track.frames(kTiltFar_s) >= 0 && last + track.frames(kTiltFar_s) <= track.size();
}

}  // namespace

double angle_deg(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  const double lengths = std::hypot(a[0], a[1], a[2]) * std::hypot(b[0], b[1], b[2]);
  if (!(lengths > 1e-12)) return 0.0;
  const double cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / lengths;
  return std::acos(std::clamp(cosine, -1.0, 1.0)) * 180.0 / std::numbers::pi;
}

Measurer::Measurer(const CandidateSettings& settings, double rate_hz) : settings_(settings), spectrum_(rate_hz > 75.0 ? 256 : 128) {}

void Measurer::tell_frequency(const Track& track, Witness witness, std::int64_t begin, std::int64_t end, Measured& result) {
  std::vector<float> power(static_cast<std::size_t>(spectrum_.length() / 2 + 1), 0.0F);
  begin = std::max(begin, track.first);
  end = std::min({end, track.size(), begin + static_cast<std::int64_t>(spectrum_.length())});
  if (end - begin < 4) return;
  spectrum_.add_power(std::array{track.span_of(0, begin, end, witness), track.span_of(1, begin, end, witness), track.span_of(2, begin, end, witness)}, false, power);
  result.event.dominant_hz = dsp::peak_frequency(power, track.rate_hz, 0.8, 0.45 * track.rate_hz);
  result.narrowness = dsp::narrowness(power, track.rate_hz, result.event.dominant_hz);
}

/// How large acceleration was. Where the gyroscope alone shows the event, what acceleration shows if that is above its
/// noise; else the swing, which is the most that a limb can make of this rotation, and no more than the level of
/// acceleration, which was not reached.
double Measurer::peak_g_of(const Track& track, const Candidate& stroke, std::int64_t peak) const {
  if (stroke.witness() == Witness::Acceleration) return static_cast<double>(track.magnitude_at(peak));
  const double off = stroke.off_level(settings_);
  if (static_cast<double>(stroke.peak_g) >= off) return static_cast<double>(stroke.peak_g);
  return std::min(static_cast<double>(track.magnitude_at(peak, Witness::Rotation)), off);
}

/// Weak events have the figures of the form that fits best: their own edges lie in the noise.
Measured Measurer::measure_pick(const Track& track, const Candidate& candidate) const {
  const JerkFit& fit = candidate.pick->fit;
  Measured result;
  result.candidate = candidate;
  Event& event = result.event;
  event.onset_s = track.start_s + fit.onset / track.rate_hz;
  event.peak_s = track.start_s + fit.peak / track.rate_hz;
  event.end_s = track.start_s + fit.end / track.rate_hz;
  event.duration_s = fit.length / track.rate_hz;
  event.peak_g = fit.peak_g;
  event.rise_s = fit.rise / track.rate_hz;
  event.dominant_hz = fit.limb_hz;
  event.direction = fit.direction;
  event.floor_g = static_cast<double>(candidate.floor_g);
  event.above_floor = event.floor_g > 0.0 ? event.peak_g / event.floor_g : 0.0;
  look_around(track, static_cast<std::int64_t>(fit.onset), static_cast<std::int64_t>(fit.end), result);
  return result;
}

Measured Measurer::measure(const Track& track, const Candidate& candidate) {
  if (candidate.pick) return measure_pick(track, candidate);
  Measured result;
  result.candidate = candidate;
  Event& event = result.event;
  const Witness witness = candidate.witness();
  std::int64_t peak = candidate.begin;
  for (std::int64_t i = candidate.begin; i < candidate.end; ++i)
    if (track.magnitude_at(i, witness) > track.magnitude_at(peak, witness)) peak = i;
  const auto height = static_cast<double>(track.magnitude_at(peak, witness));
  const auto floor = static_cast<double>(witness == Witness::Acceleration ? candidate.floor_g : candidate.swing_floor_g);
  const double noise = kNoiseFloors * floor;
  const double onset_level = std::min(std::max(kOnsetShare * height, noise), 0.5 * height);
  const double length_level = std::min(std::max(kLengthShare * height, noise), 0.5 * height);
  const std::int64_t bridge = track.frames(kBridge_s);
  const std::int64_t before = candidate.cut_before ? 0 : track.frames(kBackAtMost_s);
  const std::int64_t after = candidate.cut_after ? 0 : track.frames(kBackAtMost_s);
  const std::int64_t earliest = std::max(track.first, candidate.begin - before) - 1;
  const std::int64_t latest = std::min(track.size(), candidate.end + after);
  const std::int64_t first = reach_above(track, witness, peak, earliest, -1, onset_level, bridge);
  const std::int64_t begin = reach_above(track, witness, peak, std::max(first - 1, earliest), -1, length_level, 2 * bridge);
  const std::int64_t last = reach_above(track, witness, peak, latest, 1, length_level, 2 * bridge);
  const double onset = crossing(track, witness, first - 1, first, onset_level);
  event.onset_s = track.start_s + onset / track.rate_hz;
  event.peak_s = track.time_of(peak);
  event.peak_g = peak_g_of(track, candidate, peak);
  event.end_s = track.time_of(last + 1);
  event.duration_s = static_cast<double>(last + 1 - begin) / track.rate_hz;
  event.rise_s = rise_frames(track, witness, onset, peak, height) / track.rate_hz;
  const std::array<float, 3> at_peak = track.movement_at(peak);
  const auto length = static_cast<double>(track.magnitude_at(peak));
  for (std::size_t axis = 0; axis < 3; ++axis) event.direction[axis] = length > 0.0 ? static_cast<double>(at_peak[axis]) / length : 0.0;
  event.floor_g = static_cast<double>(candidate.floor_g);
  event.above_floor = floor > 0.0 ? height / floor : 0.0;
  // Rounding bends the shape of acceleration; where the gyroscope saw it too, it tells how fast it swings.
  const Witness clearer = candidate.strong(Witness::Rotation) ? Witness::Rotation : witness;
  tell_frequency(track, clearer, first, std::max(last + 1, first + track.frames(kSpectrum_s)), result);
  look_around(track, first, last, result);
  return result;
}

}  // namespace klono::detection

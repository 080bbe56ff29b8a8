#include "detection/candidates.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace klono::detection {
namespace {

constexpr double kPatience_s = 0.12;      // bridges the zero crossings of a limb that swings at 3 Hz
constexpr double kLeastOffFloors = 2.0;   // the off level never dips into the noise
constexpr double kSmoothing_s = 0.12;     // of the envelope that is cut into strokes
constexpr double kStrokeApart_s = 0.25;
constexpr float kValley = 0.40F;          // of the lower of two peaks (chosen)

double off_level_of(const CandidateSettings& settings, double on_level, double floor) {
  return std::max(settings.off_fraction * on_level, kLeastOffFloors * floor);
}

float largest(const Track& track, std::int64_t begin, std::int64_t end, Witness witness) {
  float peak = 0.0F;
  for (std::int64_t i = begin; i < end; ++i) peak = std::max(peak, track.magnitude_at(i, witness));
  return peak;
}

}  // namespace

Witness Candidate::witness() const {
  if (strong(Witness::Acceleration) || !(swing_on_g > 0.0F)) return Witness::Acceleration;
  return swing_peak_g * on_level_g > peak_g * swing_on_g ? Witness::Rotation : Witness::Acceleration;
}

double Candidate::off_level(const CandidateSettings& settings) const {
  return off_level_of(settings, static_cast<double>(on_level_g), static_cast<double>(floor_g));
}

CandidateFinder::CandidateFinder(const DetectorSettings& settings, double rate_hz)
    : settings_(settings), half_(std::max<std::int64_t>(1, std::llround(0.5 * settings.candidates.envelope_s * rate_hz))),
      patience_(std::llround(kPatience_s * rate_hz)), longest_(std::llround(settings.rejection.body_movement_s * rate_hz)) {}

double CandidateFinder::on_level(const NoiseFloor& floor) const {
  const SensitivityFactors factors = factors_of(settings_.sensitivity);
  return std::max(factors.floor_multiple * settings_.candidates.floor_multiple * static_cast<double>(floor.level()),
                  factors.smallest_peak * settings_.candidates.smallest_peak_g);
}

std::int64_t CandidateFinder::quiet_frames(const Track& track, const NoiseFloor& floor, std::int64_t from, std::int64_t count) const {
  if (!floor.settled()) return count;
  // An rms is nowhere above its largest value, but for the last digit.
  const auto loud = static_cast<float>(0.9999 * off_level_of(settings_.candidates, on_level(floor), static_cast<double>(floor.level())));
  const std::int64_t begin = std::max(track.first, from - half_);
  const std::int64_t end = std::min(track.size(), from + count + half_);
  std::int64_t at = begin;
  while (at < end && track.magnitude_at(at) < loud) ++at;
  return at == end ? count : std::clamp<std::int64_t>(at - half_ - from, 0, count);
}

float CandidateFinder::envelope(const Track& track, std::int64_t frame, Witness witness) const {
  const std::int64_t begin = std::max(track.first, frame - half_);
  const std::int64_t end = std::min(track.size(), frame + half_ + 1);
  float squares = 0.0F;
  for (std::int64_t i = begin; i < end; ++i) squares += track.magnitude_at(i, witness) * track.magnitude_at(i, witness);
  return std::sqrt(squares / static_cast<float>(end - begin));
}

bool CandidateFinder::reached(const Track& track, std::int64_t frame, Witness witness, double off) const {
  const float level = envelope(track, frame, witness);
  return static_cast<double>(level) >= off && level != 0.0F;
}

std::optional<Candidate> CandidateFinder::advance(const Track& track, const NoiseFloor& floor, const NoiseFloor* swing_floor, std::int64_t frame) {
  const bool swing_known = swing_floor != nullptr && track.knows(frame, Witness::Rotation) && swing_floor->settled();
  if (!open_) {
    if (floor.settled()) open(track, floor, swing_known ? swing_floor : nullptr, frame);  // without a floor there is no level to cross
    return std::nullopt;
  }
  current_.peak_g = std::max(current_.peak_g, track.magnitude_at(frame));
  bool above = static_cast<double>(envelope(track, frame, Witness::Acceleration)) >= current_.off_level(settings_.candidates);
  if (swing_known && current_.swing_on_g > 0.0F) {
    current_.swing_peak_g = std::max(current_.swing_peak_g, track.magnitude_at(frame, Witness::Rotation));
    const double off = off_level_of(settings_.candidates, static_cast<double>(current_.swing_on_g), static_cast<double>(current_.swing_floor_g));
    above = above || reached(track, frame, Witness::Rotation, off);
  }
  if (above) last_above_ = frame;
  if (frame - current_.begin > longest_) current_.too_long = true;
  if (frame - last_above_ < patience_) return std::nullopt;
  return finish(last_above_ + 1);
}

void CandidateFinder::open(const Track& track, const NoiseFloor& floor, const NoiseFloor* swing_floor, std::int64_t frame) {
  const double on = on_level(floor);
  const double swing_on = swing_floor != nullptr ? on_level(*swing_floor) : 0.0;
  const auto off = [&](double level, const NoiseFloor& its) { return off_level_of(settings_.candidates, level, static_cast<double>(its.level())); };
  open_ = reached(track, frame, Witness::Acceleration, off(on, floor)) ||
          (swing_floor != nullptr && reached(track, frame, Witness::Rotation, off(swing_on, *swing_floor)));
  if (!open_) return;
  current_ = {};
  current_.begin = frame;
  current_.end = frame + 1;
  current_.on_level_g = static_cast<float>(on);
  current_.floor_g = floor.level();
  current_.peak_g = track.magnitude_at(frame);
  if (swing_floor != nullptr) {
    current_.swing_on_g = static_cast<float>(swing_on);
    current_.swing_floor_g = swing_floor->level();
    current_.swing_peak_g = track.magnitude_at(frame, Witness::Rotation);
  }
  last_above_ = frame;
}

std::optional<Candidate> CandidateFinder::finish(std::int64_t end) {
  if (!open_) return std::nullopt;
  open_ = false;
  current_.end = std::max(current_.begin + 1, std::min(end, last_above_ + 1));
  return current_;
}

std::vector<Candidate> strokes_of(const Track& track, const Candidate& candidate) {
  const std::int64_t half = std::max<std::int64_t>(1, track.frames(kSmoothing_s) / 2);
  const Witness witness = candidate.witness();
  std::vector<float> smooth;
  for (std::int64_t frame = candidate.begin; frame < candidate.end; ++frame) {
    float squares = 0.0F;
    float count = 0.0F;
    for (std::int64_t i = std::max(track.first, frame - half); i <= std::min(track.size() - 1, frame + half); ++i) {
      squares += track.magnitude_at(i, witness) * track.magnitude_at(i, witness);
      count += 1.0F;
    }
    smooth.push_back(std::sqrt(squares / count));
  }
  std::vector<std::int64_t> cuts;
  std::size_t peak = 0;
  std::size_t valley = 0;
  for (std::size_t i = 1; i < smooth.size(); ++i) {
    if (valley > peak && smooth[i] < smooth[valley]) valley = i;
    if (valley <= peak) {
      if (smooth[i] >= smooth[peak]) peak = i;
      else valley = i;
      continue;
    }
    const bool rose = smooth[i] * kValley > smooth[valley] && smooth[valley] < kValley * smooth[peak];
    const bool apart = static_cast<std::int64_t>(i - peak) >= track.frames(kStrokeApart_s);
    if (rose && apart) {
      cuts.push_back(candidate.begin + static_cast<std::int64_t>(valley));
      peak = i;
      valley = i;
    } else if (smooth[i] >= smooth[peak]) {
      peak = i;
      valley = i;
    }
  }
  std::vector<Candidate> strokes;
  std::int64_t begin = candidate.begin;
  cuts.push_back(candidate.end);
  for (const std::int64_t cut : cuts) {
    Candidate stroke = candidate;
    stroke.begin = begin;
    stroke.end = cut;
    stroke.cut_before = begin > candidate.begin;
    stroke.cut_after = cut < candidate.end;
    stroke.peak_g = largest(track, begin, cut, Witness::Acceleration);
    if (candidate.swing_on_g > 0.0F) stroke.swing_peak_g = largest(track, begin, cut, Witness::Rotation);
    strokes.push_back(stroke);
    begin = cut;
  }
  return strokes;
}

}  // namespace klono::detection

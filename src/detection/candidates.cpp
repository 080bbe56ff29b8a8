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

}  // namespace

CandidateFinder::CandidateFinder(const DetectorSettings& settings, double rate_hz)
    : settings_(settings), half_(std::max<std::int64_t>(1, std::llround(0.5 * settings.candidates.envelope_s * rate_hz))),
      patience_(std::llround(kPatience_s * rate_hz)), longest_(std::llround(settings.rejection.body_movement_s * rate_hz)) {}

double CandidateFinder::on_level(const NoiseFloor& floor) const {
  const SensitivityFactors factors = factors_of(settings_.sensitivity);
  return std::max(factors.floor_multiple * settings_.candidates.floor_multiple * static_cast<double>(floor.level()),
                  factors.smallest_peak * settings_.candidates.smallest_peak_g);
}

float CandidateFinder::envelope(const Track& track, std::int64_t frame) const {
  const std::int64_t begin = std::max(track.first, frame - half_);
  const std::int64_t end = std::min(track.size(), frame + half_ + 1);
  float squares = 0.0F;
  for (std::int64_t i = begin; i < end; ++i) squares += track.magnitude_at(i) * track.magnitude_at(i);
  return std::sqrt(squares / static_cast<float>(end - begin));
}

std::optional<Candidate> CandidateFinder::advance(const Track& track, const NoiseFloor& floor, std::int64_t frame) {
  const float level = envelope(track, frame);
  if (!open_) {
    if (!floor.settled()) return std::nullopt;  // without a floor there is no level to cross
    const double on = on_level(floor);
    const double off = std::max(settings_.candidates.off_fraction * on, kLeastOffFloors * static_cast<double>(floor.level()));
    if (!(static_cast<double>(level) >= off) || level == 0.0F) return std::nullopt;
    open_ = true;
    current_ = {frame, frame + 1, static_cast<float>(on), floor.level(), track.magnitude_at(frame)};
    last_above_ = frame;
    return std::nullopt;
  }
  current_.peak_g = std::max(current_.peak_g, track.magnitude_at(frame));
  const double off = std::max(settings_.candidates.off_fraction * static_cast<double>(current_.on_level_g), kLeastOffFloors * static_cast<double>(current_.floor_g));
  if (static_cast<double>(level) >= off) last_above_ = frame;
  if (frame - current_.begin > longest_) current_.too_long = true;
  if (frame - last_above_ < patience_) return std::nullopt;
  return finish(last_above_ + 1);
}

std::optional<Candidate> CandidateFinder::finish(std::int64_t end) {
  if (!open_) return std::nullopt;
  open_ = false;
  current_.end = std::max(current_.begin + 1, std::min(end, last_above_ + 1));
  return current_;
}

std::vector<Candidate> strokes_of(const Track& track, const Candidate& candidate) {
  const std::int64_t half = std::max<std::int64_t>(1, track.frames(kSmoothing_s) / 2);
  std::vector<float> smooth;
  for (std::int64_t frame = candidate.begin; frame < candidate.end; ++frame) {
    float squares = 0.0F;
    float count = 0.0F;
    for (std::int64_t i = std::max(track.first, frame - half); i <= std::min(track.size() - 1, frame + half); ++i) {
      squares += track.magnitude_at(i) * track.magnitude_at(i);
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
    stroke.peak_g = 0.0F;
    for (std::int64_t i = begin; i < cut; ++i) stroke.peak_g = std::max(stroke.peak_g, track.magnitude_at(i));
    strokes.push_back(stroke);
    begin = cut;
  }
  return strokes;
}

}  // namespace klono::detection

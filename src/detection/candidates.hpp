#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "detection/matched/jerk_bank.hpp"
#include "detection/noise_floor.hpp"
#include "detection/settings.hpp"
#include "detection/track.hpp"

namespace klono::detection {

/// A stretch above the off level; one or more strokes of movement. Frames, half-open.
struct Candidate {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  float on_level_g = 0.0F;  ///< what its peak had to reach
  float floor_g = 0.0F;
  float peak_g = 0.0F;
  float swing_on_g = 0.0F;  ///< the same three of the gyroscope's swing; 0 where it was not a witness
  float swing_floor_g = 0.0F;
  float swing_peak_g = 0.0F;
  bool too_long = false;    ///< longer than a body movement; its shape was not kept
  bool cut_before = false;  ///< another stroke of the same stretch comes directly before
  bool cut_after = false;
  std::optional<Pick> pick;  ///< what the matched filters saw where the levels alone would not count it: its figures are those of the pick
  bool buried = false;       ///< without the gate: movement; the jerks that stand out of it are told apart
  bool strong(Witness witness) const {
    return witness == Witness::Acceleration ? peak_g >= on_level_g : swing_on_g > 0.0F && swing_peak_g >= swing_on_g;
  }
  bool strong() const { return strong(Witness::Acceleration) || strong(Witness::Rotation) || pick; }

  /// The sensor on which it is measured: acceleration where that reached its level, else the one that stands higher
  /// against its own.
  Witness witness() const;
  /// The level of acceleration that closes a candidate.
  double off_level(const CandidateSettings& settings) const;
};

/// Hysteresis on the envelope: opens above the off level, closes after it stayed below for a while, and is strong
/// where |movement| reached the on level max(floor_multiple * floor, smallest_peak). Where the swing is known, it opens
/// and holds a candidate open as well, by the same rule against its own floor.
class CandidateFinder {
 public:
  CandidateFinder(const DetectorSettings& settings, double rate_hz);

  /// Takes frame `frame` (the newest whose envelope is complete). A candidate when one has closed. `swing_floor` is null
  /// where the gyroscope is not asked.
  std::optional<Candidate> advance(const Track& track, const NoiseFloor& floor, const NoiseFloor* swing_floor, std::int64_t frame);
  std::optional<Candidate> finish(std::int64_t end);

  /// Half of the envelope's window, in frames: how far ahead of the envelope the track must be.
  std::int64_t reach() const { return half_; }
  /// What is open and has reached its on level, as far as it is known to go; its end only moves on.
  std::optional<Covered> strong_so_far() const { return open_ && current_.strong() ? std::optional(Covered{current_.begin, last_above_ + 1}) : std::nullopt; }
  /// First frame that must still be kept.
  std::optional<std::int64_t> open_since() const { return open_ ? std::optional(current_.begin) : std::nullopt; }

  double on_level(const NoiseFloor& floor) const;

  /// How many of the frames [from, from + count) certainly open nothing, counted from the first; asked where nothing is
  /// open and the gyroscope is no witness. Most of a recording is quiet, and this is much less work than advance().
  std::int64_t quiet_frames(const Track& track, const NoiseFloor& floor, std::int64_t from, std::int64_t count) const;

 private:
  float envelope(const Track& track, std::int64_t frame, Witness witness) const;
  bool reached(const Track& track, std::int64_t frame, Witness witness, double off) const;
  void open(const Track& track, const NoiseFloor& floor, const NoiseFloor* swing_floor, std::int64_t frame);

  const DetectorSettings& settings_;
  std::int64_t half_;
  std::int64_t patience_;  ///< frames below the off level that end a candidate
  std::int64_t longest_;
  bool open_ = false;
  Candidate current_;
  std::int64_t last_above_ = 0;
};

/// Cuts a candidate into its strokes: a new one begins where the envelope has fallen to a fraction of both
/// neighbouring peaks. Ringing falls steadily and is never cut.
std::vector<Candidate> strokes_of(const Track& track, const Candidate& candidate);

}  // namespace klono::detection

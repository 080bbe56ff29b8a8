#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "detection/candidates.hpp"
#include "detection/matched/jerk_bank.hpp"
#include "detection/settings.hpp"
#include "detection/track.hpp"

namespace klono::detection {

/// Brings together, in order of time, what crossed the levels and what the matched filters saw. With the gate on, what
/// reached its on level counts as it is, and below it the matched filters decide; without the gate only they do, and the
/// movement around is told as buried. Latency: that of the matched filters.
class CandidateMerger {
 public:
  /// How far both have come, in frames.
  struct Progress {
    std::int64_t levels = 0;
    std::int64_t filters = 0;
    std::optional<std::int64_t> open;  ///< begin of a candidate that has not closed yet
    bool at_end = false;               ///< nothing more will come
  };
  /// The levels of the moment, in g.
  struct Levels {
    double on_g = 0.0;
    float floor_g = 0.0F;
  };

  explicit CandidateMerger(const DetectorSettings& settings) : settings_(settings) {}

  /// Forgets all: a new segment.
  void begin();
  void crossed(const Candidate& candidate) { crossed_.push_back(candidate); }
  /// Where no pick is told, whatever it be: frames of movement that counts as it is. `open`: has not closed yet.
  std::span<const Covered> covered(const Track& track, std::optional<Covered> open);
  /// Where the matched filters put what they see, in order.
  std::deque<Pick>& picks() { return picks_; }

  bool empty() const { return crossed_.empty() && picks_.empty(); }
  /// First frame of what waits here.
  std::optional<std::int64_t> oldest() const;

  /// The next candidate; none while something may still come before it.
  std::optional<Candidate> next(const Track& track, const Progress& progress, const Levels& levels);

 private:
  struct Loud {
    std::int64_t end = std::numeric_limits<std::int64_t>::min() / 2;
    float peak_g = 0.0F;
  };

  void collect(const Track& track, const Progress& progress, const Levels& levels);
  bool pick_is_first(double slack) const;
  void take_crossed(const Track& track, const Levels& levels, double slack);
  void take_pick(const Track& track, const Pick& pick, const Levels& levels);
  bool is_echo(const Track& track, const Pick& pick) const;

  const DetectorSettings& settings_;
  std::deque<Candidate> crossed_;
  std::deque<Pick> picks_;
  std::deque<Candidate> ready_;
  std::vector<Covered> covered_;
  Loud loud_;  // the last that reached its level
};

}  // namespace klono::detection

#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "detection/emg/burst_finder.hpp"

namespace klono::detection {

/// A pause in samples, with its figures.
struct EmgPause {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  double before = 0.0;
  double within = 0.0;
};

/// Pauses in steady activity: the envelope falls below a share of what it was over the time before, and comes back.
/// Activity that can stop is activity; the quiet level is not asked. Streams over hops, two behind the samples.
class SilenceFinder {
 public:
  SilenceFinder(const EmgSilenceSettings& settings, double envelope_s, double rate_hz);

  void advance(const EmgTrack& track, std::int64_t from, std::int64_t until, std::vector<EmgPause>& found);
  std::int64_t keep_from(std::int64_t at) const;  ///< samples before it are not needed any more

 private:
  void begin_pause(const EmgTrack& track, std::int64_t at);
  void end_pause(const EmgTrack& track, std::int64_t at);
  bool is_steady(const EmgTrack& track, std::int64_t from, std::int64_t until, double level) const;

  const EmgSilenceSettings& settings_;
  double rate_hz_;
  double envelope_s_;
  std::int64_t activity_;
  std::int64_t after_;
  double level_ = 0.0;         // rms of the activity before, 0 where there is none
  bool paused_ = false;
  std::int64_t begin_ = 0;     // of the pause, by the envelope
  std::optional<EmgPause> waiting_;  // for the activity after it
  std::int64_t last_end_ = 0;  // of the pause before
};

}  // namespace klono::detection

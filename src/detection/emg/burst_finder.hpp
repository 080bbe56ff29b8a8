#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "detection/emg/emg_event.hpp"
#include "detection/emg/samples.hpp"

namespace klono::detection {

/// What bursts are found in: the band-limited signal, its envelope and its TKEO level, on one grid.
struct EmgTrack {
  Samples signal;    ///< mains taken out
  Samples envelope;  ///< rms over envelope_s, centred
  Samples teager;    ///< root of the mean TKEO over 5 ms, centred
  Samples steady;    ///< rms over steady_s, centred

  void free_before(std::int64_t index) {
    for (Samples* samples : {&signal, &envelope, &teager, &steady}) samples->free_before(index);
  }
};

/// Appends both envelopes and the TKEO level for all that can be told; at the end of a stretch the signal is taken to be 0 after it.
/// TKEO with a lag of 1 ms, so that its response does not depend on the sampling rate.
class EmgEnvelopes {
 public:
  EmgEnvelopes(const EmgBurstSettings& settings, double rate_hz);
  void extend(EmgTrack& track, std::int64_t until) const;
  std::int64_t reach() const;  ///< samples of signal needed beyond

 private:
  std::int64_t envelope_half_;
  std::int64_t steady_half_;
  std::int64_t teager_half_;
  std::int64_t lag_;
};

/// Levels that hold in one hop.
struct EmgLevels {
  bool open = false;  ///< whether anything may be found
  float floor = 0.0F;
  float on = 0.0F;
  float on_steady = 0.0F;
  float off = 0.0F;
  float teager_floor = 0.0F;
};

/// A run above the off level that reached an on level, measured.
struct EmgRegion {
  EmgBurst burst;               ///< figures; kind, band and reason are judged later
  std::int64_t begin = 0;       ///< onset and end in samples
  std::int64_t end = 0;
  std::int64_t peak = 0;        ///< of all above the off level
  bool is_slow = false;         ///< TKEO never left its quiet level: slower than muscle
  std::vector<float> form;      ///< the signal around the peak, for short ones
};

/// Streams over hops; regions come out when they have closed.
class BurstFinder {
 public:
  BurstFinder(const EmgBurstSettings& settings, double rate_hz);

  /// Samples [from, until) at these levels.
  void advance(const EmgTrack& track, const EmgLevels& levels, std::int64_t from, std::int64_t until, std::vector<EmgRegion>& closed);
  void finish(const EmgTrack& track, std::vector<EmgRegion>& closed);
  void forget() { open_ = false; }

  std::optional<std::int64_t> open_since() const { return open_ ? std::optional(begin_) : std::nullopt; }

 private:
  struct Sums {
    double square = 0.0;
    double slope = 0.0;  ///< squared differences
    float low = 0.0F;
    float high = 0.0F;
    std::int64_t peak = 0;
  };
  void add(Sums& sums, const EmgTrack& track, std::int64_t index) const;
  void close(const EmgTrack& track, std::vector<EmgRegion>& closed);
  void fix_onset(const EmgTrack& track, std::int64_t until);
  EmgRegion measured(const EmgTrack& track) const;

  const EmgBurstSettings& settings_;
  double rate_hz_;
  std::int64_t merge_;
  std::int64_t pad_;
  bool open_ = false;
  bool reached_ = false;
  EmgLevels levels_;
  std::int64_t begin_ = 0;
  std::int64_t last_above_ = 0;
  std::int64_t onset_ = -1;  // fixed early where the region is long
  float teager_peak_ = 0.0F;
  Sums sums_;    // to last_above_
  Sums ahead_;   // to the newest sample
};

}  // namespace klono::detection

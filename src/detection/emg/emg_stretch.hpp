#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "detection/emg/burst_finder.hpp"
#include "detection/emg/burst_judge.hpp"
#include "detection/emg/emg_band.hpp"
#include "detection/emg/lead_watch.hpp"
#include "detection/emg/limb_finder.hpp"
#include "detection/emg/line_filter.hpp"
#include "detection/emg/quiet_level.hpp"
#include "detection/emg/silence_finder.hpp"

namespace klono::detection {

/// What outlives a stretch.
struct EmgMemory {
  EmgMemory(const EmgSettings& settings);

  QuietLevel floor;
  QuietLevel teager_floor;
  QuietLevel rest;                ///< of the leg movement rule
  std::vector<float> floors;      ///< one a second of analysable time
  std::int64_t hops_with_mains[2] = {};  ///< 50, 60 Hz
  std::int64_t hops = 0;
};

/// From readings to bursts, pauses and leg movements, in one contiguous stretch. All works in hops of 50 ms, counted from the
/// first sample, so that nothing depends on how samples arrive. Hop h is searched when the 2 s after it are known.
class EmgStretch {
 public:
  /// Told of the signal that bursts are looked for in, from sample `first` of the stretch on, in order.
  using Listener = std::function<void(std::int64_t first, std::span<const float> signal)>;

  EmgStretch(const EmgSettings& settings, EmgDetail detail, bool microvolts, double start_s, double rate_hz, EmgMemory& memory,
             EmgChannelAnalysis& result, Listener listener = {});

  void push(std::span<const float> samples);
  void finish();
  double end_s() const { return time_of(received_); }

 private:
  double time_of(std::int64_t sample) const { return start_s_ + static_cast<double>(sample) / rate_hz_; }
  struct Local {
    std::vector<float> levels;
    std::vector<float> teager;
  };
  const EmgHop& hop(std::int64_t index) const { return hops_[static_cast<std::size_t>(index - first_hop_)]; }
  EmgHop& hop(std::int64_t index) { return hops_[static_cast<std::size_t>(index - first_hop_)]; }
  void take_hop(std::span<const float> readings);
  void run_main(bool last);
  void pump(bool last);
  void measure_hop(std::int64_t index);
  void decide_hop(std::int64_t index);
  void search_hop(std::int64_t index);
  void search_bursts(std::int64_t index);
  void search_limb(std::int64_t index);
  void mask_hop(std::int64_t index, EmgReason reason);
  EmgLevels levels_of(float floor, float teager_floor) const;
  Local local_levels(std::int64_t from, std::int64_t until) const;
  std::optional<EmgLevels> activity_levels(const Local& around) const;
  EmgLevels quiet_levels(std::int64_t index, const Local& around) const;
  void keep_regions(bool on_activity);
  void keep_pauses();
  void keep_movements();
  void keep_settled();
  EmgReason masked(TimeSpan span) const;
  void free_old(std::int64_t index);

  const EmgSettings& settings_;
  EmgDetail detail_;
  bool microvolts_;
  double start_s_;
  double rate_hz_;
  std::int64_t hop_size_;
  EmgMemory& memory_;
  EmgChannelAnalysis& result_;
  Listener listener_;
  float offset_ = 0.0F;  // the first reading: large offsets would cost digits
  std::int64_t received_ = 0;
  std::vector<float> held_;
  ReadingWatch readings_;
  LeadWatch lead_;
  EmgBandFilter main_;
  std::optional<EmgBandFilter> limb_;  // apart from main_ where bursts are told
  LineFilter slow_filter_;
  Samples slow_;
  EmgEnvelopes envelopes_;
  EmgTrack track_;
  Samples limb_signal_;
  std::deque<EmgHop> hops_;
  std::int64_t first_hop_ = 0;
  std::int64_t taken_ = 0;     // hops of readings
  std::int64_t measured_ = 0;
  std::int64_t reasoned_ = 0;
  std::int64_t decided_ = 0;   // reasons final, floor added
  std::int64_t searched_ = 0;
  std::deque<EmgReason> reasons_;  // without margins, from hop decided_ - kMargin on
  std::int64_t first_reason_ = 0;
  BurstFinder finder_;
  BurstFinder activity_finder_;
  std::vector<EmgRegion> closed_;
  std::vector<EmgRegion> settled_;
  BurstJudge judge_;
  SilenceFinder silences_;
  std::vector<EmgPause> pauses_;
  LimbFinder limb_finder_;
  std::vector<LimbFinder::Movement> movements_;
  std::deque<bool> in_activity_;  // of the newest searched hops
};

}  // namespace klono::detection

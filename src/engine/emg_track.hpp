#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "detection/emg/emg_analysis.hpp"
#include "signal/recording.hpp"
#include "view/pyramid.hpp"

namespace klono::engine {

/// What drawing EMG takes, without its samples: a pyramid a channel of the signal in which bursts are looked for, made beside the
/// analysis. Windows of it are computed when they are asked for, from samples in memory or decoded on demand. In the unit of
/// the channel; NaN where the samples hold no number.
class EmgTrack {
 public:
  /// The next part of a channel (EmgChannelListener).
  void take(std::size_t channel, const EmgPlace& place, std::span<const float> signal);
  /// After the last part. `analysis` tells the settings, and of each channel what its rate lets be told and its quiet level.
  void finish(const EmgAnalysis& analysis);

  std::size_t channels() const { return lanes_.size(); }

  /// The signal of samples [begin, end) of a channel; `emg` is the recording whose samples were taken.
  std::vector<float> signal(const Recording& emg, std::size_t channel, std::int64_t begin, std::int64_t end) const;

  /// Min/max columns, lane after lane, as TraceReply wants them. Where a column holds many samples they come from whole groups
  /// of the pyramid, so that its edge is off by a column at most.
  std::vector<float> columns(const Recording& emg, double begin_s, double end_s, std::uint32_t columns) const;

  /// Largest |EMG| of any channel over the channel's quiet level, a column each over the whole recording; NaN where there is none.
  std::vector<float> above_floor(const Recording& emg, std::uint32_t columns) const;

 private:
  /// Samples without a hole.
  struct Stretch {
    std::int64_t first = 0;
    std::int64_t end = 0;
  };
  struct Lane {
    view::Pyramid pyramid;
    std::vector<Stretch> stretches;  // in order
    std::int64_t filled = 0;         // samples in the pyramid
    EmgDetail detail = EmgDetail::Lengths;
    double floor = 0.0;
  };

  std::vector<Lane> lanes_;
  EmgSettings settings_;
};

}  // namespace klono::engine

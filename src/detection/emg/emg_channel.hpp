#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "detection/emg/emg_event.hpp"

namespace klono {

/// Whether rates are fast enough, and how much they let be told. Error TooSlow below 100 Hz (less the drift of clocks).
Result<EmgDetail> emg_detail_at(double rate_hz);

/// Where a part of the band-limited signal lies: samples are numbered as they were pushed, from the first of all on.
struct EmgPlace {
  std::int64_t stretch = 0;  ///< first sample of the stretch without a hole that the part belongs to
  std::int64_t first = 0;    ///< first sample of the part
};

/// Told of the signal that bursts are looked for in (band-limited, mains taken out), part after part in order, so that it need
/// not be made twice. Stretches that hold no number are left out.
using EmgListener = std::function<void(const EmgPlace& place, std::span<const float> signal)>;

/// The same signal of a part of one stretch. `readings` without a hole, from a whole number of emg_signal_step() behind the
/// begin of the stretch on. Within emg_signal_reach_s() of their ends inside the stretch it is not yet, or no more, the same;
/// elsewhere it differs only while it is not sure whether there is mains.
std::vector<float> emg_signal(const EmgSettings& settings, EmgDetail detail, std::span<const float> readings, double rate_hz);
std::int64_t emg_signal_step(double rate_hz);
double emg_signal_reach_s();

/// Lowest and highest frequency of that signal.
struct EmgEdges {
  double low_hz = 0.0;
  double high_hz = 0.0;
};
EmgEdges emg_signal_edges(const EmgSettings& settings, EmgDetail detail, double rate_hz);

/// Finds bursts, pauses and leg movements in a stream of one EMG channel.
///
/// Bounded memory; the same result whatever the block sizes. Not-a-number, or a value of 1e9 and more, ends the stretch at
/// that sample. Nothing is computed across a gap but the quiet level, which is kept over gaps of up to a minute.
/// A burst is final 9 s after it; leg movements in series at the end.
class EmgChannelDetector {
 public:
  /// `rate_hz`: of the recording, as emg_detail_at took it.
  EmgChannelDetector(const EmgSettings& settings, std::string name, std::string unit, double rate_hz, EmgListener listener = {});
  ~EmgChannelDetector();
  EmgChannelDetector(EmgChannelDetector&&) noexcept;
  EmgChannelDetector& operator=(EmgChannelDetector&&) noexcept;

  void begin_segment(double start_s, double rate_hz);
  void push(std::span<const float> samples);
  void end_segment();

  /// Ends everything and settles what is left. No push after this.
  EmgChannelAnalysis finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace klono

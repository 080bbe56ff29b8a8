#pragma once

#include <memory>
#include <span>
#include <string>

#include "detection/emg/emg_event.hpp"

namespace klono {

/// Whether rates are fast enough, and how much they let be told. Error TooSlow below 100 Hz (less the drift of clocks).
Result<EmgDetail> emg_detail_at(double rate_hz);

/// Finds bursts, pauses and leg movements in a stream of one EMG channel.
///
/// Bounded memory; the same result whatever the block sizes. Not-a-number, or a value of 1e9 and more, ends the stretch at
/// that sample. Nothing is computed across a gap but the quiet level, which is kept over gaps of up to a minute.
/// A burst is final 9 s after it; leg movements in series at the end.
class EmgChannelDetector {
 public:
  /// `rate_hz`: of the recording, as emg_detail_at took it.
  EmgChannelDetector(const EmgSettings& settings, std::string name, std::string unit, double rate_hz);
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

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "detection/emg/emg_channel.hpp"
#include "signal/recording.hpp"
#include "signal/sample_reader.hpp"

namespace klono {

/// The recording that holds the EMG: beside acceleration, or the recording itself; null where there is none.
const Recording* emg_of(const Recording& recording);

/// EMG and nothing that moves.
bool is_emg_alone(const Recording& recording);

/// Whether bursts or leg movements can be looked for. Errors: NoAcceleration where there is no EMG channel, TooSlow below 100 Hz,
/// Empty without samples.
Status check_emg(const Recording& emg);

/// Told of the band-limited signal of a channel as it is made; `channel` among those with EMG.
using EmgChannelListener = std::function<void(std::size_t channel, const EmgPlace& place, std::span<const float> signal)>;

/// A recording's EMG channels through the streaming detector, some samples at a time, so that progress can be told and work
/// stopped. `recording` must outlive it.
class StepwiseEmg {
 public:
  /// Errors as check_emg.
  static Result<StepwiseEmg> begin(const Recording& recording, const EmgSettings& settings, const EmgChannelListener& listener = {});

  /// Works through at most `most_samples` of each channel. True while there is more.
  bool step(std::int64_t most_samples);

  std::int64_t next_index() const { return next_; }  ///< samples before it have been analysed
  double analysed_s() const;

  /// Settles what is left. Of the whole recording once step() gave false; else of what was analysed so far.
  EmgAnalysis finish();

 private:
  StepwiseEmg(const Recording& recording, const EmgSettings& settings, const EmgChannelListener& listener);

  const Recording* recording_;
  EmgSettings settings_;
  std::vector<EmgChannelDetector> detectors_;
  std::vector<SampleReader> readers_;  // of up to SampleReader::kMost channels each
  std::size_t segment_ = 0;
  bool inside_ = false;
  std::int64_t next_ = 0;
};

/// The whole recording at once. Errors as StepwiseEmg::begin.
Result<EmgAnalysis> analyse_emg(const Recording& recording, const EmgSettings& settings);

/// Pairs of channels whose counted bursts begin within `window_s`, each burst with its nearest.
std::vector<EmgTogether> bursts_together(const std::vector<EmgChannelAnalysis>& channels, double window_s);

}  // namespace klono

#pragma once

#include <cstdint>
#include <optional>

#include "detection/guided_detector.hpp"
#include "detection/stretch_reader.hpp"

namespace klono {

/// The part of the guided test that a segment lies in; none outside the parts, and in other recordings.
std::optional<Task> task_of(const Recording& recording, const Segment& segment);

/// A recording through the streaming detector, some samples at a time, so that progress can be told and work stopped.
/// The parts of a guided test are analysed apart (GuidedDetector).
/// `recording` must outlive it.
class StepwiseAnalysis {
 public:
  using Listener = StretchListener;

  StepwiseAnalysis(const Recording& recording, const DetectorSettings& settings, Listener listener = {});

  /// Works through at most `most_samples`. True while there is more.
  bool step(std::int64_t most_samples);

  std::int64_t next_index() const { return reader_.next_index(); }  ///< samples before it have been analysed
  double analysed_s() const { return reader_.read_s(); }
  std::int64_t events_so_far() const { return detector_.events_so_far(); }

  /// Settles what is left. Of the whole recording once step() gave false; else of what was analysed so far.
  Analysis finish();

 private:
  const Recording& recording_;
  StretchReader reader_;
  GuidedDetector detector_;
  bool inside_ = false;  // a segment
};

/// The whole recording at once, by the same streaming detector.
Analysis analyse(const Recording& recording, const DetectorSettings& settings);

}  // namespace klono

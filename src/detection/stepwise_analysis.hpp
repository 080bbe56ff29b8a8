#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "detection/guided_detector.hpp"
#include "signal/sample_reader.hpp"

namespace klono {

/// What the detector is fed: three axes in g, or the magnitude where axes are missing (then y and z are null; times
/// only). All null where the recording holds no acceleration.
std::array<const Channel*, 3> movement_channels(const Recording& recording);

/// The gyroscope beside it, in deg/s or rad/s; all null where it is missing or its unit is not known.
std::array<const Channel*, 3> rotation_channels(const Recording& recording);

/// The part of the guided test that a segment lies in; none outside the parts, and in other recordings.
std::optional<Task> task_of(const Recording& recording, const Segment& segment);

/// A recording through the streaming detector, some samples at a time, so that progress can be told and work stopped.
/// The parts of a guided test are analysed apart (GuidedDetector).
/// `recording` must outlive it.
class StepwiseAnalysis {
 public:
  /// Told of each stretch before it is analysed, in order and without a hole, so that samples which are decoded on demand
  /// are decoded once: samples from `begin` on of a segment, as movement_channels(); spans of null channels are empty.
  using Listener = std::function<void(const Segment& segment, std::int64_t begin, const std::array<std::span<const float>, 3>& axes)>;

  StepwiseAnalysis(const Recording& recording, const DetectorSettings& settings, Listener listener = {});

  /// Works through at most `most_samples`. True while there is more.
  bool step(std::int64_t most_samples);

  std::int64_t next_index() const { return next_; }  ///< samples before it have been analysed
  double analysed_s() const;
  std::int64_t events_so_far() const { return detector_.events_so_far(); }

  /// Settles what is left. Of the whole recording once step() gave false; else of what was analysed so far.
  Analysis finish();

 private:
  std::array<std::span<const float>, 3> rotation_part(std::int64_t count);

  const Recording& recording_;
  std::array<const Channel*, 3> channels_;
  std::array<const Channel*, 3> rotation_;
  SampleReader samples_;  // channels_, then rotation_
  Listener listener_;
  GuidedDetector detector_;
  std::array<std::vector<float>, 3> degrees_;  // rotation of a recording in rad/s
  std::vector<float> nothing_;  // stands for the axes of a magnitude
  std::size_t segment_ = 0;
  bool inside_ = false;
  std::int64_t next_ = 0;
};

/// The whole recording at once, by the same streaming detector.
Analysis analyse(const Recording& recording, const DetectorSettings& settings);

}  // namespace klono

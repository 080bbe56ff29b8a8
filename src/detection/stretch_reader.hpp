#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "detection/detector_input.hpp"
#include "detection/event.hpp"
#include "detection/rest_watch.hpp"
#include "signal/sample_reader.hpp"

namespace klono {

/// What the detector is fed: three axes in g, or the magnitude where axes are missing (then y and z are null; times
/// only). All null where the recording holds no acceleration.
std::array<const Channel*, 3> movement_channels(const Recording& recording);

/// The gyroscope beside it, in deg/s or rad/s; all null where it is missing or its unit is not known.
std::array<const Channel*, 3> rotation_channels(const Recording& recording);

/// Told of each stretch before it is analysed, in order and without a hole, so that samples which are decoded on demand
/// are decoded once: samples from `begin` on of a segment, as movement_channels(); spans of null channels are empty.
using StretchListener = std::function<void(const Segment& segment, std::int64_t begin, const std::array<std::span<const float>, 3>& axes)>;

/// Some samples of one segment, as the detector takes them: zeros for missing axes, rotation in deg/s (empty without).
struct Stretch {
  const Segment* segment = nullptr;
  bool first = false;  ///< of the segment
  bool last = false;
  std::array<std::span<const float>, 3> axes;
  std::array<std::span<const float>, 3> rotation;
};

/// A recording from begin to end, each stretch decoded once. `recording` must outlive it.
class StretchReader {
 public:
  explicit StretchReader(const Recording& recording, StretchListener listener = {});

  DetectorInput input() const;
  bool has_movement() const { return channels_[0] != nullptr; }

  /// At most `most_samples`, of one segment; none after the last. Its spans last until the next call.
  std::optional<Stretch> next(std::int64_t most_samples);
  bool has_more() const { return has_movement() && segment_ < recording_.segments.size(); }
  /// Inside a segment: samples before it have been read.
  std::int64_t next_index() const { return next_; }
  double read_s() const;  ///< time up to which samples have been read

  /// Long rest and onsets of sleep in what was read, from a segment that is still open too. Only its onsets where a scorer
  /// marked sleep; empty of a guided test.
  RestEstimate rest();

 private:
  std::array<std::span<const float>, 3> rotation_part(std::int64_t count);

  const Recording& recording_;
  std::array<const Channel*, 3> channels_;
  std::array<const Channel*, 3> rotation_;
  SampleReader samples_;  // channels_, then rotation_
  StretchListener listener_;
  std::optional<RestWatch> rest_;  // not of a guided test, nor where gravity is not in the samples
  std::array<std::vector<float>, 3> degrees_;  // rotation of a recording in rad/s
  std::vector<float> nothing_;  // stands for the axes of a magnitude
  std::size_t segment_ = 0;
  bool inside_ = false;
  std::int64_t next_ = 0;
};

}  // namespace klono

#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>

#include "detection/guided_detector.hpp"
#include "formats/journal.hpp"
#include "formats/journal_stream.hpp"

namespace klono::capture {

/// Detection while a recording runs, on frames that are stored already and by the way the file is read: the same Stream,
/// the same detector. Once settled its events are those of the file, one for one.
class LiveDetection {
 public:
  explicit LiveDetection(const DetectorSettings& settings);
  LiveDetection(const LiveDetection&) = delete;
  LiveDetection& operator=(const LiveDetection&) = delete;

  /// Takes bytes of the journal as they were stored, whole frames: what is looked at is what a reader will find.
  void add(std::span<const std::byte> bytes);

  /// Works on waiting frames until about `most_readings` are done.
  void advance(std::size_t most_readings);

  /// Works on all that waits and settles it. Nothing may be added after.
  void finish();

  /// All settled so far.
  const Analysis& analysis() const;
  double recorded_s() const { return recorded_s_; }  ///< of samples
  std::size_t frames_waiting() const { return waiting_.size(); }

 private:
  formats::journal::Stream::Sink sink();
  void pass(const formats::journal::Frame& frame);

  DetectorSettings settings_;
  formats::journal::Parser parser_;
  std::deque<formats::journal::Frame> waiting_;
  std::optional<GuidedDetector> detector_;  // from the first segment on: only then it is known whether there is gravity
  bool guided_ = false;
  double rate_hz_ = 0.0;
  double recorded_s_ = 0.0;
  Analysis nothing_;
  formats::journal::Stream stream_;
};

}  // namespace klono::capture

#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>

#include "detection/detector.hpp"
#include "signal/recording.hpp"

namespace klono {

/// The streaming detector of a recording that may be a guided test (clinical.md D10: jerks that come only with action
/// are invisible to a rule of rest). Without parts it is one Detector and nothing else. With parts each has a Detector
/// of its own, so that no floor, run or train reaches from one into another: Rest as the settings say, ArmsOut and Reach
/// with the gate off. A part that comes again goes on with the same Detector. What lies outside the parts is not
/// analysed: it counts neither as recorded nor as analysable. Bounded memory, the same events whatever the block sizes.
/// That it is a guided test may turn out after a while: what was found before is dropped then.
class GuidedDetector {
 public:
  GuidedDetector(const DetectorSettings& settings, const DetectorInput& input);

  /// The recording is a guided test: only parts count, also those before which something was pushed.
  void set_guided();

  /// Starts a contiguous run of samples, of a part of the test where `task` tells one (which makes it a guided test);
  /// ends the one before.
  void begin_segment(double start_s, double rate_hz, std::optional<Task> task);

  /// As Detector::push.
  void push(std::span<const float> x, std::span<const float> y, std::span<const float> z, const std::array<std::span<const float>, 3>& rotation);

  void end_segment();
  void finish();

  /// All settled so far. Of a guided test: events, not_counted and masks of all parts in order of time, groups numbered
  /// through; lengths summed; floor and smallest visible event of the part where the least is seen, the smallest
  /// rounding step. Valid until the next call.
  const Analysis& analysis() const;
  std::int64_t events_so_far() const;

 private:
  Detector& of(Task task);
  void merge() const;

  DetectorSettings settings_;
  DetectorInput input_;
  std::unique_ptr<Detector> plain_;  // until a part begins
  std::array<std::unique_ptr<Detector>, 3> parts_;
  Detector* current_ = nullptr;
  mutable Analysis merged_;
};

}  // namespace klono

#pragma once

#include <optional>
#include <vector>

#include "detection/mask_list.hpp"
#include "detection/measurement.hpp"
#include "detection/settings.hpp"

namespace klono::detection {

/// Strokes with at most `series_gap_s` between them: judged together, because quiet is asked around a run, not
/// around each member.
struct Run {
  std::vector<Measured> strokes;
  double begin_s = 0.0;
  double end_s = 0.0;
  bool too_long = false;     ///< holds a candidate longer than a body movement
  double quiet_before_s = 0.0;
  double quiet_after_s = 0.0;
};

struct Verdict {
  std::vector<Event> counted;
  std::vector<Event> not_counted;
};

/// Judges one closed run. Adds masks for body movements and posture changes. `spikes_s` are the times of
/// isolated samples, `saturated_s` those at the sensor's full scale.
class Judge {
 public:
  explicit Judge(const DetectorSettings& settings, bool tilt_known) : settings_(settings), tilt_known_(tilt_known) {}

  Verdict judge(Run run, const std::vector<double>& spikes_s, const std::vector<double>& saturated_s, MaskList& masks) const;

 private:
  static void join(Measured& whole, const Measured& stroke);
  void join_displaced(Run& run) const;
  void join_slow(Run& run) const;
  EventClass class_of(const Event& event) const;
  bool is_body_movement(const Run& run) const;
  bool is_some_tremor(const Measured& stroke) const;
  Reason reason_for(const Measured& stroke, const Run& run, const std::vector<double>& spikes_s,
                    const std::vector<double>& saturated_s, const MaskList& masks) const;

  const DetectorSettings& settings_;
  bool tilt_known_;
};

}  // namespace klono::detection

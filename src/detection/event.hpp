#pragma once
/// Module detection: conditioning -> candidates -> rejection -> events -> grouping; streaming.
/// Allowed dependencies: signal, dsp, base. Gap policy: nothing is computed across a segment
/// boundary; not-a-number ends the stretch. This header holds the values that leave the module.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/interval.hpp"
#include "detection/settings.hpp"

namespace klono {

/// Describes, never diagnoses. The written rules stand in METHODS.md, "Classes".
enum class EventClass : std::uint8_t {
  Twitch,        ///< single, shorter than 0.7 s
  Burst,         ///< member of a run with at most 2 s between members
  Rhythmic,      ///< member of a regular train
  LimbMovement,  ///< 0.7 to 10 s
  Movement       ///< longer, or with a change of posture; not counted
};

/// Why a candidate was not counted, or why a stretch could not be analysed.
enum class Reason : std::uint8_t {
  None,
  BodyMovement,    ///< too long, or not still around it
  PostureChange,   ///< gravity turned for good
  Walking,
  Tremor,          ///< narrow continuous oscillation
  HandlingKnock,   ///< ringing without turn: the sensor or its support was touched
  Saturation,      ///< at the sensor's full scale
  Spike,           ///< one isolated sample
  TooWeak,         ///< crossed the candidate level, not the event level
  EdgeOfData,      ///< too close to a gap or an end to be judged
  Settling         ///< filters and noise floor have not settled yet
};

/// Stable identifiers for files: "twitch", "limb_movement", "body_movement", …
std::string_view name_of(EventClass event_class);
std::string_view name_of(Reason reason);

/// One brief movement event. Times in seconds since the first sample, running through gaps.
struct Event {
  double onset_s = 0.0;     ///< first |a| above 10 % of the peak, going back from the peak
  double end_s = 0.0;       ///< last |a| above 20 % of the peak
  double peak_s = 0.0;
  double duration_s = 0.0;  ///< time from the first to the last |a| above 20 % of the peak
  double peak_g = 0.0;      ///< largest |movement acceleration|, gravity removed
  double rise_s = 0.0;      ///< from 10 % to 90 % of the peak
  double dominant_hz = 0.0;
  std::array<double, 3> direction{};  ///< unit vector of the movement acceleration at the peak
  double floor_g = 0.0;         ///< local noise floor, rms of |a|
  double above_floor = 0.0;     ///< peak_g / floor_g
  double tilt_change_deg = 0.0;  ///< gravity after against before
  double quiet_before_s = 0.0;
  double quiet_after_s = 0.0;
  double confidence = 0.0;       ///< 0..1: share of events like this that were put in, in the labelled recordings it was learned from
  double above_level_db = 0.0;   ///< how far it exceeded the level it had to reach: its peak, or how well the matched filters knew it
  EventClass event_class = EventClass::Twitch;
  Reason reason = Reason::None;  ///< set for events in `not_counted` only
  bool by_form = false;          ///< found by the matched filters, not by its level
  std::int32_t group = -1;       ///< same number for members of one series, -1 alone
};

/// A stretch that could not be analysed.
struct Mask {
  TimeSpan span;
  Reason reason = Reason::None;
};

/// Who says when sleep began: the motion, whoever scored the file, or the person by their own mark.
enum class OnsetSource : std::uint8_t { Estimate, File, Person };

/// When sleep began.
struct SleepOnset {
  double at_s = 0.0;
  OnsetSource source = OnsetSource::Estimate;
};

/// Long rest and the onset of sleep (METHODS.md 8e). Where sleep is marked, nothing is estimated of its onset.
struct RestEstimate {
  std::vector<TimeSpan> long_rests;  ///< estimated; sorted, disjoint
  std::vector<SleepOnset> onsets;    ///< sorted
};

/// Raised whenever the same input could give other events.
inline constexpr int kDetectorVersion = 3;

/// Everything the detector says about one recording.
struct Analysis {
  std::vector<Event> events;       ///< counted, sorted by onset
  std::vector<Event> not_counted;  ///< rejected candidates with their reason, sorted by onset
  std::vector<Mask> masks;         ///< sorted, disjoint
  double recorded_s = 0.0;         ///< sum of segment lengths
  double analysable_s = 0.0;       ///< recorded less masked
  double noise_floor_g = 0.0;      ///< median local floor over analysable time
  double step_g = 0.0;             ///< quantisation step seen in the samples, 0 when none
  double smallest_visible_g = 0.0;  ///< peak found 80 % of the time at this noise and step; 0 where nothing could be analysed
  double expected_false = 0.0;      ///< events that chance alone is expected to make of steady noise in the analysable time
  RestEstimate rest;                ///< changes no event
  bool tilt_checked = true;         ///< false where the file holds no gravity
  DetectorSettings settings;
  int detector_version = kDetectorVersion;
};

}  // namespace klono

#include "detection/judgement.hpp"

#include <algorithm>
#include <cmath>

#include "detection/confidence.hpp"
#include "detection/swing.hpp"

namespace klono::detection {
namespace {

constexpr double kDense = 0.8;            // share of a run above 20 % of its strokes' peaks: movement, not a series (chosen)
constexpr double kDenseFrom_s = 6.0;      // a series of eight short members passes
constexpr double kDisplaced_deg = 5.0;    // a limb held elsewhere until the next stroke brings it back
constexpr double kKnockBelow_s = 0.4;     // handling: 0.05 to 0.4 s of ringing, tilt unchanged (METHODS.md 10)
constexpr double kRockingBelow_s = 0.7;   // the same where the gyroscope saw it: fainter ringing is seen for longer (chosen)
constexpr double kKnockTilt_deg = 2.0;
constexpr double kShortestSwing_s = 0.13; // a jerked limb swings for 0.27 s and more (METHODS.md 10, A); half of that near the level
constexpr double kFastestLimb_hz = 6.0;
constexpr double kSpikeNear_s = 0.03;
constexpr double kSpikeBelow_s = 0.10;    // what one isolated sample leaves after the low-pass
constexpr double kPostureMargin_s = 0.5;
constexpr double kFewPeriods = 0.66;  // narrowness: two jerks in a row ring as narrowly as 0.6 (chosen)
constexpr double kLeastPeriods = 5.0;
constexpr double kTremorMargin_s = 1.0;
constexpr double kSlowRiseSlack = 1.0;
constexpr double kBetterBy = 3.0;    // variances of noise (chosen)
constexpr double kKnockShare = 0.8;  // of the energy of the best jerk (chosen on the train split of the benchmark, as the next two)
constexpr double kSlowShare = 0.85;
constexpr double kMostLeft = 0.35;   // unexplained, over what the jerk explains
constexpr double kLeftByNoise = 14.0;  // one standard deviation of the energy that noise leaves in the window of a form
constexpr double kFormReach_s = 0.7;   // from the onset, of the longest form's window (chosen)

bool any_near(const std::vector<double>& times, double from, double to) {
  return std::any_of(times.begin(), times.end(), [&](double t) { return t >= from && t <= to; });
}

/// Peak over the level it had to reach, on the sensor that it is measured on; 0 where there is no level.
double height_of(const Measured& stroke) {
  const Candidate& candidate = stroke.candidate;
  if (candidate.pick) return std::sqrt(candidate.pick->above_level);
  if (candidate.witness() == Witness::Rotation) return static_cast<double>(candidate.swing_peak_g) / static_cast<double>(candidate.swing_on_g);
  const auto on_level = static_cast<double>(candidate.on_level_g);
  return on_level > 0.0 ? stroke.event.peak_g / on_level : 0.0;
}

/// The gyroscope shows more than a limb can swing while acceleration stays below its level: the device rocked in place.
bool rocks_in_place(const Candidate& stroke) {
  return stroke.witness() == Witness::Rotation && static_cast<double>(stroke.swing_peak_g) * kShortestLever_m / kLongestLever_m > static_cast<double>(stroke.on_level_g);
}

/// Whether no other stroke lies in the window of this one's form, where it would stay unexplained.
bool is_alone(const Measured& stroke, const Run& run) {
  return std::ranges::none_of(run.strokes, [&](const Measured& other) {
    const double apart_s = std::abs(other.event.onset_s - stroke.event.onset_s);
    return apart_s > 0.0 && apart_s < kFormReach_s;
  });
}

/// Where something else than a jerk explains what the matched filters saw, and better than chance would have it.
/// What stays unexplained is held against it only where it is `alone`.
Reason unlike_jerk(const JerkFit& fit, const StageSettings& stages, bool alone = true) {
  const double margin = kBetterBy * fit.noise;
  if (stages.other_causes && fit.knock_energy > kKnockShare * fit.energy + margin) return Reason::HandlingKnock;
  if (stages.other_causes && fit.slow_energy > kSlowShare * fit.energy + margin) return Reason::BodyMovement;
  if (stages.unexplained_rest && alone && fit.around - fit.energy > kMostLeft * fit.energy + kLeftByNoise * fit.noise) return Reason::BodyMovement;
  return Reason::None;
}

}  // namespace

EventClass Judge::class_of(const Event& event) const {
  if (event.duration_s < settings_.grouping.twitch_below_s) return EventClass::Twitch;
  if (event.duration_s < settings_.grouping.limb_movement_below_s) return EventClass::LimbMovement;
  return EventClass::Movement;
}

/// Makes two strokes one movement, from the first one's onset to the second one's end.
void Judge::join(Measured& whole, const Measured& stroke) {
  const bool stronger = stroke.event.peak_g > whole.event.peak_g;
  const double first_s = whole.event.end_s - whole.event.duration_s;
  whole.event.end_s = stroke.event.end_s;
  whole.event.duration_s = stroke.event.end_s - first_s;
  if (stronger) {
    whole.event.peak_g = stroke.event.peak_g;
    whole.event.peak_s = stroke.event.peak_s;
    whole.event.direction = stroke.event.direction;
    whole.event.above_floor = stroke.event.above_floor;
  }
  whole.gravity_after = stroke.gravity_after;
  whole.event.tilt_change_deg = angle_deg(whole.gravity_before, whole.gravity_after);
  const bool go_on = std::abs(whole.event.dominant_hz - stroke.event.dominant_hz) < 1.0;
  whole.narrowness = go_on ? std::min(whole.narrowness, stroke.narrowness) : 0.0;
  whole.whole_neighbourhood = whole.whole_neighbourhood && stroke.whole_neighbourhood;
  whole.candidate.end = stroke.candidate.end;
  whole.candidate.cut_after = stroke.candidate.cut_after;
  whole.candidate.peak_g = std::max(whole.candidate.peak_g, stroke.candidate.peak_g);
  whole.candidate.swing_peak_g = std::max(whole.candidate.swing_peak_g, stroke.candidate.swing_peak_g);
}

/// Strokes that follow on one another without rest are a series only where each is sudden; with a slow one among
/// them they are one movement of the limb.
void Judge::join_slow(Run& run) const {
  std::vector<Measured> joined;
  const auto is_slow = [&](const Measured& stroke) { return stroke.event.rise_s > settings_.rejection.longest_rise_s; };
  for (std::size_t begin = 0; begin < run.strokes.size();) {
    std::size_t end = begin + 1;
    while (end < run.strokes.size() && run.strokes[end - 1].candidate.cut_after && run.strokes[end].candidate.cut_before) ++end;
    const auto first = run.strokes.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = run.strokes.begin() + static_cast<std::ptrdiff_t>(end);
    if (std::any_of(first, last, is_slow)) {
      Measured whole = *first;
      std::for_each(first + 1, last, [&](const Measured& stroke) { join(whole, stroke); });
      whole.event.rise_s = std::max_element(first, last, [](const Measured& a, const Measured& b) { return a.event.rise_s < b.event.rise_s; })->event.rise_s;
      joined.push_back(std::move(whole));
    } else {
      joined.insert(joined.end(), first, last);
    }
    begin = end;
  }
  run.strokes = std::move(joined);
}

/// Out, held, and back: strokes between which gravity stays turned are one movement of the limb.
void Judge::join_displaced(Run& run) const {
  if (!tilt_known_) return;
  std::vector<Measured> joined;
  for (Measured& stroke : run.strokes) {
    const bool displaced = !joined.empty() && joined.back().event.tilt_change_deg > kDisplaced_deg;
    if (!displaced) {
      joined.push_back(std::move(stroke));
      continue;
    }
    join(joined.back(), stroke);
  }
  run.strokes = std::move(joined);
}

bool Judge::is_body_movement(const Run& run) const {
  if (run.too_long) return true;
  const double length = run.end_s - run.begin_s;
  double busy = 0.0;
  for (const Measured& stroke : run.strokes) busy += stroke.event.duration_s;
  return run.strokes.size() > 1 && length > kDenseFrom_s && busy > kDense * length;
}

/// Some periods of one frequency, too few for a look of 3 s (stillness.hpp).
bool Judge::is_some_tremor(const Measured& stroke) const {
  const RejectionSettings& rules = settings_.rejection;
  return class_of(stroke.event) == EventClass::LimbMovement && stroke.narrowness >= kFewPeriods && stroke.event.duration_s * stroke.event.dominant_hz >= kLeastPeriods && stroke.event.dominant_hz >= rules.tremor_low_hz &&
         stroke.event.dominant_hz <= rules.tremor_high_hz;
}

Reason Judge::reason_for(const Measured& stroke, const Run& run, const std::vector<double>& spikes_s,
                         const std::vector<double>& saturated_s, const MaskList& masks) const {
  const Event& event = stroke.event;
  const RejectionSettings& rules = settings_.rejection;
  const double first_s = event.end_s - event.duration_s;
  if (!stroke.candidate.strong()) return Reason::TooWeak;
  if (any_near(saturated_s, first_s, event.end_s)) return Reason::Saturation;
  if (event.duration_s < kSpikeBelow_s && any_near(spikes_s, event.peak_s - kSpikeNear_s, event.peak_s + kSpikeNear_s)) return Reason::Spike;
  if (event.duration_s < rules.shortest_event_s) return Reason::Spike;
  const Reason masked = masks.touching({first_s, event.end_s});
  if (masked != Reason::None) return masked;
  if (!stroke.whole_neighbourhood) return Reason::EdgeOfData;
  if (tilt_known_ && event.tilt_change_deg > rules.largest_tilt_deg) return Reason::PostureChange;
  const double knock_below_s = stroke.candidate.strong(Witness::Rotation) ? kRockingBelow_s : kKnockBelow_s;
  const bool rings_fast = event.duration_s < knock_below_s && event.dominant_hz >= rules.knock_above_hz;
  if (rocks_in_place(stroke.candidate)) return Reason::HandlingKnock;
  const bool too_short = event.duration_s < kShortestSwing_s && event.dominant_hz >= kFastestLimb_hz;
  if (stroke.candidate.pick) {
    const Reason unlike = unlike_jerk(stroke.candidate.pick->fit, settings_.stages, is_alone(stroke, run));
    if (unlike != Reason::None) return unlike;
  } else if ((rings_fast || too_short) && (!tilt_known_ || event.tilt_change_deg < kKnockTilt_deg)) return Reason::HandlingKnock;
  const EventClass event_class = class_of(event);
  if (event_class == EventClass::Movement) return Reason::BodyMovement;
  if (is_some_tremor(stroke)) return Reason::Tremor;
  // A limb that moves for longer tilts, and acceleration shows it: what the gyroscope alone sees for as long is no limb movement.
  if (event_class == EventClass::LimbMovement && stroke.candidate.witness() == Witness::Rotation) return Reason::BodyMovement;
  if (event_class == EventClass::Twitch && event.rise_s > kSlowRiseSlack * rules.longest_rise_s) return Reason::BodyMovement;
  if (std::min(run.quiet_before_s, run.quiet_after_s) < rules.quiet_s) return Reason::BodyMovement;
  return Reason::None;
}

Verdict Judge::judge(Run run, const std::vector<double>& spikes_s, const std::vector<double>& saturated_s, MaskList& masks) const {
  const RejectionSettings& rules = settings_.rejection;
  if (settings_.gate) {
    join_displaced(run);
    join_slow(run);
  }
  const bool body = settings_.gate && is_body_movement(run);
  Reason body_reason = Reason::BodyMovement;
  if (body) {
    const Reason covering = masks.covering({run.begin_s, run.end_s});
    if (covering != Reason::None) body_reason = covering;
    const double margin = run.too_long || run.end_s - run.begin_s > rules.body_movement_s ? rules.body_margin_s : 1.0;
    masks.add({run.begin_s - margin, run.end_s + margin}, body_reason);
  }
  std::sort(run.strokes.begin(), run.strokes.end(), [](const Measured& a, const Measured& b) { return a.event.onset_s < b.event.onset_s; });
  Verdict verdict;
  for (Measured& stroke : run.strokes) {
    Event& event = stroke.event;
    event.quiet_before_s = run.quiet_before_s;
    event.quiet_after_s = run.quiet_after_s;
    event.event_class = class_of(event);
    event.by_form = stroke.candidate.pick.has_value();
    const double height = height_of(stroke);
    event.above_level_db = height > 0.0 ? 20.0 * std::log10(height) : 0.0;
    event.confidence = confidence_of(confidence_terms(event, settings_, tilt_known_, masks.covered_s({event.onset_s - kMaskedWithin_s, event.onset_s})));
    if (!settings_.gate) {
      if (stroke.candidate.buried) event.reason = Reason::BodyMovement;
      else if (stroke.candidate.pick) event.reason = unlike_jerk(stroke.candidate.pick->fit, settings_.stages);
      else if (!stroke.candidate.strong()) event.reason = Reason::TooWeak;
      (event.reason == Reason::None ? verdict.counted : verdict.not_counted).push_back(event);
      continue;
    }
    event.reason = body ? body_reason : reason_for(stroke, run, spikes_s, saturated_s, masks);
    if (event.reason == Reason::None) {
      verdict.counted.push_back(event);
      continue;
    }
    if (event.reason == Reason::PostureChange) {
      event.event_class = EventClass::Movement;
      masks.add({event.onset_s - kPostureMargin_s, event.end_s + kPostureMargin_s}, Reason::PostureChange);
    }
    if (event.reason == Reason::Tremor && is_some_tremor(stroke)) masks.add({event.onset_s - kTremorMargin_s, event.end_s + kTremorMargin_s}, Reason::Tremor);
    verdict.not_counted.push_back(event);
  }
  return verdict;
}

}  // namespace klono::detection

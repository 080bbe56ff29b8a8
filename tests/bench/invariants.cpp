#include "bench/invariants.hpp"

#include <algorithm>
#include <cmath>

namespace klono::bench {
namespace {

constexpr std::size_t kMostComplaints = 20;

bool by_onset(const Event& a, const Event& b) { return a.onset_s < b.onset_s; }

bool is_sound(const Event& event) {
  const double sum = event.onset_s + event.end_s + event.peak_s + event.duration_s + event.peak_g + event.rise_s +
                     event.dominant_hz + event.floor_g + event.above_floor + event.tilt_change_deg +
                     event.quiet_before_s + event.quiet_after_s + event.confidence;
  return std::isfinite(sum) && event.onset_s <= event.peak_s && event.peak_s <= event.end_s && event.peak_g > 0.0 &&
         event.confidence >= 0.0 && event.confidence <= 1.0;
}

bool crosses_gap(const Event& event, const Recording& recording) {
  return std::any_of(recording.gaps.begin(), recording.gaps.end(), [&](const Gap& gap) {
    return event.onset_s < gap.span.begin_s - 1e-9 && event.end_s > gap.span.end_s + 1e-9;
  });
}

}  // namespace

void Invariants::require(bool holds, const std::string& complaint) {
  if (!holds && complaints_.size() < kMostComplaints) complaints_.push_back(complaint);
}

void Invariants::check(const Recording& recording, const Analysis& analysis, const std::string& where) {
  const auto& events = analysis.events;
  require(std::is_sorted(events.begin(), events.end(), by_onset), where + ": events are not sorted");
  require(std::is_sorted(analysis.not_counted.begin(), analysis.not_counted.end(), by_onset),
          where + ": not_counted is not sorted");
  for (const Event& event : events) {
    const std::string at = where + ", " + std::to_string(event.onset_s) + " s: ";
    require(is_sound(event), at + "an event with impossible figures");
    require(event.onset_s >= -1e-9 && event.end_s <= recording.duration_s() + 1e-6, at + "an event outside the recording");
    require(!crosses_gap(event, recording), at + "an event across a gap");
    require(event.reason == Reason::None, at + "a counted event with a reason not to count it");
  }
  double masked_s = 0.0;
  double previous_end_s = -1.0;
  for (const Mask& mask : analysis.masks) {
    require(mask.span.begin_s >= previous_end_s - 1e-9, where + ": masks overlap or are not sorted");
    previous_end_s = mask.span.end_s;
    masked_s += mask.span.length_s();
  }
  require(analysis.analysable_s >= -1e-6 && analysis.analysable_s <= analysis.recorded_s + 1e-6,
          where + ": analysable time exceeds recorded time");
  double recorded_s = 0.0;
  for (const Segment& segment : recording.segments) recorded_s += segment.end_s() - segment.start_s;
  require(std::abs(recorded_s - analysis.recorded_s) < 0.1 * static_cast<double>(recording.segments.size()),
          where + ": recorded time is not the sum of the segments");
  require(masked_s <= recording.duration_s() + 1e-6, where + ": more masked than recorded");
}

}  // namespace klono::bench

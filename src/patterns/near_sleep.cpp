#include "patterns/near_sleep.hpp"

#include <cmath>
#include <cstddef>

#include "patterns/summary.hpp"

namespace klono::patterns {

RestEstimate told_rest(const RestEstimate& found, std::span<const SleepMark> marks) {
  RestEstimate told{found.long_rests, {}};
  for (const SleepMark& mark : marks)
    if (mark.moment == SleepMoment::FellAsleep) told.onsets.push_back({mark.at_s, OnsetSource::Person});
  if (!told.onsets.empty()) return told;
  for (const SleepOnset& onset : found.onsets)
    if (onset.source != OnsetSource::Estimate || !is_up(marks, onset.at_s)) told.onsets.push_back(onset);
  return told;
}

const SleepOnset* onset_near(const RestEstimate& rest, double t_s) {
  const SleepOnset* nearest = nullptr;
  for (const SleepOnset& onset : rest.onsets) {
    const double away_s = std::abs(onset.at_s - t_s);
    if (away_s <= kNearSleep_s && (nearest == nullptr || away_s < std::abs(nearest->at_s - t_s))) nearest = &onset;
  }
  return nearest;
}

std::vector<NearSleep> events_near_sleep(const RestEstimate& rest, std::span<const Event> events, std::span<const Decision> decisions) {
  std::vector<NearSleep> near;
  for (const SleepOnset& onset : rest.onsets) near.push_back({onset});
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    if ((i < decisions.size() && decisions[i] == Decision::Rejected) || !is_brief(event.event_class)) continue;
    const SleepOnset* onset = onset_near(rest, event.onset_s);
    if (onset == nullptr) continue;
    NearSleep& of = near[static_cast<std::size_t>(onset - rest.onsets.data())];
    ++of.events;
    if (event.onset_s < onset->at_s) ++of.before;
  }
  return near;
}

}  // namespace klono::patterns

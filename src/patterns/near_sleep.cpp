#include "patterns/near_sleep.hpp"

#include <cmath>
#include <cstddef>

#include "patterns/summary.hpp"

namespace klono::patterns {

const SleepOnset* onset_near(const RestEstimate& rest, double t_s) {
  const SleepOnset* nearest = nullptr;
  for (const SleepOnset& onset : rest.onsets) {
    const double away_s = std::abs(onset.at_s - t_s);
    if (away_s <= kNearSleep_s && (nearest == nullptr || away_s < std::abs(nearest->at_s - t_s))) nearest = &onset;
  }
  return nearest;
}

std::vector<NearSleep> events_near_sleep(const Analysis& analysis, std::span<const Decision> decisions) {
  std::vector<NearSleep> near;
  for (const SleepOnset& onset : analysis.rest.onsets) near.push_back({onset, 0});
  for (std::size_t i = 0; i < analysis.events.size(); ++i) {
    const Event& event = analysis.events[i];
    if ((i < decisions.size() && decisions[i] == Decision::Rejected) || !is_brief(event.event_class)) continue;
    if (const SleepOnset* onset = onset_near(analysis.rest, event.onset_s)) ++near[static_cast<std::size_t>(onset - analysis.rest.onsets.data())].events;
  }
  return near;
}

}  // namespace klono::patterns

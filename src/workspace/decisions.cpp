#include "workspace/decisions.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace klono::workspace {
namespace {

std::size_t first_not_before(std::span<const Event> events, double onset_s) {
  const auto place = std::lower_bound(events.begin(), events.end(), onset_s,
                                      [](const Event& event, double t_s) { return event.onset_s < t_s; });
  return static_cast<std::size_t>(place - events.begin());
}

struct Pair {
  double distance_s;
  std::size_t kept;
  std::size_t event;
};

}  // namespace

std::optional<std::size_t> event_at(std::span<const Event> events, double onset_s) {
  std::optional<std::size_t> nearest;
  double least_s = kSameOnset_s;
  for (std::size_t i = first_not_before(events, onset_s - kSameOnset_s); i < events.size(); ++i) {
    const double distance_s = std::abs(events[i].onset_s - onset_s);
    if (events[i].onset_s > onset_s + kSameOnset_s) break;
    if (distance_s > least_s || (nearest && distance_s == least_s)) continue;
    nearest = i;
    least_s = distance_s;
  }
  return nearest;
}

void keep(std::vector<KeptDecision>& kept, double onset_s, Decision decision, double tolerance_s) {
  const auto distance_s = [&](auto item) { return std::abs(item->onset_s - onset_s); };
  const auto after = std::ranges::lower_bound(kept, onset_s, {}, &KeptDecision::onset_s);
  auto nearest = after;
  if (after != kept.begin() && (after == kept.end() || distance_s(after - 1) < distance_s(after))) nearest = after - 1;
  const bool found = nearest != kept.end() && distance_s(nearest) <= tolerance_s;
  if (decision == Decision::None) {
    if (found) kept.erase(nearest);
  } else if (found) {
    nearest->decision = decision;
  } else {
    kept.insert(after, {onset_s, decision});
  }
}

std::vector<Decision> carry_over(std::span<const Event> events, std::vector<KeptDecision>& kept) {
  std::vector<Pair> pairs;
  for (std::size_t k = 0; k < kept.size(); ++k)
    for (std::size_t e = first_not_before(events, kept[k].onset_s - kSameOnset_s);
         e < events.size() && events[e].onset_s <= kept[k].onset_s + kSameOnset_s; ++e)
      pairs.push_back({std::abs(events[e].onset_s - kept[k].onset_s), k, e});
  std::ranges::sort(pairs, {}, [](const Pair& p) { return std::tuple(p.distance_s, p.kept, p.event); });

  std::vector<Decision> decisions(events.size(), Decision::None);
  std::vector<bool> kept_used(kept.size(), false);
  std::vector<bool> event_used(events.size(), false);
  for (const Pair& pair : pairs) {
    if (kept_used[pair.kept] || event_used[pair.event]) continue;
    kept_used[pair.kept] = event_used[pair.event] = true;
    decisions[pair.event] = kept[pair.kept].decision;
    kept[pair.kept].onset_s = events[pair.event].onset_s;
  }
  std::ranges::sort(kept, {}, &KeptDecision::onset_s);
  return decisions;
}

}  // namespace klono::workspace

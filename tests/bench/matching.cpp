#include "bench/matching.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace klono::bench {
namespace {

constexpr double kLongest_s = 30.0;  // no event of the truth is longer

struct Pair {
  double distance_s;
  std::size_t truth;
  std::size_t event;
};

bool may_match(const synth::TruthEvent& truth, const Event& event) {
  const bool near = std::abs(truth.onset_s - event.onset_s) <= kOnsetWindow_s;
  return near || (truth.onset_s < event.end_s && event.onset_s < truth.end_s);
}

}  // namespace

Matching match(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events) {
  std::vector<Pair> pairs;
  std::size_t first = 0;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    while (first < events.size() && events[first].onset_s < truth[t].onset_s - kLongest_s) ++first;
    for (std::size_t e = first; e < events.size() && events[e].onset_s <= truth[t].end_s + kOnsetWindow_s; ++e)
      if (may_match(truth[t], events[e])) pairs.push_back({std::abs(truth[t].onset_s - events[e].onset_s), t, e});
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    return std::tie(a.distance_s, a.truth, a.event) < std::tie(b.distance_s, b.truth, b.event);
  });
  Matching matching{.event_of_truth = std::vector<std::size_t>(truth.size(), kNone),
                    .truth_of_event = std::vector<std::size_t>(events.size(), kNone)};
  for (const Pair& pair : pairs) {
    if (matching.event_of_truth[pair.truth] != kNone || matching.truth_of_event[pair.event] != kNone) continue;
    matching.event_of_truth[pair.truth] = pair.event;
    matching.truth_of_event[pair.event] = pair.truth;
  }
  return matching;
}

}  // namespace klono::bench

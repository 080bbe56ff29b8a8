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

bool may_match(const TimeSpan& truth, const TimeSpan& event, double onset_window_s) {
  return std::abs(truth.begin_s - event.begin_s) <= onset_window_s || truth.overlaps(event);
}

}  // namespace

Matching match(const std::vector<TimeSpan>& truth, const std::vector<TimeSpan>& events, double onset_window_s) {
  std::vector<Pair> pairs;
  std::size_t first = 0;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    while (first < events.size() && events[first].begin_s < truth[t].begin_s - kLongest_s) ++first;
    for (std::size_t e = first; e < events.size() && events[e].begin_s <= truth[t].end_s + onset_window_s; ++e)
      if (may_match(truth[t], events[e], onset_window_s)) pairs.push_back({std::abs(truth[t].begin_s - events[e].begin_s), t, e});
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

Matching match(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events) { return match(spans_of(truth), spans_of(events), kOnsetWindow_s); }

}  // namespace klono::bench

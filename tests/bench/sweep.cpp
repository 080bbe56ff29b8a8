#include "bench/sweep.hpp"

#include <algorithm>
#include <map>

#include "bench/matching.hpp"
#include "synth/random.hpp"

namespace klono::bench {
namespace {

bool lies_in(double t_s, const std::vector<TimeSpan>& spans) {
  return std::any_of(spans.begin(), spans.end(), [t_s](const TimeSpan& span) { return span.contains(t_s); });
}

int weight_of(const Weights& weights, std::size_t recording) { return weights.empty() ? 1 : weights[recording]; }

}  // namespace

Outcome outcome_of(const std::vector<TimeSpan>& truth, const std::vector<TimeSpan>& events, const std::vector<TimeSpan>& scored, double onset_window_s) {
  const Matching matching = match(truth, events, onset_window_s);
  Outcome outcome;
  for (const std::size_t event : matching.event_of_truth) outcome.found.push_back(event != kNone);
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (matching.truth_of_event[e] != kNone || !lies_in(events[e].begin_s, scored)) continue;
    ++outcome.false_events;
    const bool inside = std::any_of(truth.begin(), truth.end(), [&](const TimeSpan& other) { return other.overlaps(events[e]); });
    outcome.fragments += inside ? 1 : 0;
  }
  return outcome;
}

Outcome outcome_of(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events, const std::vector<TimeSpan>& scored) {
  return outcome_of(spans_of(truth), spans_of(events), scored, kOnsetWindow_s);
}

Score score_of(const Scored& recording, const Outcome& outcome, Truth which) {
  Score score;
  for (std::size_t t = 0; t < recording.visible.size(); ++t) {
    if (which == Truth::Visible && !recording.visible[t]) continue;
    ++score.truth;
    score.found += outcome.found[t] ? 1 : 0;
  }
  score.false_events = outcome.false_events;
  score.detected = score.found + score.false_events;
  return score;
}

Score Sweep::total(const std::vector<Scored>& recordings, std::size_t point, Truth which, const Weights& weights) const {
  Score sum;
  for (std::size_t r = 0; r < recordings.size(); ++r) {
    const int weight = weight_of(weights, r);
    if (weight == 0) continue;
    const Score one = score_of(recordings[r], of_recording[r][point], which);
    sum.truth += weight * one.truth;
    sum.found += weight * one.found;
    sum.detected += weight * one.detected;
    sum.false_events += weight * one.false_events;
  }
  return sum;
}

std::size_t Sweep::best_point(const std::vector<Scored>& recordings) const {
  std::size_t best = 0;
  double best_f1 = 0.0;
  for (std::size_t point = 0; point < points.size(); ++point) {
    const double f1 = total(recordings, point, Truth::Visible).f1();
    if (!(f1 > best_f1)) continue;
    best_f1 = f1;
    best = point;
  }
  return best;
}

double Sweep::recall_at(double per_hour, const std::vector<Scored>& recordings, const Weights& weights) const {
  const double most = per_hour * hours_of(recordings, weights);
  double recall = 0.0;
  for (std::size_t point = 0; point < points.size(); ++point) {
    const Score score = total(recordings, point, Truth::Visible, weights);
    if (score.false_events <= most && score.truth > 0) recall = std::max(recall, score.recall());
  }
  return recall;
}

double hours_of(const std::vector<Scored>& recordings, const Weights& weights) {
  double hours = 0.0;
  for (std::size_t r = 0; r < recordings.size(); ++r) hours += weight_of(weights, r) * recordings[r].hours;
  return hours;
}

std::vector<Weights> bootstrap_weights(const std::vector<Scored>& recordings, int draws, std::uint64_t seed) {
  std::map<std::string, std::vector<std::size_t>> members;
  for (std::size_t r = 0; r < recordings.size(); ++r) members[recordings[r].group].push_back(r);
  std::vector<const std::vector<std::size_t>*> groups;
  for (const auto& [name, indices] : members) groups.push_back(&indices);
  synth::Random random(seed);
  std::vector<Weights> list;
  for (int draw = 0; draw < draws; ++draw) {
    Weights weights(recordings.size(), 0);
    for (std::size_t k = 0; k < groups.size(); ++k)
      for (const std::size_t r : *groups[static_cast<std::size_t>(random.between(0, static_cast<int>(groups.size()) - 1))]) ++weights[r];
    list.push_back(weights);
  }
  return list;
}

}  // namespace klono::bench

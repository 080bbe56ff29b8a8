#pragma once
/// One method at all its thresholds on a set of recordings, and the figures that follow from it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/interval.hpp"
#include "bench/intervals.hpp"
#include "bench/score.hpp"
#include "detection/event.hpp"
#include "synth/synthetic.hpp"

namespace klono::bench {

/// Which events count as there to be found. Finding one that does not is neither right nor wrong.
enum class Truth : std::uint8_t { Visible, All };

/// What one method at one threshold made of one recording.
struct Outcome {
  std::vector<bool> found;  ///< by truth event
  int false_events = 0;     ///< detections that are no event; fragments among them
  int fragments = 0;        ///< detections inside an event that another detection already answers for
};

/// Matched one to one (matching.hpp). Detections that begin outside `scored` count for nothing. Both lists sorted by onset.
Outcome outcome_of(const std::vector<TimeSpan>& truth, const std::vector<TimeSpan>& found, const std::vector<TimeSpan>& scored, double onset_window_s);

/// The same for movement events, with kOnsetWindow_s.
Outcome outcome_of(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events, const std::vector<TimeSpan>& scored);

/// One recording, as far as counting needs it.
struct Scored {
  std::vector<bool> visible;  ///< by truth event
  double hours = 0.0;
  std::string group;  ///< recordings of one group are drawn together
};

template <class Truths>
std::vector<bool> visible_of(const Truths& truth) {
  std::vector<bool> visible;
  for (const auto& one : truth) visible.push_back(one.visible);
  return visible;
}

Score score_of(const Scored& recording, const Outcome& outcome, Truth which);

/// How often each recording is counted; empty: once each.
using Weights = std::vector<int>;

struct Sweep {
  std::string method;
  std::vector<std::string> points;                ///< what each threshold is called
  std::vector<std::vector<Outcome>> of_recording;  ///< one a recording, one outcome a point

  Score total(const std::vector<Scored>& recordings, std::size_t point, Truth which, const Weights& weights = {}) const;

  /// The point of the largest F1 of visible events; 0 where nothing is found at any.
  std::size_t best_point(const std::vector<Scored>& recordings) const;

  /// The largest recall of visible events among the points with at most `per_hour` false events an hour; 0 where none has.
  double recall_at(double per_hour, const std::vector<Scored>& recordings, const Weights& weights = {}) const;
};

double hours_of(const std::vector<Scored>& recordings, const Weights& weights = {});

/// Recordings drawn anew with replacement, whole groups at a time (Efron & Tibshirani 1993, An Introduction to the Bootstrap).
std::vector<Weights> bootstrap_weights(const std::vector<Scored>& recordings, int draws, std::uint64_t seed);

/// Two-sided 95 % interval: 2.5 and 97.5 % of `figure(weights)` over the draws that have one.
template <class Figure>
Interval bootstrap_interval(const std::vector<Weights>& draws, Figure figure) {
  std::vector<double> values;
  for (const Weights& weights : draws)
    if (const double value = figure(weights); value == value) values.push_back(value);
  return {quantile(values, 0.025), quantile(values, 0.975)};
}

}  // namespace klono::bench

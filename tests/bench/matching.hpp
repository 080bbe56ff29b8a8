#pragma once
/// Which detection is which event.

#include <cstdint>
#include <vector>

#include "base/interval.hpp"
#include "detection/event.hpp"
#include "synth/synthetic.hpp"

namespace klono::bench {

inline constexpr double kOnsetWindow_s = 0.25;
inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Matching {
  std::vector<std::size_t> event_of_truth;  ///< kNone where the truth was missed
  std::vector<std::size_t> truth_of_event;  ///< kNone where nothing was put in
};

/// From onset to end of each.
template <class Timed>
std::vector<TimeSpan> spans_of(const std::vector<Timed>& list) {
  std::vector<TimeSpan> spans;
  for (const Timed& one : list) spans.push_back({one.onset_s, one.end_s});
  return spans;
}

/// One to one: a pair may match when the onsets lie within `onset_window_s` or the two overlap; the pair with
/// the nearest onsets goes first. Both lists sorted by onset.
Matching match(const std::vector<TimeSpan>& truth, const std::vector<TimeSpan>& found, double onset_window_s);

/// The same for movement events, with kOnsetWindow_s.
Matching match(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events);

}  // namespace klono::bench

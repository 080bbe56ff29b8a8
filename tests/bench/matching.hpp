#pragma once
/// Which detection is which event.

#include <cstdint>
#include <vector>

#include "detection/event.hpp"
#include "synth/synthetic.hpp"

namespace klono::bench {

inline constexpr double kOnsetWindow_s = 0.25;
inline constexpr std::size_t kNone = static_cast<std::size_t>(-1);

struct Matching {
  std::vector<std::size_t> event_of_truth;  ///< kNone where the truth was missed
  std::vector<std::size_t> truth_of_event;  ///< kNone where nothing was put in
};

/// One to one: a pair may match when the onsets lie within 0.25 s or the two overlap; the pair with
/// the nearest onsets goes first. Both lists sorted by onset.
Matching match(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events);

}  // namespace klono::bench

#pragma once
/// The ceiling: a matched filter that knows the family of the events and the noise around each moment.
///
/// For each template s of a bank that covers what synth can draw (burst, limb and damping of jerks; carrier and width of
/// fasciculations; length of limb movements) and each axis k with noise spectrum P_k, the output y_k = <x_k, s / P_k> is
/// normal with variance e_k = <s, s / P_k> where nothing was put in. The score of a moment is the largest sum over the axes
/// of y_k^2 / e_k: the generalised likelihood ratio for unknown size and direction, in theory the best for Gaussian noise
/// (Kay 1998, Fundamentals of Statistical Signal Processing II, chapter 9). P_k is measured on the background alone, which no detector has.

#include <vector>

#include "detection/event.hpp"
#include "signal/recording.hpp"

namespace klono::bench {

struct OracleSettings {
  double noise_window_s = 20.0;  ///< the spectrum is of at least this long around each moment
  double step_g = 0.0;           ///< rounding step, where known: noise is never below step^2 / 12
  bool limb_movements = true;    ///< beside jerks
  bool fasciculations = true;    ///< beside jerks
  double least_score = 12.0;     ///< lower ones are not listed
};

/// Events with their score as `confidence`, sorted by onset; onset, end and peak as the best template tells them. Any
/// threshold on the score is applied by leaving out what is lower. `untouched` is the background of `recording`: same
/// segments, same clock.
std::vector<Event> oracle_events(const Recording& recording, const Recording& untouched, const OracleSettings& settings);

}  // namespace klono::bench

#pragma once
/// The ceiling for EMG: a detector that knows the noise around each moment, the shape of EMG's spectrum and how long bursts are.
///
/// A burst is Gaussian noise of unknown size with the power S(f) in noise of the power N(f). x is filtered with sqrt(S) / N, so that
/// its energy is the locally best statistic; over a window of length L it has about n degrees of freedom (as many as make mean and
/// variance of a chi-square). The score of a window is the generalised log likelihood ratio n/2 (r - 1 - ln r) for the energy r over
/// its mean, r above 1; that of a potential y^2 / 2e of its matched filter (Kay 1998, Fundamentals of Statistical Signal Processing II,
/// chapters 5 and 9). The best window of a bank of lengths counts. N is measured on the background alone, which no detector has; where the
/// background alone is louder at a moment than N says (heart, cable), r is told in units of that.

#include <vector>

#include "bench/emg/emg_find.hpp"
#include "signal/recording.hpp"

namespace klono::bench {

/// One channel, one segment. Finds sorted by onset, with their score of at least `least_score`, 0.15 s apart (the truth's are more).
std::vector<EmgFind> emg_oracle(const Recording& recording, const Recording& untouched, double least_score);

}  // namespace klono::bench

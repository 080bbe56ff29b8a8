#pragma once

#include <string>

#include "signal/recording.hpp"

namespace klono::synth {

/// An EDF file as a laboratory writes it, records of 1 s: the EMG channels of `emg` in steps of 0.1 microvolts, and the three axes of
/// `movement`, where it is given, in steps of 0.5 mg. Rates are rounded to whole numbers; what fills no record is left out.
std::string to_edf(const Recording& emg, const Recording* movement = nullptr);

}  // namespace klono::synth

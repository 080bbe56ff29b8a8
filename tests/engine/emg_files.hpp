#pragma once
/// Files with modelled EMG, alone and beside movement.

#include <string>

#include "synth/emg.hpp"

namespace klono::test {

/// Two legs with clear bursts and mains of 20 microvolts.
synth::SyntheticEmg made_muscle(double rate_hz = 1000.0, double minutes = 2.0);

/// Its channels as an EDF file; with an accelerometer at 100 Hz beside them.
std::string emg_file(const synth::SyntheticEmg& muscle, bool with_movement);

}  // namespace klono::test

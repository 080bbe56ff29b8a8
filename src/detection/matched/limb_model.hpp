#pragma once
/// How a jerked limb moves (METHODS.md 10, A), and what may be taken for it: the forms that the matched filters
/// compare a recording with. Computed apart from the synthetic recordings (synth/), which are their test.

#include <array>
#include <span>
#include <vector>

#include "dsp/movement.hpp"

namespace klono::detection {

/// A twitch of 80 ms after each moment of an EMG burst drives a limb that swings and is damped.
struct LimbJerk {
  double burst_s = 0.06;
  double limb_hz = 4.2;
  double damping = 0.275;  ///< share of the critical damping
};

/// A touched sensor or its support: ringing that decays.
struct Knock {
  double ring_hz = 12.0;
  double decay_s = 0.06;
};

/// One form as one axis of the movement band shows it, of unit energy, with what belongs to it.
struct Form {
  std::vector<float> samples;  ///< at the frame rate, from `begin` on
  double onset = 0.0;          ///< frames from samples[0] to where the unfiltered form exceeds 10 % of its peak
  double peak = 0.0;           ///< ... to its largest
  double end = 0.0;            ///< ... to where it was last above 20 %
  double length = 0.0;         ///< frames from the first to the last above 20 %
  double rise = 0.0;           ///< frames from the onset to 90 % of the first crest that reaches half of the peak
  double peak_gain = 1.0;      ///< peak of the unfiltered form, in units of the filtered one's energy's root
  double peak_sign = 1.0;      ///< of the unfiltered form where it is largest
};

/// Samples where the filtered form exceeds `share` of its largest value and those between.
Form form_of(const LimbJerk& jerk, const dsp::MovementSplit& split, double rate_hz, double share);
Form form_of(const Knock& knock, const dsp::MovementSplit& split, double rate_hz, double share);
/// A part of the limb is moved elsewhere within `length_s` along the smoothest way (minimum jerk).
Form slow_form(double length_s, const dsp::MovementSplit& split, double rate_hz, double share);

}  // namespace klono::detection

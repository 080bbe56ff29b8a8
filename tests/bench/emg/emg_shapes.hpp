#pragma once
/// What is put into EMG: shapes of the bench's own making, so that the truth does not lean on the model the detector was tried on.

#include <vector>

#include "synth/random.hpp"

namespace klono::bench {

/// Square root of the power of surface EMG at `hz`, largest near 1: high-pass of first order, low-pass of second
/// (Shwedyk, Balasubramanian & Scott 1977, IEEE Trans Biomed Eng 24:417). The usual muscle: 60 and 120 Hz.
double emg_spectrum(double hz, double high_pass_hz = 60.0, double low_pass_hz = 120.0);

/// Noise drawn in the frequency domain with that spectrum, corners drawn from 45 to 75 and 90 to 150 Hz (chosen), under an envelope with
/// raised-cosine edges of 5 to 20 % of its length (chosen). rms over its length 1. From its first sample on.
std::vector<double> burst_shape(double length_s, double rate_hz, synth::Random& random);

/// A potential of one motor unit at the skin: three phases (second derivative of a Gaussian). `width_s`: deviation of the Gaussian;
/// all of it lasts eight of them. Peak to peak 1.
std::vector<double> potential_shape(double width_s, double rate_hz);

inline constexpr double kNarrowPotential_s = 0.0010;  ///< 8 to 14 ms in all (chosen; a potential lasts 5 to 15 ms)
inline constexpr double kWidePotential_s = 0.0018;

}  // namespace klono::bench

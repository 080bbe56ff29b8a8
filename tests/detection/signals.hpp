#pragma once
/// Test signals in closed form, independent of the synthesiser: damped swings on quiet noise.

#include <array>
#include <cstdint>
#include <vector>

#include "detection/detector.hpp"

namespace klono::test {

struct Signal {
  double rate_hz = 100.0;
  std::array<std::vector<float>, 3> axes;
  std::array<std::vector<float>, 3> rotation;  ///< deg/s; empty without a gyroscope

  std::size_t size() const { return axes[0].size(); }
  double seconds() const { return static_cast<double>(size()) / rate_hz; }
};

/// Gravity of 1 g along z and noise of `noise_g` rms on each axis.
Signal still(double seconds, double rate_hz = 100.0, double noise_g = 0.001, std::uint64_t seed = 1);

/// Adds peak_g * s(t) along `direction`: a swing of `hz` that rises within a quarter period and dies away.
void add_jerk(Signal& signal, double onset_s, double peak_g, double hz = 4.0, std::array<double, 3> direction = {0.6, 0.48, 0.64});

/// Adds amplitude_g * sin(2 pi hz t) over [begin, end) along x and, a quarter behind, along y.
void add_oscillation(Signal& signal, double begin_s, double end_s, double hz, double amplitude_g);

/// Turns gravity by `degrees` about x between begin and end, smoothly.
void add_turn(Signal& signal, double begin_s, double end_s, double degrees);

/// A gyroscope that feels noise only.
void add_gyroscope(Signal& signal, double noise_dps = 0.05, std::uint64_t seed = 77);

/// A limb that swings out and back about a joint `lever_m` away: angular velocity a Gaussian of 50 ms about z, the
/// acceleration of the swing along x with largest value peak_g, 50 ms before and after `middle_s`.
void add_swing(Signal& signal, double middle_s, double peak_g, double lever_m = 0.3);

/// Rounds acceleration to 0.1 m/s2 and rotation to 0.1 deg/s, as Chrome does.
Signal rounded_as_browser(Signal signal);

/// Everything equal, to the last bit.
void check_identical(const Analysis& a, const Analysis& b);

Analysis detect(const Signal& signal, const DetectorSettings& settings = {}, std::size_t block = 4096, double start_s = 0.0);

/// The same but for figures within `tolerance`, relative.
void check_same(const Analysis& a, const Analysis& b, double tolerance = 0.0, double gain = 1.0, double shift_s = 0.0);

/// Something was found and not counted for this reason.
bool has_reason(const Analysis& analysis, Reason reason);

/// Seconds that could not be analysed for this reason.
double masked_s(const Analysis& analysis, Reason reason);

}  // namespace klono::test

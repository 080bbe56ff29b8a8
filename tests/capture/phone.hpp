#pragma once
/// A phone that delivers what it feels as browsers do: polled by a timer that jitters, the newest value each time, so that
/// some come twice; rounded to 0.1 m/s² and 0.1 deg/s; in batches.

#include <cstdint>
#include <random>
#include <vector>

#include "formats/journal.hpp"
#include "signal/recording.hpp"

namespace klono::test {

using Random = std::mt19937_64;

struct PhoneSpec {
  std::uint64_t seed = 1;
  double rate_hz = 60.0;
  double jitter_ms = 1.0;      ///< standard deviation of each stamp
  double step = 0.1;           ///< m/s² and deg/s; 0: not rounded
  double begin_ms = 5000.0;    ///< stamp of the first sample of the motion
  double sign = 1.0;           ///< -1: all axes negated
  bool gyroscope = true;
};

/// The motion (acceleration in g, evenly spaced, one segment) as readings.
std::vector<formats::journal::Reading> deliver(const Recording& motion, const PhoneSpec& spec);

/// Lying still on its back.
Recording lying(double seconds, double rate_hz, double noise_g, std::uint64_t seed = 1);

}  // namespace klono::test

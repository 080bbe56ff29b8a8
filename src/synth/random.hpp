#pragma once
/// Random numbers that are the same on every machine. The standard library's distributions differ
/// between implementations, so none is used.

#include <array>
#include <cstdint>

#include "synth/vec3.hpp"

namespace klono::synth {

/// xoshiro256** (Blackman & Vigna 2021, ACM TOMS 47:36), seeded by splitmix64.
///
/// `stream` separates uses of one seed, so that asking for more events leaves the background as it
/// was. Branches depend on exact arithmetic only; logarithms may differ in the last bit.
class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

  std::uint64_t next();
  double uniform();                              ///< [0, 1)
  double uniform(double low, double high);       ///< [low, high)
  double log_uniform(double low, double high);   ///< both > 0
  int between(int low, int high);                ///< low .. high, both included
  double normal();                               ///< mean 0, deviation 1 (Marsaglia's polar method)
  Vec3 direction();                              ///< evenly on the unit sphere

 private:
  std::array<std::uint64_t, 4> state_{};
  double spare_ = 0.0;
  bool has_spare_ = false;
};

}  // namespace klono::synth

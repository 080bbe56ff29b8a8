#pragma once
/// Random numbers that are the same on every machine. The standard library's distributions differ
/// between implementations, so none is used.

#include <array>
#include <cstdint>

#include "synth/vec3.hpp"

namespace klono::synth {

/// What one seed is used for; no two uses have the same number.
namespace stream {
inline constexpr std::uint64_t kJitter = 11;  // of the time axis
inline constexpr std::uint64_t kDrops = 12;
inline constexpr std::uint64_t kEvents = 21;
inline constexpr std::uint64_t kLevers = 22;
inline constexpr std::uint64_t kBackground = 31;
inline constexpr std::uint64_t kNoise = 41;  // of acceleration
inline constexpr std::uint64_t kDrift = 42;
inline constexpr std::uint64_t kTremor = 43;
inline constexpr std::uint64_t kBackgroundLevers = 44;
inline constexpr std::uint64_t kRotationNoise = 45;
inline constexpr std::uint64_t kRotationDrift = 46;
inline constexpr std::uint64_t kExample = 51;
inline constexpr std::uint64_t kDays = 61;
inline constexpr std::uint64_t kEventCounts = 62;
}  // namespace stream

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

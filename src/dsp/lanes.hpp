#pragma once
/// Four floats side by side. Compilers make vector instructions of them where the machine has some, and the same
/// arithmetic without where it has none: results do not depend on it.

#include <cstddef>
#include <cstring>

namespace klono::dsp {

using Lanes [[gnu::vector_size(16)]] = float;
inline constexpr std::size_t kLanes = 4;

// Eight side by side where the processor has them: it is asked when the program runs, and where each lane is an output of its own,
// results are the same.
#if defined(__x86_64__) && !defined(__AVX2__)
#define KLONO_WIDE_LANES
using WideLanes [[gnu::vector_size(32)]] = float;
inline bool has_wide_lanes() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}
#endif

inline Lanes load(const float* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

/// As many as `lanes` holds. Into a reference: how such a value is returned differs between processors.
template <class Vector>
[[gnu::always_inline]] inline void load_into(const float* from, Vector& lanes) {
  std::memcpy(&lanes, from, sizeof lanes);
}

/// Of each pair the smaller or larger; the first where one is not a number.
inline Lanes smaller(Lanes one, Lanes other) { return other < one ? other : one; }
inline Lanes larger(Lanes one, Lanes other) { return other > one ? other : one; }

inline float sum_of(Lanes lanes) { return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]); }

}  // namespace klono::dsp

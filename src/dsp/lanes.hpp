#pragma once
/// Four floats side by side. Compilers make vector instructions of them where the machine has some, and the same
/// arithmetic without where it has none: results do not depend on it.

#include <cstddef>
#include <cstring>

namespace klono::dsp {

using Lanes [[gnu::vector_size(16)]] = float;
inline constexpr std::size_t kLanes = 4;

inline Lanes load(const float* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

/// Of each pair the smaller or larger; the first where one is not a number.
inline Lanes smaller(Lanes one, Lanes other) { return other < one ? other : one; }
inline Lanes larger(Lanes one, Lanes other) { return other > one ? other : one; }

inline float sum_of(Lanes lanes) { return (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]); }

}  // namespace klono::dsp

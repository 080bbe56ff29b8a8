#pragma once

#include <algorithm>
#include <ctime>

namespace klono::bench {

/// Seconds of `work`, best of `repeats`. Processor time, so that a machine shared with others measures the same; one
/// thread works here.
template <class Work>
double best_seconds(int repeats, Work work) {
  double best_s = 1e300;
  for (int k = 0; k < repeats; ++k) {
    const std::clock_t begin = std::clock();
    work();
    best_s = std::min(best_s, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best_s;
}

}  // namespace klono::bench

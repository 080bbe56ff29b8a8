#pragma once

#include <vector>

namespace klono::bench {

/// What a method tells of one burst.
struct EmgFind {
  double onset_s = 0.0;
  double end_s = 0.0;
  double peak_uv = 0.0;  ///< 0: not told
  double score = 0.0;    ///< a threshold on it leaves out what is lower; 0: none
};

}  // namespace klono::bench

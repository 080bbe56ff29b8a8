#pragma once

#include <cmath>

namespace klono::detection {

/// What can be computed with: the square of anything larger would leave the numbers.
inline bool is_number(float value) { return std::abs(value) < 1e9F; }

}  // namespace klono::detection

#pragma once

namespace klono {

/// What the detector must know before the first sample.
struct DetectorInput {
  bool has_gravity = true;
  double range_g = 0.0;  ///< sensor full scale, 0 when unknown
  bool has_rotation = false;  ///< a gyroscope may be pushed beside acceleration
};

}  // namespace klono

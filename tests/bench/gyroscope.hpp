#pragma once
/// What the gyroscope gains as a second witness where a browser rounds acceleration.

#include <vector>

#include "bench/invariants.hpp"
#include "bench/table.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

/// The same recordings with and without their rotation: `event_hours` of rest with jerks of 5 to 100 mg (half still,
/// half breathing), then `empty_hours` of each background without events. Sensor noise 1 to 4 mg and 0.05 deg/s.
std::vector<Table> measure_gyroscope(const DetectorSettings& settings, int event_hours, int empty_hours, Invariants& invariants);

}  // namespace klono::bench

#pragma once
/// Whether time runs true over a night: an index turned into seconds with a wrong period is off by minutes in the morning.

#include "bench/table.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

/// `hours` at 128, 256 and a true 98.7 Hz (a sensor that calls itself 100 Hz): onset errors in the first and the last hour.
Table measure_drift(const DetectorSettings& settings, double hours);

}  // namespace klono::bench

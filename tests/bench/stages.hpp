#pragma once
/// From the bytes of a file to its events, stage by stage, in MB/s and samples/s beside a plain copy of the same bytes.

#include "bench/table.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

/// Files of `hours` at 100 Hz as devices and loggers write them, in memory. Processor time, best of `repeats`.
Table measure_stages(const DetectorSettings& settings, double hours, int repeats);

}  // namespace klono::bench

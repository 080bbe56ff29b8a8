#pragma once
/// How fast, in samples (of three axes) a second, beside a plain copy of the same floats.

#include "bench/table.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

struct Throughput {
  Table table;
  double samples_per_s = 0.0;
};

/// Best of `repeats` passes over an hour at 100 Hz with breathing and events.
Throughput measure_throughput(const DetectorSettings& settings, int repeats);

}  // namespace klono::bench

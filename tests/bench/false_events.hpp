#pragma once
/// What is found where nothing was put in.

#include <vector>

#include "bench/invariants.hpp"
#include "bench/table.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

struct FalseEvents {
  std::vector<Table> tables;
  double per_hour = 0.0;  ///< over all backgrounds together
};

/// `hours` of each background without events. `examples` false events are listed with their figures.
FalseEvents measure_false_events(const DetectorSettings& settings, int hours, int examples, Invariants& invariants);

}  // namespace klono::bench

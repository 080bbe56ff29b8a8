#pragma once
/// Events put into recordings of real people, where a folder of them is at hand.

#include <string>
#include <vector>

#include "bench/invariants.hpp"
#include "bench/table.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

/// Reads every file under `folder` that a reader knows, tells what is found in it as it is, then
/// puts jerks into its quiet stretches (0.5-20 Hz movement below 15 mg rms in 2 s) and tells how many of the visible ones
/// are found. Empty when the readers are not part of this build or nothing can be used.
std::vector<Table> measure_real_backgrounds(const std::string& folder, const DetectorSettings& settings,
                                            Invariants& invariants);

}  // namespace klono::bench

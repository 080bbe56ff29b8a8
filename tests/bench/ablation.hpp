#pragma once
/// What each stage or setting buys.

#include <string>
#include <vector>

#include "bench/hard_scenarios.hpp"
#include "bench/methods.hpp"
#include "bench/table.hpp"

namespace klono::bench {

/// One thing done away with or set to where it does nothing. A later stage adds a line to `ablations()`.
struct Ablation {
  std::string name;
  void (*change)(DetectorSettings&);
};
const std::vector<Ablation>& ablations();

/// Each alone, all else as at `point`. `where` names the backgrounds in the title.
Table measure_ablation(const SweepPoint& point, const std::vector<HardSpec>& specs, const std::string& folder, const std::string& where);

}  // namespace klono::bench

#pragma once
/// How much of what was put in is found, and how exactly.

#include <vector>

#include "bench/invariants.hpp"
#include "bench/score.hpp"
#include "bench/table.hpp"
#include "detection/settings.hpp"
#include "synth/synthetic.hpp"

namespace klono::bench {

struct Accuracy {
  std::vector<Table> tables;
  Score visible;  ///< standard recordings, visible events clear of disturbances
};

/// Seconds of recording for each background kind (standard and wide) and each sensor.
Accuracy measure_accuracy(const DetectorSettings& settings, double seconds_each, Invariants& invariants);

/// Header "truth found recall detected false precision F1".
std::vector<std::string> score_columns(const std::string& first);
std::vector<Cell> score_cells(const std::string& label, const Score& score);

}  // namespace klono::bench

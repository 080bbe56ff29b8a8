#pragma once
/// What was set as the bar, beside what was reached.

#include "bench/details.hpp"
#include "bench/table.hpp"

namespace klono::bench {

/// Figures of one method on one class of backgrounds, visible events.
struct ClassFigures {
  double f1 = 0.0;
  double recall_at_rate = 0.0;  ///< at one false event an hour
};

struct BarFigures {
  ClassFigures oracle_at_rest;
  ClassFigures ours_at_rest;
  ClassFigures oracle_active;
  ClassFigures ours_active;
  int found_at_rest = 0;      ///< events that ours found, of all kinds
  int fragments_at_rest = 0;  ///< further detections inside them
  Details at_rest;            ///< ours at the point of the table
  Details gated;              ///< ours as set, gate on, on active backgrounds
};

/// One row a bar: reached, asked for, met or missed. A figure that could not be measured counts as missed.
Table bars_table(const BarFigures& figures, const std::string& key, const std::string& title);

}  // namespace klono::bench

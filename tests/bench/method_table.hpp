#pragma once
/// The table that every comparison of methods prints.

#include <string>
#include <vector>

#include "bench/sweep.hpp"
#include "bench/table.hpp"

namespace klono::bench {

inline constexpr double kAskedRate_per_h = 1.0;  ///< false events at which recall is compared

/// One row a method, each at its `chosen` point; what was put in is added to the title. Intervals by bootstrap over recordings.
Table method_table(const std::string& key, const std::string& title, const std::vector<Sweep>& sweeps, const std::vector<std::size_t>& chosen,
                   const std::vector<Scored>& recordings, int bootstrap_draws);

/// "a below 0 dB" … "g above 18 dB": sorts as it reads.
std::string level_label(double snr_db);

}  // namespace klono::bench

#include "patterns/not_counted.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace klono::patterns {

std::vector<ReasonCount> count_reasons(const Analysis& analysis) {
  std::map<Reason, std::int64_t> counts;
  for (const Event& event : analysis.not_counted) ++counts[event.reason];
  std::vector<ReasonCount> rows;
  for (const auto& [reason, count] : counts) rows.push_back({reason, count});
  std::ranges::sort(rows, {}, [](const ReasonCount& row) { return std::pair(-row.count, row.reason); });
  return rows;
}

double analysable_share(const Analysis& analysis) {
  if (!(analysis.recorded_s > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  return std::clamp(analysis.analysable_s / analysis.recorded_s, 0.0, 1.0);
}

}  // namespace klono::patterns

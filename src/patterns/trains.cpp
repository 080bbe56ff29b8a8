#include "patterns/trains.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "patterns/quantile.hpp"

namespace klono::patterns {
namespace {

/// One train as its members come.
struct Growing {
  Train train;
  std::vector<double> intervals;
  std::optional<double> last_s;  ///< of the member before, unless that was rejected
};

double variation_of(const std::vector<double>& values) {
  if (values.size() < 2) return std::numeric_limits<double>::quiet_NaN();
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / (count - 1.0)) / mean;
}

void add(Growing& growing, double onset_s) {
  Train& train = growing.train;
  if (train.members++ == 0) train.begin_s = onset_s;
  train.end_s = onset_s;
  if (growing.last_s) growing.intervals.push_back(onset_s - *growing.last_s);
  growing.last_s = onset_s;
}

}  // namespace

std::vector<Train> even_trains(const Analysis& analysis, std::span<const Decision> decisions) {
  std::map<std::int32_t, Growing> found;
  for (std::size_t i = 0; i < analysis.events.size(); ++i) {
    const Event& event = analysis.events[i];
    if (event.event_class != EventClass::Rhythmic || event.group < 0) continue;
    Growing& growing = found[event.group];
    growing.train.group = event.group;
    if (i < decisions.size() && decisions[i] == Decision::Rejected) growing.last_s.reset();
    else add(growing, event.onset_s);
  }
  std::vector<Train> trains;
  for (auto& [group, growing] : found) {
    if (static_cast<double>(growing.train.members) < analysis.settings.grouping.rhythmic_members) continue;
    growing.train.variation = variation_of(growing.intervals);
    growing.train.median_interval_s = quantile(std::move(growing.intervals), 0.5);
    trains.push_back(growing.train);
  }
  std::ranges::sort(trains, {}, &Train::begin_s);
  return trains;
}

}  // namespace klono::patterns

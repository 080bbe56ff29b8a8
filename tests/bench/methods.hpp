#pragma once
/// The methods that are compared, each at all its thresholds.

#include <functional>
#include <string>
#include <vector>

#include "bench/hard_scenarios.hpp"
#include "detection/event.hpp"
#include "detection/settings.hpp"

namespace klono::bench {

/// What one method finds at each of its points in one recording.
using Found = std::vector<std::vector<Event>>;

struct Method {
  std::string name;
  std::vector<std::string> points;
  std::function<Found(const HardCase&)> run;
};

/// Thresholds on the score. `fasciculations`: they are in its bank, too.
Method oracle_method(Activity activity, bool fasciculations);

/// Settings as they are.
Method our_method(const std::string& name, const DetectorSettings& settings);

/// `candidates.false_per_hour` and `candidates.smallest_peak_g` swept, and a least confidence on top.
Method our_sweep(const std::string& name, const DetectorSettings& settings);

/// The settings of one point of it.
struct SweepPoint {
  DetectorSettings settings;
  double least_confidence = 0.0;
};
SweepPoint point_of_sweep(const DetectorSettings& settings, std::size_t point);

/// Events of at least `confidence`.
std::vector<Event> at_least(const std::vector<Event>& events, double confidence);

std::vector<Method> public_methods();

/// The gate off, all else as it is.
DetectorSettings ungated(DetectorSettings settings);

}  // namespace klono::bench

#include "bench/methods.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "bench/oracle.hpp"
#include "bench/public_methods.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

std::string text_of(double value, const char* unit) {
  std::array<char, 48> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.3g%s", value, unit);
  return buffer.data();
}

std::vector<double> steps_by(double from, double to, double factor) {
  std::vector<double> list;
  for (double value = from; value < 1.0001 * to; value *= factor) list.push_back(value);
  return list;
}

constexpr std::array kFalsePerHour = {0.03, 0.1, 0.5, 1.0, 2.0, 4.0, 10.0, 40.0};
constexpr std::array kSmallest_mg = {0.0, 20.0};
constexpr std::array kConfidences = {0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

using PublicMethod = std::vector<std::vector<Event>> (*)(const Recording&, const std::vector<double>&);

Method public_method(const std::string& name, PublicMethod method, const std::vector<double>& thresholds, const char* unit) {
  Method made{.name = name, .points = {}, .run = [method, thresholds](const HardCase& hard) { return method(hard.recording, thresholds); }};
  for (const double threshold : thresholds) made.points.push_back(text_of(threshold, unit));
  return made;
}

}  // namespace

std::vector<Event> at_least(const std::vector<Event>& events, double confidence) {
  std::vector<Event> kept;
  std::copy_if(events.begin(), events.end(), std::back_inserter(kept), [&](const Event& event) { return event.confidence >= confidence; });
  return kept;
}

Method oracle_method(Activity activity, bool fasciculations) {
  const std::vector<double> scores = steps_by(14.0, 20000.0, 1.08);
  Method method{.name = fasciculations ? "oracle, fasciculations too" : "oracle", .points = {}, .run = {}};
  for (const double score : scores) method.points.push_back(text_of(score, ""));
  method.run = [=](const HardCase& hard) {
    const OracleSettings settings{.step_g = hard.made_from.spec.quantisation_step_g, .limb_movements = activity == Activity::Rest, .fasciculations = fasciculations, .least_score = scores.front()};
    const std::vector<Event> events = oracle_events(hard.recording, hard.untouched, settings);
    Found found;
    for (const double score : scores) found.push_back(at_least(events, score));
    return found;
  };
  return method;
}

Method our_method(const std::string& name, const DetectorSettings& settings) {
  return {.name = name, .points = {"as set"}, .run = [settings](const HardCase& hard) { return Found{analyse(hard.recording, settings).events}; }};
}

SweepPoint point_of_sweep(const DetectorSettings& settings, std::size_t point) {
  SweepPoint made{.settings = settings, .least_confidence = kConfidences[point % kConfidences.size()]};
  const std::size_t levels = point / kConfidences.size();
  made.settings.candidates.false_per_hour = kFalsePerHour[levels % kFalsePerHour.size()];
  made.settings.candidates.smallest_peak_g = kSmallest_mg[levels / kFalsePerHour.size()] / 1000.0;
  return made;
}

Method our_sweep(const std::string& name, const DetectorSettings& settings) {
  Method method{.name = name, .points = {}, .run = {}};
  const std::size_t count = kSmallest_mg.size() * kFalsePerHour.size() * kConfidences.size();
  for (std::size_t point = 0; point < count; ++point) {
    const SweepPoint here = point_of_sweep(settings, point);
    method.points.push_back(text_of(here.settings.candidates.false_per_hour, "/h, ") + text_of(1000.0 * here.settings.candidates.smallest_peak_g, " mg, ") + text_of(here.least_confidence, ""));
  }
  method.run = [settings](const HardCase& hard) {
    Found found;
    for (std::size_t point = 0; point < kSmallest_mg.size() * kFalsePerHour.size() * kConfidences.size(); point += kConfidences.size()) {
      const std::vector<Event> events = analyse(hard.recording, point_of_sweep(settings, point).settings).events;
      for (const double confidence : kConfidences) found.push_back(at_least(events, confidence));
    }
    return found;
  };
  return method;
}

std::vector<Method> public_methods() {
  return {public_method("threshold and peaks", threshold_and_peaks, steps_by(2.0, 60.0, 1.15), " x median"),
          public_method("Teager-Kaiser, two thresholds", teager_kaiser, steps_by(4.0, 4000.0, 1.3), " deviations"),
          public_method("limb-movement rule", limb_movement_rule, steps_by(0.002, 1.5, 1.25), " g")};
}

DetectorSettings ungated(DetectorSettings settings) {
  settings.gate = false;
  return settings;
}

}  // namespace klono::bench

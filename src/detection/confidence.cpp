#include "detection/confidence.hpp"

#include <algorithm>
#include <cmath>

namespace klono::detection {
namespace {

constexpr double kFull_db = 15.0;
constexpr double kLongestQuiet_s = 60.0;
constexpr double kQuietAfter_s = 2.0;  // a run closes then: more is never known
constexpr double kMuchMasked_s = 60.0;
constexpr double kUnknownTilt = 0.3;   // of the largest

}  // namespace

std::array<double, kConfidenceTerms> confidence_terms(const Event& event, const DetectorSettings& settings, bool tilt_known, double masked_before_s) {
  const double height = std::clamp(event.above_level_db / kFull_db, 0.0, 1.0);
  const double by_form = event.by_form ? 1.0 : 0.0;
  const double is_long = event.event_class == EventClass::LimbMovement || event.event_class == EventClass::Movement ? 1.0 : 0.0;
  const double quiet_before = std::log1p(std::clamp(event.quiet_before_s, 0.0, kLongestQuiet_s)) / std::log1p(kLongestQuiet_s);
  const double quiet_after = std::clamp(event.quiet_after_s / kQuietAfter_s, 0.0, 1.0);
  const double slowness = std::clamp(event.rise_s / settings.rejection.longest_rise_s, 0.0, 2.0);
  const double turn = tilt_known ? std::clamp(event.tilt_change_deg / settings.rejection.largest_tilt_deg, 0.0, 1.0) : kUnknownTilt;
  const double chance = std::clamp(std::log(false_events_per_hour(settings)), -4.0, 4.0);
  const double masked = std::sqrt(std::clamp(masked_before_s / kMuchMasked_s, 0.0, 1.0));
  return {1.0, height, std::sqrt(height), by_form, is_long, quiet_before, quiet_after, slowness, turn, chance, is_long * quiet_before, by_form * height, masked, is_long * masked};
}

const std::array<const char*, kConfidenceTerms>& confidence_term_names() {
  static const std::array<const char*, kConfidenceTerms> names = {"constant", "height", "root of height", "by form", "0.7 s and longer", "quiet before", "quiet after", "slowness", "turn",
                                                                  "by chance, log", "long, quiet before", "by form, height", "masked before", "long, masked before"};
  return names;
}

const std::array<double, kConfidenceTerms>& confidence_weights() {
  static constexpr std::array<double, kConfidenceTerms> weights = {-2.462, -0.268, 2.852, -0.575, -0.529, 1.946, 2.217, -1.596, -3.821, -0.200, 1.187, 2.109, -0.456, -2.400};
  return weights;
}

double confidence_of(const std::array<double, kConfidenceTerms>& terms, const std::array<double, kConfidenceTerms>& weights) {
  double sum = 0.0;
  for (std::size_t k = 0; k < terms.size(); ++k) sum += weights[k] * terms[k];
  return 1.0 / (1.0 + std::exp(-sum));
}

}  // namespace klono::detection

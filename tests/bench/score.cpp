#include "bench/score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace klono::bench {
namespace {

double ratio(double part, double whole) {
  return whole > 0.0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double Score::recall() const { return ratio(found, truth); }
double Score::precision() const { return ratio(detected - false_events, detected); }

double Score::f1() const {
  const double p = precision();
  const double r = recall();
  return p + r > 0.0 ? 2.0 * p * r / (p + r) : std::numeric_limits<double>::quiet_NaN();
}

Score& Score::operator+=(const Score& other) {
  truth += other.truth;
  found += other.found;
  detected += other.detected;
  false_events += other.false_events;
  return *this;
}

std::size_t band_of(double snr_db) {
  if (snr_db < 0.0) return 0;
  if (snr_db < 6.0) return 1;
  if (snr_db < 12.0) return 2;
  return snr_db < 20.0 ? 3 : 4;
}

const std::vector<std::string>& band_labels() {
  static const std::vector<std::string> labels = {"below 0 dB", "0-6 dB", "6-12 dB", "12-20 dB", "above 20 dB"};
  return labels;
}

bool is_clear(const TimeSpan& span, const std::vector<TimeSpan>& disturbed, double margin_s) {
  const TimeSpan wide{span.begin_s - margin_s, span.end_s + margin_s};
  return std::none_of(disturbed.begin(), disturbed.end(), [&](const TimeSpan& other) { return other.overlaps(wide); });
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double position = share * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(position);
  const auto high = std::min(low + 1, values.size() - 1);
  return values[low] + (position - static_cast<double>(low)) * (values[high] - values[low]);
}

}  // namespace klono::bench

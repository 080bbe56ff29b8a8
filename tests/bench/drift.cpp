#include "bench/drift.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "bench/matching.hpp"
#include "bench/score.hpp"
#include "detection/stepwise_analysis.hpp"
#include "synth/synthetic.hpp"

namespace klono::bench {
namespace {

synth::SyntheticSpec night(double rate_hz, double hours) {
  synth::SyntheticSpec spec;
  spec.seed = 4'000'000 + static_cast<std::uint64_t>(rate_hz);
  spec.rate_hz = rate_hz;
  spec.duration_s = 3600.0 * hours;
  spec.background = synth::BackgroundKind::Still;
  spec.noise_g = 0.001;
  spec.singles_per_hour = 60.0;
  spec.peak_g_low = 0.1;
  spec.peak_g_high = 0.4;
  return spec;
}

}  // namespace

Table measure_drift(const DetectorSettings& settings, double hours) {
  Table table{.key = "drift",
              .title = "Timing over " + std::to_string(static_cast<int>(hours)) + " h: onset found less onset put in (ms), median",
              .columns = {"true rate (Hz)", "jerks", "matched", "first hour", "last hour", "drift", "largest size in the last hour"},
              .rows = {},
              .decimals = 2};
  for (const double rate_hz : {128.0, 256.0, 98.7}) {
    const auto made = synth::make(night(rate_hz, hours));
    const auto events = analyse(made.recording, settings).events;
    const Matching matching = match(made.truth, events);
    std::vector<double> first_ms;
    std::vector<double> last_ms;
    double largest_ms = 0.0;
    int matched = 0;
    const double end_s = 3600.0 * hours;
    const double part_s = std::min(3600.0, 0.25 * end_s);
    for (std::size_t t = 0; t < made.truth.size(); ++t) {
      if (matching.event_of_truth[t] == kNone) continue;
      ++matched;
      const double error_ms = 1000.0 * (events[matching.event_of_truth[t]].onset_s - made.truth[t].onset_s);
      if (made.truth[t].onset_s < part_s) first_ms.push_back(error_ms);
      if (made.truth[t].onset_s < end_s - part_s) continue;
      last_ms.push_back(error_ms);
      largest_ms = std::max(largest_ms, std::abs(error_ms));
    }
    table.rows.push_back({rate_hz, static_cast<std::int64_t>(made.truth.size()), static_cast<std::int64_t>(matched), quantile(first_ms, 0.5), quantile(last_ms, 0.5),
                          quantile(last_ms, 0.5) - quantile(first_ms, 0.5), largest_ms});
  }
  return table;
}

}  // namespace klono::bench

#include "patterns/emg_figures.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "patterns/limb_rules.hpp"
#include "patterns/quantile.hpp"

namespace klono::patterns {
namespace {

Rate rate_of(std::int64_t count, const EmgChannelAnalysis& channel) { return poisson_rate(count, channel.analysable_s / 3600.0); }

}  // namespace

EmgFigures figures_of(const EmgChannelAnalysis& channel) {
  EmgFigures figures;
  std::vector<double> lengths;
  std::vector<double> peaks;
  std::int64_t potentials = 0;
  for (const EmgBurst& burst : channel.bursts) {
    if (burst.kind == EmgKind::Potential) {
      ++potentials;
    } else if (burst.kind == EmgKind::Activity) {
      ++figures.activities;
      figures.activity_s += burst.duration_s;
    } else {
      lengths.push_back(burst.duration_s);
      peaks.push_back(burst.peak_uv);
    }
  }
  std::vector<double> silences;
  for (const EmgSilence& silence : channel.silences) silences.push_back(silence.duration_s);
  figures.bursts = rate_of(static_cast<std::int64_t>(lengths.size()), channel);
  figures.potentials = rate_of(potentials, channel);
  figures.limb = rate_of(static_cast<std::int64_t>(channel.limb_movements.size()), channel);
  figures.limb_in_series = std::ranges::count_if(channel.limb_movements, &EmgLimbMovement::in_series);
  figures.limb_in_series_wasm = limb_rules(channel)[1].in_series.count;
  figures.silences = static_cast<std::int64_t>(silences.size());
  figures.burst_length_s = quantile(std::move(lengths), 0.5);
  figures.burst_peak = quantile(std::move(peaks), 0.5);
  figures.silence_length_s = quantile(std::move(silences), 0.5);
  return figures;
}

}  // namespace klono::patterns

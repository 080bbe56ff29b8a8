#include "report/emg_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/words.hpp"
#include "patterns/quantile.hpp"
#include "view/plain_words.hpp"

namespace klono::report {
namespace {

patterns::Rate rate_of(std::int64_t count, const EmgChannelAnalysis& channel) { return patterns::poisson_rate(count, channel.analysable_s / 3600.0); }

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
  figures.silences = static_cast<std::int64_t>(silences.size());
  figures.burst_length_s = patterns::quantile(std::move(lengths), 0.5);
  figures.burst_peak = patterns::quantile(std::move(peaks), 0.5);
  figures.silence_length_s = patterns::quantile(std::move(silences), 0.5);
  return figures;
}

std::string emg_size_words(const EmgChannelAnalysis& channel, double size) {
  return fill(channel.microvolts ? Word::emg_microvolts : Word::emg_counts, {{"n", view::figure_words(size)}});
}

std::string emg_length_words(double seconds) { return fill(Word::emg_milliseconds, {{"n", view::figure_words(1000.0 * seconds)}}); }

}  // namespace klono::report

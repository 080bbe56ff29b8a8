#include "bench/gyroscope.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "bench/intervals.hpp"
#include "bench/scenarios.hpp"
#include "bench/score.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

constexpr std::array kEdges_g = {0.005, 0.010, 0.015, 0.020, 0.030, 0.050, 1.0};
constexpr std::size_t kBands = kEdges_g.size() - 1;
constexpr const char* kBandNames[kBands] = {"5-10 mg", "10-15 mg", "15-20 mg", "20-30 mg", "30-50 mg", "50-100 mg"};
constexpr std::array kNames = {"without", "with"};

/// What one way of looking found; index 0 without, 1 with the gyroscope.
struct Found {
  std::array<Score, kBands> bands;
  std::array<std::vector<double>, kBands> onset_ms;
  std::vector<double> all_onset_ms;
  Score all;
  Score at_told;  ///< jerks of 0.9 to 1.1 times the smallest visible peak that the detector states
  double smallest_sum_g = 0.0;
  int recordings = 0;
};

struct Quiet {
  int false_events = 0;
  double hours = 0.0;
  double analysable_hours = 0.0;
};

/// Both analyses of one recording.
std::array<Analysis, 2> analyse_both(synth::SyntheticRecording& made, const DetectorSettings& settings, const std::string& where, Invariants& invariants) {
  std::array<Analysis, 2> both;
  both[1] = analyse(made.recording, settings);
  made.recording.channels.resize(3);  // rotation comes after acceleration
  both[0] = analyse(made.recording, settings);
  for (const Analysis& analysis : both) invariants.check(made.recording, analysis, where);
  return both;
}

std::size_t size_band_of(double peak_g) {
  const auto above = std::upper_bound(kEdges_g.begin(), kEdges_g.end(), peak_g);
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - kEdges_g.begin() - 1, 0, static_cast<std::ptrdiff_t>(kBands) - 1));
}

void add(Found& found, const synth::SyntheticRecording& made, const Analysis& analysis) {
  const Matching matching = match(made.truth, analysis.events);
  for (std::size_t t = 0; t < made.truth.size(); ++t) {
    const std::size_t band = size_band_of(made.truth[t].peak_g);
    const std::size_t e = matching.event_of_truth[t];
    ++found.bands[band].truth;
    ++found.all.truth;
    const double share = made.truth[t].peak_g / analysis.smallest_visible_g;
    const bool at_told = share > 0.9 && share < 1.1;
    found.at_told.truth += at_told ? 1 : 0;
    if (e == kNone) continue;
    found.at_told.found += at_told ? 1 : 0;
    ++found.bands[band].found;
    ++found.all.found;
    found.onset_ms[band].push_back(1000.0 * std::abs(analysis.events[e].onset_s - made.truth[t].onset_s));
    found.all_onset_ms.push_back(found.onset_ms[band].back());
  }
  found.all.detected += static_cast<int>(analysis.events.size());
  found.all.false_events += static_cast<int>(std::count(matching.truth_of_event.begin(), matching.truth_of_event.end(), kNone));
  found.smallest_sum_g += analysis.smallest_visible_g;
  ++found.recordings;
}

std::string with_interval(double value, const Interval& interval, int decimals) {
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "%.*f (%.*f-%.*f)", decimals, value, decimals, interval.low, decimals, interval.high);
  return text.data();
}

std::string recall_text(const Score& score) { return with_interval(score.recall(), binomial_interval(score.found, score.truth), 2); }

Table size_table(const std::array<Found, 2>& found) {
  Table table{.key = "gyroscope_by_size",
              .title = "Gyroscope as second witness, browser rounding (0.1 m/s2, 0.1 deg/s), 60 Hz: recall of jerks at rest by size\n"
                       "(still and breathing, same recordings; joints 0.15-0.45 m away; exact 95 % intervals)",
              .columns = {"peak put in", "truth", "recall without", "recall with", "onset median without (ms)", "with", "p90 without", "p90 with"},
              .rows = {},
              .decimals = 1};
  for (std::size_t band = 0; band < kBands; ++band)
    table.rows.push_back({std::string(kBandNames[band]), static_cast<std::int64_t>(found[0].bands[band].truth),
                          recall_text(found[0].bands[band]), recall_text(found[1].bands[band]),
                          quantile(found[0].onset_ms[band], 0.5), quantile(found[1].onset_ms[band], 0.5),
                          quantile(found[0].onset_ms[band], 0.9), quantile(found[1].onset_ms[band], 0.9)});
  return table;
}

Table whole_table(const std::array<Found, 2>& found) {
  Table table{.key = "gyroscope_whole",
              .title = "The same recordings as a whole",
              .columns = {"gyroscope", "truth", "found", "recall", "false", "precision", "F1", "onset median (ms)", "p90 (ms)", "smallest visible told (mg)", "recall at that size"},
              .rows = {},
              .decimals = 3};
  for (std::size_t k = 0; k < 2; ++k) {
    const Score& all = found[k].all;
    table.rows.push_back({std::string(kNames[k]), static_cast<std::int64_t>(all.truth), static_cast<std::int64_t>(all.found), recall_text(all),
                          static_cast<std::int64_t>(all.false_events),
                          with_interval(all.precision(), binomial_interval(all.detected - all.false_events, all.detected), 3), all.f1(),
                          quantile(found[k].all_onset_ms, 0.5), quantile(found[k].all_onset_ms, 0.9),
                          1000.0 * found[k].smallest_sum_g / found[k].recordings, recall_text(found[k].at_told)});
  }
  return table;
}

std::vector<Cell> quiet_cells(const std::string& label, const std::array<Quiet, 2>& quiet) {
  std::vector<Cell> row{label, quiet[0].hours};
  for (const Quiet& one : quiet) {
    const Interval rate = poisson_interval(one.false_events);
    row.emplace_back(one.analysable_hours);
    row.emplace_back(static_cast<std::int64_t>(one.false_events));
    row.emplace_back(with_interval(one.false_events / one.hours, {rate.low / one.hours, rate.high / one.hours}, 2));
  }
  return row;
}

}  // namespace

std::vector<Table> measure_gyroscope(const DetectorSettings& settings, int event_hours, int empty_hours, Invariants& invariants) {
  std::array<Found, 2> found;
  for (int hour = 0; hour < event_hours; ++hour) {
    const auto background = hour % 2 == 0 ? synth::BackgroundKind::Still : synth::BackgroundKind::Breathing;
    synth::SyntheticRecording made = synth::make(browser_spec(background, static_cast<std::uint64_t>(hour), 3600.0));
    const auto both = analyse_both(made, settings, "browser rounding hour " + std::to_string(hour), invariants);
    for (std::size_t k = 0; k < 2; ++k) add(found[k], made, both[k]);
  }
  Table empty{.key = "gyroscope_false",
              .title = "Browser rounding: events found where none were put in, an hour of recording (exact 95 % intervals)",
              .columns = {"background", "hours", "analysable h without", "false", "per hour", "analysable h with", "false", "per hour"},
              .rows = {},
              .decimals = 2};
  std::array<Quiet, 2> sum;
  for (const auto background : kBackgrounds) {
    std::array<Quiet, 2> quiet;
    for (int hour = 0; hour < empty_hours; ++hour) {
      synth::SyntheticRecording made = synth::make(empty_browser_spec(background, static_cast<std::uint64_t>(hour), 3600.0));
      const auto both = analyse_both(made, settings, "empty browser rounding " + std::string(synth::name_of(background)), invariants);
      for (std::size_t k = 0; k < 2; ++k) {
        for (Quiet* to : {&quiet[k], &sum[k]}) {
          to->false_events += static_cast<int>(both[k].events.size());
          to->hours += both[k].recorded_s / 3600.0;
          to->analysable_hours += both[k].analysable_s / 3600.0;
        }
      }
    }
    empty.rows.push_back(quiet_cells(std::string(synth::name_of(background)), quiet));
  }
  empty.rows.push_back(quiet_cells("all", sum));
  return {size_table(found), whole_table(found), empty};
}

}  // namespace klono::bench

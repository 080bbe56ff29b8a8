#include "bench/accuracy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "bench/scenarios.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

constexpr double kLongestRecording_s = 3600.0;
constexpr double kClearMargin_s = 2.0;

/// One recording with its truth, what was found, and who belongs to whom.
struct Run {
  synth::SyntheticRecording made;
  Analysis analysis;
  Matching matching;
};

Run run(const synth::SyntheticSpec& spec, const DetectorSettings& settings, Invariants& invariants) {
  Run result{.made = synth::make(spec), .analysis = {}, .matching = {}};
  result.analysis = analyse(result.made.recording, settings);
  invariants.check(result.made.recording, result.analysis,
                   std::string(synth::name_of(spec.background)) + " seed " + std::to_string(spec.seed));
  result.matching = match(result.made.truth, result.analysis.events);
  return result;
}

bool truth_is_clear(const Run& run, const synth::TruthEvent& truth) {
  return is_clear({truth.onset_s, truth.end_s}, run.made.disturbed, kClearMargin_s);
}

bool event_is_clear(const Run& run, const Event& event) {
  return is_clear({event.onset_s, event.end_s}, run.made.disturbed, kClearMargin_s);
}

/// Truth that `wanted` accepts, against detections that `answerable` accepts.
template <class Wanted, class Answerable>
Score score_of(const Run& run, Wanted wanted, Answerable answerable) {
  Score score;
  for (std::size_t t = 0; t < run.made.truth.size(); ++t) {
    if (!wanted(run.made.truth[t])) continue;
    ++score.truth;
    score.found += run.matching.event_of_truth[t] != kNone ? 1 : 0;
  }
  for (std::size_t e = 0; e < run.analysis.events.size(); ++e) {
    if (!answerable(e)) continue;
    ++score.detected;
    score.false_events += run.matching.truth_of_event[e] == kNone ? 1 : 0;
  }
  return score;
}

/// Visible truth clear of disturbances against all detections clear of disturbances.
Score clear_score(const Run& run) {
  return score_of(
      run, [&](const synth::TruthEvent& truth) { return truth.visible && truth_is_clear(run, truth); },
      [&](std::size_t e) { return event_is_clear(run, run.analysis.events[e]); });
}

/// Visible truth in or beside disturbances: a gate at rest is meant to leave these out.
Score disturbed_score(const Run& run) {
  return score_of(
      run, [&](const synth::TruthEvent& truth) { return truth.visible && !truth_is_clear(run, truth); },
      [&](std::size_t e) { return !event_is_clear(run, run.analysis.events[e]); });
}

/// Share of the rest (2 s and more from disturbances) that is not masked.
struct Rest {
  double whole_s = 0.0;
  double analysable_s = 0.0;
};

Rest rest_of(const Run& run) {
  constexpr double kStep_s = 0.1;
  Rest rest;
  std::size_t mask = 0;
  const auto& masks = run.analysis.masks;
  std::size_t near = 0;
  const auto& disturbed = run.made.disturbed;
  for (const Segment& segment : run.made.recording.segments) {
    for (double t_s = segment.start_s; t_s < segment.end_s(); t_s += kStep_s) {
      while (near < disturbed.size() && disturbed[near].end_s + kClearMargin_s <= t_s) ++near;
      if (near < disturbed.size() && t_s >= disturbed[near].begin_s - kClearMargin_s) continue;
      while (mask < masks.size() && masks[mask].span.end_s <= t_s) ++mask;
      rest.whole_s += kStep_s;
      if (mask == masks.size() || t_s < masks[mask].span.begin_s) rest.analysable_s += kStep_s;
    }
  }
  return rest;
}

/// Collects the rows of the standard recordings.
class StandardTally {
 public:
  void add(const Run& run, synth::BackgroundKind background) {
    const auto b = static_cast<std::size_t>(background);
    clear_[b] += clear_score(run);
    disturbed_[b] += disturbed_score(run);
    const Rest rest = rest_of(run);
    rest_[b].whole_s += rest.whole_s;
    rest_[b].analysable_s += rest.analysable_s;
    for (std::size_t t = 0; t < run.made.truth.size(); ++t) add_truth(run, t);
  }

  Score visible() const {
    Score sum;
    for (const Score& score : clear_) sum += score;
    return sum;
  }

  std::vector<Table> tables() const { return {background_table(), disturbed_table(), kind_table(), exactness_table()}; }

 private:
  static constexpr std::size_t kKinds = 5;

  void add_truth(const Run& run, std::size_t t) {
    const synth::TruthEvent& truth = run.made.truth[t];
    if (!truth.visible || !truth_is_clear(run, truth)) return;
    const auto kind = static_cast<std::size_t>(truth.kind);
    ++kinds_[kind].truth;
    const std::size_t e = run.matching.event_of_truth[t];
    if (e == kNone) {
      note_missed(run, truth);
      return;
    }
    const Event& event = run.analysis.events[e];
    ++kinds_[kind].found;
    ++classes_[kind][static_cast<std::size_t>(event.event_class)];
    if (truth.kind == synth::EventKind::LimbMovement) return;
    onset_error_s_.push_back(event.onset_s - truth.onset_s);
    peak_ratio_.push_back(event.peak_g / truth.peak_g);
  }

  /// Why it was not counted, as far as the detector tells.
  void note_missed(const Run& run, const synth::TruthEvent& truth) {
    const auto kind = static_cast<std::size_t>(truth.kind);
    for (const Event& event : run.analysis.not_counted) {
      const bool near = std::abs(event.onset_s - truth.onset_s) <= kOnsetWindow_s;
      if (!near && !(truth.onset_s < event.end_s && event.onset_s < truth.end_s)) continue;
      ++missed_[kind][std::string(name_of(event.reason))];
      return;
    }
    ++missed_[kind]["no candidate"];
  }

  Table background_table() const {
    Table table{.key = "by_background",
                .title = "Visible events, 2 s clear of disturbances, by background (standard recordings)",
                .columns = score_columns("background"),
                .rows = {}};
    table.columns.push_back("rest analysable");
    for (const auto kind : kBackgrounds) {
      const auto b = static_cast<std::size_t>(kind);
      table.rows.push_back(score_cells(std::string(synth::name_of(kind)), clear_[b]));
      table.rows.back().emplace_back(rest_[b].analysable_s / rest_[b].whole_s);
    }
    return table;
  }

  Table disturbed_table() const {
    Table table{.key = "in_disturbances",
                .title = "Visible events in or beside disturbances (meant to be left out at rest)",
                .columns = score_columns("background"),
                .rows = {}};
    for (const auto kind : kBackgrounds)
      if (const Score& score = disturbed_[static_cast<std::size_t>(kind)]; score.truth + score.detected > 0)
        table.rows.push_back(score_cells(std::string(synth::name_of(kind)), score));
    return table;
  }

  Table kind_table() const {
    Table table{.key = "by_kind",
                .title = "Visible, clear events by kind: found, class given, and why not counted",
                .columns = {"kind", "truth", "found", "recall", "twitch", "burst", "rhythmic", "limb", "movement", "missed because"},
                .rows = {}};
    for (std::size_t k = 0; k < kKinds; ++k) {
      std::vector<Cell> row{std::string(synth::name_of(static_cast<synth::EventKind>(k))),
                            static_cast<std::int64_t>(kinds_[k].truth), static_cast<std::int64_t>(kinds_[k].found),
                            kinds_[k].recall()};
      for (const int count : classes_[k]) row.emplace_back(static_cast<std::int64_t>(count));
      std::string reasons;
      for (const auto& [reason, count] : missed_[k])
        reasons += (reasons.empty() ? "" : ", ") + reason + " " + std::to_string(count);
      row.emplace_back(reasons);
      table.rows.push_back(row);
    }
    table.rows.push_back(total_row("all", kKinds));
    table.rows.push_back(total_row("all but twitches of part of a muscle", kKinds - 1));
    return table;
  }

  /// Sum of the first `count` kinds; EventKind lists the fasciculations last.
  std::vector<Cell> total_row(const std::string& label, std::size_t count) const {
    Score sum;
    std::array<int, 5> classes{};
    for (std::size_t k = 0; k < count; ++k) {
      sum += kinds_[k];
      for (std::size_t c = 0; c < classes.size(); ++c) classes[c] += classes_[k][c];
    }
    std::vector<Cell> row{label, static_cast<std::int64_t>(sum.truth), static_cast<std::int64_t>(sum.found), sum.recall()};
    for (const int number : classes) row.emplace_back(static_cast<std::int64_t>(number));
    row.emplace_back(std::string());
    return row;
  }

  Table exactness_table() const {
    std::vector<double> size_ms;
    for (const double error_s : onset_error_s_) size_ms.push_back(1000.0 * std::abs(error_s));
    std::vector<double> signed_ms;
    for (const double error_s : onset_error_s_) signed_ms.push_back(1000.0 * error_s);
    Table table{.key = "exactness",
                .title = "Exactness of found jerks (all but limb movements)",
                .columns = {"figure", "value"},
                .rows = {},
                .decimals = 2};
    table.rows.push_back({"onset error, median of size (ms)", quantile(size_ms, 0.5)});
    table.rows.push_back({"onset error, 90th percentile of size (ms)", quantile(size_ms, 0.9)});
    table.rows.push_back({"onset error, median with sign (ms; late is positive)", quantile(signed_ms, 0.5)});
    table.rows.push_back({"peak found / peak put in, median", quantile(peak_ratio_, 0.5)});
    table.rows.push_back({"peak found / peak put in, 10th percentile", quantile(peak_ratio_, 0.1)});
    table.rows.push_back({"peak found / peak put in, 90th percentile", quantile(peak_ratio_, 0.9)});
    return table;
  }

  std::array<Score, kBackgrounds.size()> clear_{};
  std::array<Score, kBackgrounds.size()> disturbed_{};
  std::array<Rest, kBackgrounds.size()> rest_{};
  std::array<Score, kKinds> kinds_{};
  std::array<std::array<int, 5>, kKinds> classes_{};
  std::array<std::map<std::string, int>, kKinds> missed_{};
  std::vector<double> onset_error_s_;
  std::vector<double> peak_ratio_;
};

/// Calls `visit(seed, length)` for recordings of at most an hour that fill `seconds`.
template <class Visit>
void for_recordings(double seconds, Visit visit) {
  std::uint64_t seed = 1;
  for (double left_s = seconds; left_s > 1.0; left_s -= kLongestRecording_s)
    visit(seed++, std::min(left_s, kLongestRecording_s));
}

/// The detector says for each recording which peak it finds 80 % of the time; this is the test of it.
class ClaimTally {
 public:
  void add(const Run& run) {
    for (std::size_t t = 0; t < run.made.truth.size(); ++t) {
      const auto& truth = run.made.truth[t];
      if (truth.kind == synth::EventKind::Fasciculation) continue;  // the claim is about jerks of a limb
      const double share = truth.peak_g / run.analysis.smallest_visible_g;
      const auto above = std::upper_bound(kEdges.begin(), kEdges.end(), share);
      if (above == kEdges.begin() || above == kEdges.end()) continue;
      Score& bin = bins_[static_cast<std::size_t>(above - kEdges.begin()) - 1];
      ++bin.truth;
      bin.found += run.matching.event_of_truth[t] != kNone ? 1 : 0;
    }
  }

  Table table() const {
    Table table{.key = "smallest_visible",
                .title = "Jerks by peak over the smallest visible peak that the detector states (80 % expected at 1)",
                .columns = {"from", "to", "truth", "found", "recall"},
                .rows = {},
                .decimals = 2};
    for (std::size_t k = 0; k < bins_.size(); ++k)
      table.rows.push_back({kEdges[k], kEdges[k + 1], static_cast<std::int64_t>(bins_[k].truth),
                            static_cast<std::int64_t>(bins_[k].found), bins_[k].recall()});
    return table;
  }

 private:
  static constexpr std::array kEdges = {0.0, 0.5, 0.7, 0.9, 1.1, 1.3, 1.6, 2.0, 3.0, 1e9};
  std::array<Score, kEdges.size() - 1> bins_{};
};

std::vector<Table> level_tables(const DetectorSettings& settings, double seconds_each, Invariants& invariants) {
  constexpr double kShare_s = 1200.0;  // short recordings, so that each noise level has its turn
  ClaimTally claim;
  std::vector<Score> bands(band_labels().size());
  std::vector<std::vector<double>> onset_ms(band_labels().size());
  std::uint64_t seed = 1;
  for (const auto background : {synth::BackgroundKind::Still, synth::BackgroundKind::Breathing}) {
    for (double left_s = 3.0 * seconds_each; left_s > 1.0; left_s -= kShare_s) {
      const Run result = run(wide_spec(background, seed++, kShare_s), settings, invariants);
      claim.add(result);
      for (std::size_t t = 0; t < result.made.truth.size(); ++t) {
        const auto& truth = result.made.truth[t];
        const std::size_t band = band_of(truth.snr_db);
        const std::size_t e = result.matching.event_of_truth[t];
        ++bands[band].truth;
        if (e == kNone) continue;
        ++bands[band].found;
        onset_ms[band].push_back(1000.0 * std::abs(result.analysis.events[e].onset_s - truth.onset_s));
      }
    }
  }
  Table table{.key = "by_level",
              .title = "Events by level above the background (0.5-20 Hz rms within 4 s); still and breathing, noise 0.5-8 mg",
              .columns = {"level", "truth", "found", "recall", "onset error median (ms)", "onset error p90 (ms)"},
              .rows = {}};
  for (std::size_t k = 0; k < bands.size(); ++k)
    table.rows.push_back({band_labels()[k], static_cast<std::int64_t>(bands[k].truth),
                          static_cast<std::int64_t>(bands[k].found), bands[k].recall(), quantile(onset_ms[k], 0.5),
                          quantile(onset_ms[k], 0.9)});
  return {table, claim.table()};
}

Table sensor_table(const DetectorSettings& settings, double seconds_each, Invariants& invariants) {
  Table table{.key = "by_sensor",
              .title = "Visible events by sampling rate and rounding (breathing, noise 2 mg)",
              .columns = score_columns("sensor"),
              .rows = {}};
  table.columns.insert(table.columns.end(), {"smallest visible (mg)", "step seen (mg)"});
  for (const SensorSpec& sensor : sensors()) {
    Score score;
    Analysis last;
    for_recordings(seconds_each, [&](std::uint64_t seed, double length_s) {
      synth::SyntheticSpec spec = standard_spec(synth::BackgroundKind::Breathing, seed + 700000, length_s);
      spec.rate_hz = sensor.rate_hz;
      spec.quantisation_step_g = sensor.step_g;
      Run result = run(spec, settings, invariants);
      score += clear_score(result);
      last = std::move(result.analysis);
    });
    table.rows.push_back(score_cells(sensor.label, score));
    table.rows.back().emplace_back(1000.0 * last.smallest_visible_g);
    table.rows.back().emplace_back(1000.0 * last.step_g);
  }
  return table;
}

Table flaw_table(const DetectorSettings& settings, double seconds_each, Invariants& invariants) {
  struct Flaw {
    const char* label;
    double jitter_s;
    double dropped;
    std::vector<TimeSpan> gaps;
  };
  const std::vector<Flaw> flaws = {{"none", 0.0, 0.0, {}},
                                   {"jitter 2 ms", 0.002, 0.0, {}},
                                   {"0.5 % of samples lost", 0.0, 0.005, {}},
                                   {"gaps of 5 s every 5 min", 0.0, 0.0, {{300, 305}, {600, 605}, {900, 905}, {1200, 1205}, {1500, 1505}}}};
  Table table{.key = "by_flaw",
              .title = "Visible events by flaw of the time axis (breathing, 100 Hz)",
              .columns = score_columns("flaw"),
              .rows = {}};
  for (const Flaw& flaw : flaws) {
    Score score;
    for_recordings(seconds_each, [&](std::uint64_t seed, double length_s) {
      synth::SyntheticSpec spec = standard_spec(synth::BackgroundKind::Breathing, seed + 800000, length_s);
      spec.jitter_s = flaw.jitter_s;
      spec.dropped_fraction = flaw.dropped;
      spec.gaps = flaw.gaps;
      score += clear_score(run(spec, settings, invariants));
    });
    table.rows.push_back(score_cells(flaw.label, score));
  }
  return table;
}

}  // namespace

std::vector<std::string> score_columns(const std::string& first) {
  return {first, "truth", "found", "recall", "detected", "false", "precision", "F1"};
}

std::vector<Cell> score_cells(const std::string& label, const Score& score) {
  return {label,
          static_cast<std::int64_t>(score.truth),
          static_cast<std::int64_t>(score.found),
          score.recall(),
          static_cast<std::int64_t>(score.detected),
          static_cast<std::int64_t>(score.false_events),
          score.precision(),
          score.f1()};
}

Accuracy measure_accuracy(const DetectorSettings& settings, double seconds_each, Invariants& invariants) {
  StandardTally tally;
  for (const auto background : kBackgrounds)
    for_recordings(seconds_each, [&](std::uint64_t seed, double length_s) {
      tally.add(run(standard_spec(background, seed, length_s), settings, invariants), background);
    });
  Accuracy accuracy{.tables = tally.tables(), .visible = tally.visible()};
  for (Table& table : level_tables(settings, seconds_each, invariants)) accuracy.tables.push_back(std::move(table));
  accuracy.tables.push_back(sensor_table(settings, seconds_each, invariants));
  accuracy.tables.push_back(flaw_table(settings, seconds_each, invariants));
  invariants.require(accuracy.visible.found > 0, "no events found at all");
  return accuracy;
}

}  // namespace klono::bench

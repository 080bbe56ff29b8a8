#include "bench/emg/emg_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "bench/emg/emg_cases.hpp"
#include "bench/emg/emg_methods.hpp"
#include "bench/emg/emg_shapes.hpp"
#include "bench/matching.hpp"
#include "bench/method_table.hpp"
#include "bench/sweep.hpp"
#include "detection/emg/emg_analysis.hpp"
#include "synth/random.hpp"

namespace klono::bench {
namespace {

constexpr double kExactFrom_db = 6.0;

/// How far off what was found is; of bursts of at least kExactFrom_db.
struct Exactness {
  std::vector<double> onset_s;
  std::vector<double> length_s;
  std::vector<double> peak;  ///< as a share of the true one
};

struct SplitRun {
  std::vector<EmgSpecOfCase> specs;
  std::vector<Scored> recordings;
  std::vector<std::vector<EmgTruthEvent>> truths;
  std::vector<Sweep> sweeps;  ///< one a method
  std::vector<std::vector<Exactness>> exactness;  ///< by method and point
};

void add(Exactness& exactness, const std::vector<EmgTruthEvent>& truth, const std::vector<EmgFind>& found) {
  const Matching matching = match(spans_of(truth), spans_of(found), kEmgOnsetWindow_s);
  for (std::size_t t = 0; t < truth.size(); ++t) {
    if (matching.event_of_truth[t] == kNone || truth[t].kind != EmgPut::Burst || truth[t].snr_db < kExactFrom_db) continue;
    const EmgFind& find = found[matching.event_of_truth[t]];
    exactness.onset_s.push_back(std::abs(find.onset_s - truth[t].onset_s));
    exactness.length_s.push_back(std::abs((find.end_s - find.onset_s) - (truth[t].end_s - truth[t].onset_s)));
    exactness.peak.push_back(std::abs(find.peak_uv / truth[t].peak_uv - 1.0));
  }
}

SplitRun run_split(const std::vector<EmgSpecOfCase>& specs, const std::vector<EmgMethod>& methods, const std::string& folder) {
  SplitRun run;
  for (const EmgMethod& method : methods) {
    run.sweeps.push_back({method.name, method.points, {}});
    run.exactness.emplace_back(method.points.size());
  }
  for (const EmgSpecOfCase& spec : specs) {
    const EmgCase one = make_emg_case(spec, folder);
    if (one.scored.empty()) continue;
    for (std::size_t m = 0; m < methods.size(); ++m) {
      std::vector<Outcome> outcomes;
      const EmgFound found = methods[m].run(one);
      for (std::size_t point = 0; point < found.size(); ++point) {
        outcomes.push_back(outcome_of(spans_of(one.truth), spans_of(found[point]), one.scored, kEmgOnsetWindow_s));
        add(run.exactness[m][point], one.truth, found[point]);
      }
      run.sweeps[m].of_recording.push_back(std::move(outcomes));
    }
    run.recordings.push_back({visible_of(one.truth), one.scored_hours(), spec.group});
    run.truths.push_back(one.truth);
    run.specs.push_back(spec);
  }
  return run;
}

/// Recall at the chosen points by a label of recording and event; where the label is the recording's, false events an hour too.
template <class Label>
Table breakdown(const SplitRun& run, const std::vector<std::size_t>& chosen, const std::string& key, const std::string& title, bool by_recording, Label label) {
  struct Row {
    int truth = 0;
    std::vector<int> found;
    std::vector<int> false_events;
    double hours = 0.0;
  };
  const std::size_t methods = run.sweeps.size();
  std::map<std::string, Row> rows;
  const auto row_of = [&](const std::string& name) -> Row& {
    Row& row = rows[name];
    row.found.resize(methods);
    row.false_events.resize(methods);
    return row;
  };
  for (std::size_t r = 0; r < run.recordings.size(); ++r) {
    if (by_recording) {
      Row& row = row_of(label(run.specs[r], EmgTruthEvent{}));
      row.hours += run.recordings[r].hours;
      for (std::size_t m = 0; m < methods; ++m) row.false_events[m] += run.sweeps[m].of_recording[r][chosen[m]].false_events;
    }
    for (std::size_t t = 0; t < run.truths[r].size(); ++t) {
      const EmgTruthEvent& truth = run.truths[r][t];
      if (!truth.visible && truth.snr_db >= 0.0) continue;  // potentials that nobody counts
      if (by_recording && !truth.visible) continue;
      Row& row = row_of(label(run.specs[r], truth));
      ++row.truth;
      for (std::size_t m = 0; m < methods; ++m) row.found[m] += run.sweeps[m].of_recording[r][chosen[m]].found[t] ? 1 : 0;
    }
  }
  Table table{.key = key, .title = title, .columns = {"by", "events"}, .rows = {}, .decimals = 2};
  for (const Sweep& sweep : run.sweeps) table.columns.push_back(sweep.method);
  if (by_recording) {
    table.columns.emplace_back("hours");
    for (const Sweep& sweep : run.sweeps) table.columns.push_back("false/h " + sweep.method);
  }
  for (const auto& [name, row] : rows) {
    std::vector<Cell> cells{name, static_cast<std::int64_t>(row.truth)};
    for (const int found : row.found) cells.emplace_back(static_cast<double>(found) / row.truth);
    if (by_recording) {
      cells.emplace_back(row.hours);
      for (const int count : row.false_events) cells.emplace_back(count / row.hours);
    }
    table.rows.push_back(cells);
  }
  return table;
}

Table exactness_table(const SplitRun& run, const std::vector<std::size_t>& chosen, const std::string& key, const std::string& title) {
  Table table{.key = key, .title = title, .columns = {"method", "bursts found", "onset ms median", "onset ms 95 %", "length ms median", "length ms 95 %", "peak share median", "peak share 95 %"}, .rows = {}, .decimals = 2};
  for (std::size_t m = 0; m < run.sweeps.size(); ++m) {
    const Exactness& one = run.exactness[m][chosen[m]];
    table.rows.push_back({run.sweeps[m].method, static_cast<std::int64_t>(one.onset_s.size()), 1000.0 * quantile(one.onset_s, 0.5), 1000.0 * quantile(one.onset_s, 0.95),
                          1000.0 * quantile(one.length_s, 0.5), 1000.0 * quantile(one.length_s, 0.95), quantile(one.peak, 0.5), quantile(one.peak, 0.95)});
  }
  return table;
}

std::string label_of_rate(double rate_hz) { return rate_hz < 600.0 ? "a  500 Hz" : rate_hz < 1500.0 ? "b 1000 Hz" : "c 2000 Hz"; }

// ---- leg movements

struct Leg {
  double length_s;
  double rms_uv;
  bool is_movement;
};
constexpr Leg kLegs[] = {{1.5, 30.0, true}, {0.3, 40.0, false}, {3.0, 60.0, true}, {12.0, 30.0, false}, {0.8, 25.0, true}, {2.0, 3.0, false}, {6.0, 40.0, true}, {9.3, 30.0, true}, {0.15, 80.0, false}, {0.65, 50.0, true}};
constexpr double kLegApart_s = 24.0;
constexpr double kFirstLeg_s = 60.0;
constexpr double kLegWindow_s = 0.5;

struct LegRecording {
  Recording recording;
  std::vector<TimeSpan> movements;
  std::vector<TimeSpan> decoys;
};

LegRecording make_legs_of(double rate_hz, bool has_heart, std::uint64_t seed) {
  synth::Random random(seed, 3);
  synth::EmgSpec spec;
  spec.seed = seed;
  spec.rate_hz = rate_hz;
  spec.duration_s = kFirstLeg_s + kLegApart_s * static_cast<double>(std::size(kLegs) + 1);
  spec.noise_uv = random.uniform(1.0, 3.0);
  spec.mains_hz = random.uniform(0.0, 1.0) < 0.5 ? 49.95 : 60.05;
  spec.mains_uv = random.uniform(0.0, 20.0);
  spec.heart_uv = has_heart ? random.uniform(5.0, 20.0) : 0.0;
  LegRecording made{synth::make_emg(spec).recording, {}, {}};
  double onset_s = kFirstLeg_s;
  for (const Leg& leg : kLegs) {
    const TimeSpan span{onset_s, onset_s + leg.length_s};
    (leg.is_movement ? made.movements : made.decoys).push_back(span);
    const std::vector<double> shape = burst_shape(leg.length_s, rate_hz, random);
    for (std::size_t i = 0; i < shape.size(); ++i) made.recording.channels[0].samples[static_cast<std::size_t>(onset_s * rate_hz) + i] += static_cast<float>(leg.rms_uv * shape[i]);
    onset_s += kLegApart_s + random.uniform(-2.0, 2.0);
  }
  return made;
}

}  // namespace

EmgComparisonSize short_emg_comparison() { return {.recordings = 15, .length_s = 90.0, .bootstrap_draws = 100, .limb_recordings = 2}; }

Table limb_rule_table(const EmgSettings& settings, int recordings, Split split) {
  Table table{.key = "emg_limb_rule_" + std::string(name_of(split)), .title = "Leg movements by the rule of the AASM manual at the rates of a sleep laboratory (too short, too long and too weak ones must not count), " + std::string(name_of(split)) + " split",
              .columns = {"rate", "movements", "found", "not movements", "counted of them", "other false", "hours", "onset ms median", "onset ms 95 %", "length ms median", "length ms 95 %"}, .rows = {}, .decimals = 1};
  for (const auto& [rate_hz, has_heart] : {std::pair{200.0, false}, std::pair{256.0, false}, std::pair{200.0, true}, std::pair{256.0, true}}) {
    Score score;
    int decoys = 0;
    int decoys_counted = 0;
    double hours = 0.0;
    std::vector<double> onset_ms;
    std::vector<double> length_ms;
    for (int k = 0; k < recordings; ++k) {
      const LegRecording made = make_legs_of(rate_hz, has_heart, 1'000'000'000ULL * (split == Split::Train ? 23 : 27) + static_cast<std::uint64_t>(k));
      const auto analysis = analyse_emg(made.recording, settings);
      if (!analysis.ok()) continue;
      const std::vector<TimeSpan> found = spans_of(analysis.value().channels.front().limb_movements);
      const Matching matching = match(made.movements, found, kLegWindow_s);
      for (std::size_t t = 0; t < made.movements.size(); ++t) {
        ++score.truth;
        if (matching.event_of_truth[t] == kNone) continue;
        ++score.found;
        const TimeSpan& span = found[matching.event_of_truth[t]];
        onset_ms.push_back(1000.0 * std::abs(span.begin_s - made.movements[t].begin_s));
        length_ms.push_back(1000.0 * std::abs(span.length_s() - made.movements[t].length_s()));
      }
      for (std::size_t e = 0; e < found.size(); ++e) {
        if (matching.truth_of_event[e] != kNone) continue;
        const bool is_decoy = std::any_of(made.decoys.begin(), made.decoys.end(), [&](const TimeSpan& decoy) { return decoy.overlaps(found[e]); });
        (is_decoy ? decoys_counted : score.false_events) += 1;
      }
      decoys += static_cast<int>(made.decoys.size());
      hours += made.recording.duration_s() / 3600.0;
    }
    table.rows.push_back({std::to_string(static_cast<int>(rate_hz)) + " Hz" + (has_heart ? ", heart" : ""), static_cast<std::int64_t>(score.truth), static_cast<std::int64_t>(score.found), static_cast<std::int64_t>(decoys),
                          static_cast<std::int64_t>(decoys_counted), static_cast<std::int64_t>(score.false_events), hours, quantile(onset_ms, 0.5), quantile(onset_ms, 0.95), quantile(length_ms, 0.5), quantile(length_ms, 0.95)});
  }
  return table;
}

namespace {

std::string kind_label(const EmgTruthEvent& truth) {
  if (!truth.visible) return "not visible";
  if (truth.kind == EmgPut::Potential) return std::string(name_of(truth.kind));
  const double length_s = truth.end_s - truth.onset_s;
  return std::string("burst ") + (length_s <= 0.05 ? "a to 50 ms" : length_s <= 0.1 ? "b to 100 ms" : "c to 300 ms");
}

std::vector<Table> tables_of(const SplitRun& run, const std::vector<std::size_t>& chosen, const EmgSettings& settings, const EmgComparisonSize& size, Split split) {
  const std::string name(name_of(split));
  const std::string of_split = ", " + name + " split";
  return {method_table("emg_" + name, "EMG compared" + of_split, run.sweeps, chosen, run.recordings, size.bootstrap_draws),
          breakdown(run, chosen, "emg_by_level_" + name, "EMG: recall by level (rms over the level around it)" + of_split, false, [](const EmgSpecOfCase&, const EmgTruthEvent& truth) { return level_label(truth.snr_db); }),
          breakdown(run, chosen, "emg_by_kind_" + name, "EMG: recall by kind and length" + of_split, false, [](const EmgSpecOfCase&, const EmgTruthEvent& truth) { return kind_label(truth); }),
          breakdown(run, chosen, "emg_by_background_" + name, "EMG: recall of the visible and false events an hour by background" + of_split, true, [](const EmgSpecOfCase& spec, const EmgTruthEvent&) { return spec.background; }),
          breakdown(run, chosen, "emg_by_rate_" + name, "EMG: the same by sampling rate" + of_split, true, [](const EmgSpecOfCase& spec, const EmgTruthEvent&) { return spec.file.empty() ? label_of_rate(spec.model.rate_hz) : "real"; }),
          exactness_table(run, chosen, "emg_exactness_" + name, "EMG: size of the error of found bursts of 6 dB and more" + of_split),
          limb_rule_table(settings, size.limb_recordings, split)};
}

}  // namespace

std::vector<Table> compare_emg(const EmgSettings& settings, const EmgComparisonSize& size, std::optional<Split> wanted, const std::string& folder) {
  std::vector<EmgMethod> methods{emg_oracle_method(), our_emg_method("ours, as set", settings), our_emg_sweep("ours, swept", settings)};
  for (EmgMethod& method : public_emg_methods()) methods.push_back(std::move(method));
  const SplitRun train = run_split(emg_specs(Split::Train, size.recordings, size.length_s, folder), methods, folder);
  std::vector<std::size_t> chosen;
  for (const Sweep& sweep : train.sweeps) chosen.push_back(sweep.best_point(train.recordings));
  std::vector<Table> tables;
  if (wanted != Split::Test) tables = tables_of(train, chosen, settings, size, Split::Train);
  if (wanted == Split::Train) return tables;
  const SplitRun test = run_split(emg_specs(Split::Test, size.recordings, size.length_s, folder), methods, folder);
  for (Table& table : tables_of(test, chosen, settings, size, Split::Test)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace klono::bench

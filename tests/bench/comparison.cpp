#include "bench/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

#include "bench/ablation.hpp"
#include "bench/bars.hpp"
#include "bench/details.hpp"
#include "bench/method_table.hpp"
#include "bench/methods.hpp"
#include "bench/sweep.hpp"

namespace klono::bench {
namespace {

/// All methods on one split of one class.
struct SplitRun {
  std::vector<HardSpec> specs;
  std::vector<Scored> recordings;           ///< what moves a limb is asked for
  std::vector<Scored> with_fasciculations;  ///< whatever is visible
  std::vector<std::vector<synth::TruthEvent>> truths;
  std::vector<Sweep> sweeps;  ///< one a method
};

SplitRun run_split(const std::vector<HardSpec>& specs, const std::vector<Method>& methods, const std::string& folder) {
  SplitRun run;
  for (const Method& method : methods) run.sweeps.push_back({method.name, method.points, {}});
  for (const HardSpec& spec : specs) {
    HardCase hard = make_hard(spec, folder);
    if (hard.truth.empty() && hard.scored.empty()) continue;
    for (std::size_t m = 0; m < methods.size(); ++m) {
      std::vector<Outcome> outcomes;
      for (const auto& events : methods[m].run(hard)) outcomes.push_back(outcome_of(hard.truth, events, hard.scored));
      run.sweeps[m].of_recording.push_back(std::move(outcomes));
    }
    run.recordings.push_back({moving_a_limb(hard.truth), hard.scored_hours(), spec.group});
    run.with_fasciculations.push_back({visible_of(hard.truth), hard.scored_hours(), spec.group});
    run.truths.push_back(std::move(hard.truth));
    run.specs.push_back(hard.made_from);
  }
  return run;
}

/// One class of backgrounds: train and test run, and the points chosen on the first.
class ClassComparison {
 public:
  ClassComparison(Activity activity, const DetectorSettings& settings, const ComparisonSize& size, std::string folder)
      : activity_(activity), settings_(settings), size_(size), folder_(std::move(folder)) {
    const bool rest = activity == Activity::Rest;
    const DetectorSettings ours = rest ? settings : ungated(settings);
    methods_.push_back(oracle_method(activity, false));
    for (const auto sensitivity : {Sensitivity::Careful, Sensitivity::Balanced, Sensitivity::Sensitive}) {
      DetectorSettings here = ours;
      here.sensitivity = sensitivity;
      methods_.push_back(our_method("ours, " + std::string(name_of(sensitivity)) + (rest ? "" : ", gate off"), here));
    }
    swept_ = methods_.size();
    methods_.push_back(our_sweep(rest ? "ours, thresholds swept" : "ours, swept, gate off", ours));
    for (Method& method : public_methods()) methods_.push_back(std::move(method));
    if (rest) methods_.push_back(oracle_method(activity, true));
    train_ = run_split(specs(Split::Train), methods_, folder_);
    for (const Sweep& sweep : train_.sweeps) chosen_.push_back(sweep.best_point(train_.recordings));
  }

  void run_test() { test_ = run_split(specs(Split::Test), methods_, folder_); }

  std::vector<Table> tables(Split split) const {
    const SplitRun& run = split == Split::Train ? train_ : test_;
    std::vector<Table> list = {method_table(run, split, false), breakdown(run, split, "level", [](const HardSpec&, const synth::TruthEvent& truth) { return level_label(truth.snr_db); }),
            breakdown(run, split, "kind", [](const HardSpec&, const synth::TruthEvent& truth) { return std::string(synth::name_of(truth.kind)); }),
            breakdown(run, split, "background", [](const HardSpec& spec, const synth::TruthEvent&) { return spec.background; }),
            breakdown(run, split, "sensor", [](const HardSpec& spec, const synth::TruthEvent&) { return sensor_label(spec); })};
    if (activity_ == Activity::Rest) list.insert(list.begin() + 1, method_table(run, split, true));
    return list;
  }

  ClassFigures figures(Split split, std::size_t method) const {
    const SplitRun& run = split == Split::Train ? train_ : test_;
    return {run.sweeps[method].total(run.recordings, chosen_[method], Truth::Visible).f1(), run.sweeps[method].recall_at(kAskedRate_per_h, run.recordings)};
  }

  std::size_t swept() const { return swept_; }
  SweepPoint our_point() const { return point_of_sweep(activity_ == Activity::Rest ? settings_ : ungated(settings_), chosen_[swept_]); }

  /// Events that a method found, and further detections inside events.
  std::pair<int, int> found_and_fragments(Split split, std::size_t method) const {
    const SplitRun& run = split == Split::Train ? train_ : test_;
    int fragments = 0;
    for (const auto& outcomes : run.sweeps[method].of_recording) fragments += outcomes[chosen_[method]].fragments;
    return {run.sweeps[method].total(run.recordings, chosen_[method], Truth::All).found, fragments};
  }

  std::vector<HardSpec> specs(Split split) const {
    const bool rest = activity_ == Activity::Rest;
    return hard_specs(activity_, split, rest ? size_.rest_recordings : size_.active_recordings, rest ? size_.rest_length_s : size_.active_length_s, folder_);
  }

 private:
  std::size_t balanced() const { return swept_ - 2; }

  static std::string sensor_label(const HardSpec& spec) {
    if (spec.file != nullptr) return "real";
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%3.0f Hz%s", std::round(spec.spec.rate_hz / 5.0) * 5.0, spec.spec.quantisation_step_g > 0.0 ? ", 10 mg steps" : "");
    return buffer.data();
  }

  Table method_table(const SplitRun& run, Split split, bool fasciculations) const {
    return bench::method_table(key(fasciculations ? "compare_with_fasciculations" : "compare", split), std::string(fasciculations ? "The same with single fasciculations asked for, compared " : "Compared ") + (activity_ == Activity::Rest ? "at rest" : "in activity") + ", " + std::string(name_of(split)) + " split",
                               run.sweeps, chosen_, fasciculations ? run.with_fasciculations : run.recordings, size_.bootstrap_draws);
  }

  std::string key(const std::string& what, Split split) const { return what + "_" + std::string(name_of(activity_)) + "_" + std::string(name_of(split)); }

  /// Recall of the oracle, ours as set and ours swept, by a label of recording and event; false events where the label is the recording's.
  template <class Label>
  Table breakdown(const SplitRun& run, Split split, const std::string& what, Label label) const {
    const std::array shown = {std::size_t{0}, balanced(), swept_, swept_ + 1, swept_ + 2};
    struct Row {
      int truth = 0;
      std::array<int, 5> found{};
      std::array<int, 5> false_events{};
      double hours = 0.0;
    };
    std::map<std::string, Row> rows;
    const bool by_recording = what == "background" || what == "sensor";
    for (std::size_t r = 0; r < run.recordings.size(); ++r) {
      const Scored& asked = what == "kind" ? run.with_fasciculations[r] : run.recordings[r];
      if (by_recording) {
        Row& row = rows[label(run.specs[r], {})];
        row.hours += run.recordings[r].hours;
        for (std::size_t m = 0; m < shown.size(); ++m) row.false_events[m] += run.sweeps[shown[m]].of_recording[r][chosen_[shown[m]]].false_events;
      }
      for (std::size_t t = 0; t < run.truths[r].size(); ++t) {
        const synth::TruthEvent& truth = run.truths[r][t];
        if (what == "level" ? truth.kind == synth::EventKind::Fasciculation : !asked.visible[t]) continue;
        Row& row = rows[label(run.specs[r], truth)];
        ++row.truth;
        for (std::size_t m = 0; m < shown.size(); ++m) row.found[m] += run.sweeps[shown[m]].of_recording[r][chosen_[shown[m]]].found[t] ? 1 : 0;
      }
    }
    Table table{.key = key("compare_by_" + what, split), .title = "By " + what + ", " + std::string(name_of(activity_)) + ", " + std::string(name_of(split)) + " split: recall" + (by_recording ? " and false events an hour" : ""),
                .columns = {what, "events", "oracle", "ours balanced", "ours swept", "peaks", "Teager-Kaiser"}, .rows = {}, .decimals = 2};
    if (by_recording)
      for (const char* column : {"hours", "false/h oracle", "false/h ours balanced", "false/h ours swept", "false/h peaks", "false/h T-K"}) table.columns.emplace_back(column);
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

  Activity activity_;
  DetectorSettings settings_;
  ComparisonSize size_;
  std::string folder_;
  std::vector<Method> methods_;
  std::size_t swept_ = 0;
  SplitRun train_;
  SplitRun test_;
  std::vector<std::size_t> chosen_;
};

}  // namespace

ComparisonSize short_comparison() { return {.rest_recordings = 10, .rest_length_s = 600.0, .active_recordings = 8, .active_length_s = 240.0, .bootstrap_draws = 100}; }

ComparisonSize smallest_comparison() { return {.rest_recordings = 5, .rest_length_s = 300.0, .active_recordings = 4, .active_length_s = 120.0, .bootstrap_draws = 50}; }

namespace {

Table false_event_table(const Details& rest, const Details& gated, Split split) {
  Table table{.key = "expected_false_" + std::string(name_of(split)), .title = "False events: expected by chance, as the analysis tells; by the confidence of what was found; and seen", .columns = {"class", "hours", "by chance", "by confidence", "seen", "95 % from", "95 % to"}, .rows = {}, .decimals = 1};
  for (const auto& [name, details] : {std::pair<std::string, const Details&>{"at rest", rest}, {"active, gate on", gated}}) {
    const auto add = [&](const std::string& what, Cell by_confidence, int seen) {
      const Interval interval = poisson_interval(seen);
      table.rows.push_back({what, details.hours, details.expected_false, std::move(by_confidence), static_cast<std::int64_t>(seen), interval.low, interval.high});
    };
    add(name, details.doubted, details.false_events);
    add(name + ", without limb movements", std::string("-"), details.brief_false_events);
  }
  return table;
}

}  // namespace

std::vector<Table> compare(const DetectorSettings& settings, const ComparisonSize& size, std::optional<Split> wanted, const std::string& folder) {
  std::vector<Table> tables;
  ClassComparison rest(Activity::Rest, settings, size, folder);
  ClassComparison active(Activity::Active, settings, size, folder);
  if (wanted != Split::Train) {
    rest.run_test();
    active.run_test();
  }
  for (const auto split : {Split::Train, Split::Test}) {
    if (wanted && *wanted != split) continue;
    const std::string name(name_of(split));
    for (const ClassComparison* comparison : {&rest, &active})
      for (Table& table : comparison->tables(split)) tables.push_back(std::move(table));
    const auto [found, fragments] = rest.found_and_fragments(split, rest.swept());
    const BarFigures figures{.oracle_at_rest = rest.figures(split, 0),
                             .ours_at_rest = rest.figures(split, rest.swept()),
                             .oracle_active = active.figures(split, 0),
                             .ours_active = active.figures(split, active.swept()),
                             .found_at_rest = found,
                             .fragments_at_rest = fragments,
                             .at_rest = measure_details(rest.our_point(), rest.specs(split), folder),
                             .gated = measure_details({.settings = settings}, active.specs(split), folder)};
    tables.push_back(bars_table(figures, "bars_" + name, "Bars, " + name + " split: ours with the thresholds of the sweep"));
    tables.push_back(reliability_table(figures.at_rest, "reliability_" + name, "Reliability of the confidence at rest, " + name + " split: share of true events among detections"));
    tables.push_back(reliability_table(figures.gated, "reliability_active_" + name, "The same in activity, gate on, " + name + " split; what the background itself holds and nobody labelled counts as false"));
    tables.push_back(false_event_table(figures.at_rest, figures.gated, split));
    tables.push_back(measure_ablation(rest.our_point(), rest.specs(split), folder, "at rest"));
    tables.back().key += "_" + name;
    tables.push_back(measure_ablation(active.our_point(), active.specs(split), folder, "active, gate off"));
    tables.back().key += "_active_" + name;
  }
  return tables;
}

}  // namespace klono::bench

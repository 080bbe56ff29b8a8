#include "bench/real_backgrounds.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <string>

#include "bench/accuracy.hpp"
#include "bench/hard_scenarios.hpp"
#include "bench/poisson.hpp"
#include "bench/recordings.hpp"
#include "bench/score.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

namespace fs = std::filesystem;

constexpr double kShortest_s = 30.0;
constexpr double kJerksPerHour = 240.0;  // real files are minutes long

constexpr double kMostWhereStill_per_h = 2.0;

/// What a file holds: of its rows in the table of splits the one of activity, where there is one.
std::string kind_of(const std::string& name) {
  std::string kind;
  for (const RealFile& file : real_files())
    if (file.path == name && (kind.empty() || file.activity == Activity::Active)) kind = file.kind;
  return kind;
}

/// Events counted in recordings of which it is known what they hold, and in stretches that are still by the rule of quiet_spans().
struct ClassCount {
  int files = 0;
  int events = 0;
  double analysable_hours = 0.0;
};

int events_in(const std::vector<TimeSpan>& spans, const std::vector<Event>& events) {
  return static_cast<int>(std::count_if(events.begin(), events.end(), [&](const Event& event) {
    return std::any_of(spans.begin(), spans.end(), [&](const TimeSpan& span) { return span.contains(event.onset_s); });
  }));
}

Table class_table(const std::map<std::string, ClassCount>& classes) {
  Table table{.key = "real_classes", .title = "Real recordings by what they hold: events counted, and the bar", .columns = {"holds", "files", "analysable min", "events", "per analysable h", "upper limit", "bar", "result"}, .rows = {}, .decimals = 2};
  for (const auto& [name, count] : classes) {
    const bool still = name == "quiet stretches";
    const double per_h = count.events / count.analysable_hours;
    const bool met = still ? per_h <= kMostWhereStill_per_h : count.events == 0;
    table.rows.push_back({name, static_cast<std::int64_t>(count.files), 60.0 * count.analysable_hours, static_cast<std::int64_t>(count.events), per_h,
                          poisson_upper(count.events) / count.analysable_hours, std::string(still ? "at most 2 an hour" : "none"), std::string(met ? "met" : "missed")});
  }
  return table;
}

struct Total {
  int events = 0;
  double analysable_hours = 0.0;
  double hours = 0.0;
  Score injected;
};

/// Detections of the untouched recording do not count as false here: nobody knows what they are.
Score score_of_injection(const Recording& before, const Analysis& untouched, const DetectorSettings& settings,
                         std::uint64_t seed, Invariants& invariants, const std::string& name) {
  synth::SyntheticSpec spec;
  spec.seed = seed;
  spec.singles_per_hour = kJerksPerHour;
  Recording with = before;
  const auto truth = synth::inject(with, spec, quiet_spans(before));
  const Analysis analysis = analyse(with, settings);
  invariants.check(with, analysis, name + " with events put in");
  const Matching matching = match(truth, analysis.events);
  Score score;
  for (std::size_t t = 0; t < truth.size(); ++t) {
    if (!truth[t].visible) continue;
    ++score.truth;
    score.found += matching.event_of_truth[t] != kNone ? 1 : 0;
  }
  for (std::size_t e = 0; e < analysis.events.size(); ++e) {
    const bool was_there = std::any_of(untouched.events.begin(), untouched.events.end(), [&](const Event& old) {
      return std::abs(old.onset_s - analysis.events[e].onset_s) < kOnsetWindow_s;
    });
    if (matching.truth_of_event[e] == kNone && was_there) continue;
    ++score.detected;
    score.false_events += matching.truth_of_event[e] == kNone ? 1 : 0;
  }
  return score;
}

}  // namespace

std::vector<Table> measure_real_backgrounds(const std::string& folder, const DetectorSettings& settings,
                                            Invariants& invariants) {
  Table table{.key = "real_backgrounds",
              .title = "Real recordings: what is found as they are, and jerks put into their quiet stretches",
              .columns = {"file", "minutes", "Hz", "quiet min", "analysable min", "events", "upper limit/h", "put in", "found", "recall",
                          "new false"},
              .rows = {},
              .decimals = 2};
  Total total;
  std::map<std::string, ClassCount> classes;
  std::uint64_t seed = 1;
  for (const fs::path& path : files_under(folder)) {
    const auto recording = recording_at(path);
    if (!recording || recording->duration_s() < kShortest_s) continue;
    const std::string name = fs::path(path).lexically_relative(folder).string();
    const Analysis analysis = analyse(*recording, settings);
    invariants.check(*recording, analysis, name);
    double quiet_s = 0.0;
    for (const TimeSpan& span : quiet_spans(*recording)) quiet_s += span.length_s();
    ClassCount& still = classes["quiet stretches"];
    still.files += quiet_s > 0.0 ? 1 : 0;
    still.events += events_in(quiet_spans(*recording), analysis.events);
    still.analysable_hours += quiet_s / 3600.0;
    if (const std::string kind = kind_of(name); kind == "walking" || kind == "tooth brushing" || kind == "tremor") {
      ++classes[kind].files;
      classes[kind].events += static_cast<int>(analysis.events.size());
      classes[kind].analysable_hours += analysis.analysable_s / 3600.0;
    }
    const Score score = score_of_injection(*recording, analysis, settings, seed++, invariants, name);
    total.events += static_cast<int>(analysis.events.size());
    total.hours += analysis.recorded_s / 3600.0;
    total.analysable_hours += analysis.analysable_s / 3600.0;
    total.injected += score;
    table.rows.push_back({name, analysis.recorded_s / 60.0, recording->rate_hz, quiet_s / 60.0,
                          analysis.analysable_s / 60.0, static_cast<std::int64_t>(analysis.events.size()),
                          poisson_upper(static_cast<int>(analysis.events.size())) / (analysis.analysable_s / 3600.0), static_cast<std::int64_t>(score.truth), static_cast<std::int64_t>(score.found), score.recall(),
                          static_cast<std::int64_t>(score.false_events)});
  }
  if (table.rows.empty()) return {};
  Table sum{.key = "real_backgrounds_total",
            .title = "Real recordings together",
            .columns = {"hours", "analysable h", "events as they are", "per analysable h", "upper limit",
                        "put in", "found", "recall", "new false"},
            .rows = {},
            .decimals = 3};
  sum.rows.push_back({total.hours, total.analysable_hours, static_cast<std::int64_t>(total.events),
                      total.events / total.analysable_hours, poisson_upper(total.events) / total.analysable_hours,
                      static_cast<std::int64_t>(total.injected.truth), static_cast<std::int64_t>(total.injected.found),
                      total.injected.recall(), static_cast<std::int64_t>(total.injected.false_events)});
  return {table, class_table(classes), sum};
}

}  // namespace klono::bench

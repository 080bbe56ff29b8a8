#include "bench/false_events.hpp"

#include <array>
#include <map>
#include <string>

#include "bench/poisson.hpp"
#include "bench/scenarios.hpp"
#include "bench/score.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

struct Tally {
  int count = 0;
  double hours = 0.0;
  double analysable_hours = 0.0;
  std::array<int, 5> classes{};
  int beside_disturbance = 0;
  std::map<std::string, int> left_out;  ///< reasons of candidates that were rightly not counted
};

std::string reasons_of(const Tally& tally) {
  std::string text;
  for (const auto& [reason, count] : tally.left_out) text += (text.empty() ? "" : ", ") + reason + " " + std::to_string(count);
  return text;
}

Table summary_table(const std::map<synth::BackgroundKind, Tally>& tallies) {
  Table table{.key = "false_events",
              .title = "Events found where none were put in, with the exact one-sided 95 % Poisson limit",
              .columns = {"background", "hours", "analysable h", "false", "per hour", "upper limit per hour",
                          "per analysable h", "twitch", "burst", "rhythmic", "limb", "movement", "beside disturbance"},
              .rows = {},
              .decimals = 2};
  for (const auto& [background, tally] : tallies) {
    table.rows.push_back({std::string(synth::name_of(background)), tally.hours, tally.analysable_hours,
                          static_cast<std::int64_t>(tally.count), tally.count / tally.hours,
                          poisson_upper(tally.count) / tally.hours, tally.count / tally.analysable_hours});
    for (const int count : tally.classes) table.rows.back().emplace_back(static_cast<std::int64_t>(count));
    table.rows.back().emplace_back(static_cast<std::int64_t>(tally.beside_disturbance));
  }
  return table;
}

Table reason_table(const std::map<synth::BackgroundKind, Tally>& tallies) {
  Table table{.key = "left_out",
              .title = "Candidates that were not counted there, by reason",
              .columns = {"background", "reasons"},
              .rows = {}};
  for (const auto& [background, tally] : tallies)
    table.rows.push_back({std::string(synth::name_of(background)), reasons_of(tally)});
  return table;
}

std::vector<Cell> example_row(synth::BackgroundKind background, std::uint64_t seed, const Event& event) {
  return {std::string(synth::name_of(background)), static_cast<std::int64_t>(seed), event.onset_s, event.duration_s,
          1000.0 * event.peak_g, event.rise_s, event.dominant_hz, event.tilt_change_deg, event.above_floor,
          event.confidence, std::string(name_of(event.event_class))};
}

}  // namespace

FalseEvents measure_false_events(const DetectorSettings& settings, int hours, int examples, Invariants& invariants) {
  std::map<synth::BackgroundKind, Tally> tallies;
  Table list{.key = "false_examples",
             .title = "Some of them",
             .columns = {"background", "seed", "onset (s)", "duration (s)", "peak (mg)", "rise (s)", "dominant (Hz)",
                         "tilt (deg)", "above floor", "confidence", "class"},
             .rows = {},
             .decimals = 2};
  for (const auto background : kBackgrounds) {
    Tally& tally = tallies[background];
    int shown = 0;
    for (int hour = 0; hour < hours; ++hour) {
      const auto spec = empty_spec(background, static_cast<std::uint64_t>(hour), 3600.0);
      const auto made = synth::make(spec);
      const Analysis analysis = analyse(made.recording, settings);
      invariants.check(made.recording, analysis, "empty " + std::string(synth::name_of(background)));
      tally.hours += analysis.recorded_s / 3600.0;
      tally.analysable_hours += analysis.analysable_s / 3600.0;
      for (const Event& event : analysis.not_counted) ++tally.left_out[std::string(name_of(event.reason))];
      for (const Event& event : analysis.events) {
        ++tally.count;
        ++tally.classes[static_cast<std::size_t>(event.event_class)];
        tally.beside_disturbance += is_clear({event.onset_s, event.end_s}, made.disturbed, 2.0) ? 0 : 1;
        if (shown++ < examples) list.rows.push_back(example_row(background, spec.seed, event));
      }
    }
  }
  FalseEvents result{.tables = {summary_table(tallies), reason_table(tallies)}, .per_hour = 0.0};
  if (!list.rows.empty()) result.tables.push_back(list);
  int count = 0;
  double total_hours = 0.0;
  for (const auto& [background, tally] : tallies) {
    count += tally.count;
    total_hours += tally.hours;
  }
  result.per_hour = total_hours > 0.0 ? count / total_hours : 0.0;
  return result;
}

}  // namespace klono::bench

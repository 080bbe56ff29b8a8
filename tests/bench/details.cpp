#include "bench/details.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <set>

#include "bench/intervals.hpp"
#include "bench/matching.hpp"
#include "bench/sweep.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

constexpr double kExactFrom_db = 6.0;
constexpr double kExactFrom_hz = 98.0;
constexpr int kLeastMembers = 3;

bool asks_for_exactness(const HardSpec& hard, const synth::TruthEvent& truth) {
  return hard.file == nullptr && hard.spec.rate_hz >= kExactFrom_hz && hard.spec.quantisation_step_g == 0.0 && truth.snr_db >= kExactFrom_db &&
         truth.kind != synth::EventKind::LimbMovement;
}

bool is_scored(const HardCase& hard, double t_s) {
  return std::any_of(hard.scored.begin(), hard.scored.end(), [t_s](const TimeSpan& span) { return span.contains(t_s); });
}

std::vector<Event> brief_ones(std::vector<Event> events) {
  std::erase_if(events, [](const Event& event) { return event.event_class == EventClass::LimbMovement; });
  return events;
}

void add(Details& details, const HardCase& hard, const Analysis& analysis, double least_confidence) {
  const std::vector<Event> events = at_least(analysis.events, least_confidence);
  const Matching matching = match(hard.truth, events);
  for (std::size_t t = 0; t < hard.truth.size(); ++t) {
    const synth::TruthEvent& truth = hard.truth[t];
    if (matching.event_of_truth[t] == kNone || !asks_for_exactness(hard.made_from, truth)) continue;
    const Event& event = events[matching.event_of_truth[t]];
    const double error_s = std::abs(event.onset_s - truth.onset_s);
    details.onset_error_s.push_back(error_s);
    details.onset_error_periods.push_back(error_s * hard.made_from.spec.rate_hz);
    details.peak_error.push_back(std::abs(event.peak_g / truth.peak_g - 1.0));
  }
  for (std::size_t e = 0; e < events.size(); ++e)
    if (matching.truth_of_event[e] != kNone || is_scored(hard, events[e].onset_s)) details.doubted += 1.0 - events[e].confidence;
  const Matching of_all = match(hard.truth, analysis.events);
  for (std::size_t e = 0; e < analysis.events.size(); ++e) {
    const Event& event = analysis.events[e];
    const bool is_true = of_all.truth_of_event[e] != kNone;
    if (!is_true && !is_scored(hard, event.onset_s)) continue;
    const auto bin = static_cast<std::size_t>(std::clamp(event.confidence * kConfidenceBins, 0.0, kConfidenceBins - 1.0));
    ++details.detected[bin];
    details.true_ones[bin] += is_true ? 1 : 0;
  }
  details.brief_false_events += outcome_of(hard.truth, brief_ones(events), hard.scored).false_events;
  details.false_events += outcome_of(hard.truth, events, hard.scored).false_events;
  details.expected_false += analysis.expected_false / analysis.recorded_s * 3600.0 * hard.scored_hours();
  details.series += series_score(hard.truth, events);
  details.hours += hard.scored_hours();
  details.analysable_hours += analysis.analysable_s / 3600.0;
  details.recorded_hours += analysis.recorded_s / 3600.0;
}

}  // namespace

Score series_score(const std::vector<synth::TruthEvent>& truth, const std::vector<Event>& events) {
  const Matching matching = match(truth, events);
  std::map<std::int32_t, int> visible;                            // members by series
  std::map<std::int32_t, int> size;                               // detections by group
  std::map<std::pair<std::int32_t, std::int32_t>, int> shared;    // series and group
  for (const synth::TruthEvent& member : truth)
    if (member.series >= 0 && member.visible) ++visible[member.series];
  for (std::size_t e = 0; e < events.size(); ++e) {
    if (events[e].group < 0) continue;
    ++size[events[e].group];
    const std::size_t t = matching.truth_of_event[e];
    if (t != kNone && truth[t].series >= 0) ++shared[{truth[t].series, events[e].group}];
  }
  Score score;
  std::set<std::int32_t> real_groups;
  for (const auto& [pair, count] : shared)
    if (2 * count >= size[pair.second]) real_groups.insert(pair.second);
  for (const auto& [series, members] : visible) {
    if (members < kLeastMembers) continue;
    ++score.truth;
    score.found += std::any_of(shared.begin(), shared.end(), [&, id = series, most = members](const auto& entry) {
                     return entry.first.first == id && 2 * entry.second >= most && real_groups.contains(entry.first.second);
                   }) ? 1 : 0;
  }
  int false_groups = 0;
  for (const auto& [group, count] : size) false_groups += count >= kLeastMembers && !real_groups.contains(group) ? 1 : 0;
  score.false_events = false_groups;
  score.detected = score.found + false_groups;
  return score;
}

Details measure_details(const SweepPoint& point, const std::vector<HardSpec>& specs, const std::string& folder) {
  Details details;
  for (const HardSpec& spec : specs) {
    const HardCase hard = make_hard(spec, folder);
    if (!hard.scored.empty()) add(details, hard, analyse(hard.recording, point.settings), point.least_confidence);
  }
  return details;
}

Table reliability_table(const Details& details, const std::string& key, const std::string& title) {
  Table table{.key = key, .title = title, .columns = {"confidence", "detections", "true", "share true", "95 % from", "95 % to"}, .rows = {}, .decimals = 2};
  for (std::size_t bin = 0; bin < kConfidenceBins; ++bin) {
    if (details.detected[bin] == 0) continue;
    std::array<char, 32> label{};
    std::snprintf(label.data(), label.size(), "%.1f-%.1f", 0.1 * static_cast<double>(bin), 0.1 * static_cast<double>(bin + 1));
    const Interval interval = binomial_interval(details.true_ones[bin], details.detected[bin]);
    table.rows.push_back({std::string(label.data()), static_cast<std::int64_t>(details.detected[bin]), static_cast<std::int64_t>(details.true_ones[bin]),
                          static_cast<double>(details.true_ones[bin]) / details.detected[bin], interval.low, interval.high});
  }
  return table;
}

}  // namespace klono::bench

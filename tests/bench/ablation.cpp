#include "bench/ablation.hpp"

#include "bench/sweep.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

constexpr double kNever = 1e-300;  // false events an hour: a level that nothing reaches

}  // namespace

const std::vector<Ablation>& ablations() {
  static const std::vector<Ablation> list = {
      {"as it is", [](DetectorSettings&) {}},
      {"no matched filters", [](DetectorSettings& s) { s.candidates.false_per_hour = kNever; }},
      {"matched filters: one form instead of three", [](DetectorSettings& s) { s.stages.three_forms = false; }},
      {"matched filters: no whitening in time", [](DetectorSettings& s) { s.stages.foretelling = false; }},
      {"matched filters: no whitening across directions", [](DetectorSettings& s) { s.stages.directions = false; }},
      {"null: the last minute alone", [](DetectorSettings& s) { s.stages.near_null = false; }},
      {"null: tail of Gaussian noise", [](DetectorSettings& s) { s.stages.own_tail = false; }},
      {"knocks and slow movement not asked for", [](DetectorSettings& s) { s.stages.other_causes = false; }},
      {"unexplained rest not asked for", [](DetectorSettings& s) { s.stages.unexplained_rest = false; }},
      {"matched filters: nothing below the smallest peak", [](DetectorSettings& s) { s.candidates.matched_share = 1.0; }},
      {"gate off", [](DetectorSettings& s) { s.gate = false; }},
      {"gravity split over 0.5 s instead of 1 s", [](DetectorSettings& s) { s.conditioning.split_half_s = 0.5; }},
      {"band up to 40 Hz", [](DetectorSettings& s) { s.conditioning.band_high_hz = 40.0; }},
      {"band up to 10 Hz", [](DetectorSettings& s) { s.conditioning.band_high_hz = 10.0; }},
      {"noise floor of 10 s", [](DetectorSettings& s) { s.candidates.floor_window_s = 10.0; }},
      {"noise floor of 300 s", [](DetectorSettings& s) { s.candidates.floor_window_s = 300.0; }},
      {"one level instead of two (off at 0.8 of on)", [](DetectorSettings& s) { s.candidates.off_fraction = 0.8; }},
      {"envelope of 0.05 s", [](DetectorSettings& s) { s.candidates.envelope_s = 0.05; }},
      {"envelope of 0.3 s", [](DetectorSettings& s) { s.candidates.envelope_s = 0.3; }},
      {"no quiet asked for", [](DetectorSettings& s) { s.rejection.quiet_s = 0.0; }},
      {"no limit on the rise", [](DetectorSettings& s) { s.rejection.longest_rise_s = 1.0; }},
      {"no limit on tilt", [](DetectorSettings& s) { s.rejection.largest_tilt_deg = 90.0; }},
      {"no shortest event", [](DetectorSettings& s) { s.rejection.shortest_event_s = 0.0; }},
      {"no knock rule below 25 Hz", [](DetectorSettings& s) { s.rejection.knock_above_hz = 25.0; }},
      {"tremor only where all power is in one line", [](DetectorSettings& s) { s.rejection.tremor_narrowness = 0.95; }},
  };
  return list;
}

Table measure_ablation(const SweepPoint& point, const std::vector<HardSpec>& specs, const std::string& folder, const std::string& where) {
  std::vector<Score> scores(ablations().size());
  double hours = 0.0;
  for (const HardSpec& spec : specs) {
    const HardCase hard = make_hard(spec, folder);
    if (hard.scored.empty()) continue;
    hours += hard.scored_hours();
    const Scored scored{.visible = moving_a_limb(hard.truth), .hours = hard.scored_hours(), .group = spec.group};
    for (std::size_t a = 0; a < ablations().size(); ++a) {
      DetectorSettings settings = point.settings;
      ablations()[a].change(settings);
      scores[a] += score_of(scored, outcome_of(hard.truth, at_least(analyse(hard.recording, settings).events, point.least_confidence), hard.scored), Truth::Visible);
    }
  }
  Table table{.key = "ablation", .title = "Ablation, " + where + ", visible events: one thing changed, all else as in the sweep's best point", .columns = {"change", "recall", "precision", "F1", "F1 less that as it is", "false/h"}, .rows = {}};
  for (std::size_t a = 0; a < scores.size(); ++a)
    table.rows.push_back({ablations()[a].name, scores[a].recall(), scores[a].precision(), scores[a].f1(), scores[a].f1() - scores[0].f1(), scores[a].false_events / hours});
  return table;
}

}  // namespace klono::bench

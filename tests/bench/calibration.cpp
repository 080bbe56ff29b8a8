#include "bench/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "bench/hard_scenarios.hpp"
#include "bench/matching.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

using detection::kConfidenceTerms;
using Terms = std::array<double, kConfidenceTerms>;

constexpr double kRidge = 1.0;
constexpr int kMostSteps = 60;

double masked_before_s(const Analysis& analysis, double onset_s) {
  double masked_s = 0.0;
  for (const Mask& mask : analysis.masks) masked_s += std::max(0.0, std::min(mask.span.end_s, onset_s) - std::max(mask.span.begin_s, onset_s - detection::kMaskedWithin_s));
  return masked_s;
}

void add_events(const HardCase& hard, const DetectorSettings& settings, std::vector<Labelled>& events) {
  const Analysis analysis = analyse(hard.recording, settings);
  const Matching matching = match(hard.truth, analysis.events);
  for (std::size_t e = 0; e < analysis.events.size(); ++e) {
    const Event& event = analysis.events[e];
    const bool is_true = matching.truth_of_event[e] != kNone;
    const bool is_scored = std::ranges::any_of(hard.scored, [&](const TimeSpan& span) { return span.contains(event.onset_s); });
    if (is_true || is_scored) events.push_back({detection::confidence_terms(event, settings, analysis.tilt_checked, masked_before_s(analysis, event.onset_s)), is_true});
  }
}

std::vector<Labelled> labelled(Split split, DetectorSettings settings, const ComparisonSize& size, const std::string& folder) {
  std::vector<Labelled> events;
  for (const auto& [activity, count, length_s] : {std::tuple{Activity::Rest, size.rest_recordings, size.rest_length_s}, std::tuple{Activity::Active, size.active_recordings, size.active_length_s}})
    for (const HardSpec& spec : hard_specs(activity, split, count, length_s, folder)) {
      const HardCase hard = make_hard(spec, folder);
      if (hard.scored.empty()) continue;
      for (const Sensitivity sensitivity : {Sensitivity::Careful, Sensitivity::Balanced, Sensitivity::Sensitive}) {
        settings.sensitivity = sensitivity;
        add_events(hard, settings, events);
      }
    }
  return events;
}

using Equations = std::array<std::array<double, kConfidenceTerms + 1>, kConfidenceTerms>;

/// Gauss-Jordan with pivots.
Terms solution_of(Equations rows) {
  for (std::size_t i = 0; i < kConfidenceTerms; ++i) {
    const auto pivot = std::max_element(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(), [i](const auto& a, const auto& b) { return std::abs(a[i]) < std::abs(b[i]); });
    std::swap(rows[i], *pivot);
    for (std::size_t k = 0; k < kConfidenceTerms; ++k) {
      if (k == i) continue;
      const double share = rows[k][i] / rows[i][i];
      for (std::size_t j = i; j <= kConfidenceTerms; ++j) rows[k][j] -= share * rows[i][j];
    }
  }
  Terms solution{};
  for (std::size_t i = 0; i < kConfidenceTerms; ++i) solution[i] = rows[i][kConfidenceTerms] / rows[i][i];
  return solution;
}

/// Mean of -log of the probability given to what came, and mean square of the difference.
std::pair<double, double> losses(const std::vector<Labelled>& events, const Terms& weights) {
  double log_loss = 0.0;
  double square = 0.0;
  for (const Labelled& event : events) {
    const double given = detection::confidence_of(event.terms, weights);
    log_loss -= std::log(std::max(1e-12, event.is_true ? given : 1.0 - given));
    square += (given - (event.is_true ? 1.0 : 0.0)) * (given - (event.is_true ? 1.0 : 0.0));
  }
  const auto count = static_cast<double>(std::max<std::size_t>(1, events.size()));
  return {log_loss / count, square / count};
}

}  // namespace

Terms learn_weights(const std::vector<Labelled>& events, double ridge) {
  Terms weights{};
  for (int step = 0; step < kMostSteps; ++step) {
    Equations rows{};
    for (std::size_t i = 0; i < kConfidenceTerms; ++i) {
      const double hold = i == 0 ? 1e-6 : ridge;
      rows[i][i] = hold;
      rows[i][kConfidenceTerms] = -hold * weights[i];
    }
    for (const Labelled& event : events) {
      const double given = detection::confidence_of(event.terms, weights);
      const double slope = given * (1.0 - given) + 1e-9;
      const double left = (event.is_true ? 1.0 : 0.0) - given;
      for (std::size_t i = 0; i < kConfidenceTerms; ++i) {
        for (std::size_t j = 0; j < kConfidenceTerms; ++j) rows[i][j] += slope * event.terms[i] * event.terms[j];
        rows[i][kConfidenceTerms] += left * event.terms[i];
      }
    }
    const Terms change = solution_of(rows);
    double moved = 0.0;
    for (std::size_t i = 0; i < kConfidenceTerms; ++i) {
      weights[i] += change[i];
      moved += std::abs(change[i]);
    }
    if (moved < 1e-6) break;
  }
  return weights;
}

std::vector<Table> calibrate(const DetectorSettings& settings, const ComparisonSize& size, const std::string& folder) {
  const std::vector<Labelled> train = labelled(Split::Train, settings, size, folder);
  const std::vector<Labelled> test = labelled(Split::Test, settings, size, folder);
  const Terms learned = learn_weights(train, kRidge);
  Table weights{.key = "confidence_weights", .title = "Confidence: weights as they are, and as learned anew from the train split", .columns = {"term", "as it is", "learned"}, .rows = {}, .decimals = 3};
  for (std::size_t k = 0; k < kConfidenceTerms; ++k) weights.rows.push_back({std::string(detection::confidence_term_names()[k]), detection::confidence_weights()[k], learned[k]});
  Table loss{.key = "confidence_loss", .title = "Confidence: what was given to what came", .columns = {"split", "events", "log loss as it is", "log loss learned", "square as it is", "square learned"}, .rows = {}, .decimals = 4};
  for (const auto& [name, events] : {std::pair<std::string, const std::vector<Labelled>&>{"train", train}, {"test", test}}) {
    const auto now = losses(events, detection::confidence_weights());
    const auto anew = losses(events, learned);
    loss.rows.push_back({name, static_cast<std::int64_t>(events.size()), now.first, anew.first, now.second, anew.second});
  }
  return {weights, loss};
}

}  // namespace klono::bench

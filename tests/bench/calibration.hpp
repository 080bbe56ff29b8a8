#pragma once
/// What the confidence of an event is learned from (src/detection/confidence.*): events that ours finds in the train split, at rest and in
/// activity, at all three sensitivities, each with whether it was put in.

#include <string>
#include <vector>

#include "bench/comparison.hpp"
#include "bench/table.hpp"
#include "detection/confidence.hpp"

namespace klono::bench {

struct Labelled {
  std::array<double, detection::kConfidenceTerms> terms{};
  bool is_true = false;
};

/// Logistic regression by Newton's method; `ridge` holds every weight but the first near 0.
std::array<double, detection::kConfidenceTerms> learn_weights(const std::vector<Labelled>& events, double ridge);

/// Weights as they are and as learned anew, and how well each foretells the test split (mean of -log of what was given to what came; mean
/// square of the difference).
std::vector<Table> calibrate(const DetectorSettings& settings, const ComparisonSize& size, const std::string& folder);

}  // namespace klono::bench

#pragma once
/// How likely a counted event is one: calibrated on labelled recordings.

#include <array>
#include <cstddef>

#include "detection/event.hpp"
#include "detection/settings.hpp"

namespace klono::detection {

inline constexpr double kMaskedWithin_s = 120.0;  ///< before the onset: how much of this could not be analysed tells whether somebody moves about (chosen)
inline constexpr std::size_t kConfidenceTerms = 14;

/// What the confidence of an event is made of, each between about 0 and 2, the first always 1: how far it stood above the level it had to
/// reach, how it was found, how long it lasted, how still it was around, how sudden it was, how little the sensor turned, what chance makes at
/// this sensitivity, and how much of the time before was masked (`masked_before_s`, of kMaskedWithin_s).
std::array<double, kConfidenceTerms> confidence_terms(const Event& event, const DetectorSettings& settings, bool tilt_known, double masked_before_s);

/// Names of the terms, for tables.
const std::array<const char*, kConfidenceTerms>& confidence_term_names();

/// Their weights, learned from the train split of the benchmark (`klono_bench --calibrate` learns them again; METHODS.md 4a).
const std::array<double, kConfidenceTerms>& confidence_weights();

/// Share of events like this that were put in, among what is found in labelled recordings at rest and in activity; 0..1.
double confidence_of(const std::array<double, kConfidenceTerms>& terms, const std::array<double, kConfidenceTerms>& weights = confidence_weights());

}  // namespace klono::detection

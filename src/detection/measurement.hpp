#pragma once

#include <array>
#include <cstdint>

#include "detection/candidates.hpp"
#include "detection/event.hpp"
#include "dsp/spectrum.hpp"

namespace klono::detection {

/// One stroke with its figures, before it is judged.
struct Measured {
  Event event;
  Candidate candidate;
  std::array<double, 3> gravity_before{};
  std::array<double, 3> gravity_after{};
  double narrowness = 0.0;        ///< of its power, within 1 Hz of the strongest frequency; 0 where a form told it, not its own edges
  bool whole_neighbourhood = true;  ///< the data reach far enough on both sides to judge
};

/// How far beyond a candidate the track must reach before it is measured, in seconds.
inline constexpr double kNeighbourhood_s = 0.8;

class Measurer {
 public:
  Measurer(const CandidateSettings& settings, double rate_hz);
  Measured measure(const Track& track, const Candidate& candidate);

 private:
  Measured measure_pick(const Track& track, const Candidate& candidate) const;
  void tell_frequency(const Track& track, Witness witness, std::int64_t begin, std::int64_t end, Measured& result);
  double peak_g_of(const Track& track, const Candidate& stroke, std::int64_t peak) const;

  const CandidateSettings& settings_;
  dsp::Spectrum spectrum_;
};

/// Angle between two vectors in degrees; 0 where one is missing.
double angle_deg(const std::array<double, 3>& a, const std::array<double, 3>& b);

}  // namespace klono::detection

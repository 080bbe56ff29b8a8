#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "detection/limb_model.hpp"
#include "detection/track.hpp"

namespace klono::detection {

/// A jerk as the best of the limb model's forms tell it: means over all forms and places, each weighed by how likely it
/// makes the samples (posterior means under flat priors and white noise), so that weak events have figures, too.
struct JerkFit {
  double onset = 0.0;  ///< frames of the track, of the unfiltered form
  double peak = 0.0;
  double end = 0.0;
  double length = 0.0;
  double rise = 0.0;
  double peak_g = 0.0;  ///< of the unfiltered form; what noise adds is taken off
  double limb_hz = 0.0;
  std::array<double, 3> direction{};
  double energy = 0.0;       ///< explained by the best jerk, in g^2 frames
  double noise = 0.0;        ///< variance that noise alone gives one axis of an output
  double knock_energy = 0.0;  ///< explained by the best knock
  double slow_energy = 0.0;   ///< explained by the best slow turn
  double around = 0.0;        ///< all energy under the best jerk, above what noise is expected to give
};

/// Fits the limb model around a place. Needs the track from kBefore_s before to kAfter_s after it.
class JerkFitter {
 public:
  static constexpr double kBefore_s = 0.35;
  static constexpr double kAfter_s = 1.0;

  JerkFitter(const dsp::MovementSplit& split, double rate_hz);

  /// Peak of an everyday jerk over the root of its energy in the movement band.
  double usual_gain() const { return usual_gain_; }

  /// `onset` as the matched filters tell it, in frames; `noise`: variance of one axis of an output of unit energy.
  /// None where the track does not reach far enough.
  std::optional<JerkFit> fit(const Track& track, double onset, double noise) const;

 private:
  struct Jerk {
    LimbJerk jerk;
    Form form;
  };
  double best_energy(const std::vector<Form>& forms, const Track& track, double onset) const;

  double rate_hz_;
  double usual_gain_;
  double axis_noise_ = 0.0;  ///< variance of one axis of movement over that of an output of unit energy, in white noise
  std::vector<Jerk> jerks_;
  std::vector<Form> knocks_;
  std::vector<Form> slow_;
};

}  // namespace klono::detection

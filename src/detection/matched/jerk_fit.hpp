#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "detection/matched/limb_model.hpp"
#include "detection/track.hpp"
#include "detection/matched/whitener.hpp"

namespace klono::detection {

/// A jerk as the best of the limb model's forms tell it: means over all forms and places, each weighed by how likely it
/// makes the samples (posterior means under flat priors), so that weak events have figures, too. Likelihood and energies
/// are those of what cannot be foretold from the movement around (whitener.hpp).
struct JerkFit {
  double onset = 0.0;  ///< frames of the track, of the unfiltered form
  double peak = 0.0;
  double end = 0.0;
  double length = 0.0;
  double rise = 0.0;
  double peak_g = 0.0;  ///< of the unfiltered form; what noise adds is taken off
  double limb_hz = 0.0;
  std::array<double, 3> direction{};
  double energy = 0.0;        ///< explained by the best jerk
  double noise = 0.0;         ///< variance that noise alone gives one axis of an output
  double knock_energy = 0.0;  ///< explained by the best knock
  double slow_energy = 0.0;   ///< explained by the best slow turn
  double around = 0.0;        ///< all energy under the best jerk, less what noise is expected to give
};

/// Fits the limb model around a place, on every `stride`-th frame.
class JerkFitter {
 public:
  JerkFitter(const dsp::MovementSplit& split, double rate_hz, std::int64_t stride);

  /// Peak of an everyday jerk over the root of its energy in the movement band, on every stride-th frame.
  double usual_gain() const { return usual_gain_; }

  /// Frames between the onset that fit() is asked for and the one it tells, at most.
  std::int64_t reach() const;

  /// `onset` as the matched filters tell it, in frames; `noise`: variance of one axis of an output of unit energy. Needs
  /// the track from 0.8 s before to 0.9 s after; none where it does not reach so far.
  std::optional<JerkFit> fit(const Track& track, const Whitening& whitening, double onset, double noise) const;

 private:
  struct Placed {
    Form form;  ///< places in strides
    double limb_hz = 0.0;
  };
  /// One jerk at one place.
  struct Found {
    const Placed* jerk;
    std::int64_t begin;
    double energy;
    double share;  ///< root of the form's energy that whitening leaves
  };
  struct Search;
  static void add(std::vector<Placed>& list, const Form& fine, double limb_hz);
  std::optional<Search> search_around(const Track& track, const Whitening& whitening, std::int64_t place) const;
  std::vector<Found> all_places(Search& search, double place) const;
  static double between_strides(const std::vector<Found>& all, std::size_t i);
  void weigh(const std::vector<Found>& all, double best_energy, double g_per_energy, JerkFit& fit) const;

  std::int64_t stride_;
  double usual_gain_ = 1.0;
  std::vector<Placed> jerks_;
  std::vector<Placed> knocks_;
  std::vector<Placed> slow_;
};

}  // namespace klono::detection

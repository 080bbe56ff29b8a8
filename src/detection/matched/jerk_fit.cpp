#include "detection/matched/jerk_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "dsp/fir.hpp"

namespace klono::detection {
namespace {

constexpr double kFittedFrom = 0.06;     // of a form's largest value: what is fitted (chosen)
// In strides, of 20 ms.
constexpr std::int64_t kSearch = 10;     // on both sides of where the matched filters saw it
constexpr std::int64_t kWideSearch = 12; // of what may be taken for it
constexpr std::int64_t kBefore = 40;
constexpr std::int64_t kAfter = 60;
constexpr double kFreeAxes = 4.0;      // axes, place and form each add about one variance of noise to the best energy (chosen)
constexpr std::array kBursts_s = {0.02, 0.04, 0.06, 0.08, 0.10};
constexpr std::array kLimbs_hz = {3.0, 3.5, 4.0, 4.6, 5.3, 6.0};
constexpr double kDamping = 0.28;
// A touched phone is taken to ring at 8 to 20 Hz, a turn of posture to take 0.35 s and more (chosen).
constexpr std::array kRings_hz = {8.0, 10.0, 13.0, 17.0};
constexpr std::array kDecays_s = {0.025, 0.05, 0.10, 0.17};
constexpr std::array kTurns_s = {0.35, 0.6, 1.0};

/// The top of a parabola through three values at -1, 0, 1; within half a step.
double vertex(double before, double at, double after) {
  const double bend = before - 2.0 * at + after;
  return bend < 0.0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0.0;
}

}  // namespace

/// The stretch of the track around a place, thinned and whitened.
struct JerkFitter::Search {
  Search(const Whitening& by, std::int64_t begin) : whitening(by), first(begin) {}

  const Whitening& whitening;
  std::int64_t first;  ///< stride that white[.][0] belongs to
  std::array<std::vector<float>, 3> white;

  Whitening::FormRoom room;  ///< for one form at a time

  static constexpr std::size_t kMostPlaces = 2 * kWideSearch + 1;
  using PerPlace = std::array<float, kMostPlaces>;

  /// Of the form in the room, at the places from `begin` on.
  void outputs(std::int64_t begin, std::size_t places, std::array<PerPlace, 3>& out) const {
    for (std::size_t axis = 0; axis < 3; ++axis)
      dsp::dots(room.made, std::span(white[axis]).subspan(static_cast<std::size_t>(begin - first)), std::span(out[axis]).first(places));
  }
  std::span<const float> energies(std::int64_t begin, std::size_t places) {
    std::array<PerPlace, 3> out;
    outputs(begin, places, out);
    const std::span<float> found = std::span(energies_).first(places);
    whitening.energy({std::span(out[0]).first(places), std::span(out[1]).first(places), std::span(out[2]).first(places)}, found);
    return found;
  }
  bool holds(std::int64_t begin, std::size_t size) const {
    return begin >= first && begin + static_cast<std::int64_t>(size) <= first + static_cast<std::int64_t>(white[0].size());
  }
  double all_energy(std::int64_t begin, std::size_t size) const {
    double sum = 0.0;
    for (auto i = static_cast<std::size_t>(begin - first); i < static_cast<std::size_t>(begin - first) + size; ++i)
      sum += static_cast<double>(whitening.energy(white[0][i], white[1][i], white[2][i]));
    return sum;
  }
  double best_energy(const std::vector<Placed>& list, double onset) {
    float best = 0.0F;
    for (const Placed& placed : list) {
      whitening.whiten_form(placed.form.samples, room);
      const auto middle = static_cast<std::int64_t>(std::lround(onset - placed.form.onset));
      const std::int64_t begin = std::max(middle - kWideSearch, first);
      const std::int64_t last = std::min(middle + kWideSearch, first + static_cast<std::int64_t>(white[0].size()) - static_cast<std::int64_t>(room.made.size()));
      if (last < begin) continue;
      for (const float energy : energies(begin, static_cast<std::size_t>(last - begin + 1))) best = std::max(best, energy);
    }
    return static_cast<double>(best);
  }

 private:
  PerPlace energies_{};
};

JerkFitter::JerkFitter(const dsp::MovementSplit& split, double rate_hz, std::int64_t stride) : stride_(stride) {
  const double fine_hz = 2.0 * rate_hz / static_cast<double>(stride);
  for (const double burst_s : kBursts_s)
    for (const double limb_hz : kLimbs_hz) add(jerks_, form_of(LimbJerk{.burst_s = burst_s, .limb_hz = limb_hz}, split, fine_hz, kFittedFrom), limb_hz);
  // Without the twitch: a limb that is struck, or a jerk as abrupt as that.
  for (const double limb_hz : kLimbs_hz) add(jerks_, form_of(Knock{limb_hz, 1.0 / (2.0 * std::numbers::pi * kDamping * limb_hz)}, split, fine_hz, kFittedFrom), limb_hz);
  for (const double ring_hz : kRings_hz)
    for (const double decay_s : kDecays_s) add(knocks_, form_of(Knock{ring_hz, decay_s}, split, fine_hz, kFittedFrom), ring_hz);
  for (const double length_s : kTurns_s) add(slow_, slow_form(length_s, split, fine_hz, kFittedFrom), 0.0);
  usual_gain_ = form_of(LimbJerk{}, split, fine_hz / 2.0, kFittedFrom).peak_gain;
}

/// The places that are searched, and what rounding to them and between them adds.
std::int64_t JerkFitter::reach() const { return (kSearch + 2) * stride_; }

/// A form of twice the rate gives two, half a stride apart.
void JerkFitter::add(std::vector<Placed>& list, const Form& fine, double limb_hz) {
  for (const std::size_t phase : {0U, 1U}) {
    Placed placed{.form = fine, .limb_hz = limb_hz};
    placed.form.samples.clear();
    double energy = 0.0;
    for (std::size_t i = phase; i < fine.samples.size(); i += 2) {
      placed.form.samples.push_back(fine.samples[i]);
      energy += static_cast<double>(fine.samples[i]) * static_cast<double>(fine.samples[i]);
    }
    for (float& value : placed.form.samples) value = static_cast<float>(static_cast<double>(value) / std::sqrt(energy));
    for (double* place : {&placed.form.onset, &placed.form.peak, &placed.form.end}) *place = 0.5 * (*place - static_cast<double>(phase));
    placed.form.length *= 0.5;
    placed.form.rise *= 0.5;
    placed.form.peak_gain /= std::sqrt(energy);
    list.push_back(std::move(placed));
  }
}

/// The whitened track around `place`, in strides; none where it does not reach so far back.
std::optional<JerkFitter::Search> JerkFitter::search_around(const Track& track, const Whitening& whitening, std::int64_t place) const {
  constexpr auto kPast = static_cast<std::int64_t>(Whitener::kOrder);
  const std::int64_t first = place - kBefore;
  const std::int64_t end = std::min(place + kAfter, (track.size() - 1) / stride_ + 1);
  if ((first - kPast) * stride_ < track.first) return std::nullopt;
  Search search(whitening, first);
  std::vector<float> thinned(static_cast<std::size_t>(end - first + kPast));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (std::size_t i = 0; i < thinned.size(); ++i)
      thinned[i] = track.movement.axes[axis][static_cast<std::size_t>((first - kPast + static_cast<std::int64_t>(i)) * stride_ - track.first)];
    search.white[axis].resize(thinned.size() - Whitener::kOrder);
    whitening.run(thinned, search.white[axis]);
  }
  return search;
}

/// Every jerk at every place; none where the track does not hold them all.
std::vector<JerkFitter::Found> JerkFitter::all_places(Search& search, double place) const {
  constexpr std::size_t kPlaces = 2 * kSearch + 1;
  std::vector<Found> all;
  all.reserve(kPlaces * jerks_.size());
  for (const Placed& jerk : jerks_) {
    const double share = search.whitening.whiten_form(jerk.form.samples, search.room);
    const std::size_t size = search.room.made.size();
    const auto middle = static_cast<std::int64_t>(std::lround(place - jerk.form.onset));
    if (!search.holds(middle - kSearch, size) || !search.holds(middle + kSearch, size)) return {};
    std::int64_t begin = middle - kSearch;
    for (const float energy : search.energies(begin, kPlaces)) all.push_back({&jerk, begin++, static_cast<double>(energy), share});
  }
  return all;
}

/// Where between strides the energy of `all[i]` has its top; 0 where it is no top among its neighbours.
double JerkFitter::between_strides(const std::vector<Found>& all, std::size_t i) {
  if (i == 0 || i + 1 >= all.size() || all[i - 1].jerk != all[i].jerk || all[i + 1].jerk != all[i].jerk) return 0.0;
  if (all[i].energy < all[i - 1].energy || all[i].energy < all[i + 1].energy) return 0.0;
  return vertex(all[i - 1].energy, all[i].energy, all[i + 1].energy);
}

/// Means over all places, each by its likelihood. `g_per_energy`: energy counts noisy directions for less; the size in g does not.
void JerkFitter::weigh(const std::vector<Found>& all, double best_energy, double g_per_energy, JerkFit& fit) const {
  constexpr double kLeastWeight = 1e-4;
  constexpr double kSurelyLess = -9.3;  // as an exponent: most places are, and need not be computed
  double weights = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Found& found = all[i];
    const double exponent = (found.energy - best_energy) / (2.0 * std::max(fit.noise, 1e-30));
    if (exponent < kSurelyLess) continue;
    const double weight = std::exp(exponent);
    if (weight < kLeastWeight) continue;
    const Form& form = found.jerk->form;
    const double begin = static_cast<double>(found.begin) + between_strides(all, i);
    weights += weight;
    fit.onset += weight * (begin + form.onset);
    fit.peak += weight * (begin + form.peak);
    fit.end += weight * (begin + form.end);
    fit.length += weight * form.length;
    fit.rise += weight * form.rise;
    fit.limb_hz += weight * found.jerk->limb_hz;
    fit.peak_g += weight * g_per_energy * form.peak_gain / found.share * std::sqrt(std::max(found.energy - kFreeAxes * fit.noise, 0.25 * found.energy));
  }
  for (double* mean : {&fit.onset, &fit.peak, &fit.end, &fit.length, &fit.rise, &fit.limb_hz, &fit.peak_g}) *mean /= weights;
  for (double* frames : {&fit.onset, &fit.peak, &fit.end, &fit.length, &fit.rise}) *frames *= static_cast<double>(stride_);
}

std::optional<JerkFit> JerkFitter::fit(const Track& track, const Whitening& whitening, double onset, double noise) const {
  const double place = onset / static_cast<double>(stride_);
  auto search = search_around(track, whitening, static_cast<std::int64_t>(place));
  if (!search) return std::nullopt;
  const std::vector<Found> all = all_places(*search, place);
  if (all.empty()) return std::nullopt;
  const Found& best = *std::max_element(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.energy < b.energy; });
  whitening.whiten_form(best.jerk->form.samples, search->room);
  const std::size_t length = search->room.made.size();
  std::array<Search::PerPlace, 3> outputs;
  search->outputs(best.begin, 1, outputs);
  const std::array<double, 3> out = {static_cast<double>(outputs[0][0]), static_cast<double>(outputs[1][0]), static_cast<double>(outputs[2][0])};
  const double size = std::max(1e-20, std::hypot(out[0], out[1], out[2]));
  JerkFit fit;
  fit.energy = best.energy;
  fit.noise = noise;
  for (std::size_t axis = 0; axis < 3; ++axis) fit.direction[axis] = best.jerk->form.peak_sign * out[axis] / size;
  weigh(all, best.energy, size / std::sqrt(std::max(best.energy, 1e-30)), fit);
  fit.around = search->all_energy(best.begin, length) - 3.0 * noise * static_cast<double>(length);
  fit.knock_energy = search->best_energy(knocks_, place);
  fit.slow_energy = search->best_energy(slow_, place);
  return fit;
}

}  // namespace klono::detection

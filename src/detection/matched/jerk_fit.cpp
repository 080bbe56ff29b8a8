#include "detection/matched/jerk_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "dsp/fir.hpp"

namespace klono::detection {
namespace {

constexpr double kCut = 0.06;           // of a form's largest value: what is fitted (chosen)
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
  const Whitener& whitener;
  std::int64_t first;  ///< stride that white[.][0] belongs to
  std::array<std::vector<float>, 3> white;

  std::array<double, 3> outputs(std::span<const float> form, std::int64_t begin) const {
    std::array<double, 3> sums{};
    for (std::size_t axis = 0; axis < 3; ++axis) sums[axis] = static_cast<double>(dsp::dot(form, std::span(white[axis]).subspan(static_cast<std::size_t>(begin - first))));
    return sums;
  }
  double energy(std::span<const float> form, std::int64_t begin) const {
    const std::array<double, 3> out = outputs(form, begin);
    return static_cast<double>(whitener.energy(static_cast<float>(out[0]), static_cast<float>(out[1]), static_cast<float>(out[2])));
  }
  bool holds(std::int64_t begin, std::size_t size) const {
    return begin >= first && begin + static_cast<std::int64_t>(size) <= first + static_cast<std::int64_t>(white[0].size());
  }
  double all_energy(std::int64_t begin, std::size_t size) const {
    double sum = 0.0;
    for (auto i = static_cast<std::size_t>(begin - first); i < static_cast<std::size_t>(begin - first) + size; ++i)
      sum += static_cast<double>(whitener.energy(white[0][i], white[1][i], white[2][i]));
    return sum;
  }
  double best_energy(const std::vector<Placed>& list, double onset) const {
    double best = 0.0;
    for (const Placed& placed : list) {
      const std::vector<float> form = whitener.form_of(placed.form.samples);
      const auto middle = static_cast<std::int64_t>(std::lround(onset - placed.form.onset));
      for (std::int64_t begin = middle - kWideSearch; begin <= middle + kWideSearch; ++begin)
        if (holds(begin, form.size())) best = std::max(best, energy(form, begin));
    }
    return best;
  }
};

JerkFitter::JerkFitter(const dsp::MovementSplit& split, double rate_hz, std::int64_t stride) : stride_(stride) {
  const double fine_hz = 2.0 * rate_hz / static_cast<double>(stride);
  for (const double burst_s : kBursts_s)
    for (const double limb_hz : kLimbs_hz) add(jerks_, form_of(LimbJerk{.burst_s = burst_s, .limb_hz = limb_hz}, split, fine_hz, kCut), limb_hz);
  // Without the twitch: a limb that is struck, or a jerk as abrupt as that.
  for (const double limb_hz : kLimbs_hz) add(jerks_, form_of(Knock{limb_hz, 1.0 / (2.0 * std::numbers::pi * kDamping * limb_hz)}, split, fine_hz, kCut), limb_hz);
  for (const double ring_hz : kRings_hz)
    for (const double decay_s : kDecays_s) add(knocks_, form_of(Knock{ring_hz, decay_s}, split, fine_hz, kCut), ring_hz);
  for (const double length_s : kTurns_s) add(slow_, slow_form(length_s, split, fine_hz, kCut), 0.0);
  usual_gain_ = form_of(LimbJerk{}, split, fine_hz / 2.0, kCut).peak_gain;
}

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
std::optional<JerkFitter::Search> JerkFitter::search_around(const Track& track, const Whitener& whitener, std::int64_t place) const {
  constexpr auto kPast = static_cast<std::int64_t>(Whitener::kOrder);
  const std::int64_t first = place - kBefore;
  const std::int64_t end = std::min(place + kAfter, (track.size() - 1) / stride_ + 1);
  if ((first - kPast) * stride_ < track.first) return std::nullopt;
  Search search{whitener, first, {}};
  std::vector<float> thinned(static_cast<std::size_t>(end - first + kPast));
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (std::size_t i = 0; i < thinned.size(); ++i)
      thinned[i] = track.movement.axes[axis][static_cast<std::size_t>((first - kPast + static_cast<std::int64_t>(i)) * stride_ - track.first)];
    search.white[axis].resize(thinned.size() - Whitener::kOrder);
    whitener.run(thinned, search.white[axis]);
  }
  return search;
}

/// Every jerk at every place; none where the track does not hold them all.
std::vector<JerkFitter::Found> JerkFitter::all_places(const Search& search, double place) const {
  std::vector<Found> all;
  for (const Placed& jerk : jerks_) {
    const std::vector<float> form = search.whitener.form_of(jerk.form.samples);
    const double share = search.whitener.gain_of(jerk.form.samples);
    const auto middle = static_cast<std::int64_t>(std::lround(place - jerk.form.onset));
    if (!search.holds(middle - kSearch, form.size()) || !search.holds(middle + kSearch, form.size())) return {};
    for (std::int64_t begin = middle - kSearch; begin <= middle + kSearch; ++begin) all.push_back({&jerk, begin, search.energy(form, begin), share});
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
  double weights = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Found& found = all[i];
    const double weight = std::exp((found.energy - best_energy) / (2.0 * std::max(fit.noise, 1e-30)));
    if (weight < 1e-4) continue;
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

std::optional<JerkFit> JerkFitter::fit(const Track& track, const Whitener& whitener, double onset, double noise) const {
  const double place = onset / static_cast<double>(stride_);
  const auto search = search_around(track, whitener, static_cast<std::int64_t>(place));
  if (!search) return std::nullopt;
  const std::vector<Found> all = all_places(*search, place);
  if (all.empty()) return std::nullopt;
  const Found& best = *std::max_element(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.energy < b.energy; });
  const std::vector<float> form = whitener.form_of(best.jerk->form.samples);
  const std::array<double, 3> out = search->outputs(form, best.begin);
  const double size = std::max(1e-20, std::hypot(out[0], out[1], out[2]));
  JerkFit fit;
  fit.energy = best.energy;
  fit.noise = noise;
  for (std::size_t axis = 0; axis < 3; ++axis) fit.direction[axis] = best.jerk->form.peak_sign * out[axis] / size;
  weigh(all, best.energy, size / std::sqrt(std::max(best.energy, 1e-30)), fit);
  fit.around = search->all_energy(best.begin, form.size()) - 3.0 * noise * static_cast<double>(form.size());
  fit.knock_energy = search->best_energy(knocks_, place);
  fit.slow_energy = search->best_energy(slow_, place);
  return fit;
}

}  // namespace klono::detection

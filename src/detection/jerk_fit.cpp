#include "detection/jerk_fit.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace klono::detection {
namespace {

constexpr double kCut = 0.03;          // of a form's largest value: what is fitted
constexpr double kSearch_s = 0.10;     // on both sides of where the matched filters saw it
constexpr double kKnockSearch_s = 0.15;
constexpr double kFreeAxes = 4.0;      // axes, place and form each add about one variance of noise to the best energy (own simulation)
constexpr std::array kBursts_s = {0.02, 0.04, 0.06, 0.08, 0.10};
constexpr std::array kLimbs_hz = {3.0, 3.5, 4.0, 4.6, 5.3, 6.0};
constexpr std::array kRings_hz = {8.0, 10.0, 13.0, 17.0};
constexpr std::array kDecays_s = {0.025, 0.05, 0.10, 0.17};
constexpr std::array kTurns_s = {0.35, 0.6, 1.0};

std::array<double, 3> outputs(const Form& form, const Track& track, std::int64_t begin) {
  std::array<double, 3> sums{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::span<const float> samples = track.span_of(axis, begin, begin + static_cast<std::int64_t>(form.samples.size()));
    float sum = 0.0F;
    for (std::size_t i = 0; i < samples.size(); ++i) sum += form.samples[i] * samples[i];
    sums[axis] = static_cast<double>(sum);
  }
  return sums;
}

double energy_of(const std::array<double, 3>& out) { return out[0] * out[0] + out[1] * out[1] + out[2] * out[2]; }

/// The top of a parabola through three values at -1, 0, 1; within half a step.
double vertex(double before, double at, double after) {
  const double bend = before - 2.0 * at + after;
  return bend < 0.0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0.0;
}

bool holds(const Track& track, std::int64_t begin, const Form& form) {
  return begin >= track.first && begin + static_cast<std::int64_t>(form.samples.size()) <= track.size();
}

}  // namespace

JerkFitter::JerkFitter(const dsp::MovementSplit& split, double rate_hz) : rate_hz_(rate_hz), usual_gain_(form_of(LimbJerk{}, split, rate_hz, kCut).peak_gain) {
  for (const float weight : dsp::movement_kernel(split, rate_hz)) axis_noise_ += static_cast<double>(weight) * static_cast<double>(weight);
  for (const double burst_s : kBursts_s)
    for (const double limb_hz : kLimbs_hz) {
      const LimbJerk jerk{.burst_s = burst_s, .limb_hz = limb_hz};
      jerks_.push_back({jerk, form_of(jerk, split, rate_hz, kCut)});
    }
  for (const double ring_hz : kRings_hz)
    for (const double decay_s : kDecays_s) knocks_.push_back(form_of(Knock{ring_hz, decay_s}, split, rate_hz, kCut));
  for (const double length_s : kTurns_s) slow_.push_back(slow_form(length_s, split, rate_hz, kCut));
}

double JerkFitter::best_energy(const std::vector<Form>& forms, const Track& track, double onset) const {
  const auto reach = static_cast<std::int64_t>(kKnockSearch_s * rate_hz_);
  double best = 0.0;
  for (const Form& form : forms) {
    const auto middle = static_cast<std::int64_t>(std::lround(onset - form.onset));
    for (std::int64_t begin = middle - reach; begin <= middle + reach; ++begin)
      if (holds(track, begin, form)) best = std::max(best, energy_of(outputs(form, track, begin)));
  }
  return best;
}

std::optional<JerkFit> JerkFitter::fit(const Track& track, double onset, double noise) const {
  struct Place {
    const Jerk* jerk;
    std::int64_t begin;
    double energy;
  };
  const auto reach = static_cast<std::int64_t>(kSearch_s * rate_hz_);
  std::vector<Place> places;
  std::size_t best_at = 0;
  for (const Jerk& jerk : jerks_) {
    const auto middle = static_cast<std::int64_t>(std::lround(onset - jerk.form.onset));
    if (!holds(track, middle - reach, jerk.form) || !holds(track, middle + reach, jerk.form)) return std::nullopt;
    for (std::int64_t begin = middle - reach; begin <= middle + reach; ++begin) {
      places.push_back({&jerk, begin, energy_of(outputs(jerk.form, track, begin))});
      if (places.back().energy > places[best_at].energy) best_at = places.size() - 1;
    }
  }
  const Place* best = &places[best_at];
  const std::array<double, 3> at_best = outputs(best->jerk->form, track, best->begin);
  JerkFit fit;
  fit.energy = best->energy;
  fit.noise = noise;
  const double length = std::sqrt(std::max(best->energy, 1e-30));
  for (std::size_t axis = 0; axis < 3; ++axis) fit.direction[axis] = best->jerk->form.peak_sign * at_best[axis] / length;
  double weights = 0.0;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    const double weight = std::exp((place.energy - best->energy) / (2.0 * std::max(noise, 1e-30)));
    if (weight < 1e-4) continue;
    const Form& form = place.jerk->form;
    // Between frames where this place is a top among its neighbours.
    double between = 0.0;
    if (i > 0 && i + 1 < places.size() && places[i - 1].jerk == place.jerk && places[i + 1].jerk == place.jerk &&
        place.energy >= places[i - 1].energy && place.energy >= places[i + 1].energy)
      between = vertex(places[i - 1].energy, place.energy, places[i + 1].energy);
    const double begin = static_cast<double>(place.begin) + between;
    weights += weight;
    fit.onset += weight * (begin + form.onset);
    fit.peak += weight * (begin + form.peak);
    fit.end += weight * (begin + form.end);
    fit.length += weight * form.length;
    fit.rise += weight * form.rise;
    fit.limb_hz += weight * place.jerk->jerk.limb_hz;
    fit.peak_g += weight * form.peak_gain * std::sqrt(std::max(place.energy - kFreeAxes * noise, 0.25 * place.energy));
  }
  for (double* mean : {&fit.onset, &fit.peak, &fit.end, &fit.length, &fit.rise, &fit.limb_hz, &fit.peak_g}) *mean /= weights;
  double all = 0.0;
  const auto frames = static_cast<std::int64_t>(best->jerk->form.samples.size());
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (const float value : track.span_of(axis, best->begin, best->begin + frames)) all += static_cast<double>(value) * static_cast<double>(value);
  fit.around = all - 3.0 * axis_noise_ * noise * static_cast<double>(frames);
  fit.knock_energy = best_energy(knocks_, track, onset);
  fit.slow_energy = best_energy(slow_, track, onset);
  return fit;
}

}  // namespace klono::detection

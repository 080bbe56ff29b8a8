#include "detection/matched/jerk_bank.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "detection/smallest_visible.hpp"

namespace klono::detection {
namespace {

constexpr double kOutputs_hz = 50.0;
constexpr double kMatchedFrom = 0.08;  // of a form's largest value: what is matched (chosen)
constexpr double kSpacing_s = 0.35;  // members of a series are further apart (chosen)
constexpr std::int64_t kAhead = 30;  // outputs that are kept back: the fit looks 0.9 s ahead of an onset
constexpr double kOutputNoise = 1.25;  // variance of an output of unit energy over that of what is left: noise fills four fifths of the band
constexpr double kSpreadRounding = 0.5;  // of the noise that rounding makes when it is spread: with less the readings stand on one step (chosen)
constexpr double kOtherForms = 1.2;    // jerks whose form is not among the three, or not the model's (own calculation: up to 1.06 within it; the rest chosen)
constexpr std::array kJerks = {LimbJerk{0.08, 3.5, 0.275}, LimbJerk{0.10, 4.6, 0.275}, LimbJerk{0.06, 5.3, 0.275}};

}  // namespace

JerkForms::JerkForms(const dsp::MovementSplit& band, double frame_hz, const StageSettings& stages)
    : split(band), rate_hz(frame_hz), stride(std::max<std::int64_t>(1, std::llround(frame_hz / kOutputs_hz))), fitter(band, frame_hz, stride) {
  for (const LimbJerk& jerk : kJerks) bank.push_back(form_of(stages.three_forms ? jerk : kJerks[1], band, kOutputs_hz, kMatchedFrom));
}

JerkBank::JerkBank(const DetectorSettings& settings, std::shared_ptr<const JerkForms> forms)
    : settings_(settings), shared_(std::move(forms)), stride_(shared_->stride), fitter_(shared_->fitter), forms_(shared_->bank),
      reach_(JerkEnergies::reach(forms_)), spacing_(std::llround(kSpacing_s * kOutputs_hz)), rounding_gain_(1.0 / 12.0 * kOutputs_hz / shared_->rate_hz) {}

void JerkBank::advance(const Track& track, std::int64_t size, FormNull& null, double step_g, std::span<const Covered> covered, std::deque<Pick>& picks) {
  while (ready(size)) {
    hear_block(null, step_g);
    decide(track, null, made_ - kAhead, covered, picks);
    forget();
  }
}

void JerkBank::finish(const Track& track, FormNull& null, double step_g, std::deque<Pick>& picks) {
  advance(track, track.size(), null, step_g, {}, picks);
  decide(track, null, made_, {}, picks);
  decided_ = track.size() / stride_ + 1;
}

void JerkBank::hear_block(FormNull& null, double step_g) {
  const JerkBlock& block = blocks_.front();
  whitening_ = block.whitening;
  white_gain_ = block.middle_gain;
  // Never less noise than rounding alone makes.
  const double rounding = rounding_gain_ * step_g * step_g;
  noise_ = whitening_.noise() > 0.0 ? std::max(whitening_.noise(), rounding) : 0.0;
  bare_step_g_ = whitening_.noise() < kSpreadRounding * rounding ? step_g : 0.0;
  const float scale = noise_ > 0.0 ? static_cast<float>(1.0 / noise_) : 0.0F;
  float top = 0.0F;
  for (const float energy : block.energy) {
    statistic_.push_back(energy * scale);
    top = std::max(top, statistic_.back());
  }
  form_.insert(form_.end(), block.form.begin(), block.form.end());
  if (noise_ > 0.0) null.add(top);
  made_ += kBlock;
  blocks_.pop_front();
}

void JerkBank::decide(const Track& track, const FormNull& null, std::int64_t end, std::span<const Covered> covered, std::deque<Pick>& picks) {
  const std::int64_t begin = std::max(decided_, spacing_);
  decided_ = std::max(decided_, end);
  visible_g_ = 0.0;
  if (!null.settled()) return;
  const double level = null.level(false_events_per_hour(settings_));
  const double noise = noise_ * kOutputNoise * null.scale();
  visible_g_ = (std::sqrt(level * noise_) + kFoundFourOfFive * std::sqrt(noise)) * fitter_.usual_gain() / white_gain_ * kOtherForms;
  visible_g_ = std::max(visible_g_, smallest_told_g(settings_, bare_step_g_));
  for (std::int64_t n = begin; n < end; ++n) {
    const auto at = static_cast<std::size_t>(n - first_);
    const float here = statistic_[at];
    if (!(static_cast<double>(here) >= level)) continue;
    if (!is_top(at)) continue;
    const double onset = (static_cast<double>(n) + forms_[form_[at]].onset) * static_cast<double>(stride_);
    if (surely_in(onset, covered)) continue;
    if (const auto fit = fitter_.fit(track, whitening_, onset, noise)) picks.push_back({*fit, static_cast<double>(here) / level, bare_step_g_});
  }
}

/// Nothing near is larger, and what is as large comes later.
bool JerkBank::is_top(std::size_t at) const {
  const auto reach = static_cast<std::size_t>(spacing_);
  const float here = statistic_[at];
  const std::span<const float> all = statistic_;
  const std::size_t from = at > reach ? at - reach : 0;
  const std::size_t to = std::min(all.size(), at + reach + 1);
  return std::ranges::all_of(all.subspan(from, at - from), [&](float other) { return other < here; }) &&
         std::ranges::all_of(all.subspan(at + 1, to - at - 1), [&](float other) { return other <= here; });
}

/// Wherever a fit would put it.
bool JerkBank::surely_in(double onset, std::span<const Covered> covered) const {
  const auto reach = static_cast<double>(fitter_.reach());
  return std::ranges::any_of(covered, [&](const Covered& one) { return static_cast<double>(one.begin) <= onset - reach && onset + reach < static_cast<double>(one.end); });
}

void JerkBank::forget() {
  const std::int64_t drop = decided_ - spacing_ - first_;
  if (drop < 256) return;
  statistic_.erase(statistic_.begin(), statistic_.begin() + drop);
  form_.erase(form_.begin(), form_.begin() + drop);
  first_ += drop;
}

}  // namespace klono::detection

#include "bench/oracle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <numbers>

#include "bench/fourier.hpp"
#include "synth/event_shape.hpp"

namespace klono::bench {
namespace {

using Complex = std::complex<double>;
using Signal = std::vector<Complex>;
using Power = std::vector<double>;

constexpr double kPi = std::numbers::pi;
constexpr double kBefore_s = 2.5;        // of the block before the stretch it answers for: whitening reaches back
constexpr double kAfter_s = 2.5;
constexpr double kTaper_s = 0.5;
constexpr double kSlow_s = 1.0;          // what is slower than a Hann mean over this long to both sides is gravity or drift
constexpr double kLowest_hz = 1.0;       // below it noise is taken to be as large as there: else what is left of the drift would ring
constexpr double kLead_s = 0.1 + kSlow_s;  // onset of every template in its frame
constexpr double kMiddle_s = 0.15;       // of a jerk after its onset
constexpr double kLongestJerk_s = 1.6 + 2.0 * kSlow_s;  // frame of a template
constexpr double kLongestLimb_s = 6.5 + 2.0 * kSlow_s;
constexpr double kLongestLook_s = 5.12;  // of one periodogram; longer windows hold several
// How loud the background is at a moment: mean over so long to both sides, less what it wanders by chance. The second is as long
// as the shape, so that no movement of the background alone stands out.
struct Local {
  double reach_s;
  double slack;
};
constexpr Local kAround{1.0, 1.3};
constexpr double kSlackWithin = 3.0;
constexpr double kBesideShape_s = 0.05;
constexpr double kLeastPower_g2 = 1e-12;
constexpr std::size_t kTapers = 4;

// Which of two overlapping candidates is an echo of the other: what the ringing of a limb of 3 Hz leaves of the score, and what a
// template that does not fit leaves.
constexpr double kSameEvent_s = 0.15;
constexpr double kEchoDecay_per_s = 9.4;
struct Misfit {
  double within_s;
  double share;
};
constexpr Misfit kLimbMisfit[] = {{2.5, 0.02}, {6.5, 0.003}};
constexpr Misfit kMisfit[] = {{0.7, 0.05}, {1.2, 0.01}, {2.5, 0.002}, {5.0, 0.0003}};
constexpr double kMisfitReach_s = 5.0;
constexpr double kStrong = 3.0;          // times the least score: its echoes are computed
constexpr double kSmear_s = 0.08;        // of them: other shapes lie a little beside
constexpr double kOtherShapes = 1.5;

// Limb movements turn gravity away and back; jerks leave nearly nothing of that.
constexpr double kLeastLimbScore = 80.0;
constexpr double kLeastLimbShare = 0.12;
constexpr double kLimbMargin_s = 0.4;
constexpr double kBesideLimb_s = 1.0;
constexpr double kLimbBesideJerk = 0.02;

/// One shape of the bank: samples of a frame in which the onset lies at kLead_s.
struct Template {
  std::vector<double> samples;
  double length_s = 0.3;  ///< from onset to end
  double peak_s = 0.1;    ///< after the onset
  bool is_limb = false;
};

/// Less its Hann mean over kSlow_s to both sides; the ends go on for ever.
std::vector<double> without_slow(const std::vector<double>& signal, double rate_hz) {
  const auto half = static_cast<std::ptrdiff_t>(kSlow_s * rate_hz);
  std::vector<double> weights;
  double sum = 0.0;
  for (std::ptrdiff_t k = -half; k <= half; ++k) {
    weights.push_back(0.5 + 0.5 * std::cos(kPi * static_cast<double>(k) / static_cast<double>(half + 1)));
    sum += weights.back();
  }
  const auto count = static_cast<std::ptrdiff_t>(signal.size());
  std::vector<double> quick(signal.size());
  std::vector<double> padded(signal.size() + 2 * static_cast<std::size_t>(half));
  for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(padded.size()); ++i)
    padded[static_cast<std::size_t>(i)] = signal[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i - half, 0, count - 1))];
  for (std::size_t i = 0; i < signal.size(); ++i) {
    double mean = 0.0;
    for (std::size_t k = 0; k < weights.size(); ++k) mean += weights[k] * padded[i + k];
    quick[i] = signal[i] - mean / sum;
  }
  return quick;
}

Template sampled(const synth::EventShape& shape, double rate_hz, double shift_s, bool is_limb) {
  const synth::TruthEvent truth = synth::measured(shape);
  Template made{.samples = {}, .length_s = truth.end_s - truth.onset_s, .peak_s = truth.peak_s - truth.onset_s, .is_limb = is_limb};
  const double longest_s = is_limb ? kLongestLimb_s : kLongestJerk_s;
  for (double t_s = 0.0; t_s < longest_s; t_s += 1.0 / rate_hz) made.samples.push_back(shape.at(t_s - kLead_s - shift_s + truth.onset_s).x);
  made.samples = without_slow(made.samples, rate_hz);
  return made;
}

/// Gravity turned away and back; the swing at the ends is left to the templates of jerks.
synth::EventShape turn_shape(double length_s) {
  const auto minimum_jerk = [](double u) {
    const double w = std::clamp(u, 0.0, 1.0);
    return w * w * w * (10.0 + w * (-15.0 + 6.0 * w));
  };
  const double out_s = std::min(0.9, 0.28 * length_s);
  const double back_s = std::min(1.2, 0.32 * length_s);
  synth::EventShape shape;
  for (double t_s = 0.0; t_s <= length_s; t_s += synth::EventShape::kStep_s)
    shape.samples.push_back({minimum_jerk(t_s / out_s) - minimum_jerk((t_s - length_s + back_s) / back_s), 0.0, 0.0});
  return shape;
}

/// Shifts by less than a sample that a coarse grid would lose: at most `step_s` apart.
std::vector<double> shifts(double rate_hz, double step_s) {
  const int count = std::max(1, static_cast<int>(std::ceil(1.0 / (rate_hz * step_s) - 0.01)));
  std::vector<double> list;
  for (int k = 0; k < count; ++k) list.push_back(static_cast<double>(k) / (rate_hz * count));
  return list;
}

std::vector<Template> bank_of(double rate_hz, const OracleSettings& settings) {
  std::vector<Template> bank;
  const synth::Vec3 no_gravity;
  synth::EventPlan plan;
  for (const double limb_hz : {3.1, 3.6, 4.2, 4.9, 5.7})
    for (const double burst_s : {0.035, 0.08})
      for (const double shift_s : shifts(rate_hz, 0.010)) {
        plan.motion = synth::JerkMotion{.burst_s = burst_s, .limb_hz = limb_hz, .damping = 0.275, .lever_m = 0.3};
        bank.push_back(sampled(synth::shape_of(plan, no_gravity), rate_hz, shift_s, false));
      }
  const double highest_hz = 0.4 * rate_hz;
  for (const double carrier_hz : {11.5, 15.0, 19.0, 23.0}) {
    if (!settings.fasciculations || carrier_hz > highest_hz * 1.2) continue;
    for (const double width_s : {0.018, 0.032})
      for (const double shift_s : shifts(rate_hz, 0.006)) {
        plan.motion = synth::FasciculationMotion{.carrier_hz = std::min(carrier_hz, highest_hz), .width_s = width_s};
        bank.push_back(sampled(synth::shape_of(plan, no_gravity), rate_hz, shift_s, false));
      }
  }
  if (!settings.limb_movements) return bank;
  for (double length_s = 0.7; length_s < 6.2; length_s *= 1.2) bank.push_back(sampled(turn_shape(length_s), rate_hz, 0.0, true));
  return bank;
}

std::array<const std::vector<float>*, 3> axes_of(const Recording& recording) {
  std::array<const std::vector<float>*, 3> axes{};
  for (std::size_t k = 0; k < 3; ++k) {
    const Channel* channel = recording.find(static_cast<ChannelRole>(static_cast<std::size_t>(ChannelRole::AccelerationX) + k));
    axes[k] = channel != nullptr ? &channel->samples : nullptr;
  }
  return axes;
}

/// One axis of a segment without what is slow; a reading that is no number repeats the one before.
std::vector<double> quick_part(const std::vector<float>& axis, const Segment& segment) {
  std::vector<double> values(static_cast<std::size_t>(segment.count), 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = static_cast<double>(axis[static_cast<std::size_t>(segment.first_index) + i]);
    values[i] = std::isfinite(value) ? value : (i > 0 ? values[i - 1] : 0.0);
  }
  return without_slow(values, segment.rate_hz);
}

/// Samples [begin, begin + count); nothing outside.
std::vector<double> window_of(const std::vector<double>& axis, std::int64_t begin, std::size_t count) {
  std::vector<double> window(count, 0.0);
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t at = begin + static_cast<std::int64_t>(i);
    if (at >= 0 && at < static_cast<std::int64_t>(axis.size())) window[i] = axis[static_cast<std::size_t>(at)];
  }
  return window;
}

/// Works through one segment.
class SegmentSearch {
 public:
  SegmentSearch(const Recording& recording, const Recording& untouched, const Segment& segment, const OracleSettings& settings)
      : segment_(segment), settings_(settings), rate_hz_(segment.rate_hz),
        before_(std::llround(kBefore_s * rate_hz_)), beside_(before_ + std::llround((kAfter_s + (settings.limb_movements ? kLongestLimb_s : kLongestJerk_s)) * rate_hz_)),
        fourier_(power_of_two_from(2.0 * static_cast<double>(beside_))), hop_(static_cast<std::int64_t>(fourier_.length()) - beside_),
        bank_(bank_of(rate_hz_, settings)), best_(static_cast<std::size_t>(segment.count)), best_limb_(best_) {
    for (std::size_t k = 0; k < 3; ++k) {
      axes_[k] = quick_part(*axes_of(recording)[k], segment);
      background_[k] = quick_part(*axes_of(untouched)[k], segment);
    }
    lowest_ = static_cast<std::size_t>(kLowest_hz / rate_hz_ * static_cast<double>(fourier_.length())) + 1;
    for (const Template& shape : bank_) {
      Signal spectrum(fourier_.length());
      std::copy(shape.samples.begin(), shape.samples.end(), spectrum.begin());
      fourier_.forward(spectrum);
      shapes_.push_back(std::move(spectrum));
    }
  }

  std::vector<Event> events() {
    for (std::int64_t begin = 0; begin < segment_.count; begin += hop_) search(begin, std::min(begin + hop_, segment_.count));
    std::vector<Candidate> chosen = without_echoes(maxima(best_));
    if (settings_.limb_movements) join_limb_movements(chosen);
    std::vector<Event> list;
    for (const Candidate& candidate : chosen)
      if (candidate.score >= settings_.least_score) list.push_back(event_of(candidate));
    return list;
  }

 private:
  struct Best {
    float score = 0.0F;
    std::uint32_t shape = 0;
  };
  struct Candidate {
    double onset_s = 0.0;  ///< since the start of the segment
    double score = 0.0;
    std::uint32_t shape = 0;
  };

  /// Adds the power of the background's axes over `look` samples from `begin` on, sine tapers (Riedel & Sidorenko 1995).
  void add_look(std::int64_t begin, std::size_t look, std::array<Power, 3>& power) const {
    const std::size_t n = fourier_.length();
    for (std::size_t k = 0; k < 3; ++k) {
      const std::vector<double> window = window_of(background_[k], begin, look);
      for (std::size_t taper = 1; taper <= kTapers; taper += 2) {
        Signal pair(n);  // two tapers in one transform
        for (std::size_t i = 0; i < look; ++i) {
          const double u = kPi * static_cast<double>(i + 1) / static_cast<double>(look + 1);
          const double size = std::sqrt(2.0 / static_cast<double>(look + 1)) * window[i];
          pair[i] = {size * std::sin(static_cast<double>(taper) * u), size * std::sin(static_cast<double>(taper + 1) * u)};
        }
        fourier_.forward(pair);
        for (std::size_t f = 0; f < n; ++f) power[k][f] += 0.5 * (std::norm(pair[f]) + std::norm(pair[(n - f) % n])) / kTapers;
      }
    }
  }

  /// Noise power around [begin, end), mean of the looks there.
  std::array<Power, 3> noise_around(std::int64_t begin, std::int64_t end) const {
    const double window_s = std::min(std::max(settings_.noise_window_s, static_cast<double>(hop_) / rate_hz_), static_cast<double>(segment_.count) / rate_hz_);
    const auto look = std::min(fourier_.length(), static_cast<std::size_t>(std::min(window_s, kLongestLook_s) * rate_hz_));
    const auto whole = static_cast<std::int64_t>(window_s * rate_hz_);
    const std::int64_t step = std::max<std::int64_t>(1, std::min<std::int64_t>(static_cast<std::int64_t>(look) / 2, hop_));
    const auto ahead = static_cast<std::int64_t>((kLead_s + kMiddle_s) * rate_hz_);  // frames begin before their events
    const std::int64_t first = std::clamp<std::int64_t>((begin + end) / 2 + ahead - whole / 2, 0, segment_.count - whole);
    std::array<Power, 3> noise;
    for (Power& power : noise) power.assign(fourier_.length(), 0.0);
    int looks = 0;
    for (std::int64_t at = first; at == first || at + static_cast<std::int64_t>(look) <= first + whole; at += step, ++looks) add_look(at, look, noise);
    const double least = std::max(kLeastPower_g2, settings_.step_g * settings_.step_g / 12.0);
    for (Power& power : noise) {
      for (double& value : power) value = std::max(value / looks, least);
      const std::size_t n = power.size();
      for (std::size_t f = 0; f < lowest_; ++f) power[f] = std::max(power[f], power[lowest_]);
      for (std::size_t f = n - 1; f > n - lowest_; --f) power[f] = std::max(power[f], power[lowest_]);
    }
    return noise;
  }

  Signal spectrum_of(const std::vector<double>& axis, std::int64_t begin) const {
    const std::vector<double> block = window_of(axis, begin, fourier_.length());
    const auto taper = static_cast<std::size_t>(kTaper_s * rate_hz_);
    Signal spectrum(block.size());
    for (std::size_t i = 0; i < block.size(); ++i) {
      const std::size_t edge = std::min(i, block.size() - 1 - i);
      spectrum[i] = block[i] * (edge < taper ? 0.5 - 0.5 * std::cos(kPi * static_cast<double>(edge) / static_cast<double>(taper)) : 1.0);
    }
    fourier_.forward(spectrum);
    return spectrum;
  }

  /// Scores of the moments [begin, end) with the noise around them.
  void search(std::int64_t begin, std::int64_t end) {
    const std::size_t n = fourier_.length();
    const auto noise = noise_around(begin, end);
    std::array<Signal, 3> whitened;
    std::array<Signal, 3> alone;  // the background
    for (std::size_t k = 0; k < 3; ++k) {
      whitened[k] = spectrum_of(axes_[k], begin - before_);
      alone[k] = spectrum_of(background_[k], begin - before_);
      for (std::size_t f = 0; f < n; ++f) {
        whitened[k][f] /= noise[k][f];
        alone[k][f] /= noise[k][f];
      }
    }
    std::array<Signal, 3> outputs{Signal(n), Signal(n), Signal(n)};
    for (std::size_t shape = 0; shape < shapes_.size(); ++shape) {
      std::array<double, 3> energy{};
      for (std::size_t f = 0; f < n; ++f) {
        const Complex conjugate = std::conj(shapes_[shape][f]);
        const double size = std::norm(conjugate);
        for (std::size_t k = 0; k < 3; ++k) energy[k] += size / noise[k][f];
        // Two real outputs in one transform: one in the real part, the other in the imaginary one.
        outputs[0][f] = times(whitened[0][f] + turned(whitened[1][f]), conjugate);
        outputs[1][f] = times(whitened[2][f] + turned(alone[2][f]), conjugate);
        outputs[2][f] = times(alone[0][f] + turned(alone[1][f]), conjugate);
      }
      for (Signal& output : outputs) fourier_.inverse(output);
      for (double& e : energy) e = std::max(e / static_cast<double>(n), 1e-30);
      score_shape(static_cast<std::uint32_t>(shape), outputs, energy, begin, end);
    }
  }

  /// Takes the scores of one shape at [begin, end). Where the background alone is louder than its spectrum says, the score is
  /// told in units of what it is there.
  void score_shape(std::uint32_t shape, const std::array<Signal, 3>& outputs, const std::array<double, 3>& energy, std::int64_t begin, std::int64_t end) {
    const std::int64_t margin = static_cast<std::int64_t>(kAround.reach_s * rate_hz_) + 1;
    const std::int64_t from = before_ - margin;
    // Running sums of the squared output of the background, one longer than the stretch.
    std::array<std::vector<double>, 3> sums;
    for (auto& sum : sums) sum.assign(static_cast<std::size_t>(end - begin + 2 * margin) + 1, 0.0);
    for (std::size_t i = 0; i + 1 < sums[0].size(); ++i) {
      const std::size_t at = static_cast<std::size_t>(from) + i;
      const std::array values{outputs[2][at].real(), outputs[2][at].imag(), outputs[1][at].imag()};
      for (std::size_t k = 0; k < 3; ++k) sums[k][i + 1] = sums[k][i] + values[k] * values[k] / energy[k];
    }
    const Local within{std::min(kAround.reach_s, 0.5 * bank_[shape].length_s + kBesideShape_s), kSlackWithin};
    auto& best = bank_[shape].is_limb ? best_limb_ : best_;
    for (std::int64_t i = begin; i < end; ++i) {
      const auto here = static_cast<std::size_t>(i - begin + before_);
      const std::array values{outputs[0][here].real(), outputs[0][here].imag(), outputs[1][here].real()};
      double score = 0.0;
      for (std::size_t k = 0; k < 3; ++k) {
        double level = 1.0;
        for (const Local& local : {kAround, within}) {
          const auto reach = static_cast<std::size_t>(local.reach_s * rate_hz_);
          const std::size_t middle = here - static_cast<std::size_t>(from);
          level = std::max(level, (sums[k][middle + reach + 1] - sums[k][middle - reach]) / (static_cast<double>(2 * reach + 1) * local.slack));
        }
        score += values[k] * values[k] / energy[k] / level;
      }
      Best& known = best[static_cast<std::size_t>(i)];
      if (score > static_cast<double>(known.score)) known = {static_cast<float>(score), shape};
    }
  }

  static Complex turned(const Complex& a) { return {-a.imag(), a.real()}; }

  static Complex times(const Complex& a, const Complex& b) {
    return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
  }

  std::vector<Candidate> maxima(const std::vector<Best>& best) const {
    const auto reach = static_cast<std::int64_t>(kSameEvent_s * rate_hz_);
    const auto count = static_cast<std::int64_t>(best.size());
    std::vector<Candidate> list;
    for (std::int64_t i = 0; i < count; ++i) {
      const Best& here = best[static_cast<std::size_t>(i)];
      if (static_cast<double>(here.score) < settings_.least_score) continue;
      bool largest = true;
      for (std::int64_t j = std::max<std::int64_t>(0, i - reach); largest && j <= std::min(count - 1, i + reach); ++j) {
        const float other = best[static_cast<std::size_t>(j)].score;
        largest = j < i ? here.score > other : here.score >= other;
      }
      if (largest) list.push_back({static_cast<double>(i) / rate_hz_ + kLead_s, static_cast<double>(here.score), here.shape});
    }
    return list;
  }

  /// How much of the score of one event others may leave `lag_s` away.
  static double echo_share(double lag_s) {
    double share = std::exp(-kEchoDecay_per_s * std::max(0.0, lag_s - kSameEvent_s));
    for (const Misfit& misfit : kMisfit)
      if (lag_s < misfit.within_s) share = std::max(share, misfit.share);
    return share;
  }

  /// The same for a strong event: what its whitened shape leaves at each lag, in steps of a sample.
  std::vector<double> echo_shares(const Candidate& candidate) const {
    const auto index = static_cast<std::int64_t>((candidate.onset_s - kLead_s) * rate_hz_ + 0.5);
    const std::int64_t begin = index / hop_ * hop_;
    const auto noise = noise_around(begin, std::min(begin + hop_, segment_.count));
    const Signal& shape = shapes_[candidate.shape];
    Signal xy(shape.size());
    Signal z(shape.size());
    for (std::size_t f = 0; f < shape.size(); ++f) {
      const double size = std::norm(shape[f]);
      xy[f] = {size / noise[0][f], size / noise[1][f]};
      z[f] = size / noise[2][f];
    }
    fourier_.inverse(xy);
    fourier_.inverse(z);
    const auto count = static_cast<std::size_t>(kMisfitReach_s * rate_hz_) + 1;
    const auto smear = static_cast<std::size_t>(kSmear_s * rate_hz_) + 1;
    std::vector<double> raw(count + smear);
    for (std::size_t lag = 0; lag < raw.size(); ++lag)
      for (const double r : {xy[lag].real() / xy[0].real(), xy[lag].imag() / xy[0].imag(), z[lag].real() / z[0].real()}) raw[lag] = std::max(raw[lag], r * r);
    std::vector<double> shares(count);
    for (std::size_t lag = 0; lag < count; ++lag) {
      const std::size_t first = lag > smear ? lag - smear : 0;
      const double most = *std::max_element(raw.begin() + static_cast<std::ptrdiff_t>(first), raw.begin() + static_cast<std::ptrdiff_t>(lag + smear));
      shares[lag] = std::max(echo_share(static_cast<double>(lag) / rate_hz_), std::min(1.0, kOtherShapes * most));
    }
    return shares;
  }

  struct Kept {
    double score = 0.0;
    std::vector<double> shares;  ///< empty for weak ones
  };

  /// Non-maximum suppression, the strongest first; sorted by onset.
  std::vector<Candidate> without_echoes(std::vector<Candidate> candidates) const {
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    std::map<double, Kept> kept;  // by onset
    std::vector<Candidate> chosen;
    for (const Candidate& candidate : candidates) {
      bool echo = false;
      for (auto it = kept.lower_bound(candidate.onset_s - kMisfitReach_s); !echo && it != kept.end() && it->first <= candidate.onset_s + kMisfitReach_s; ++it) {
        const double lag_s = std::abs(candidate.onset_s - it->first);
        const auto& shares = it->second.shares;
        const double share = shares.empty() ? echo_share(lag_s) : shares[std::min(shares.size() - 1, static_cast<std::size_t>(lag_s * rate_hz_))];
        echo = candidate.score < share * it->second.score;
      }
      if (echo) continue;
      const bool strong = candidate.score > kStrong * settings_.least_score;
      kept.emplace(candidate.onset_s, Kept{candidate.score, strong ? echo_shares(candidate) : std::vector<double>()});
      chosen.push_back(candidate);
    }
    std::sort(chosen.begin(), chosen.end(), [](const Candidate& a, const Candidate& b) { return a.onset_s < b.onset_s; });
    return chosen;
  }

  double end_of(const Candidate& candidate) const { return candidate.onset_s + bank_[candidate.shape].length_s; }

  /// A limb movement stands up to a thousand times above the noise, and no template has its very length: what it leaves beside itself.
  bool is_left_by(const Candidate& turn, const Candidate& other) const {
    const double beyond_s = std::max({0.0, turn.onset_s - other.onset_s, other.onset_s - end_of(turn)});
    return std::any_of(std::begin(kLimbMisfit), std::end(kLimbMisfit), [&](const Misfit& misfit) { return beyond_s < misfit.within_s && other.score < misfit.share * turn.score; });
  }

  /// A turn of gravity that came back takes the strokes at its ends with it.
  void join_limb_movements(std::vector<Candidate>& chosen) const {
    std::vector<Candidate> turns = maxima(best_limb_);
    std::sort(turns.begin(), turns.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    std::vector<Candidate> accepted;
    for (Candidate turn : turns) {
      if (turn.score < kLeastLimbScore) break;
      const double begin_s = turn.onset_s - kLimbMargin_s;
      const double end_s = end_of(turn) + kLimbMargin_s;
      const auto overlaps = [&](const Candidate& other) { return begin_s < end_of(other) + kLimbMargin_s && other.onset_s - kLimbMargin_s < end_s; };
      if (std::any_of(accepted.begin(), accepted.end(), [&](const Candidate& other) { return overlaps(other) || is_left_by(other, turn); })) continue;
      const auto inside = [&](const Candidate& jerk) { return jerk.onset_s > begin_s && jerk.onset_s < end_s; };
      double strokes = 0.0;
      for (const Candidate& jerk : chosen)
        if (inside(jerk)) strokes += jerk.score;
      double beside = 0.0;
      for (const Candidate& jerk : chosen)
        if (jerk.onset_s > begin_s - kBesideLimb_s && jerk.onset_s < end_s + kBesideLimb_s) beside = std::max(beside, jerk.score);
      if (turn.score < kLeastLimbShare * strokes || turn.score < kLimbBesideJerk * beside) continue;
      turn.score += strokes;
      std::erase_if(chosen, [&](const Candidate& jerk) { return inside(jerk) || is_left_by(turn, jerk); });
      accepted.push_back(turn);
    }
    chosen.insert(chosen.end(), accepted.begin(), accepted.end());
    std::sort(chosen.begin(), chosen.end(), [](const Candidate& a, const Candidate& b) { return a.onset_s < b.onset_s; });
  }

  Event event_of(const Candidate& candidate) const {
    const Template& shape = bank_[candidate.shape];
    Event event;
    event.onset_s = segment_.start_s + candidate.onset_s;
    event.end_s = event.onset_s + shape.length_s;
    event.peak_s = event.onset_s + shape.peak_s;
    event.duration_s = shape.length_s;
    event.confidence = candidate.score;
    return event;
  }

  std::array<std::vector<double>, 3> axes_;
  std::array<std::vector<double>, 3> background_;
  std::size_t lowest_ = 1;  ///< of the frequencies that count
  const Segment& segment_;
  const OracleSettings& settings_;
  double rate_hz_;
  std::int64_t before_;
  std::int64_t beside_;  ///< of a block, what serves the stretch it answers for
  Fourier fourier_;
  std::int64_t hop_;     ///< that stretch
  std::vector<Template> bank_;
  std::vector<Signal> shapes_;
  std::vector<Best> best_;
  std::vector<Best> best_limb_;
};

}  // namespace

std::vector<Event> oracle_events(const Recording& recording, const Recording& untouched, const OracleSettings& settings) {
  constexpr double kShortest_s = 4.0;
  std::vector<Event> all;
  for (const auto* axis : axes_of(recording))
    if (axis == nullptr) return all;
  for (const Segment& segment : recording.segments) {
    if (static_cast<double>(segment.count) < kShortest_s * segment.rate_hz) continue;
    const std::vector<Event> events = SegmentSearch(recording, untouched, segment, settings).events();
    all.insert(all.end(), events.begin(), events.end());
  }
  return all;
}

}  // namespace klono::bench

#include "bench/emg/emg_oracle.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <map>
#include <numbers>

#include "bench/emg/emg_in_band.hpp"
#include "bench/emg/emg_shapes.hpp"
#include "bench/fourier.hpp"
#include "bench/score.hpp"

namespace klono::bench {
namespace {

using Complex = std::complex<double>;
using Signal = std::vector<Complex>;

constexpr double kBlock_s = 8.0;
constexpr double kBlockEdge_s = 1.0;    // of a block, to both sides: filters reach that far
constexpr double kLook_s = 0.5;         // of one periodogram at least
constexpr double kNoiseReach_s = 10.0;
constexpr double kShortestSought_s = 0.015;
constexpr double kLongestSought_s = 0.34;
constexpr double kLengthStep = 1.2;
constexpr double kFindsApart_s = 0.15;
constexpr double kAround_s = 0.5;       // to both sides: how loud the background is there
constexpr double kAroundSlack = 1.3;
constexpr double kChance = 6.0;         // deviations of a normal variable: so rare that noise keeps its false alarms (chosen)
constexpr std::array kPotentialWidths_s = {0.0010, 0.0013, 0.0016};

/// Chi-square over its mean at `kChance` deviations (Wilson & Hilferty 1931).
double by_chance(double freedom) {
  const double part = 2.0 / (9.0 * freedom);
  return std::pow(1.0 - part + kChance * std::sqrt(part), 3.0);
}

struct Candidate {
  std::int64_t begin = 0;
  std::int64_t count = 0;
  double score = 0.0;
};

class Search {
 public:
  Search(const std::vector<float>& signal, const std::vector<float>& background, double rate_hz, double least_score)
      : signal_(signal), background_(background), rate_hz_(rate_hz), least_(least_score), fourier_(power_of_two_from(kBlock_s * rate_hz)),
        look_(power_of_two_from(kLook_s * rate_hz)), edge_(std::llround(kBlockEdge_s * rate_hz)), hop_(static_cast<std::int64_t>(fourier_.length()) - 2 * edge_) {
    for (double length_s = kShortestSought_s; length_s < kLongestSought_s; length_s *= kLengthStep) lengths_.push_back(std::max<std::int64_t>(2, std::llround(length_s * rate_hz)));
    for (const double width_s : kPotentialWidths_s) {
      Signal spectrum(fourier_.length());
      const std::vector<double> shape = potential_shape(width_s, rate_hz);
      std::copy(shape.begin(), shape.end(), spectrum.begin());
      fourier_.forward(spectrum);
      potentials_.push_back({std::move(spectrum), static_cast<std::int64_t>(shape.size())});
    }
    measure_looks();
  }

  std::vector<EmgFind> finds() {
    const auto count = static_cast<std::int64_t>(signal_.size());
    for (std::int64_t begin = 0; begin < count; begin += hop_) search(begin, std::min(begin + hop_, count));
    std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    std::map<double, EmgFind> kept;  // by onset
    for (const Candidate& one : candidates_) {
      const EmgFind find{time_of(one.begin), time_of(one.begin + one.count), peak_of(one), one.score};
      const auto after = kept.lower_bound(find.onset_s);
      const bool free_after = after == kept.end() || after->first > find.end_s + kFindsApart_s;
      const bool free_before = after == kept.begin() || std::prev(after)->second.end_s < find.onset_s - kFindsApart_s;
      if (free_after && free_before) kept.emplace(find.onset_s, find);
    }
    std::vector<EmgFind> list;
    for (const auto& [onset_s, find] : kept) list.push_back(find);
    return list;
  }

 private:
  struct Potential {
    Signal spectrum;
    std::int64_t count = 0;
  };

  double time_of(std::int64_t sample) const { return static_cast<double>(sample) / rate_hz_; }

  double reading(const std::vector<float>& of, std::int64_t at) const {
    return at >= 0 && at < static_cast<std::int64_t>(of.size()) ? static_cast<double>(of[static_cast<std::size_t>(at)]) : 0.0;
  }

  double peak_of(const Candidate& one) const {
    double peak = 0.0;
    for (std::int64_t i = one.begin; i < one.begin + one.count; ++i) peak = std::max(peak, std::abs(static_cast<double>(in_band_[static_cast<std::size_t>(std::clamp<std::int64_t>(i, 0, static_cast<std::int64_t>(in_band_.size()) - 1))])));
    return peak;
  }

  /// Periodograms of the background (Hann, half overlapping).
  void measure_looks() {
    const std::vector<double> whole(signal_.begin(), signal_.end());
    in_band_ = emg_in_band(whole, rate_hz_, true);
    const Fourier small(look_);
    for (std::size_t begin = 0; begin + look_ <= background_.size(); begin += look_ / 2) {
      Signal values(look_);
      double mean = 0.0;
      for (std::size_t i = 0; i < look_; ++i) mean += static_cast<double>(background_[begin + i]) / static_cast<double>(look_);
      for (std::size_t i = 0; i < look_; ++i) {
        const double window = std::sqrt(8.0 / 3.0) * (0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(look_)));
        values[i] = window * (static_cast<double>(background_[begin + i]) - mean);
      }
      small.forward(values);
      std::vector<float> power(look_ / 2 + 1);
      for (std::size_t f = 0; f < power.size(); ++f) power[f] = static_cast<float>(std::norm(values[f]) / static_cast<double>(look_));
      looks_.push_back(std::move(power));
    }
  }

  /// Power a bin of the noise around a sample: the median of the looks there, so that a cable does not count.
  std::vector<double> noise_around(std::int64_t middle) const {
    const double look_s = 0.5 * static_cast<double>(look_) / rate_hz_;
    const auto index = [&](double t_s) { return static_cast<std::size_t>(std::clamp(t_s / look_s, 0.0, static_cast<double>(looks_.size() - 1))); };
    const std::size_t from = index(time_of(middle) - kNoiseReach_s);
    const std::size_t until = std::max(from + 1, index(time_of(middle) + kNoiseReach_s));
    std::vector<double> noise(look_ / 2 + 1);
    for (std::size_t f = 0; f < noise.size(); ++f) {
      std::vector<double> values;
      for (std::size_t k = from; k < until; ++k) values.push_back(static_cast<double>(looks_[k][f]));
      noise[f] = std::max(quantile(values, 0.5) / std::log(2.0), 1e-6);  // the median of an exponential variable
    }
    return noise;
  }

  Signal spectrum_of(const std::vector<float>& of, std::int64_t begin) const {
    Signal values(fourier_.length());
    const double rest = reading(of, std::clamp<std::int64_t>(begin, 0, static_cast<std::int64_t>(of.size()) - 1));
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::int64_t at = std::clamp<std::int64_t>(begin + static_cast<std::int64_t>(i), 0, static_cast<std::int64_t>(of.size()) - 1);
      const double edge = std::min(static_cast<double>(i), static_cast<double>(values.size() - 1 - i)) / (0.25 * static_cast<double>(edge_));
      values[i] = (reading(of, at) - rest) * (edge < 1.0 ? 0.5 - 0.5 * std::cos(std::numbers::pi * edge) : 1.0);
    }
    fourier_.forward(values);
    return values;
  }

  /// Windows that begin in [begin, end).
  void search(std::int64_t begin, std::int64_t end) {
    const std::size_t n = fourier_.length();
    const std::vector<double> small = noise_around((begin + end) / 2);
    Signal x = spectrum_of(signal_, begin - edge_);
    Signal alone = spectrum_of(background_, begin - edge_);
    std::vector<double> noise(n, 0.0);
    double sum = 0.0;
    double squares = 0.0;
    std::vector<double> weight(n, 0.0);  // the filter for energy
    for (std::size_t f = 0; f < n; ++f) {
      const double hz = static_cast<double>(std::min(f, n - f)) / static_cast<double>(n) * rate_hz_;
      const double place = hz / rate_hz_ * static_cast<double>(look_);
      const auto low = std::min(static_cast<std::size_t>(place), small.size() - 2);
      noise[f] = std::max(small[low], small[low + 1]);
      if (hz < 10.0) continue;
      const double shape = emg_spectrum(hz);
      weight[f] = shape / noise[f];
      sum += shape * shape / noise[f];
      squares += std::pow(shape * shape / noise[f], 2.0);
    }
    // Real signal in the real part, background in the imaginary one.
    const Complex i_unit{0.0, 1.0};
    Signal energy(n);
    for (std::size_t f = 0; f < n; ++f) energy[f] = weight[f] * (x[f] + i_unit * alone[f]);
    fourier_.inverse(energy);
    const double mean = sum / static_cast<double>(n);                       // of one squared output
    const double freedom = sum * sum / squares / static_cast<double>(n);    // a sample
    score_energy(energy, mean, freedom, begin, end);
    for (const Potential& potential : potentials_) {
      double e = 0.0;
      Signal output(n);
      for (std::size_t f = 0; f < n; ++f) {
        const double hz = static_cast<double>(std::min(f, n - f)) / static_cast<double>(n) * rate_hz_;
        if (hz < 10.0) continue;
        output[f] = std::conj(potential.spectrum[f]) / noise[f] * (x[f] + i_unit * alone[f]);
        e += std::norm(potential.spectrum[f]) / noise[f];
      }
      fourier_.inverse(output);
      score_potential(output, e / static_cast<double>(n), potential.count, begin, end);
    }
  }

  std::vector<double> running(const Signal& of, bool background) const {
    std::vector<double> sums(of.size() + 1, 0.0);
    for (std::size_t i = 0; i < of.size(); ++i) {
      const double value = background ? of[i].imag() : of[i].real();
      sums[i + 1] = sums[i] + value * value;
    }
    return sums;
  }

  void score_energy(const Signal& energy, double mean, double freedom, std::int64_t begin, std::int64_t end) {
    const std::vector<double> here = running(energy, false);
    const std::vector<double> alone = running(energy, true);
    const auto reach = static_cast<std::int64_t>(kAround_s * rate_hz_);
    const auto beside = static_cast<std::int64_t>(0.05 * rate_hz_);
    std::vector<Candidate> best(static_cast<std::size_t>(end - begin));
    for (const std::int64_t length : lengths_) {
      const double n = freedom * static_cast<double>(length);
      const double chance = by_chance(n);
      const double chance_beside = by_chance(freedom * static_cast<double>(length + 2 * beside));
      const auto rate = [&](const std::vector<double>& sums, std::int64_t from, std::int64_t count) {
        return (sums[static_cast<std::size_t>(from + count)] - sums[static_cast<std::size_t>(from)]) / (mean * static_cast<double>(count));
      };
      for (std::int64_t i = begin; i < end; ++i) {
        const std::int64_t at = i - begin + edge_;
        const double around = rate(alone, at + length / 2 - reach, 2 * reach) / kAroundSlack;
        const double within = std::max(rate(alone, at, length) / chance, rate(alone, at - beside, length + 2 * beside) / chance_beside);
        const double r = rate(here, at, length) / std::max({1.0, around, within});
        if (r <= 1.0) continue;
        const double score = 0.5 * n * (r - 1.0 - std::log(r));
        Candidate& known = best[static_cast<std::size_t>(i - begin)];
        if (score > known.score) known = {i, length, score};
      }
    }
    keep_maxima(best);
  }

  void score_potential(const Signal& output, double e, std::int64_t count, std::int64_t begin, std::int64_t end) {
    const auto beside = static_cast<std::int64_t>(0.03 * rate_hz_);
    std::vector<Candidate> best(static_cast<std::size_t>(end - begin));
    for (std::int64_t i = begin; i < end; ++i) {
      const auto at = static_cast<std::size_t>(i - begin + edge_);
      double alone = 0.0;  // the largest of the background
      for (std::size_t k = at - static_cast<std::size_t>(beside); k <= at + static_cast<std::size_t>(beside); ++k) alone = std::max(alone, std::abs(output[k].imag()));
      const double y = output[at].real();
      best[static_cast<std::size_t>(i - begin)] = {i, count, 0.5 * y * y / e / std::max(1.0, alone * alone / e / (kChance * kChance))};
    }
    keep_maxima(best);
  }

  void keep_maxima(const std::vector<Candidate>& best) {
    for (std::size_t i = 0; i < best.size(); ++i) {
      if (best[i].score < least_) continue;
      const bool is_below_last = i > 0 && best[i - 1].score >= best[i].score;
      const bool is_below_next = i + 1 < best.size() && best[i + 1].score > best[i].score;
      if (!is_below_last && !is_below_next) candidates_.push_back(best[i]);
    }
  }

  const std::vector<float>& signal_;
  const std::vector<float>& background_;
  double rate_hz_;
  double least_;
  Fourier fourier_;
  std::size_t look_;
  std::int64_t edge_;
  std::int64_t hop_;
  std::vector<std::int64_t> lengths_;
  std::vector<Potential> potentials_;
  std::vector<double> in_band_;
  std::vector<std::vector<float>> looks_;
  std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<EmgFind> emg_oracle(const Recording& recording, const Recording& untouched, double least_score) {
  return Search(recording.channels.front().samples, untouched.channels.front().samples, recording.rate_hz, least_score).finds();
}

}  // namespace klono::bench

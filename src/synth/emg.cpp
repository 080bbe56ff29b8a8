#include "synth/emg.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "synth/random.hpp"

namespace klono::synth {
namespace {

constexpr double kHigh_hz = 60.0;
constexpr double kLow_hz = 120.0;
constexpr double kEdge_s = 0.003;
constexpr double kSpace_s = 0.35;      // between two events
constexpr double kPotential_s = 0.0022;  // scale of the potential's form; all of it lasts about 10 ms
enum Stream : std::uint64_t { Schedule = 1, Noise, Muscle, Heart };

/// A first-order section by the bilinear transform.
class OnePole {
 public:
  OnePole(double cutoff_hz, double rate_hz, bool is_high_pass) {
    const double k = std::tan(std::numbers::pi * std::min(cutoff_hz / rate_hz, 0.49));
    a_ = (k - 1.0) / (k + 1.0);
    b0_ = is_high_pass ? 1.0 / (k + 1.0) : k / (k + 1.0);
    b1_ = is_high_pass ? -b0_ : b0_;
  }
  double operator()(double x) {
    const double y = b0_ * x + b1_ * last_x_ - a_ * last_y_;
    last_x_ = x;
    last_y_ = y;
    return y;
  }

 private:
  double a_, b0_, b1_;
  double last_x_ = 0.0;
  double last_y_ = 0.0;
};

/// White noise shaped as surface EMG is, rms 1.
std::vector<double> muscle_noise(std::size_t count, double rate_hz, Random& random) {
  OnePole high(kHigh_hz, rate_hz, true);
  OnePole low_a(kLow_hz, rate_hz, false);
  OnePole low_b(kLow_hz, rate_hz, false);
  std::vector<double> noise(count);
  double square = 0.0;
  for (double& value : noise) {
    value = low_b(low_a(high(random.normal())));
    square += value * value;
  }
  const double scale = 1.0 / std::sqrt(square / static_cast<double>(std::max<std::size_t>(1, count)));
  for (double& value : noise) value *= scale;
  return noise;
}

double edge_of(double t_s, const TimeSpan& span) {
  const double edge_s = std::min(kEdge_s, 0.1 * span.length_s());
  const double inside_s = std::min(t_s - span.begin_s, span.end_s - t_s);
  if (inside_s <= 0.0) return 0.0;
  return inside_s >= edge_s ? 1.0 : 0.5 - 0.5 * std::cos(std::numbers::pi * inside_s / edge_s);
}

class Maker {
 public:
  explicit Maker(const EmgSpec& spec) : spec_(spec), count_(static_cast<std::size_t>(std::lround(spec.duration_s * spec.rate_hz))) {}

  SyntheticEmg make() {
    lay_out();
    SyntheticEmg made;
    made.recording.format = "synthetic";
    made.recording.rate_hz = spec_.rate_hz;
    made.recording.segments = {{0, static_cast<std::int64_t>(count_), 0.0, spec_.rate_hz}};
    made.recording.has_gravity = false;
    for (std::size_t k = 0; k < spec_.lags_s.size(); ++k)
      made.recording.channels.push_back({"EMG " + std::to_string(k + 1), "uV", "uV", ChannelRole::Emg, channel(k)});
    made.truth = std::move(truth_);
    return made;
  }

 private:
  bool is_free(const TimeSpan& span) const {
    const TimeSpan wide{span.begin_s - kSpace_s, span.end_s + kSpace_s};
    const auto overlaps = [&](const TimeSpan& other) { return wide.overlaps(other); };
    return wide.begin_s >= 1.0 && wide.end_s <= spec_.duration_s - 1.0 && std::ranges::none_of(taken_, overlaps) && std::ranges::none_of(spec_.activity, overlaps);
  }

  template <class Length>
  void place(EmgTruthKind kind, double per_min, Random& random, Length length_s) {
    const auto wanted = static_cast<int>(std::lround(per_min * spec_.duration_s / 60.0));
    for (int done = 0, tries = 0; done < wanted && tries < 50 * wanted; ++tries) {
      const double onset_s = random.uniform(0.0, spec_.duration_s);
      const TimeSpan span{onset_s, onset_s + length_s()};
      if (!is_free(span)) continue;
      taken_.push_back(span);
      truth_.push_back({kind, span.begin_s, span.end_s, 0.0, 0.0});
      ++done;
    }
  }

  /// Noise in the band of the EMG: white to 500 Hz, seen through the EMG's own shape (its mean square gain is 0.34).
  double noise_in_band_uv() const { return spec_.noise_uv * std::sqrt(0.56); }

  void lay_out() {
    Random random(spec_.seed, Schedule);
    place(EmgTruthKind::Burst, spec_.bursts_per_min, random, [&] { return random.log_uniform(spec_.burst_shortest_s, spec_.burst_longest_s); });
    place(EmgTruthKind::Potential, spec_.potentials_per_min, random, [] { return 6.0 * kPotential_s; });
    place(EmgTruthKind::CableMove, spec_.cable_moves_per_min, random, [] { return 1.0; });
    for (EmgTruth& one : truth_) {
      if (one.kind == EmgTruthKind::Burst) {
        one.snr_db = random.uniform(spec_.snr_low_db, spec_.snr_high_db);
        one.rms_uv = noise_in_band_uv() * std::pow(10.0, one.snr_db / 20.0);
      } else if (one.kind == EmgTruthKind::Potential) {
        one.rms_uv = random.log_uniform(spec_.potential_low_uv, spec_.potential_high_uv);
      } else {
        one.rms_uv = random.log_uniform(1000.0, 5000.0);
      }
    }
    for (const TimeSpan& span : spec_.activity) truth_.push_back({EmgTruthKind::Activity, span.begin_s, span.end_s, spec_.activity_uv, 0.0});
    for (const TimeSpan& span : spec_.pauses) truth_.push_back({EmgTruthKind::Pause, span.begin_s, span.end_s, 0.0, 0.0});
    if (spec_.heart_uv > 0.0) {
      Random beats(spec_.seed, Heart);
      for (double t = beats.uniform(0.1, 0.8); t < spec_.duration_s; t += 60.0 / spec_.heart_per_min * (1.0 + 0.03 * beats.normal()))
        truth_.push_back({EmgTruthKind::Heart, t, t, spec_.heart_uv, 0.0});
    }
    std::ranges::sort(truth_, {}, [](const EmgTruth& one) { return one.onset_s; });
  }

  std::vector<float> channel(std::size_t k) const {
    Random noise(spec_.seed, Noise + 16 * (k + 1));
    Random muscle(spec_.seed, Muscle + 16 * (k + 1));
    std::vector<double> signal(count_, spec_.offset_uv);
    // White over 0 to 500 Hz keeps its density at other rates.
    const double sample_uv = spec_.noise_uv * std::sqrt(spec_.rate_hz / 1000.0);
    for (double& value : signal) value += sample_uv * noise.normal();
    add_mains(signal);
    const std::vector<double> shaped = muscle_noise(count_, spec_.rate_hz, muscle);
    for (const EmgTruth& one : truth_) add(signal, shaped, one, spec_.lags_s[k]);
    std::vector<float> samples(count_);
    std::ranges::transform(signal, samples.begin(), [](double value) { return static_cast<float>(value); });
    return samples;
  }

  void add_mains(std::vector<double>& signal) const {
    for (std::size_t i = 0; i < signal.size(); ++i) {
      const double phase = 2.0 * std::numbers::pi * std::fmod(spec_.mains_hz * static_cast<double>(i) / spec_.rate_hz, 1.0);
      signal[i] += spec_.mains_uv * (std::sin(phase) + std::sin(3.0 * phase + 0.7) / 3.0);
    }
  }

  void add(std::vector<double>& signal, const std::vector<double>& shaped, const EmgTruth& one, double lag_s) const {
    const double from_s = one.kind == EmgTruthKind::Heart ? one.onset_s - 0.3 : one.onset_s + lag_s;
    const double until_s = one.kind == EmgTruthKind::Heart ? one.onset_s + 0.6 : one.end_s + lag_s;
    const auto from = static_cast<std::size_t>(std::clamp(std::ceil(from_s * spec_.rate_hz), 0.0, static_cast<double>(signal.size())));
    const auto until = static_cast<std::size_t>(std::clamp(std::ceil(until_s * spec_.rate_hz), 0.0, static_cast<double>(signal.size())));
    const TimeSpan span{from_s, until_s};
    for (std::size_t i = from; i < until; ++i) {
      const double t_s = static_cast<double>(i) / spec_.rate_hz;
      switch (one.kind) {
        case EmgTruthKind::Burst:
        case EmgTruthKind::Activity: signal[i] += one.rms_uv * edge_of(t_s, span) * paused(t_s - lag_s) * shaped[i]; break;
        case EmgTruthKind::Potential: signal[i] += one.rms_uv * potential(t_s - from_s); break;
        case EmgTruthKind::Heart: signal[i] += one.rms_uv * heart(t_s - one.onset_s); break;
        case EmgTruthKind::CableMove: signal[i] += one.rms_uv * cable(t_s - from_s); break;
        case EmgTruthKind::Pause: break;
      }
    }
  }

  /// 0 within a pause, 1 outside.
  double paused(double t_s) const {
    double level = 1.0;
    for (const TimeSpan& pause : spec_.pauses) level = std::min(level, 1.0 - edge_of(t_s, pause));
    return level;
  }

  /// Two phases, peak to peak 1.
  static double potential(double t_s) {
    const double u = t_s / kPotential_s - 3.0;
    return u * std::exp(-u * u) / 0.857764;
  }

  /// P, Q, R, S and T as Gaussians (after the model of McSharry 2003, IEEE Trans Biomed Eng 50:289), R = 1.
  static double heart(double t_s) {
    constexpr double kWaves[5][3] = {{-0.17, 0.025, 0.12}, {-0.025, 0.010, -0.14}, {0.0, 0.011, 1.0}, {0.028, 0.011, -0.25}, {0.27, 0.055, 0.28}};
    double sum = 0.0;
    for (const auto& wave : kWaves) sum += wave[2] * std::exp(-0.5 * std::pow((t_s - wave[0]) / wave[1], 2.0));
    return sum;
  }

  /// Up within 20 ms, back over a third of a second.
  static double cable(double t_s) { return (1.0 - std::exp(-t_s / 0.007)) * std::exp(-t_s / 0.15) * std::min(1.0, (1.0 - t_s) / 0.2); }

  const EmgSpec& spec_;
  std::size_t count_;
  std::vector<EmgTruth> truth_;
  std::vector<TimeSpan> taken_;
};

}  // namespace

SyntheticEmg make_emg(const EmgSpec& spec) { return Maker(spec).make(); }

SyntheticEmg make_legs(std::uint64_t seed, double duration_s, double rate_hz) {
  EmgSpec spec;
  spec.seed = seed;
  spec.duration_s = duration_s;
  spec.rate_hz = rate_hz;
  spec.bursts_per_min = 16.0;
  spec.potentials_per_min = 4.0;
  spec.snr_low_db = 15.0;
  spec.mains_uv = 20.0;
  spec.lags_s = {0.0, 0.008};
  for (double at_s = 45.0; at_s + 3.0 < duration_s; at_s += 70.0) spec.activity.push_back({at_s, at_s + 2.2});
  SyntheticEmg made = make_emg(spec);
  const char* const names[] = {"Leg L", "Leg R"};
  for (std::size_t k = 0; k < made.recording.channels.size(); ++k) made.recording.channels[k].name = names[k];
  return made;
}

}  // namespace klono::synth

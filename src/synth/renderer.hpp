#pragma once
/// From a plan's parts to samples of three axes at given true times: what acceleration and rotation share.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/interval.hpp"
#include "synth/background.hpp"
#include "synth/random.hpp"
#include "synth/vec3.hpp"

namespace klono::synth {

class Renderer {
 public:
  explicit Renderer(const std::vector<double>& true_s) : t_(true_s) {
    out_.x.assign(t_.size(), 0.0F);
    out_.y.assign(t_.size(), 0.0F);
    out_.z.assign(t_.size(), 0.0F);
  }

  /// Adds `value(t)` to every sample in the span.
  template <class Value>
  void add_over(const TimeSpan& span, Value value) {
    const auto begin = std::lower_bound(t_.begin(), t_.end(), span.begin_s);
    for (auto it = begin; it != t_.end() && *it < span.end_s; ++it)
      add(static_cast<std::size_t>(it - t_.begin()), value(*it));
  }

  template <class Value>
  void add_everywhere(Value value) {
    for (std::size_t i = 0; i < t_.size(); ++i) add(i, value(t_[i]));
  }

  const std::vector<double>& true_s() const { return t_; }
  Samples3 take() { return std::move(out_); }

 private:
  void add(std::size_t i, const Vec3& value) {
    out_.x[i] += static_cast<float>(value.x);
    out_.y[i] += static_cast<float>(value.y);
    out_.z[i] += static_cast<float>(value.z);
  }

  const std::vector<double>& t_;
  Samples3 out_;
};

/// Walking and tremor swell in and die away: 0 at the ends of `span`, 1 from 0.6 s inside.
double ramp(const TimeSpan& span, double t_s);

/// A damped ringing whose first crest is `peak`, along `direction`.
void add_ringing(Renderer& renderer, const Ringing& ringing, double peak, const Vec3& direction);

/// White noise and a slow drift of half its size, on each axis.
struct SensorNoise {
  std::uint64_t seed = 1;
  std::uint64_t white_stream = 0;
  std::uint64_t drift_stream = 0;
  double size = 0.0;
};
void add_noise(Renderer& renderer, const SensorNoise& noise);

/// The phase of a tremor wanders; asked at increasing times of one recording it is the same for both sensors.
class TremorPhase {
 public:
  TremorPhase(const TremorBout& bout, std::uint64_t seed);
  double at(double t_s);

 private:
  const TremorBout& bout_;
  Random random_;
  double wander_ = 0.0;
  double previous_s_;
};

/// Size of a tremor at a time, swell and ramp in it; g.
double tremor_size(const TremorBout& bout, double t_s);

/// Phase of the breath and how fast it runs, radians.
struct BreathPhase {
  double phase = 0.0;
  double per_s = 0.0;
};
BreathPhase breath_phase(const Breathing& breathing, double t_s);

}  // namespace klono::synth

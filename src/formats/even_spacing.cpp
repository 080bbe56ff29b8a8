#include "formats/even_spacing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace klono::formats {
namespace {

constexpr double kSlack_samples = 0.5;
constexpr double kMostWander_s = 0.1;
constexpr double kMostJitter_samples = 0.25;  // rms about a line through one second
constexpr int kReach = 4;                     // readings on either side
constexpr std::size_t kPhases = 512;
constexpr std::size_t kBlockPlaces = 16384;

struct Line {
  double first = 0.0;  ///< value at the first stamp, relative to it
  double step = 0.0;
};

Line line_through(std::span<const double> times_s) {
  const auto n = static_cast<double>(times_s.size());
  double sum = 0.0;
  double weighted = 0.0;
  for (std::size_t i = 0; i < times_s.size(); ++i) {
    const double t = times_s[i] - times_s[0];
    sum += t;
    weighted += t * static_cast<double>(i);
  }
  const double middle = (n - 1.0) / 2.0;
  const double spread = n * (n * n - 1.0) / 12.0;
  Line line;
  line.step = spread > 0.0 ? (weighted - middle * sum) / spread : 0.0;
  line.first = sum / n - line.step * middle;
  return line;
}

double deviation(std::span<const double> times_s, const Line& line, std::size_t i) {
  return times_s[i] - times_s[0] - line.first - line.step * static_cast<double>(i);
}

/// Root mean square deviation of the stamps from lines through a second each.
double jitter(std::span<const double> times_s, double step_s) {
  const auto window = static_cast<std::size_t>(std::clamp(1.0 / step_s, 16.0, 4096.0));
  double squares = 0.0;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < times_s.size(); begin += window) {
    const std::span<const double> part = times_s.subspan(begin, std::min(window, times_s.size() - begin));
    if (part.size() < 4) break;
    const Line line = line_through(part);
    for (std::size_t i = 0; i < part.size(); ++i) squares += deviation(part, line, i) * deviation(part, line, i);
    count += part.size();
  }
  return count > 0 ? std::sqrt(squares / static_cast<double>(count)) : 0.0;
}

/// The stamps one after another; where asked for as means over windows that are as wide on either side, so that a straight
/// line stays as it is. A window of sums is kept, not all of them.
class Stamps {
 public:
  Stamps(std::span<const double> times_s, std::size_t half) : times_s_(times_s), half_(half), sums_(half > 0 ? 2 * half + 4 : 0, 0.0) {}

  /// `i` never goes back by more than one.
  double at(std::size_t i) {
    if (half_ == 0) return times_s_[i];
    const std::size_t h = std::min({half_, i, times_s_.size() - 1 - i});
    for (; summed_ < i + h + 1; ++summed_) sums_[(summed_ + 1) % sums_.size()] = sums_[summed_ % sums_.size()] + (times_s_[summed_] - times_s_[0]);
    return times_s_[0] + (sums_[(i + h + 1) % sums_.size()] - sums_[(i - h) % sums_.size()]) / static_cast<double>(2 * h + 1);
  }

 private:
  std::span<const double> times_s_;
  std::size_t half_;
  std::vector<double> sums_;  // of the first n stamps, at n modulo its size
  std::size_t summed_ = 0;
};

using Weights = std::array<float, 2 * kReach>;

double sinc(double x) { return x == 0.0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x); }

const std::vector<Weights>& lanczos() {
  static const std::vector<Weights> table = [] {
    std::vector<Weights> weights(kPhases + 1);
    for (std::size_t p = 0; p <= kPhases; ++p) {
      const double u = static_cast<double>(p) / static_cast<double>(kPhases);
      std::array<double, 2 * kReach> exact{};
      double sum = 0.0;
      for (int j = 0; j < 2 * kReach; ++j) {
        const double x = u - static_cast<double>(j - kReach + 1);
        exact[static_cast<std::size_t>(j)] = std::abs(x) < kReach ? sinc(x) * sinc(x / kReach) : 0.0;
        sum += exact[static_cast<std::size_t>(j)];
      }
      for (std::size_t j = 0; j < exact.size(); ++j) weights[p][j] = static_cast<float>(exact[j] / sum);
    }
    return weights;
  }();
  return table;
}

}  // namespace

EvenLine fit_even(std::span<const double> times_s, double usual_step_s) {
  const Line through = line_through(times_s);
  EvenLine line;
  line.step_s = through.step > 0.0 ? through.step : usual_step_s;
  line.start_s = times_s[0] + through.first + (through.step - line.step_s) * (static_cast<double>(times_s.size()) - 1.0) / 2.0;
  double worst = 0.0;
  for (std::size_t i = 0; i < times_s.size(); ++i)
    worst = std::max(worst, std::abs(times_s[i] - line.start_s - line.step_s * static_cast<double>(i)));
  if (!(worst > kSlack_samples * line.step_s)) return line;
  line.jittery = jitter(times_s, line.step_s) > kMostJitter_samples * line.step_s;
  line.uneven = line.jittery || worst > kMostWander_s;
  return line;
}

/// The places of even_places(), one after another.
class Places {
 public:
  Places(std::span<const double> times_s, const EvenLine& line)
      : count_(times_s.size()), line_(line),
        stamps_(times_s, line.jittery ? 0 : static_cast<std::size_t>(std::clamp(0.5 / line.step_s, 4.0, 4096.0))) {}

  void fill(std::span<double> places) {
    for (double& place : places) {
      const double t = line_.start_s + line_.step_s * static_cast<double>(next_++);
      while (low_ + 2 < count_ && stamp(low_ + 1) <= t) ++low_;
      const double step = low_ + 1 < count_ ? stamp(low_ + 1) - stamp(low_) : 0.0;
      const double share = step > 0.0 ? std::clamp((t - stamp(low_)) / step, 0.0, 1.0) : 0.0;
      place = static_cast<double>(low_) + share;
    }
  }

 private:
  /// Only two neighbours are asked for at a time.
  double stamp(std::size_t i) {
    const std::size_t slot = i % 2;
    if (known_[slot] != i + 1) {
      value_[slot] = stamps_.at(i);
      known_[slot] = i + 1;
    }
    return value_[slot];
  }

  std::size_t count_;
  EvenLine line_;
  Stamps stamps_;
  std::size_t low_ = 0;
  std::size_t next_ = 0;
  std::array<double, 2> value_{};
  std::array<std::size_t, 2> known_{};
};

std::vector<double> even_places(std::span<const double> times_s, const EvenLine& line) {
  std::vector<double> places(times_s.size());
  Places(times_s, line).fill(places);
  return places;
}

void move_to_even_times(std::span<const double> times_s, const EvenLine& line, std::span<float> values) {
  const std::vector<float> before(values.begin(), values.end());
  Places places(times_s, line);
  std::vector<double> block(std::min(kBlockPlaces, values.size()));
  for (std::size_t begin = 0; begin < values.size(); begin += block.size()) {
    const std::span<double> part = std::span(block).first(std::min(block.size(), values.size() - begin));
    places.fill(part);
    read_at_places(before, part, values.subspan(begin, part.size()));
  }
}

void read_at_places(std::span<const float> values, std::span<const double> places, std::span<float> out) {
  if (values.empty()) return;
  const auto last = static_cast<std::int64_t>(values.size()) - 1;
  const std::vector<Weights>& table = lanczos();
  for (std::size_t i = 0; i < places.size() && i < out.size(); ++i) {
    const double floor = std::floor(places[i]);
    const auto low = static_cast<std::int64_t>(floor);
    const Weights& weights = table[static_cast<std::size_t>(std::lround((places[i] - floor) * static_cast<double>(kPhases)))];
    float sum = 0.0F;
    for (std::int64_t j = 0; j < 2 * kReach; ++j)
      sum += weights[static_cast<std::size_t>(j)] * values[static_cast<std::size_t>(std::clamp<std::int64_t>(low + j - kReach + 1, 0, last))];
    out[i] = std::isnan(sum) ? values[static_cast<std::size_t>(std::clamp<std::int64_t>(std::llround(places[i]), 0, last))] : sum;
  }
}

}  // namespace klono::formats

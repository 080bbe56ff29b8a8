#include "formats/journal_grid.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace klono::formats::journal {
namespace {

constexpr std::int64_t kReach = 2;         // readings beyond the neighbours on either side: six in all
constexpr std::int64_t kPatience = 8;      // readings; then the second sensor is not waited for any more
constexpr double kSecondIsAway_s = 0.5;    // chosen: a gyroscope silent for that long is not waited for
constexpr std::int64_t kMostSecond = 4096;
constexpr double kOvertime = 0.01;         // steps; rounding of stamps takes no last sample away
constexpr double kFastest_hz = 1000.0;     // chosen: no sensor worn or in a phone delivers more
constexpr double kSlowest_hz = 0.01;
// Chosen: the more readings a polynomial takes, the more even they must be, or it swings between them.
constexpr struct Evenness { double shortest, longest; } kEvenness[] = {{0.0, 1e300}, {0.35, 2.5}, {0.5, 1.6}};

bool even_enough(const Track& track, std::int64_t place, std::int64_t reach, double usual_s) {
  const Evenness& wanted = kEvenness[reach];
  for (std::int64_t k = place - reach; k <= place + reach; ++k) {
    const double step_s = track.at(k + 1).t_s - track.at(k).t_s;
    if (step_s < wanted.shortest * usual_s || step_s > wanted.longest * usual_s) return false;
  }
  return true;
}

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

void Track::forget_before(std::int64_t place) {
  constexpr std::int64_t kWorthWhile = 256;  // moving the rest costs
  if (place - first_ < kWorthWhile) return;
  points_.erase(points_.begin(), points_.begin() + std::min<std::ptrdiff_t>(place - first_, std::ssize(points_)));
  first_ = place;
}

std::array<float, 3> between(const Track& track, std::int64_t begin, std::int64_t end, std::int64_t place, double t_s,
                             double usual_s) {
  if (place + 1 >= end || t_s <= track.at(place).t_s) return track.at(place).values;
  std::int64_t reach = std::min({kReach, place - begin, end - 2 - place});
  while (reach > 0 && !even_enough(track, place, reach, usual_s)) --reach;
  std::array<double, 3> sums{};
  for (std::int64_t j = place - reach; j <= place + 1 + reach; ++j) {
    double above = 1.0;
    double below = 1.0;
    for (std::int64_t m = place - reach; m <= place + 1 + reach; ++m) {
      if (m == j) continue;
      above *= t_s - track.at(m).t_s;
      below *= track.at(j).t_s - track.at(m).t_s;
    }
    for (std::size_t k = 0; k < 3; ++k) sums[k] += above / below * static_cast<double>(track.at(j).values[k]);
  }
  return {static_cast<float>(sums[0]), static_cast<float>(sums[1]), static_cast<float>(sums[2])};
}

Rate rate_of(std::span<const double> stamps_ms) {
  Rate rate;
  std::vector<double> steps;
  for (std::size_t i = 1; i < stamps_ms.size(); ++i) steps.push_back(stamps_ms[i] - stamps_ms[i - 1]);
  if (steps.empty()) return rate;
  const double median = median_of(steps);
  double sum = 0.0;
  double count = 0.0;
  for (const double step : steps) {
    if (step < 0.5 * median || step > 1.5 * median) continue;
    sum += step;
    count += 1.0;
  }
  rate.usual_ms = std::clamp(sum / count, 1000.0 / kFastest_hz, 1000.0 / kSlowest_hz);
  rate.grid_hz = 1000.0 / rate.usual_ms;
  for (const double usual_hz : {25.0, 50.0, 60.0, 100.0, 200.0})
    if (std::abs(1000.0 / rate.usual_ms - usual_hz) <= 0.03 * usual_hz) rate.grid_hz = usual_hz;
  return rate;
}

Grid::Grid(Rate rate) : rate_(rate), longest_s_(std::max(3.0 * rate.usual_ms, rate.usual_ms + 50.0) / 1000.0) {}

void Grid::begin(double earliest_s) {
  start_s_.reset();
  earliest_s_ = earliest_s;
  count_ = 0;
  lead_.forget_before(lead_.end());
  run_begin_ = at_ = lead_.end();
}

void Grid::lead(const Point& point) {
  lead_.push(point);
  if (!start_s_) start_s_ = std::max(point.t_s, earliest_s_);
}

void Grid::second(const Point& point) {
  if (!second_.empty() && !(point.t_s > second_.back().t_s)) return;
  second_.push(point);
  second_.forget_before(std::max(second_at_ - kReach, second_.end() - kMostSecond));
  second_at_ = std::max(second_at_, second_.begin());
}

/// Whether waiting longer would not change the second sensor's value.
bool Grid::second_is_ready(double t_s) {
  if (second_.empty() || second_.back().t_s < t_s - kSecondIsAway_s) return true;
  return second_.end() - second_at_ > kReach + 1 && second_.at(second_.end() - kReach - 1).t_s > t_s;
}

std::array<float, 3> Grid::second_at(double t_s) const {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  const std::array<float, 3> nothing{kNaN, kNaN, kNaN};
  if (second_.empty() || second_.at(second_at_).t_s > t_s) return nothing;
  if (second_.at(second_at_).t_s == t_s) return second_.at(second_at_).values;
  if (second_at_ + 1 >= second_.end()) return nothing;
  if (second_.at(second_at_ + 1).t_s - second_.at(second_at_).t_s > longest_s_) return nothing;
  return between(second_, second_.begin(), second_.end(), second_at_, t_s, rate_.usual_ms / 1000.0);
}

void Grid::take(bool ending, Samples& lead_samples, Samples& second_samples) {
  if (!start_s_) return;
  for (;;) {
    double t_s = end_s();
    while (at_ + 2 < lead_.end() && lead_.at(at_ + 1).t_s <= t_s) ++at_;
    if (!ending && at_ + kReach + 1 >= lead_.end()) break;
    const double last_s = lead_.back().t_s;
    if (t_s > last_s) {
      if (t_s > last_s + kOvertime * rate_.usual_ms / 1000.0) break;
      t_s = last_s;
    }
    while (second_at_ + 1 < second_.end() && second_.at(second_at_ + 1).t_s <= t_s) ++second_at_;
    if (!ending && lead_.end() - at_ < kPatience && !second_is_ready(t_s)) break;
    const std::array<float, 3> first = between(lead_, run_begin_, lead_.end(), at_, t_s, rate_.usual_ms / 1000.0);
    const std::array<float, 3> other = second_at(t_s);
    for (std::size_t k = 0; k < 3; ++k) {
      lead_samples[k].push_back(first[k]);
      second_samples[k].push_back(other[k]);
    }
    ++count_;
  }
  lead_.forget_before(std::max(run_begin_, at_ - kReach));
}

}  // namespace klono::formats::journal

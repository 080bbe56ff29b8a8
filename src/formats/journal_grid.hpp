#pragma once
/// From readings with their own times to samples on an even grid, as they come.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace klono::formats::journal {

struct Point {
  double t_s = 0.0;
  std::array<float, 3> values{};
};

/// Readings of one sensor, times strictly rising; old ones are forgotten. Places count from the first one ever.
class Track {
 public:
  void push(const Point& point) { points_.push_back(point); }
  std::int64_t begin() const { return first_; }
  std::int64_t end() const { return first_ + static_cast<std::int64_t>(points_.size()); }
  bool empty() const { return points_.empty(); }
  const Point& at(std::int64_t place) const { return points_[static_cast<std::size_t>(place - first_)]; }
  const Point& back() const { return points_.back(); }
  void forget_before(std::int64_t place);

 private:
  std::vector<Point> points_;
  std::int64_t first_ = 0;
};

/// The value at `t_s` between the readings at `place` and after it, by the polynomial through the six readings around
/// it that lie in [begin, end); through four or two where fewer are there or their steps differ much from `usual_s`.
/// A reading's own value at its own time.
std::array<float, 3> between(const Track& track, std::int64_t begin, std::int64_t end, std::int64_t place, double t_s,
                             double usual_s);

/// The usual step of stamps, and the rate of the grid.
struct Rate {
  double usual_ms = 1000.0 / 60.0;
  double grid_hz = 60.0;
};

/// Told by ascending stamps: the mean of the steps that are within half of the median step; the grid takes the
/// nearest of 25, 50, 60, 100 and 200 Hz where that is within 3 %. At most 1000 Hz.
Rate rate_of(std::span<const double> stamps_ms);

/// One contiguous run of the leading sensor after another, with a second sensor beside it.
class Grid {
 public:
  using Samples = std::array<std::vector<float>, 3>;

  explicit Grid(Rate rate);

  /// A run begins at the next lead; its first sample not before `earliest_s`.
  void begin(double earliest_s);
  void lead(const Point& point);
  void second(const Point& point);
  /// Samples that can be told now are appended; all of them with `ending`.
  void take(bool ending, Samples& lead_samples, Samples& second_samples);

  bool running() const { return start_s_.has_value(); }
  double start_s() const { return start_s_.value_or(0.0); }
  /// Samples given since the run began, and where they end.
  std::int64_t count() const { return count_; }
  double end_s() const { return start_s() + static_cast<double>(count_) / rate_.grid_hz; }

 private:
  bool second_is_ready(double t_s);
  std::array<float, 3> second_at(double t_s) const;

  Rate rate_;
  double longest_s_;  // between two readings of the second sensor that belong together
  Track lead_;
  Track second_;
  std::int64_t run_begin_ = 0;  // into lead_
  std::int64_t at_ = 0;         // the last lead at or before the next sample
  std::int64_t second_at_ = 0;
  std::optional<double> start_s_;
  double earliest_s_ = 0.0;
  std::int64_t count_ = 0;
};

}  // namespace klono::formats::journal

#pragma once

#include <cstddef>
#include <deque>
#include <vector>

namespace klono::dsp {

/// Exact quantiles of the last `capacity` values. Exact order statistics scale with the signal, which
/// histograms do not.
class SlidingQuantile {
 public:
  explicit SlidingQuantile(std::size_t capacity) : capacity_(capacity) {}

  void add(float value);
  void clear();
  std::size_t size() const { return sorted_.size(); }

  /// The value with share `q` (0..1) of the others below it; 0 when empty.
  float quantile(double q) const;

 private:
  std::size_t capacity_;
  std::deque<float> order_;
  std::vector<float> sorted_;
};

/// One exact quantile of the last `capacity` values, at hand at any time. A new value moves it by one place at most, and mostly not
/// at all: what SlidingQuantile keeps sorted for any quantile need not be.
class RunningQuantile {
 public:
  RunningQuantile(std::size_t capacity, double q) : capacity_(capacity), q_(q) {}

  void add(float value);
  void clear();
  std::size_t size() const { return values_.size(); }

  /// As SlidingQuantile::quantile().
  float value() const { return value_; }

 private:
  void step_down();
  void step_up();

  std::size_t capacity_;
  double q_;
  std::vector<float> values_;  // unsorted
  std::size_t oldest_ = 0;
  float value_ = 0.0F;
  std::size_t below_ = 0;      // of the values: how many are smaller than it
  std::size_t at_most_ = 0;    // ... and how many are not larger
};

/// The last `capacity` values, unsorted: where one is added often, and a quantile of many is asked for seldom or only compared.
class SlidingValues {
 public:
  explicit SlidingValues(std::size_t capacity) : capacity_(capacity) {}

  void add(float value);
  void clear();
  std::size_t size() const { return values_.size(); }

  /// As SlidingQuantile::quantile().
  float quantile(double q) const;
  /// Whether that is at most `limit`.
  bool quantile_at_most(double q, float limit) const;

 private:
  std::size_t capacity_;
  std::vector<float> values_;
  std::size_t oldest_ = 0;
};

}  // namespace klono::dsp

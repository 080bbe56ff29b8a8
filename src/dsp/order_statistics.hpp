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

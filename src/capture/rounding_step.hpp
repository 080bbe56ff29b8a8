#pragma once

#include <cstddef>
#include <vector>

namespace klono::capture {

/// The step that values are rounded to, from differences of neighbouring readings: the smallest that repeats, where nine
/// of ten small differences are whole multiples of it. 0 while none is seen, as with readings that are not rounded.
class RoundingStep {
 public:
  /// `smallest`: differences below it are arithmetic, not the sensor's.
  explicit RoundingStep(double smallest) : smallest_(smallest) {}

  /// Difference of two neighbouring values, in any unit; not-a-number and 0 are passed over.
  void note(double difference);

  double step() const;

 private:
  struct Candidate {
    double value = 0.0;  // mean of what fell together
    std::size_t count = 0;
  };
  bool fits(double step) const;

  double smallest_;
  std::vector<Candidate> candidates_;  // the smallest differences, rising
  std::vector<double> recent_;         // a ring
  std::size_t next_ = 0;
};

}  // namespace klono::capture

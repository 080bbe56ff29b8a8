#pragma once

#include <vector>

#include "detection/event.hpp"

namespace klono::detection {

/// Stretches that cannot be analysed; sorted and disjoint whenever it is read.
class MaskList {
 public:
  void add(TimeSpan span, Reason reason);

  /// Reason of the mask that covers most of `span`, None where less than half of it is covered.
  Reason covering(TimeSpan span) const;

  /// Reason of a mask that touches `span` at all.
  Reason touching(TimeSpan span) const;

  /// Seconds of `span` that lie in masks.
  double covered_s(TimeSpan span) const;

  /// Takes `span` out again: a counted event is never inside a mask.
  void keep_clear(TimeSpan span);

  const std::vector<Mask>& masks() const { return masks_; }
  double total_s() const;

 private:
  std::vector<Mask> masks_;
};

}  // namespace klono::detection

#pragma once
/// What must hold of any analysis, whatever its accuracy.

#include <string>
#include <vector>

#include "detection/event.hpp"
#include "signal/recording.hpp"

namespace klono::bench {

/// Complaints collected over a run; any makes the program fail.
class Invariants {
 public:
  void check(const Recording& recording, const Analysis& analysis, const std::string& where);
  void require(bool holds, const std::string& complaint);
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  std::vector<std::string> complaints_;
};

}  // namespace klono::bench

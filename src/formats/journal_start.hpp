#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "formats/journal.hpp"
#include "formats/journal_grid.hpp"

namespace klono::formats::journal {

bool all_finite(const std::array<float, 3>& values);

/// What the first two seconds tell: which sensor leads, and its rate. Acceleration with gravity leads; without gravity
/// where two seconds of it have come and less than half as many readings with gravity.
class Start {
 public:
  /// Every reading, also after it has settled.
  void note(const Reading& reading);
  bool settled() const;
  /// Whether any acceleration came at all.
  bool has_lead() const { return gravity_.count + linear_.count > 0; }

  /// Decides with what is there.
  Rate settle();
  bool leads_with_gravity() const { return with_gravity_; }
  /// The leading sensor's values, where the reading holds them.
  std::optional<std::array<float, 3>> lead_of(const Reading& reading) const;
  std::uint8_t delivered() const { return delivered_; }
  double last_stamp_ms() const { return last_ms_; }

 private:
  struct Candidate {
    std::int64_t count = 0;
    double span_ms = 0.0;  ///< long steps count as 100 ms
    std::vector<Reading> readings;
  };
  static void add(Candidate& candidate, const Reading& reading);

  Candidate gravity_;
  Candidate linear_;
  bool decided_ = false;
  bool with_gravity_ = true;
  std::uint8_t delivered_ = 0;
  double last_ms_ = -1e300;
};

}  // namespace klono::formats::journal

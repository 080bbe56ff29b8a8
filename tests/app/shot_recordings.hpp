#pragma once
/// Recordings as the engine would hand them over, made from a seed.

#include <cstdint>
#include <string>

#include "protocol/messages.hpp"

namespace klono::test {

struct NightPlan {
  std::uint32_t seed = 1;
  double hours = 7.7;
  double events_per_hour = 5.0;
  int turns = 6;             ///< stretches of body movement, masked
  bool gap = true;
  std::int64_t start_unix_s = 1792623300;  ///< 21 Oct 2026, 22:55
  std::string name = "night.csv";
  std::string format = "phyphox (csv)";
  bool patterns = false;     ///< limb movements in series, an even train, and an estimated rest
};

protocol::Opened night(protocol::RecordingId id, const NightPlan& plan);

}  // namespace klono::test

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "detection/event.hpp"
#include "detection/settings.hpp"

namespace klono::detection {

/// Names classes and groups of counted events as they come, in order of onset: bursts (at most `series_gap_s`
/// between members) and regular trains (hiccup-like). A train outranks a burst.
class Grouper {
 public:
  explicit Grouper(const GroupingSettings& settings) : settings_(settings) {}

  /// Looks at events [from, events.size()) that were just added.
  void added(std::vector<Event>& events, std::size_t from);

  /// Ends what is open: nothing is counted across a gap.
  void interrupt(std::vector<Event>& events);

 private:
  void end_burst(std::vector<Event>& events);
  void end_train(std::vector<Event>& events);
  bool goes_on(const std::vector<Event>& events, std::size_t next) const;
  double median_interval(const std::vector<Event>& events) const;

  const GroupingSettings& settings_;
  std::vector<std::size_t> burst_;
  std::vector<std::size_t> train_;
  std::int32_t next_group_ = 0;
};

/// Numbers groups from 0 in order of their first member.
void renumber_groups(std::vector<Event>& events);

}  // namespace klono::detection

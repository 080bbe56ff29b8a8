#pragma once

#include <string>
#include <vector>

#include "report/report_model.hpp"

namespace klono::report {

/// One event as the data files list it.
struct EventRow {
  const Event* event = nullptr;
  Decision decision = Decision::None;
  bool counted = false;   ///< by the detector, and not rejected by the person
  std::string group;      ///< "g1", "g2", … in order of time; empty alone
  std::string reason;     ///< why it does not count; empty for those that do
};

/// All events: first those that count, in order of time; then the ones that do not, in order of
/// time: set aside by the detector, or by the person ("rejected_by_person").
std::vector<EventRow> event_rows(const ReportModel& model);

/// What the person said about event `index` of analysis.events.
Decision decision_of(const ReportModel& model, std::size_t index);

/// Stable identifiers for files: "missing", "restart", "held", "invalid".
std::string_view gap_name(GapReason reason);

}  // namespace klono::report

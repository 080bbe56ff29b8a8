#pragma once

#include <optional>
#include <string>
#include <string_view>
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
  std::string_view block;  ///< part of a guided test: "rest", "arms_out", "reach"; else empty
};

/// All events: first those that count, in order of time; then the ones that do not, in order of
/// time: set aside by the detector, or by the person ("rejected_by_person").
std::vector<EventRow> event_rows(const ReportModel& model);

/// What showed an event: "form" (the matched filters) or "level". The same word in every data file.
std::string_view found_by(const Event& event);

/// What the person said about event `index` of analysis.events.
Decision decision_of(const ReportModel& model, std::size_t index);

/// A mark belongs to the last event that began at most this long before it (chosen: time to notice, decide and press;
/// longer, and chance would match them where events are many).
inline constexpr double kMarkWindow_s = 10.0;

/// Index of that event in analysis.events, rejected ones left out.
std::optional<std::size_t> event_before(const ReportModel& model, const OwnMark& mark);


/// "rest", "arms_out", "reach".
std::string_view task_name(Task task);

/// The same of the part that holds a time; empty outside all and in other recordings.
std::string_view block_name(const ReportModel& model, double t_s);

}  // namespace klono::report

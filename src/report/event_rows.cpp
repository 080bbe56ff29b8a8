#include "report/event_rows.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace klono::report {
namespace {

/// Names for group numbers by first appearance, the same whatever the person decides.
class GroupNames {
 public:
  std::string operator()(std::int32_t group) {
    if (group < 0) return {};
    const auto [entry, added] = numbers_.try_emplace(group, numbers_.size() + 1);
    return "g" + std::to_string(entry->second);
  }

 private:
  std::map<std::int32_t, std::size_t> numbers_;
};

}  // namespace

Decision decision_of(const ReportModel& model, std::size_t index) {
  return index < model.decisions.size() ? model.decisions[index] : Decision::None;
}

std::vector<EventRow> event_rows(const ReportModel& model) {
  std::vector<EventRow> rows;
  std::vector<EventRow> by_person;
  std::vector<EventRow> by_detector;
  GroupNames name;
  const auto& events = model.analysis.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    EventRow row{&events[i], decision_of(model, i), true, name(events[i].group), {}};
    row.counted = row.decision != Decision::Rejected;
    if (!row.counted) row.reason = "rejected_by_person";
    (row.counted ? rows : by_person).push_back(std::move(row));
  }
  for (const Event& event : model.analysis.not_counted)
    by_detector.push_back({&event, Decision::None, false, name(event.group), std::string(klono::name_of(event.reason))});
  std::merge(by_person.begin(), by_person.end(), by_detector.begin(), by_detector.end(), std::back_inserter(rows),
             [](const EventRow& a, const EventRow& b) { return a.event->onset_s < b.event->onset_s; });
  return rows;
}

std::string_view gap_name(GapReason reason) {
  switch (reason) {
    case GapReason::Missing: return "missing";
    case GapReason::Restart: return "restart";
    case GapReason::Held: return "held";
    case GapReason::Hidden: return "hidden";
    case GapReason::Frozen: return "frozen";
    case GapReason::Silent: return "silent";
    case GapReason::Paused: return "paused";
    case GapReason::Invalid: break;
  }
  return "invalid";
}

}  // namespace klono::report

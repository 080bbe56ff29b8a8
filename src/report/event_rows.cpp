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

std::string_view found_by(const Event& event) { return event.by_form ? "form" : "level"; }

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
    EventRow row{&events[i], decision_of(model, i), true, name(events[i].group), {}, block_name(model, events[i].onset_s)};
    row.counted = row.decision != Decision::Rejected;
    if (!row.counted) row.reason = "rejected_by_person";
    (row.counted ? rows : by_person).push_back(std::move(row));
  }
  for (const Event& event : model.analysis.not_counted)
    by_detector.push_back({&event, Decision::None, false, name(event.group), std::string(klono::name_of(event.reason)),
                           block_name(model, event.onset_s)});
  std::merge(by_person.begin(), by_person.end(), by_detector.begin(), by_detector.end(), std::back_inserter(rows),
             [](const EventRow& a, const EventRow& b) { return a.event->onset_s < b.event->onset_s; });
  return rows;
}

std::string_view task_name(Task task) {
  switch (task) {
    case Task::ArmsOut: return "arms_out";
    case Task::Reach: return "reach";
    case Task::Rest: break;
  }
  return "rest";
}

std::string_view block_name(const ReportModel& model, double t_s) {
  const Block* block = patterns::block_at(model.blocks, t_s);
  return block == nullptr ? std::string_view() : task_name(block->task);
}

std::optional<std::size_t> event_before(const ReportModel& model, const OwnMark& mark) {
  const auto& events = model.analysis.events;
  const auto after = std::upper_bound(events.begin(), events.end(), mark.at_s, [](double at_s, const Event& event) { return at_s < event.onset_s; });
  for (auto i = static_cast<std::size_t>(after - events.begin()); i-- > 0;) {
    if (mark.at_s - events[i].onset_s > kMarkWindow_s) break;
    if (decision_of(model, i) != Decision::Rejected) return i;
  }
  return std::nullopt;
}

}  // namespace klono::report

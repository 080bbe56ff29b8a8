#include "patterns/summary.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "patterns/quantile.hpp"

namespace klono::patterns {
namespace {

/// Whether a stretch that could not be analysed lies between two times. Every segment begins with
/// such a stretch (the filters settle), so this also finds the gaps.
class Breaks {
 public:
  explicit Breaks(std::span<const Mask> masks) : masks_(masks) {}

  /// Ask with rising times only.
  bool between(double from_s, double until_s) {
    while (next_ < masks_.size() && masks_[next_].span.end_s <= from_s) ++next_;
    return next_ < masks_.size() && masks_[next_].span.begin_s < until_s;
  }

 private:
  std::span<const Mask> masks_;
  std::size_t next_ = 0;
};

std::vector<double> intervals_of(const std::vector<const Event*>& brief, std::span<const Mask> masks) {
  std::vector<double> intervals;
  Breaks breaks(masks);
  for (std::size_t i = 1; i < brief.size(); ++i)
    if (!breaks.between(brief[i - 1]->onset_s, brief[i]->onset_s))
      intervals.push_back(brief[i]->onset_s - brief[i - 1]->onset_s);
  return intervals;
}

void count_series(const Analysis& analysis, std::span<const Decision> decisions, Summary& summary) {
  std::map<std::int32_t, std::int64_t> members;
  for (std::size_t i = 0; i < analysis.events.size(); ++i) {
    const bool rejected = i < decisions.size() && decisions[i] == Decision::Rejected;
    if (!rejected && analysis.events[i].group >= 0) ++members[analysis.events[i].group];
  }
  for (const auto& [group, count] : members) {
    if (count < 2) continue;
    ++summary.series;
    summary.longest_series = std::max(summary.longest_series, count);
  }
}

template <class Field>
std::vector<double> column(const std::vector<const Event*>& events, Field field) {
  std::vector<double> values;
  values.reserve(events.size());
  for (const Event* event : events) values.push_back(event->*field);
  return values;
}

}  // namespace

bool is_brief(EventClass event_class) {
  return event_class == EventClass::Twitch || event_class == EventClass::Burst || event_class == EventClass::Rhythmic;
}

Summary summarise(const Analysis& analysis, std::span<const Decision> decisions, std::span<const SleepMark> sleep_marks) {
  Summary summary;
  std::vector<const Event*> brief;
  std::int64_t limb = 0;
  for (std::size_t i = 0; i < analysis.events.size(); ++i) {
    const Event& event = analysis.events[i];
    const Decision decision = i < decisions.size() ? decisions[i] : Decision::None;
    if (decision == Decision::Confirmed) ++summary.confirmed;
    if (decision == Decision::Rejected) {
      ++summary.rejected;
      continue;
    }
    const auto place = static_cast<std::size_t>(event.event_class);
    if (place < summary.counted_by_class.size()) ++summary.counted_by_class[place];
    if (is_brief(event.event_class)) brief.push_back(&event);
    if (event.event_class == EventClass::LimbMovement) ++limb;
  }
  const double hours = analysis.analysable_s / 3600.0;
  summary.brief = poisson_rate(static_cast<std::int64_t>(brief.size()), hours);
  summary.limb = poisson_rate(limb, hours);
  count_series(analysis, decisions, summary);
  summary.trains = even_trains(analysis, decisions);
  summary.rest = told_rest(analysis.rest, sleep_marks);
  summary.near_sleep = events_near_sleep(summary.rest, analysis.events, decisions);
  summary.limb_rules = limb_rules(analysis, decisions);
  summary.median_peak_g = quantile(column(brief, &Event::peak_g), 0.5);
  summary.p90_peak_g = quantile(column(brief, &Event::peak_g), 0.9);
  summary.median_duration_s = quantile(column(brief, &Event::duration_s), 0.5);
  summary.median_interval_s = quantile(intervals_of(brief, analysis.masks), 0.5);
  return summary;
}

}  // namespace klono::patterns

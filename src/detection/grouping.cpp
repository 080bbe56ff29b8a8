#include "detection/grouping.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace klono::detection {
namespace {

// A regular interval stays within these of the train's median; CV decides in the end.
constexpr double kShorter = 0.55;
constexpr double kLonger = 1.8;

bool is_brief(const Event& event) { return event.duration_s < 10.0 && event.event_class != EventClass::LimbMovement && event.event_class != EventClass::Movement; }

}  // namespace

void Grouper::added(std::vector<Event>& events, std::size_t from) {
  for (std::size_t i = from; i < events.size(); ++i) {
    if (!is_brief(events[i])) continue;
    const bool near = !burst_.empty() && events[i].onset_s - events[burst_.back()].end_s <= settings_.series_gap_s;
    if (!near) end_burst(events);
    burst_.push_back(i);
    if (!train_.empty() && !goes_on(events, i)) {
      const std::size_t last = train_.back();
      end_train(events);
      // The event that broke a train may begin another together with the one before it.
      if (events[last].event_class != EventClass::Rhythmic && events[i].onset_s - events[last].onset_s <= settings_.rhythmic_interval_s) train_ = {last};
    }
    train_.push_back(i);
  }
}

void Grouper::interrupt(std::vector<Event>& events) {
  end_train(events);
  end_burst(events);
}

double Grouper::median_interval(const std::vector<Event>& events) const {
  std::vector<double> intervals;
  for (std::size_t k = 1; k < train_.size(); ++k) intervals.push_back(events[train_[k]].onset_s - events[train_[k - 1]].onset_s);
  std::nth_element(intervals.begin(), intervals.begin() + static_cast<std::ptrdiff_t>(intervals.size() / 2), intervals.end());
  return intervals[intervals.size() / 2];
}

bool Grouper::goes_on(const std::vector<Event>& events, std::size_t next) const {
  const double interval = events[next].onset_s - events[train_.back()].onset_s;
  if (interval > settings_.rhythmic_interval_s) return false;
  if (train_.size() < 2) return true;
  const double usual = median_interval(events);
  return interval >= kShorter * usual && interval <= kLonger * usual;
}

void Grouper::end_train(std::vector<Event>& events) {
  const std::vector<std::size_t> train = std::move(train_);
  train_.clear();
  if (static_cast<double>(train.size()) < settings_.rhythmic_members) return;
  double sum = 0.0;
  double squares = 0.0;
  const auto count = static_cast<double>(train.size() - 1);
  for (std::size_t k = 1; k < train.size(); ++k) {
    const double interval = events[train[k]].onset_s - events[train[k - 1]].onset_s;
    sum += interval;
    squares += interval * interval;
  }
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(0.0, (squares - sum * mean) / std::max(1.0, count - 1.0)));
  if (!(deviation < settings_.rhythmic_cv_below * mean)) return;
  for (const std::size_t i : train) {
    events[i].event_class = EventClass::Rhythmic;
    events[i].group = next_group_;
  }
  ++next_group_;
}

void Grouper::end_burst(std::vector<Event>& events) {
  const std::vector<std::size_t> burst = std::move(burst_);
  burst_.clear();
  if (burst.size() < 2) return;
  std::size_t free = 0;
  for (const std::size_t i : burst)
    if (events[i].event_class != EventClass::Rhythmic) ++free;
  if (free < 2) return;
  for (const std::size_t i : burst) {
    if (events[i].event_class == EventClass::Rhythmic) continue;
    events[i].event_class = EventClass::Burst;
    events[i].group = next_group_;
  }
  ++next_group_;
}

void renumber_groups(std::vector<Event>& events) {
  std::map<std::int32_t, std::int32_t> numbers;
  for (Event& event : events) {
    if (event.group < 0) continue;
    const auto number = numbers.try_emplace(event.group, static_cast<std::int32_t>(numbers.size()));
    event.group = number.first->second;
  }
}

}  // namespace klono::detection

#include "detection/guided_detector.hpp"

#include <algorithm>

#include "detection/grouping.hpp"

namespace klono {
namespace {

DetectorSettings settings_for(DetectorSettings settings, Task task) {
  if (task != Task::Rest) settings.gate = false;
  return settings;
}

/// Numbers that are in use: [0, this).
std::int32_t groups_in(const std::vector<Event>& events) {
  std::int32_t most = 0;
  for (const Event& event : events) most = std::max(most, event.group + 1);
  return most;
}

void add_events(const std::vector<Event>& part, std::int32_t first_group, std::vector<Event>& all) {
  for (Event event : part) {
    if (event.group >= 0) event.group += first_group;
    all.push_back(event);
  }
}

void add_figures(const Analysis& part, Analysis& all) {
  all.recorded_s += part.recorded_s;
  all.analysable_s += part.analysable_s;
  all.expected_false += part.expected_false;
  if (part.smallest_visible_g > all.smallest_visible_g) {
    // What the page says of the whole must hold in each part.
    all.smallest_visible_g = part.smallest_visible_g;
    all.noise_floor_g = part.noise_floor_g;
  }
  if (part.step_g > 0.0) all.step_g = all.step_g > 0.0 ? std::min(all.step_g, part.step_g) : part.step_g;
}

}  // namespace

GuidedDetector::GuidedDetector(const DetectorSettings& settings, const DetectorInput& input)
    : settings_(settings), input_(input), plain_(std::make_unique<Detector>(settings, input)) {}

Detector& GuidedDetector::of(Task task) {
  std::unique_ptr<Detector>& detector = parts_[static_cast<std::size_t>(task)];
  if (!detector) detector = std::make_unique<Detector>(settings_for(settings_, task), input_);
  return *detector;
}

void GuidedDetector::set_guided() {
  if (current_ == plain_.get()) current_ = nullptr;
  plain_.reset();
}

void GuidedDetector::begin_segment(double start_s, double rate_hz, std::optional<Task> task) {
  end_segment();
  if (task) set_guided();
  current_ = task ? &of(*task) : plain_.get();
  if (current_ != nullptr) current_->begin_segment(start_s, rate_hz);
}

void GuidedDetector::push(std::span<const float> x, std::span<const float> y, std::span<const float> z,
                          const std::array<std::span<const float>, 3>& rotation) {
  if (current_ != nullptr) current_->push(x, y, z, rotation);
}

void GuidedDetector::end_segment() {
  if (current_ != nullptr) current_->end_segment();
  current_ = nullptr;
}

void GuidedDetector::finish() {
  end_segment();
  if (plain_) return plain_->finish();
  for (const auto& detector : parts_)
    if (detector) detector->finish();
}

std::int64_t GuidedDetector::events_so_far() const {
  std::int64_t events = plain_ ? plain_->events_so_far() : 0;
  for (const auto& detector : parts_)
    if (detector) events += detector->events_so_far();
  return events;
}

const Analysis& GuidedDetector::analysis() const {
  if (plain_) return plain_->analysis();
  merge();
  return merged_;
}

void GuidedDetector::merge() const {
  merged_ = {};
  merged_.settings = settings_;
  merged_.tilt_checked = input_.has_gravity;
  for (const auto& detector : parts_) {
    if (!detector) continue;
    const Analysis& part = detector->analysis();
    const std::int32_t first_group = groups_in(merged_.events);
    add_events(part.events, first_group, merged_.events);
    add_events(part.not_counted, 0, merged_.not_counted);
    merged_.masks.insert(merged_.masks.end(), part.masks.begin(), part.masks.end());
    add_figures(part, merged_);
  }
  std::ranges::sort(merged_.events, {}, &Event::onset_s);
  std::ranges::sort(merged_.not_counted, {}, &Event::onset_s);
  std::ranges::sort(merged_.masks, {}, [](const Mask& mask) { return mask.span.begin_s; });
  detection::renumber_groups(merged_.events);
}

}  // namespace klono

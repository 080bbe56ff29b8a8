#include "detection/stepwise_analysis.hpp"

#include <limits>
#include <utility>

namespace klono {

std::optional<Task> task_of(const Recording& recording, const Segment& segment) {
  // No segment crosses the ends of a part, so that its middle tells, whatever the last digit of its ends.
  const double middle_s = 0.5 * (segment.start_s + segment.end_s());
  for (const Block& block : recording.blocks)
    if (block.span.contains(middle_s)) return block.task;
  return std::nullopt;
}

StepwiseAnalysis::StepwiseAnalysis(const Recording& recording, const DetectorSettings& settings, Listener listener)
    : recording_(recording), reader_(recording, std::move(listener)), detector_(settings, reader_.input()) {
  if (!recording.blocks.empty()) detector_.set_guided();
}

bool StepwiseAnalysis::step(std::int64_t most_samples) {
  while (most_samples > 0) {
    const std::optional<Stretch> stretch = reader_.next(most_samples);
    if (!stretch) return false;
    if (stretch->first) detector_.begin_segment(stretch->segment->start_s, stretch->segment->rate_hz, task_of(recording_, *stretch->segment));
    detector_.push(stretch->axes[0], stretch->axes[1], stretch->axes[2], stretch->rotation);
    most_samples -= static_cast<std::int64_t>(stretch->axes[0].size());
    inside_ = !stretch->last;
    if (stretch->last) detector_.end_segment();
  }
  return reader_.has_more();
}

Analysis StepwiseAnalysis::finish() {
  if (std::exchange(inside_, false)) detector_.end_segment();
  if (reader_.has_movement()) detector_.finish();
  Analysis analysis = detector_.analysis();
  analysis.rest = reader_.rest();
  return analysis;
}

Analysis analyse(const Recording& recording, const DetectorSettings& settings) {
  StepwiseAnalysis analysis(recording, settings);
  while (analysis.step(std::numeric_limits<std::int64_t>::max())) {
  }
  return analysis.finish();
}

}  // namespace klono

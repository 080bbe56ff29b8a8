#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "signal/recording.hpp"

namespace klono::engine {

/// The first samples of a store.
class FirstSamples final : public SampleStore {
 public:
  FirstSamples(std::shared_ptr<const SampleStore> whole, std::int64_t count) : whole_(std::move(whole)), count_(std::min(count, whole_->num_samples())) {}
  std::int64_t num_samples() const override { return count_; }
  void read(std::int64_t begin, std::span<const std::span<float>> into) const override { whole_->read(begin, into); }

 private:
  std::shared_ptr<const SampleStore> whole_;
  std::int64_t count_;
};

/// Keeps samples [0, until) of a recording that was stopped early, and the segments, gaps, marks and parts among them.
inline void shorten(Recording& recording, std::int64_t until) {
  if (recording.stored) recording.stored = std::make_shared<FirstSamples>(recording.stored, until);
  for (Channel& channel : recording.channels) channel.samples.resize(std::min(channel.samples.size(), static_cast<std::size_t>(until)));
  std::erase_if(recording.segments, [&](const Segment& segment) { return segment.first_index >= until; });
  if (!recording.segments.empty()) {
    Segment& last = recording.segments.back();
    last.count = std::min(last.count, until - last.first_index);
  }
  std::erase_if(recording.marks, [&](const OwnMark& mark) { return mark.at_s > recording.duration_s(); });
  std::erase_if(recording.blocks, [&](const Block& block) { return block.span.begin_s >= recording.duration_s(); });
  for (Block& block : recording.blocks) block.span.end_s = std::min(block.span.end_s, recording.duration_s());
  std::erase_if(recording.gaps, [&](const Gap& gap) { return gap.span.begin_s >= recording.duration_s(); });
}

}  // namespace klono::engine

#include "capture/live_detection.hpp"

#include <utility>
#include <variant>
#include <vector>

namespace klono::capture {

namespace journal = formats::journal;

LiveDetection::LiveDetection(const DetectorSettings& settings) : settings_(settings), stream_(sink()) { nothing_.settings = settings; }

journal::Stream::Sink LiveDetection::sink() {
  journal::Stream::Sink sink;
  sink.begin_segment = [this](double start_s, double rate_hz, std::optional<Task> task) {
    // As the reader does: a gyroscope that has not spoken in the first two seconds is none.
    const bool has_rotation = (stream_.delivered() & journal::kRotation) != 0;
    if (!detector_) detector_.emplace(settings_, DetectorInput{stream_.has_gravity(), 0.0, has_rotation});
    if (guided_) detector_->set_guided();
    detector_->begin_segment(start_s, rate_hz, task);
    rate_hz_ = rate_hz;
  };
  sink.samples = [this](const std::array<std::span<const float>, 3>& acceleration, const std::array<std::span<const float>, 3>& rotation) {
    detector_->push(acceleration[0], acceleration[1], acceleration[2], rotation);
    recorded_s_ += static_cast<double>(acceleration[0].size()) / rate_hz_;
  };
  sink.end_segment = [this] { detector_->end_segment(); };
  sink.gap = [](const Gap&) {};
  return sink;
}

void LiveDetection::add(std::span<const std::byte> bytes) {
  std::vector<journal::Frame> frames;
  if (!parser_.push(bytes, frames).ok()) return;
  for (journal::Frame& frame : frames) waiting_.push_back(std::move(frame));
}

void LiveDetection::pass(const journal::Frame& frame) {
  if (const auto* block = std::get_if<journal::BlockRecord>(&frame); block != nullptr && !block->end) {
    guided_ = true;
    if (detector_) detector_->set_guided();
  }
  stream_.push(frame);
}

void LiveDetection::advance(std::size_t most_readings) {
  std::size_t done = 0;
  while (!waiting_.empty() && done < most_readings) {
    const journal::Frame frame = std::move(waiting_.front());
    waiting_.pop_front();
    if (const auto* readings = std::get_if<journal::Readings>(&frame)) done += readings->readings.size();
    pass(frame);
  }
}

void LiveDetection::finish() {
  for (; !waiting_.empty(); waiting_.pop_front()) pass(waiting_.front());
  stream_.finish();
  if (detector_) detector_->finish();
}

const Analysis& LiveDetection::analysis() const { return detector_ ? detector_->analysis() : nothing_; }

}  // namespace klono::capture

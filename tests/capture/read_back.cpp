#include "read_back.hpp"

#include "deck.hpp"
#include "formats/journal_stream.hpp"

namespace klono::test {

Recording read_back(std::span<const std::byte> bytes) {
  Recording recording;
  for (int k = 0; k < 6; ++k) {
    recording.channels.push_back({});
    recording.channels.back().unit = k < 3 ? "g" : "deg/s";
    recording.channels.back().role = k < 3 ? static_cast<ChannelRole>(k) : static_cast<ChannelRole>(static_cast<int>(ChannelRole::RotationX) + k - 3);
  }
  formats::journal::Stream::Sink sink;
  sink.begin_segment = [&](double start_s, double rate_hz, std::optional<Task>) { recording.segments.push_back({recording.num_samples(), 0, start_s, rate_hz}); };
  sink.samples = [&](const auto& a, const auto& r) {
    for (std::size_t k = 0; k < 3; ++k) {
      recording.channels[k].samples.insert(recording.channels[k].samples.end(), a[k].begin(), a[k].end());
      recording.channels[k + 3].samples.insert(recording.channels[k + 3].samples.end(), r[k].begin(), r[k].end());
    }
    recording.segments.back().count += static_cast<std::int64_t>(a[0].size());
  };
  formats::journal::Stream stream(sink);
  for (const auto& frame : frames_of(bytes)) stream.push(frame);
  stream.finish();
  const Recording told = stream.description();
  recording.marks = told.marks;
  recording.blocks = told.blocks;
  recording.gaps = told.gaps;
  recording.unfinished = told.unfinished;
  recording.has_gravity = told.has_gravity;
  return recording;
}

}  // namespace klono::test

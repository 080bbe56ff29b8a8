#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "detection/stepwise_analysis.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"
#include "fuzz/targets.hpp"

namespace klono::fuzz {
namespace {

constexpr std::int64_t kMostStored = 50000000;
constexpr std::int64_t kMostSamples = 20000;  // for the detector, so that one input stays quick

formats::ReadOptions options_for(std::uint8_t choice) {
  formats::ReadOptions options;
  const auto set = [&](const char* key, const char* value) { promise(formats::set_option(options, key, value).ok(), "a good option is taken"); };
  switch (choice ^ '\n') {
    case 1: set("unit", "g"); break;
    case 2: set("unit", "m/s2"); break;
    case 3: set("rate", "50"); break;
    case 4: set("columns", "1,2,3,4"); break;
    case 5:
      set("columns", "-,1,2,3");
      set("rate", "100");
      set("unit", "mg");
      break;
    case 6: set("scale", "-1.5,0.047619"); break;
    case 7: options.file_name = "Accelerometer.csv"; break;
    default: break;
  }
  return options;
}

void check_error(const Error& error) {
  promise(!error.what.empty(), "an error says what");
  promise(one_line(error).find('\n') == std::string::npos, "an error is one line");
  promise((error.code == ErrorCode::NeedsChoice) == error.question.has_value(), "a choice comes with its question");
}

void check_recording(const Recording& recording) {
  std::int64_t next = 0;
  double end_s = 0.0;
  for (const Channel& channel : recording.channels)
    promise(static_cast<std::int64_t>(channel.samples.size()) == (recording.stored ? 0 : recording.num_samples()), "channels are of one length");
  for (const Segment& segment : recording.segments) {
    promise(segment.first_index == next && segment.count > 0, "segments cover all samples in order");
    promise(std::isfinite(segment.rate_hz) && segment.rate_hz > 0.0 && std::isfinite(segment.start_s), "a segment has a rate and a start");
    promise(segment.start_s >= end_s - 1e-6, "segments do not overlap in time");
    next = segment.end_index();
    end_s = segment.end_s();
  }
  promise(next == recording.num_samples(), "segments cover all samples");
  double gap_end_s = -1.0;
  for (const Gap& gap : recording.gaps) {
    promise(gap.span.begin_s >= gap_end_s && gap.span.end_s >= gap.span.begin_s, "gaps are sorted and disjoint");
    gap_end_s = gap.span.end_s;
  }
}

bool same(std::span<const float> a, std::span<const float> b) { return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0; }

/// Decodes what is stored, whole and in windows, and puts it into memory.
void take_into_memory(Recording& recording) {
  if (!recording.stored) return;
  const std::int64_t samples = recording.num_samples();
  promise(samples < kMostStored, "not more samples than a few a byte");
  std::vector<std::span<float>> into;
  for (Channel& channel : recording.channels) {
    channel.samples.resize(static_cast<std::size_t>(samples));
    into.emplace_back(channel.samples);
  }
  recording.stored->read(0, into);
  std::vector<float> window(static_cast<std::size_t>(std::min<std::int64_t>(samples, 77)));
  for (std::int64_t begin : {samples - 77, samples / 2 - 30, samples / 3 - 20, std::int64_t{0}}) {
    begin = std::clamp<std::int64_t>(begin, 0, samples - static_cast<std::int64_t>(window.size()));
    for (std::size_t k = 0; k < recording.channels.size(); ++k) {
      std::vector<std::span<float>> one(recording.channels.size());
      one[k] = window;
      recording.stored->read(begin, one);
      promise(same(window, std::span(recording.channels[k].samples).subspan(static_cast<std::size_t>(begin), window.size())), "a window is a part of the whole");
    }
  }
  for (const SideMeasure& side : recording.sides) {
    promise(side.at_s.size() == side.values.size(), "a side measure has a time a value");
    promise(std::is_sorted(side.at_s.begin(), side.at_s.end()), "times of a side measure ascend");
  }
  recording.stored.reset();
}

void check_analysis(const Recording& recording, const Analysis& analysis) {
  double last_s = -1.0;
  for (const Event& event : analysis.events) {
    promise(event.onset_s >= last_s, "events are sorted");
    promise(event.onset_s >= -1e-9 && event.end_s <= recording.duration_s() + 1e-6, "events lie inside the recording");
    promise(std::isfinite(event.peak_g) && std::isfinite(event.confidence), "an event's figures are numbers");
    for (const Gap& gap : recording.gaps)
      promise(!(event.onset_s > gap.span.begin_s + 1e-6 && event.onset_s < gap.span.end_s - 1e-6), "no event lies inside a gap");
    last_s = event.onset_s;
  }
  promise(analysis.analysable_s <= analysis.recorded_s + 1e-6, "not more is analysed than was recorded");
}

Result<Recording> read(const std::uint8_t* data, std::size_t size) {
  const formats::ReadOptions options = options_for(size > 0 ? data[size - 1] : std::uint8_t{'\n'});
  const auto source = std::make_shared<MemorySource>(std::string(reinterpret_cast<const char*>(data), size));
  KLONO_TRY(const auto reader, formats::open_table(source, options));
  for (;;) {
    KLONO_TRY(const bool more, reader->step());
    promise(reader->bytes_done() >= 0, "progress is not negative");
    if (!more) break;
  }
  if (size % 2 == 0) return reader->take_recording(options);  // the one way or the other
  KLONO_TRY(formats::RawTable table, reader->take());
  return formats::recording_from_table(std::move(table), options);
}

}  // namespace

void feed_reader(const std::uint8_t* data, std::size_t size) {
  Result<Recording> recording = read(data, size);
  if (!recording) return check_error(recording.error());
  check_recording(recording.value());
  take_into_memory(recording.value());
  const Status analysable = formats::check_analysable(recording.value());
  if (!analysable) return check_error(analysable.error());
  if (recording.value().num_samples() <= kMostSamples && recording.value().duration_s() < 1e5)
    check_analysis(recording.value(), analyse(recording.value(), {}));
}

}  // namespace klono::fuzz

#include "bench/recordings.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "base/byte_source.hpp"
#include "detection/emg/emg_analysis.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"
#include "synth/band_level.hpp"

namespace klono::bench {
namespace {

namespace fs = std::filesystem;

constexpr double kQuietLevel_g = 0.015;
constexpr double kQuietWindow_s = 2.0;
constexpr double kShortestQuiet_s = 8.0;

/// Decodes what stays in its file, so that events can be put in.
void hold_samples(Recording& recording) {
  if (!recording.stored) return;
  const auto count = static_cast<std::size_t>(recording.stored->num_samples());
  std::vector<std::span<float>> into;
  for (Channel& channel : recording.channels) {
    channel.samples.assign(count, 0.0F);
    into.emplace_back(channel.samples);
  }
  recording.stored->read(0, into);
  recording.stored = nullptr;
}

}  // namespace

std::vector<fs::path> files_under(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (fs::recursive_directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
    if (it->is_regular_file(failed)) files.push_back(it->path());
  std::sort(files.begin(), files.end());
  return files;
}

namespace {

std::optional<Recording> read_at(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  formats::ReadOptions options;
  options.file_name = path.filename().string();
  if (options.file_name.starts_with("hmp_")) {  // its numbers have neither time nor unit: 32 Hz, 0 to 63 for -1.5 to 1.5 g
    options.rate_hz = 32.0;
    options.scale = std::pair{-1.5, 3.0 / 63.0};
  }
  auto recording = formats::read_recording(std::make_shared<MemorySource>(bytes), options);
  if (!recording.ok()) return std::nullopt;
  return std::move(recording).value();
}

}  // namespace

std::optional<Recording> recording_at(const fs::path& path) {
  std::optional<Recording> recording = read_at(path);
  if (!recording || !formats::check_analysable(*recording).ok()) return std::nullopt;
  hold_samples(*recording);
  return recording;
}

std::optional<Recording> emg_recording_at(const fs::path& path) {
  const std::optional<Recording> read = read_at(path);
  const Recording* emg = read ? emg_of(*read) : nullptr;
  if (emg == nullptr || !check_emg(*emg).ok()) return std::nullopt;
  Recording recording = *emg;
  hold_samples(recording);
  return recording;
}

std::vector<TimeSpan> quiet_spans(const Recording& recording) {
  const Channel* x = recording.find(ChannelRole::AccelerationX);
  const Channel* y = recording.find(ChannelRole::AccelerationY);
  const Channel* z = recording.find(ChannelRole::AccelerationZ);
  std::vector<TimeSpan> spans;
  if (x == nullptr || y == nullptr || z == nullptr) return spans;
  const synth::BandLevel level(x->samples, y->samples, z->samples, recording.segments, 0.0);
  for (const Segment& segment : recording.segments) {
    bool open = false;
    for (double t_s = segment.start_s; t_s + kQuietWindow_s <= segment.end_s(); t_s += kQuietWindow_s) {
      const TimeSpan window{t_s, t_s + kQuietWindow_s};
      const bool quiet = level.rms_g(window) < kQuietLevel_g;
      if (quiet && open)
        spans.back().end_s = window.end_s;
      else if (quiet)
        spans.push_back(window);
      open = quiet;
    }
  }
  std::erase_if(spans, [](const TimeSpan& span) { return span.length_s() < kShortestQuiet_s; });
  return spans;
}

}  // namespace klono::bench

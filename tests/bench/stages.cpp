#include "bench/stages.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bench/processor_time.hpp"
#include "bench/scenarios.hpp"
#include "detection/detector.hpp"
#include "detection/preparation.hpp"
#include "detection/stepwise_analysis.hpp"
#include "formats/reader.hpp"
#include "signal/sample_reader.hpp"
#include "synth/device_files.hpp"

namespace klono::bench {
namespace {

std::string file_of(synth::DeviceFile kind, double hours) {
  std::string bytes;
  synth::write_device_file(standard_spec(synth::BackgroundKind::Breathing, 5, 3600.0 * hours), kind, [&](std::string_view part) {
    bytes += part;
    return true;
  });
  return bytes;
}

/// All samples of the channels the detector takes, once.
void decode_all(const Recording& recording) {
  constexpr std::int64_t kAtOnce = 1 << 16;
  const auto channels = movement_channels(recording);
  SampleReader reader(recording, channels);
  for (std::int64_t at = 0; at < recording.num_samples(); at += kAtOnce) reader.read(at, std::min(at + kAtOnce, recording.num_samples()));
}

/// Calls `use` with each stretch, decoded once.
template <class Use>
void for_each_stretch(const Recording& recording, Use use) {
  constexpr std::int64_t kAtOnce = 1 << 14;
  StretchReader reader(recording);
  while (const auto stretch = reader.next(kAtOnce)) use(*stretch);
}

detection::Prepared prepare_all(const Recording& recording, const DetectorSettings& settings) {
  detection::Preparation preparation(settings, StretchReader(recording).input());
  detection::Prepared prepared;
  for_each_stretch(recording, [&](const Stretch& stretch) {
    if (stretch.first) preparation.begin_segment(stretch.segment->start_s, stretch.segment->rate_hz, prepared);
    preparation.push(stretch.axes[0], stretch.axes[1], stretch.axes[2], stretch.rotation, prepared);
    if (stretch.last) preparation.end_segment(prepared);
  });
  return prepared;
}

/// Decoding, resampling and the split into gravity and movement.
void condition_all(const Recording& recording, const DetectorSettings& settings) {
  std::optional<detection::Conditioner> conditioner;
  detection::Frames frames;
  for_each_stretch(recording, [&](const Stretch& stretch) {
    if (stretch.first) conditioner.emplace(settings.conditioning, stretch.segment->rate_hz, false);
    conditioner->push(stretch.axes[0], stretch.axes[1], stretch.axes[2], {}, false, frames);
    frames.clear();
  });
}

/// The matched filters over all frames, as if they were of one segment.
void match_all(const detection::Prepared& prepared) {
  const std::size_t count = prepared.frames.count();
  std::vector<detection::JerkBlock> blocks;
  const auto begin = std::find_if(prepared.steps.begin(), prepared.steps.end(), [](const auto& step) { return step.forms != nullptr; });
  if (begin == prepared.steps.end()) return;
  detection::JerkEnergies energies(detection::bank_of(begin->forms), begin->forms->stride);
  constexpr std::size_t kAtOnce = 64;
  for (std::size_t at = 0; at < count; at += kAtOnce) {
    const auto part = [&](std::size_t axis) { return std::span<const float>(prepared.frames.movement.axes[axis]).subspan(at, std::min(kAtOnce, count - at)); };
    energies.push({part(0), part(1), part(2)}, blocks);
    blocks.clear();
  }
}

void decide_all(const Recording& recording, const DetectorSettings& settings, const detection::Prepared& prepared) {
  Detector detector(settings, StretchReader(recording).input());
  detector.take(prepared);
  detector.finish();
}

struct Stage {
  const char* name;
  double seconds;
};

/// Rows of one file; empty where it could not be read back.
std::vector<std::vector<Cell>> stages_of(const char* format, synth::DeviceFile kind, const DetectorSettings& settings, double hours, int repeats) {
  const std::string bytes = file_of(kind, hours);
  const auto source = std::make_shared<MemorySource>(bytes);
  Recording recording;
  const auto read = [&] {
    if (auto made = formats::read_recording(source, {}); made.ok()) recording = std::move(made).value();
  };
  std::vector<char> copy(bytes.size(), 1);
  volatile char seen = 0;
  const double copy_s = best_seconds(5 * repeats, [&] {
    std::memcpy(copy.data(), bytes.data(), bytes.size());
    seen = copy[copy.size() / 2];
  });
  const double read_s = best_seconds(repeats, read);
  const auto samples = static_cast<double>(recording.num_samples());
  if (samples == 0.0) return {};
  std::vector<Stage> stages{{"plain copy of its bytes", copy_s}, {recording.stored ? "finding its blocks" : "reading", read_s}};
  if (recording.stored) stages.push_back({"decoding", best_seconds(repeats, [&] { decode_all(recording); })});
  std::size_t events = 0;
  const double analyse_s = best_seconds(repeats, [&] { events += analyse(recording, settings).events.size(); });
  const detection::Prepared prepared = prepare_all(recording, settings);
  stages.push_back({"and resampled and split", best_seconds(repeats, [&] { condition_all(recording, settings); })});
  stages.push_back({"matched filters alone", best_seconds(repeats, [&] { match_all(prepared); })});
  stages.push_back({"prepared in all: one thread", best_seconds(repeats, [&] { prepare_all(recording, settings); })});
  stages.push_back({"decided: the other", best_seconds(repeats, [&] { decide_all(recording, settings, prepared); })});
  stages.push_back({recording.stored ? "decoding and detecting" : "detecting", analyse_s});
  stages.push_back({"bytes to events", read_s + analyse_s});
  std::vector<std::vector<Cell>> rows;
  for (const Stage& stage : stages)
    rows.push_back({std::string(format), std::string(stage.name), static_cast<double>(bytes.size()) / stage.seconds / 1e6, samples / stage.seconds / 1e6,
                    stage.seconds / copy_s, stage.seconds / samples * 7.0 * 86400.0 * 100.0});
  return rows;
}

}  // namespace

Table measure_stages(const DetectorSettings& settings, double hours, int repeats) {
  Table table{.key = "stages",
              .title = "From bytes to events: " + std::to_string(static_cast<int>(hours)) + " h at 100 Hz in memory (processor time, best of " + std::to_string(repeats) + ")",
              .columns = {"file", "stage", "MB/s", "samples/s (millions)", "times a plain copy", "a week at 100 Hz (s)"},
              .rows = {},
              .decimals = 2};
  for (const auto& [name, kind] : {std::pair{"cwa", synth::DeviceFile::Cwa}, {"gt3x", synth::DeviceFile::Gt3x}, {"gt3x, deflated", synth::DeviceFile::Gt3xDeflated}, {"csv", synth::DeviceFile::Csv}})
    for (auto& row : stages_of(name, kind, settings, hours, repeats)) table.rows.push_back(std::move(row));
  return table;
}

}  // namespace klono::bench

#include "bench/throughput.hpp"

#include <cstring>
#include <vector>

#include "bench/processor_time.hpp"
#include "bench/scenarios.hpp"
#include "detection/stepwise_analysis.hpp"

namespace klono::bench {
namespace {

/// Copies all axes; a read of one copied sample keeps the compiler from leaving it out.
double copy_seconds(const Recording& recording, int repeats) {
  std::vector<std::vector<float>> copies;
  for (const Channel& channel : recording.channels) copies.emplace_back(channel.samples.size(), 1.0F);
  volatile float seen = 0.0F;
  constexpr int kPassesEach = 20;  // one pass is too short to time
  const double all_s = best_seconds(repeats, [&] {
    for (int pass = 0; pass < kPassesEach; ++pass) {
      for (std::size_t k = 0; k < copies.size(); ++k) {
        const auto& from = recording.channels[k].samples;
        std::memcpy(copies[k].data(), from.data(), from.size() * sizeof(float));
        seen = copies[k][static_cast<std::size_t>(pass) % copies[k].size()];
      }
    }
  });
  return all_s / kPassesEach;
}

}  // namespace

Throughput measure_throughput(const DetectorSettings& settings, int repeats) {
  synth::SyntheticSpec spec = standard_spec(synth::BackgroundKind::Breathing, 1, 3600.0);
  const auto made = synth::make(spec);
  const auto samples = static_cast<double>(made.recording.num_samples());
  std::size_t events = 0;
  const double detect_s = best_seconds(repeats, [&] { events += analyse(made.recording, settings).events.size(); });
  const double make_s = best_seconds(repeats, [&] { events += synth::make(spec).truth.size(); });
  const double copy_s = copy_seconds(made.recording, repeats);
  Throughput result;
  result.samples_per_s = samples / detect_s;
  result.table = {.key = "throughput",
                  .title = "Speed on one hour at 100 Hz (best of " + std::to_string(repeats) + ")",
                  .columns = {"work", "samples/s (millions)", "time for the hour (ms)", "times a plain copy"},
                  .rows = {{"detector", samples / detect_s / 1e6, 1000.0 * detect_s, detect_s / copy_s},
                           {"making the recording", samples / make_s / 1e6, 1000.0 * make_s, make_s / copy_s},
                           {"plain copy of the floats", samples / copy_s / 1e6, 1000.0 * copy_s, 1.0}},
                  .decimals = 2};
  return result;
}

}  // namespace klono::bench

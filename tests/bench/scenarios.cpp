#include "bench/scenarios.hpp"

namespace klono::bench {
namespace {

constexpr std::array kWideNoise_g = {0.0005, 0.001, 0.002, 0.004, 0.008};
constexpr std::array kBrowserNoise_g = {0.001, 0.002, 0.003, 0.004};
constexpr std::array kEmptyNoise_g = {0.0005, 0.001, 0.002, 0.004};

}  // namespace

synth::SyntheticSpec standard_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s) {
  synth::SyntheticSpec spec;
  spec.seed = 1000 * (1 + static_cast<std::uint64_t>(background)) + seed;
  spec.duration_s = duration_s;
  spec.background = background;
  spec.singles_per_hour = 48.0;
  spec.series_per_hour = 5.0;
  spec.rhythmic_per_hour = 2.0;
  spec.limb_per_hour = 8.0;
  spec.fasciculations_per_hour = 8.0;
  return spec;
}

synth::SyntheticSpec wide_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s) {
  synth::SyntheticSpec spec = standard_spec(background, seed + 500000, duration_s);
  spec.noise_g = kWideNoise_g[seed % kWideNoise_g.size()];
  spec.peak_g_low = 0.002;
  spec.limb_per_hour = 0.0;
  return spec;
}

synth::SyntheticSpec empty_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s) {
  synth::SyntheticSpec spec;
  spec.seed = 9000000 + 100000 * static_cast<std::uint64_t>(background) + seed;
  spec.duration_s = duration_s;
  spec.background = background;
  spec.noise_g = kEmptyNoise_g[seed % kEmptyNoise_g.size()];
  return spec;
}

synth::SyntheticSpec browser_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s) {
  synth::SyntheticSpec spec = empty_browser_spec(background, seed + 50000, duration_s);
  spec.singles_per_hour = 90.0;
  spec.series_per_hour = 8.0;
  spec.rhythmic_per_hour = 2.0;
  spec.peak_g_low = 0.005;
  spec.peak_g_high = 0.1;
  return spec;
}

synth::SyntheticSpec empty_browser_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s) {
  synth::SyntheticSpec spec;
  spec.seed = 12000000 + 100000 * static_cast<std::uint64_t>(background) + seed;
  spec.duration_s = duration_s;
  spec.background = background;
  synth::deliver_as_browser(spec);
  spec.noise_g = kBrowserNoise_g[(seed / 2) % kBrowserNoise_g.size()];
  spec.gyroscope = true;
  return spec;
}

const std::vector<SensorSpec>& sensors() {
  static const std::vector<SensorSpec> list = {
      {25.0, 0.0, "25 Hz"},
      {50.0, 0.0, "50 Hz"},
      {100.0, 0.0, "100 Hz"},
      {200.0, 0.0, "200 Hz"},
      {50.0, 1.0 / 256.0, "50 Hz, 3.9 mg steps (13 bit, 16 g)"},
      {60.0, 0.1 / 9.80665, "60 Hz, 0.1 m/s2 steps (Chrome)"},
      {32.0, 1.0 / 64.0, "32 Hz, 15.6 mg steps (8 bit, 2 g)"}};
  return list;
}

}  // namespace klono::bench

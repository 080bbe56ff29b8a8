#pragma once
/// The recordings that the bench makes. Every figure can be made again from these specifications.

#include <array>
#include <cstdint>
#include <vector>

#include "synth/synthetic.hpp"

namespace klono::bench {

inline constexpr std::array kBackgrounds = {
    synth::BackgroundKind::Still,    synth::BackgroundKind::Breathing, synth::BackgroundKind::PostureChanges,
    synth::BackgroundKind::Handling, synth::BackgroundKind::Walking,   synth::BackgroundKind::Tremor};

/// Everyday rates and sizes (peaks 30 to 600 mg, noise 2 mg): 48 single jerks, 5 series, 2 trains,
/// 8 limb movements and 8 small twitches an hour.
synth::SyntheticSpec standard_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s);

/// Peaks from 2 to 600 mg in noise from 0.5 to 8 mg, so that every band of levels is filled.
synth::SyntheticSpec wide_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s);

/// No events at all; noise 0.5 to 4 mg by seed.
synth::SyntheticSpec empty_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s);

/// As a browser delivers a phone on a limb: peaks 5 to 100 mg, noise 1 to 4 mg by seed, a gyroscope beside; no limb
/// movements and no small twitches.
synth::SyntheticSpec browser_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s);

/// The same without events.
synth::SyntheticSpec empty_browser_spec(synth::BackgroundKind background, std::uint64_t seed, double duration_s);

/// Rates and steps of real sensors.
struct SensorSpec {
  double rate_hz;
  double step_g;
  const char* label;
};
const std::vector<SensorSpec>& sensors();

}  // namespace klono::bench

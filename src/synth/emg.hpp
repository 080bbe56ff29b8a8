#pragma once
/// Modelled surface EMG with known bursts: for tests and the benchmark.

#include <cstdint>
#include <vector>

#include "base/interval.hpp"
#include "signal/recording.hpp"

namespace klono::synth {

enum class EmgTruthKind : std::uint8_t { Burst, Potential, Activity, Pause, Heart, CableMove };

struct EmgTruth {
  EmgTruthKind kind = EmgTruthKind::Burst;
  double onset_s = 0.0;  ///< first and last instant at which its envelope is not 0; of a heart beat the R wave
  double end_s = 0.0;
  double rms_uv = 0.0;   ///< of bursts and activity: at full envelope; else the peak to peak
  double snr_db = 0.0;   ///< of bursts: rms over the noise that lies in the EMG's own band
};

/// What to make. Everything is laid out in time by the seed; nothing overlaps but heart and mains.
struct EmgSpec {
  std::uint64_t seed = 1;
  double duration_s = 120.0;
  double rate_hz = 1000.0;
  double noise_uv = 3.0;          ///< of electrode and amplifier, white, rms over 0 to 500 Hz
  double offset_uv = 0.0;         ///< of the electrode
  double mains_hz = 50.0;
  double mains_uv = 0.0;          ///< amplitude; a third of it at the third harmonic
  double heart_uv = 0.0;          ///< R wave
  double heart_per_min = 70.0;
  double bursts_per_min = 0.0;
  double burst_shortest_s = 0.02; ///< log-uniform
  double burst_longest_s = 0.3;
  double snr_low_db = 6.0;        ///< uniform
  double snr_high_db = 30.0;
  double potentials_per_min = 0.0;
  double potential_low_uv = 60.0; ///< peak to peak, log-uniform
  double potential_high_uv = 300.0;
  double cable_moves_per_min = 0.0;
  std::vector<TimeSpan> activity; ///< steady activity
  double activity_uv = 60.0;      ///< its rms
  std::vector<TimeSpan> pauses;   ///< stops within it
  std::vector<double> lags_s{0.0};  ///< a channel each; all carry the same bursts, later by this
};

struct SyntheticEmg {
  Recording recording;
  std::vector<EmgTruth> truth;  ///< sorted by onset; of the first channel
};

/// EMG is white noise shaped as surface EMG is (Shwedyk, Balasubramanian & Scott 1977, IEEE Trans Biomed Eng 24:417: high-pass
/// at 60 Hz, twice low-pass at 120 Hz) times an envelope: bursts with edges of a tenth of their length, at most 3 ms.
SyntheticEmg make_emg(const EmgSpec& spec);

/// Two legs with clear bursts, single potentials, some longer activity and mains: what a person might bring.
SyntheticEmg make_legs(std::uint64_t seed, double duration_s, double rate_hz);

}  // namespace klono::synth

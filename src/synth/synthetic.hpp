#pragma once
/// Module synth: seeded synthetic recordings with known events, for tests, the example and the
/// benchmark. Allowed dependencies: signal, dsp, base. The same seed gives the same samples on every
/// machine (own random numbers; figures to 1e-6 between native and WebAssembly).

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/interval.hpp"
#include "signal/recording.hpp"

namespace klono::synth {

enum class EventKind : std::uint8_t { Single, Series, Rhythmic, LimbMovement, Fasciculation };
enum class BackgroundKind : std::uint8_t { Still, Breathing, PostureChanges, Handling, Walking, Tremor, FreeLiving };

std::string_view name_of(EventKind kind);
std::string_view name_of(BackgroundKind kind);

/// One event that was put in.
struct TruthEvent {
  EventKind kind = EventKind::Single;
  double onset_s = 0.0;   ///< first |a| above 10 % of the noiseless peak
  double end_s = 0.0;     ///< last |a| above 20 % of the noiseless peak
  double peak_s = 0.0;
  double peak_g = 0.0;    ///< noiseless
  double snr_db = 0.0;    ///< peak over the band-limited rms of the background within 4 s
  bool visible = true;    ///< snr_db >= 0
  std::int32_t series = -1;
};

struct SyntheticRecording {
  Recording recording;
  std::vector<TruthEvent> truth;              ///< sorted by onset
  std::vector<TimeSpan> disturbed;            ///< posture changes, handling, walking, tremor
};

/// What to make.
struct SyntheticSpec {
  std::uint64_t seed = 1;
  double duration_s = 600.0;
  double rate_hz = 100.0;
  double noise_g = 0.002;          ///< sensor noise, rms each axis
  double quantisation_step_g = 0.0;  ///< e.g. 0.1 / 9.80665 for Chrome's rounding
  double jitter_s = 0.0;           ///< timestamp jitter, standard deviation (samples move with it)
  double dropped_fraction = 0.0;   ///< of samples, in short runs
  std::vector<TimeSpan> gaps;      ///< nothing recorded here
  bool gyroscope = false;          ///< angular velocity beside acceleration; joints 0.15 to 0.45 m away (else 0.25 to 0.4 m)
  double rotation_noise_dps = 0.05;  ///< sensor noise, rms each axis (chosen: 7 mdps/sqrt(Hz) over 30 Hz, and some more)
  double rotation_step_dps = 0.0;  ///< e.g. 0.1 for Chrome's rounding
  BackgroundKind background = BackgroundKind::Breathing;
  double singles_per_hour = 0.0;
  double series_per_hour = 0.0;    ///< runs of 3..8 with 0.4..1.8 s between members
  double rhythmic_per_hour = 0.0;  ///< trains of 8..20 at one interval of 1..4 s, CV 0.08
  double limb_per_hour = 0.0;
  double fasciculations_per_hour = 0.0;
  double peak_g_low = 0.03;        ///< log-uniform noiseless peaks of jerks
  double peak_g_high = 0.6;
  double fasciculation_g_low = 0.005;  ///< the same of fasciculations
  double fasciculation_g_high = 0.020;
};

SyntheticRecording make(const SyntheticSpec& spec);

/// As Chrome delivers motion: 60 Hz with 2 ms of jitter, acceleration in steps of 0.1 m/s2, rotation in 0.1 deg/s.
void deliver_as_browser(SyntheticSpec& spec);

/// One noiseless jerk of the limb model (METHODS.md 10, A): a twitch of 80 ms convolved with an EMG
/// burst, driving a damped second-order limb. Samples of |a| at `rate_hz`, scaled to peak 1,
/// starting at the burst.
std::vector<float> limb_jerk(double burst_s, double limb_hz, double damping, double rate_hz);

/// Adds labelled events to a real background; `clean` gives where events may go.
std::vector<TruthEvent> inject(Recording& background, const SyntheticSpec& spec, const std::vector<TimeSpan>& clean);

/// The example a new visitor opens: 12 minutes at 100 Hz with singles, two series, one rhythmic
/// train, two limb movements, a posture change, a handled phone and one gap.
SyntheticRecording make_example();

}  // namespace klono::synth

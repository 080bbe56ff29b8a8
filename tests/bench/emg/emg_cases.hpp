#pragma once
/// EMG with known bursts: the recordings on which EMG detectors are compared. Train and test share neither seeds nor people's recordings.
///
/// Backgrounds: synth's noise of 1, 3 and 8 uV, alone, with mains that is off by up to 0.15 Hz, with heart beats, with weak steady
/// activity that comes and goes, with cables that move; and the still stretches of a real recording. Into them go bursts of 20 to
/// 300 ms and single potentials, from kEmgLowest_db to kEmgHighest_db over the level around them, each in-band, rms over its length.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.hpp"
#include "bench/hard_scenarios.hpp"
#include "signal/recording.hpp"
#include "synth/emg.hpp"

namespace klono::bench {

inline constexpr double kEmgLowest_db = -6.0;
inline constexpr double kEmgHighest_db = 24.0;
inline constexpr double kEmgOnsetWindow_s = 0.05;  ///< onsets this close match, beside any overlap

enum class EmgPut : std::uint8_t { Burst, Potential };
std::string_view name_of(EmgPut kind);

/// Onset and end: first and last reading above a tenth of the noiseless peak, in-band.
struct EmgTruthEvent {
  EmgPut kind = EmgPut::Burst;
  double onset_s = 0.0;
  double end_s = 0.0;
  double peak_uv = 0.0;   ///< noiseless, in-band
  double snr_db = 0.0;    ///< rms over its length (potentials: over 10 ms) over the level around it
  bool visible = true;    ///< 0 dB and more; potentials of 50 uV peak to peak and more, where the unit is microvolts
};

struct EmgSpecOfCase {
  std::string background;  ///< for tables: "noise", "mains", "real"
  std::string group;       ///< recordings of one group are not independent
  std::string file;        ///< below the folder of recordings; empty where the background is modelled
  synth::EmgSpec model;    ///< of the background, without bursts
  std::uint64_t seed = 0;  ///< of what is put in
};

struct EmgCase {
  EmgSpecOfCase made_from;
  Recording untouched;  ///< the background alone
  Recording recording;  ///< one channel
  std::vector<EmgTruthEvent> truth;
  std::vector<TimeSpan> scored;
  double scored_hours() const;
};

/// `count` modelled ones of `length_s` (a multiple of 15 shows each background at each rate alike), then real ones where `folder` holds them.
std::vector<EmgSpecOfCase> emg_specs(Split split, int count, double length_s, const std::string& folder);

/// Deterministic. Without truth and scored time where a real file could not be read.
EmgCase make_emg_case(const EmgSpecOfCase& spec, const std::string& folder);

}  // namespace klono::bench

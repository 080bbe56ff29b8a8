#pragma once
/// The recordings on which detectors are compared: hard ones, with a train and a test split that share neither seeds nor
/// people's recordings.
///
/// At rest: sensors of 25 to 200 Hz, noise of 0.5 to 8 mg or that of a real sensor, clocks that are off and jitter, every
/// fifth rounded to 10 mg. Active: walking, handling, tremor and free living, modelled and real. Sizes of events follow the
/// background of each recording, from below its level to far above (`kLowest_db` to `kHighest_db`).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.hpp"
#include "signal/recording.hpp"
#include "synth/synthetic.hpp"

namespace klono::bench {

enum class Split : std::uint8_t { Train, Test };
enum class Activity : std::uint8_t { Rest, Active };

std::string_view name_of(Split split);
std::string_view name_of(Activity activity);

/// Peaks are log-uniform between these levels, dB of the peak over the median band-limited rms of the background. Chosen so
/// that the oracle's F1 at rest lies between 0.8 and 0.95: a third of the range lies below what it can see.
inline constexpr double kLowest_db = -6.0;
inline constexpr double kHighest_db = 24.0;

/// A real recording, what it holds, and the split it belongs to. Copies share the split of the recording they are of and are
/// not used again.
struct RealFile {
  std::string_view path;  ///< below the folder of recordings
  Activity activity;      ///< events go into its quiet stretches only, or everywhere
  std::string_view kind;  ///< "wrist", "walking", …
  Split split;
  std::string_view copy_of = {};  ///< another file that holds the same recording
};
const std::vector<RealFile>& real_files();

/// One recording to be made.
struct HardSpec {
  std::string background;        ///< for tables: "still", "walking", "real wrist"
  std::string group;             ///< recordings of one group are not independent: the real file, or the recording itself
  Activity activity = Activity::Rest;
  const RealFile* file = nullptr;  ///< null where the background is modelled
  synth::SyntheticSpec spec;     ///< of the events; of the background too where it is modelled
};

struct HardCase {
  HardSpec made_from;
  Recording untouched;                  ///< the background alone, as the sensor tells it
  Recording recording;                  ///< with the events
  std::vector<synth::TruthEvent> truth;
  std::vector<TimeSpan> scored;         ///< where detections and events are asked for
  double scored_hours() const;
};

/// By truth event: visible, and of a kind that moves a limb. Single fasciculations do not; they are looked for in EMG, and to
/// find one here is neither right nor wrong.
std::vector<bool> moving_a_limb(const std::vector<synth::TruthEvent>& truth);

/// `length_s` each; modelled recordings first. Real ones where `folder` (may be empty) holds them.
std::vector<HardSpec> hard_specs(Activity activity, Split split, int modelled, double length_s, const std::string& folder);

/// Deterministic. Without events (`truth` empty) where a real file could not be read.
HardCase make_hard(const HardSpec& hard, const std::string& folder);

}  // namespace klono::bench

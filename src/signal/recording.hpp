#pragma once
/// Module signal: what a recording is. Values only: no algorithms, no input or output.
/// Allowed dependencies: base. Gap policy: samples of one Segment are contiguous and evenly
/// spaced at the segment's own fitted rate; nothing may be computed across two segments.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.hpp"

namespace klono {

enum class ChannelRole : std::uint8_t {
  AccelerationX, AccelerationY, AccelerationZ,  ///< g
  AccelerationMagnitude,                        ///< g; only where axes are missing
  RotationX, RotationY, RotationZ,              ///< degrees per second
  Emg,                                          ///< microvolts
  Temperature,                                  ///< degrees Celsius
  Battery,                                      ///< volts, or percent where the file says so
  Light,                                        ///< lux, or as in the file
  Other
};

/// One column of samples. All channels of a Recording have the same number of samples; where the recording is decoded on
/// demand (Recording::stored) `samples` is empty.
struct Channel {
  std::string name;          ///< as in the file
  std::string unit;          ///< unit of `samples`: "g", "deg/s", "uV", or as in the file
  std::string unit_in_file;  ///< before conversion
  ChannelRole role = ChannelRole::Other;
  std::vector<float> samples;  ///< NaN where the file holds no number
};

/// Samples that stay in their file and are decoded for each window anew: a week does not fit into a browser's memory.
class SampleStore {
 public:
  virtual ~SampleStore() = default;

  virtual std::int64_t num_samples() const = 0;

  /// Fills one span a channel with samples [begin, begin + size). Empty spans are not wanted; the others have one size.
  /// Where bytes cannot be read or decoded, and outside [0, num_samples()): NaN. Not safe to call from two threads.
  virtual void read(std::int64_t begin, std::span<const std::span<float>> into) const = 0;
};

/// A contiguous run of samples [first_index, first_index + count) with its own start and rate.
/// Time of sample i: start_s + (i - first_index) / rate_hz. Never accumulate 1/rate.
struct Segment {
  std::int64_t first_index = 0;
  std::int64_t count = 0;
  double start_s = 0.0;  ///< seconds since the first sample of the recording
  double rate_hz = 0.0;  ///< fitted to the timestamps of this segment

  double time_of(std::int64_t index) const {
    return start_s + static_cast<double>(index - first_index) / rate_hz;
  }
  double end_s() const { return time_of(first_index + count); }
  std::int64_t end_index() const { return first_index + count; }
};

enum class GapReason : std::uint8_t {
  Missing,   ///< timestamps jump
  Restart,   ///< the recorder was paused or restarted
  Held,      ///< one value repeated for a second or more: a filled hole or a sleeping sensor
  Invalid,   ///< not-a-number or all-zero stretch
  Hidden,    ///< recorded here: the page was not visible
  Frozen,    ///< recorded here: the page was stopped by the device
  Silent,    ///< recorded here: the sensor sent nothing
  Paused     ///< recorded here: the person paused
};

/// Stable identifiers for files: "missing", "restart", "hidden", …
constexpr std::string_view name_of(GapReason reason) {
  switch (reason) {
    case GapReason::Missing: return "missing";
    case GapReason::Restart: return "restart";
    case GapReason::Held: return "held";
    case GapReason::Hidden: return "hidden";
    case GapReason::Frozen: return "frozen";
    case GapReason::Silent: return "silent";
    case GapReason::Paused: return "paused";
    case GapReason::Invalid: break;
  }
  return "invalid";
}

struct Gap {
  TimeSpan span;
  GapReason reason = GapReason::Missing;
};

/// A moment the person marked while recording ("I felt one").
struct OwnMark {
  double at_s = 0.0;  ///< seconds since the first sample
  int strength = -1;  ///< 0..10 as the person gave it, -1 where not
};

/// A remark of the recorder or of the one who scored it: "Sleep stage 2", "event marker". Never a name.
struct Annotation {
  double at_s = 0.0;        ///< seconds since the first sample; may lie before it
  double duration_s = 0.0;  ///< 0 for a moment
  std::string text;
};

/// A slow measure beside the samples: temperature, battery, light.
struct SideMeasure {
  std::string name;
  std::string unit;
  ChannelRole role = ChannelRole::Other;
  std::vector<double> at_s;  ///< ascending
  std::vector<float> values; ///< as many
};

/// What a person does in one part of the guided test (clinical.md D10). Parts are never pooled.
enum class Task : std::uint8_t { Rest, ArmsOut, Reach };

/// One part of a guided test. No segment crosses its ends.
struct Block {
  TimeSpan span;
  Task task = Task::Rest;
};

enum class ClockBasis : std::uint8_t {
  None,    ///< only relative time is known
  Local,   ///< wall clock without a zone; shown as it stands, never converted
  Utc,     ///< an instant; `offset_min` tells the recorder's zone where known
};

struct WallClock {
  ClockBasis basis = ClockBasis::None;
  std::int64_t unix_ns = 0;       ///< of the first sample; for Local: the wall time read as if UTC
  std::optional<int> offset_min;  ///< minutes east of UTC, where the file tells it
};

/// Something odd that was met and handled; shown to the person, never silently repaired.
struct Warning {
  std::string code;     ///< stable identifier: "duplicate-stamps", "unit-conflict", …
  std::string message;  ///< one plain sentence with its numbers
};

/// A cleaned recording ready for analysis: strictly increasing time, segments, gaps.
struct Recording {
  std::string format;  ///< "phyphox (csv)", …
  WallClock start;
  std::vector<Channel> channels;
  std::vector<Segment> segments;  ///< sorted, disjoint, cover all samples
  std::vector<Gap> gaps;          ///< sorted, disjoint
  std::vector<Warning> warnings;
  double rate_hz = 0.0;           ///< sample-weighted over segments
  bool has_gravity = true;        ///< the static 1 g is in the samples
  bool amplitudes_valid = true;   ///< false: times only, no sizes (METHODS.md 1)
  double range_g = 0.0;           ///< known full scale of the sensor, 0 when unknown
  std::vector<OwnMark> marks;     ///< sorted
  std::vector<Annotation> annotations;  ///< sorted
  std::vector<SideMeasure> sides;
  std::shared_ptr<const SampleStore> stored;  ///< set where samples are decoded on demand; one store channel a channel
  std::shared_ptr<const Recording> emg;       ///< EMG recorded beside acceleration, on the same zero of time; else null
  std::vector<Block> blocks;      ///< sorted, disjoint; empty unless it is a guided test
  std::string context;            ///< where and how it was recorded, as JSON (history/recording_context.hpp); may be empty
  double planned_s = 0.0;         ///< length the person asked for, 0 when unknown
  bool unfinished = false;        ///< a recording made here that was never stopped

  std::int64_t num_samples() const {
    if (stored) return stored->num_samples();
    return channels.empty() ? 0 : static_cast<std::int64_t>(channels.front().samples.size());
  }
  double duration_s() const { return segments.empty() ? 0.0 : segments.back().end_s(); }
  const Channel* find(ChannelRole role) const {
    for (const Channel& channel : channels)
      if (channel.role == role) return &channel;
    return nullptr;
  }
};

}  // namespace klono

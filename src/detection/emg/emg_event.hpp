#pragma once
/// What the EMG analysis says. It describes, it never names a type or a cause (METHODS.md 11).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/interval.hpp"
#include "detection/emg/emg_settings.hpp"

namespace klono {

/// Raised whenever the same input could give other bursts.
inline constexpr int kEmgVersion = 3;

/// How much the sampling rate lets be told.
enum class EmgDetail : std::uint8_t {
  LimbMovements,  ///< usable band below 200 Hz: the leg movement rule only
  Bursts,         ///< bursts with their lengths, not sorted by length
  Lengths         ///< 1 kHz (less 5 % for clocks) and more: lengths sorted into bands
};

enum class EmgKind : std::uint8_t {
  Potential,  ///< shorter than 20 ms and alone: the size of one motor unit
  Burst,      ///< up to 300 ms
  Activity    ///< longer
};

/// By length alone. A description, not a type.
enum class EmgBand : std::uint8_t { Unresolved, To50, To100, To300, Longer };

/// Why a burst was not counted, or a stretch could not be analysed.
enum class EmgReason : std::uint8_t {
  None,
  MovementArtefact,  ///< the slow part of the signal jumps: cable or electrode
  Saturation,        ///< readings stay at their extreme
  Disconnected,      ///< one value, or mains only
  Heart,             ///< one form that returns as regularly as a heart
  SlowWave,          ///< mean frequency below that of muscle
  WithinActivity,    ///< a part of weak steady activity
  TooWeak,           ///< a single potential below 50 uV, or shorter than any
  EdgeOfData,        ///< touches a gap or an end
  Settling           ///< too short for a quiet level
};

/// Stable identifiers for files: "burst", "to_50", "movement_artefact", "limb_movements", …
std::string_view name_of(EmgDetail detail);
std::string_view name_of(EmgKind kind);
std::string_view name_of(EmgBand band);
std::string_view name_of(EmgReason reason);

/// One burst of a channel. Sizes in microvolts, or in units of the file where EmgChannelAnalysis::microvolts is false.
struct EmgBurst {
  double onset_s = 0.0;    ///< TKEO level first reaches edge_share of its largest, or twice its quiet level
  double end_s = 0.0;      ///< last such reading
  double duration_s = 0.0;
  double peak_uv = 0.0;    ///< largest |EMG|, band-limited, mains taken out
  double rms_uv = 0.0;     ///< from onset to end
  double peak_to_peak_uv = 0.0;
  double floor_uv = 0.0;   ///< quiet level, rms; of the activity it rides on where `on_activity`
  double above_floor = 0.0;  ///< rms_uv / floor_uv
  double mean_hz = 0.0;    ///< rms frequency: of the slope over the signal
  EmgKind kind = EmgKind::Burst;
  EmgBand band = EmgBand::Unresolved;
  bool on_activity = false;  ///< stands out of steady activity
  EmgReason reason = EmgReason::None;  ///< set for `not_counted` only
};

/// A pause in steady activity.
struct EmgSilence {
  double onset_s = 0.0;
  double end_s = 0.0;
  double duration_s = 0.0;
  double before_uv = 0.0;  ///< rms of the activity before it
  double within_uv = 0.0;  ///< rms in its middle half
};

/// A leg movement by the rule of the AASM manual.
struct EmgLimbMovement {
  double onset_s = 0.0;
  double end_s = 0.0;
  double duration_s = 0.0;
  double peak_uv = 0.0;    ///< largest rms over 0.1 s
  double rest_uv = 0.0;    ///< the level it is measured from
  bool in_series = false;  ///< by the rule of the AASM manual: limb_series.hpp
};

struct EmgMask {
  TimeSpan span;
  EmgReason reason = EmgReason::None;
};

/// All about one channel.
struct EmgChannelAnalysis {
  std::string name;
  std::string unit;
  bool microvolts = true;     ///< else sizes are in units of the file and rules in microvolts do not apply
  EmgDetail detail = EmgDetail::Lengths;
  double rate_hz = 0.0;
  double mains_hz = 0.0;      ///< 50 or 60 where mains was found (in most of the time), else 0
  double recorded_s = 0.0;
  double analysable_s = 0.0;  ///< recorded less masked
  double floor_uv = 0.0;      ///< median quiet level over analysable time
  double resolution_s = 0.0;  ///< of lengths
  std::vector<EmgBurst> bursts;       ///< counted, sorted by onset; empty where the detail is LimbMovements
  std::vector<EmgBurst> not_counted;  ///< with their reason
  std::vector<EmgSilence> silences;
  std::vector<EmgLimbMovement> limb_movements;
  std::vector<TimeSpan> longer_activity;  ///< by the same levels, longer than a leg movement: it ends a run by WASM 2016
  std::vector<EmgMask> masks;         ///< sorted, disjoint
};

/// Bursts of two channels that begin together.
struct EmgTogether {
  std::uint32_t first = 0;  ///< channels
  std::uint32_t second = 0;
  std::int64_t count = 0;
  double median_lag_s = 0.0;  ///< positive: the second begins later
  double low_lag_s = 0.0;     ///< quartiles
  double high_lag_s = 0.0;
};

struct EmgAnalysis {
  std::vector<EmgChannelAnalysis> channels;
  std::vector<EmgTogether> together;  ///< pairs with at least one
  EmgSettings settings;
  int version = kEmgVersion;
};

}  // namespace klono

#pragma once
/// Module protocol: the one message schema between the app and the engine.
/// Allowed dependencies: detection (value headers), history, signal, base. Messages are versioned,
/// little-endian, self-delimiting byte buffers (codec.hpp) that travel by transfer between page
/// and worker, and through a queue between two threads on a desktop.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "detection/emg/emg_event.hpp"
#include "detection/event.hpp"
#include "detection/settings.hpp"
#include "history/decision.hpp"
#include "history/sleep_mark.hpp"
#include "signal/recording.hpp"

namespace klono::protocol {

/// Raised whenever a field is added, removed or reordered. Both sides refuse another version.
inline constexpr std::uint32_t kProtocolVersion = 8;

using RecordingId = std::uint32_t;  ///< chosen by the app, unique among open recordings
using RequestId = std::uint32_t;    ///< chosen by the app; replies carry it back

// ---- app -> engine ------------------------------------------------------------------------

/// Read and analyse the file that the host registered as `source`.
struct OpenFile {
  RecordingId recording = 0;
  std::uint32_t source = 0;  ///< host's file handle: a File in the worker, a path natively
  std::string name;          ///< file name, for the title and for messages
  std::string reading;       ///< a person's choices as "key=value" lines: unit, rate, columns, …
  DetectorSettings settings;
};

/// Make and analyse the built-in example.
struct OpenExample {
  RecordingId recording = 0;
  DetectorSettings settings;
};

/// Analyse an open recording again with other settings.
struct Reanalyse {
  RecordingId recording = 0;
  DetectorSettings settings;
};

/// Stop the work on a recording; what is analysed so far stays usable when `keep_partial`.
struct Cancel {
  RecordingId recording = 0;
  bool keep_partial = false;
};

/// Forget a recording and free its memory.
struct Close {
  RecordingId recording = 0;
};

/// Emg: the channels of Opened::emg, band-limited, in their own unit.
enum class TraceMode : std::uint8_t { Movement, AsRecorded, Emg };

/// Min/max columns of the three axes, or of the EMG channels, over [begin_s, end_s).
struct TraceRequest {
  RequestId request = 0;
  RecordingId recording = 0;
  TraceMode mode = TraceMode::Movement;
  double begin_s = 0.0;
  double end_s = 0.0;
  std::uint32_t columns = 0;
};

/// Spectrogram of the movement (sum of the axes' power) over [begin_s, end_s).
struct SpectrogramRequest {
  RequestId request = 0;
  RecordingId recording = 0;
  double begin_s = 0.0;
  double end_s = 0.0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
};

enum class ExportKind : std::uint8_t { SummaryHtml, EventsCsv, AnalysisJson };

/// Build a file to hand over, with the person's decisions on the events (same order as
/// Opened::analysis.events) and their marks of sleep.
struct ExportRequest {
  RequestId request = 0;
  RecordingId recording = 0;
  ExportKind kind = ExportKind::SummaryHtml;
  std::string title;
  std::vector<Decision> decisions;
  std::string context;  ///< where it was worn, as the person said; JSON of history/recording_context.hpp; may be empty
  std::vector<SleepMark> sleep_marks;  ///< sorted
};

using Request = std::variant<OpenFile, OpenExample, Reanalyse, Cancel, Close, TraceRequest,
                             SpectrogramRequest, ExportRequest>;

// ---- engine -> app ------------------------------------------------------------------------

/// A silhouette of the whole recording: largest |movement| per column, in g; NaN inside gaps.
struct Silhouette {
  double begin_s = 0.0;
  double end_s = 0.0;
  std::vector<float> peak_g;
};

/// Work under way; sent at most every 100 ms.
struct Progress {
  RecordingId recording = 0;
  std::int64_t bytes_done = 0;
  std::int64_t bytes_total = 0;
  double share = 0.0;        ///< 0..1 of the whole work: reading, analysing, making ready
  double analysed_s = 0.0;   ///< recording time analysed so far
  std::uint32_t events = 0;  ///< counted so far
};

/// The waveform around one event, for tiles and the inspector: three axes, gravity removed.
struct Waveform {
  double begin_s = 0.0;
  double rate_hz = 0.0;
  std::array<std::vector<float>, 3> axes;
};

/// What the app needs to know of a recording without holding its samples.
struct RecordingInfo {
  std::string name;
  std::string format;
  WallClock start;
  double duration_s = 0.0;
  double rate_hz = 0.0;
  std::int64_t num_samples = 0;
  bool has_gravity = true;
  bool amplitudes_valid = true;
  bool partial = false;  ///< reading was stopped early
  bool has_movement = true;  ///< false: EMG alone; rate, samples, segments and gaps are then its own
  std::vector<Segment> segments;
  std::vector<Gap> gaps;
  std::vector<Warning> warnings;
  std::vector<OwnMark> marks;
  std::vector<Block> blocks;
  std::string context;      ///< JSON of history/recording_context.hpp; may be empty
  double planned_s = 0.0;
  bool unfinished = false;
};

/// A recording is open (or was analysed again).
struct Opened {
  RecordingId recording = 0;
  RecordingInfo info;
  Analysis analysis;
  Silhouette overview;               ///< 2048 columns
  std::vector<Waveform> waveforms;   ///< of each event in analysis.events, same order
  std::optional<EmgAnalysis> emg;    ///< where the recording holds EMG that can be analysed
  std::vector<float> emg_overview;   ///< 2048 columns: largest |EMG| of any channel over its quiet level; NaN where there is none
};

/// It could not be opened; the words are ready to be shown. A question asks for a choice.
struct Failed {
  RecordingId recording = 0;
  std::string name;
  std::int64_t size = 0;
  Error error;
};

/// Reply to TraceRequest. Layout: lane after lane (x, y, z, or the EMG channels); per lane `columns` pairs (min, max) in g, or in the channel's unit; NaN where
/// there is no data. Fewer samples than columns: the samples themselves, min == max.
struct TraceReply {
  RequestId request = 0;
  RecordingId recording = 0;
  TraceMode mode = TraceMode::Movement;
  double begin_s = 0.0;
  double end_s = 0.0;
  std::uint32_t columns = 0;
  std::vector<float> min_max;
};

/// Reply to SpectrogramRequest. `level[row * columns + column]`, row 0 = lowest frequency,
/// 0 = floor, 255 = strongest in view, linear in decibel.
struct SpectrogramReply {
  RequestId request = 0;
  RecordingId recording = 0;
  double begin_s = 0.0;
  double end_s = 0.0;
  double top_hz = 0.0;
  std::uint32_t columns = 0;
  std::uint32_t rows = 0;
  std::vector<std::uint8_t> level;
};

/// A file to save or share.
struct ExportReply {
  RequestId request = 0;
  RecordingId recording = 0;
  ExportKind kind = ExportKind::SummaryHtml;
  std::string file_name;
  std::string media_type;
  std::vector<std::uint8_t> bytes;
};

using Reply = std::variant<Progress, Opened, Failed, TraceReply, SpectrogramReply, ExportReply>;

}  // namespace klono::protocol

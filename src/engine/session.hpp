#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "detection/stepwise_analysis.hpp"
#include "engine/emg_start.hpp"
#include "engine/emg_track.hpp"
#include "engine/movement_track.hpp"
#include "formats/reader.hpp"
#include "protocol/messages.hpp"

namespace klono::engine {

/// One recording's life in the engine: read, cleaned, analysed, made ready to be drawn; then it answers. Work goes on by
/// step(), in pieces of some milliseconds.
class Session {
 public:
  using Send = std::function<void(const protocol::Reply&)>;

  Session(protocol::RecordingId id, std::string name, Send send);

  void read(std::shared_ptr<const ByteSource> source, const formats::ReadOptions& options, const DetectorSettings& settings);
  void make_example(const DetectorSettings& settings);
  /// Analyses again; what was said before stays valid until the new answer.
  void reanalyse(const DetectorSettings& settings);

  /// Ends the work under way. With `keep_partial` what was read and analysed so far is finished and shown. A new analysis
  /// of an open recording is dropped and the older one stays.
  void stop(bool keep_partial);

  bool busy() const { return stage_ != Stage::Idle; }
  bool is_open() const { return open_; }
  /// One piece of work. Replies with Opened or Failed when it is the last.
  void step();
  /// How far the work is.
  protocol::Progress progress() const;

  protocol::TraceReply trace(const protocol::TraceRequest& request) const;
  protocol::SpectrogramReply spectrogram(const protocol::SpectrogramRequest& request) const;
  protocol::ExportReply build_export(const protocol::ExportRequest& request) const;

 private:
  enum class Stage : std::uint8_t { Idle, MakeExample, Read, Clean, Analyse, AnalyseEmg, Describe };

  Status work();
  Status step_read();
  Status clean();
  void begin_analysis();
  void finish_analysis();
  void begin_emg();
  void finish_emg();
  void keep_emg_analysed();
  void shorten_emg(double until_s);
  void describe();
  void keep_what_was_read();
  void keep_what_was_analysed();
  void fail(Error error);
  double share_done(const protocol::Progress& progress) const;
  double emg_share() const;
  bool has_movement() const { return movement_channels(recording_)[0] != nullptr; }

  protocol::RecordingId id_;
  std::string name_;
  Send send_;
  Stage stage_ = Stage::Idle;
  bool open_ = false;
  bool partial_ = false;
  std::int64_t size_ = 0;
  formats::ReadOptions options_;
  DetectorSettings settings_;  // of the work under way
  std::unique_ptr<formats::TableReader> reader_;
  Recording recording_;
  std::unique_ptr<StepwiseAnalysis> stepwise_;
  Analysis analysis_;
  Analysis new_analysis_;
  MovementTrack track_;
  std::optional<MovementTrack> new_track_;  // only where its settings changed
  // EMG is analysed once: the settings of movement do not change it.
  std::optional<StepwiseEmg> stepwise_emg_;
  std::optional<EmgAnalysis> emg_;
  EmgTrack emg_track_;
  bool emg_begun_ = false;
};

}  // namespace klono::engine

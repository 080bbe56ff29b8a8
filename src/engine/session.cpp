#include "engine/session.hpp"

#include <algorithm>
#include <utility>

#include "base/words.hpp"
#include "engine/drawing_data.hpp"
#include "engine/report_building.hpp"
#include "engine/shorten.hpp"
#include "formats/recording_from_table.hpp"
#include "synth/synthetic.hpp"

namespace klono::engine {
namespace {

constexpr std::int64_t kSamplesAStep = 1 << 14;
constexpr std::uint32_t kOverviewColumns = 2048;
constexpr double kReadShare = 0.55;     // of the time an 8 h night as text takes (chosen)
constexpr double kScanShare = 0.10;     // of one whose samples are decoded while they are analysed

constexpr double kEmgWork = 2.0;        // a reading of EMG, in those of three axes (measured)

double part_of(double done_s, double all_s) { return all_s > 0.0 ? std::min(1.0, done_s / all_s) : 0.0; }

Error nothing_yet() { return {ErrorCode::Cancelled, std::string(word(Word::engine_nothing_yet)), std::string(word(Word::engine_stopped_advice))}; }

}  // namespace

Session::Session(protocol::RecordingId id, std::string name, Send send) : id_(id), name_(std::move(name)), send_(std::move(send)) {}

void Session::read(std::shared_ptr<const ByteSource> source, const formats::ReadOptions& options, const DetectorSettings& settings) {
  options_ = options;
  settings_ = settings;
  size_ = source->size();
  Result<std::unique_ptr<formats::TableReader>> reader = formats::open_table(std::move(source), options);
  if (!reader) return fail(std::move(reader).error());
  reader_ = std::move(reader).value();
  stage_ = Stage::Read;
}

void Session::make_example(const DetectorSettings& settings) {
  settings_ = settings;
  stage_ = Stage::MakeExample;
}

void Session::reanalyse(const DetectorSettings& settings) {
  settings_ = settings;
  if (open_ || stage_ >= Stage::Analyse) begin_analysis();
}

void Session::begin_analysis() {
  new_track_.reset();
  if (!has_movement()) {
    new_analysis_ = StepwiseAnalysis(recording_, settings_).finish();
    return begin_emg();
  }
  const dsp::MovementSplit split = movement_split_of(settings_);
  if (const dsp::MovementSplit& before = track_.split(); !open_ || split.half_s != before.half_s || split.top_hz != before.top_hz) new_track_.emplace(split);
  StepwiseAnalysis::Listener listener;
  if (new_track_) listener = [this](const Segment& segment, std::int64_t begin, const auto& axes) { new_track_->take(segment, begin, axes); };
  stepwise_ = std::make_unique<StepwiseAnalysis>(recording_, settings_, std::move(listener));
  stage_ = Stage::Analyse;
}

void Session::step() {
  if (const Status done = work(); !done.ok()) fail(done.error());
}

Status Session::work() {
  switch (stage_) {
    case Stage::Idle: break;
    case Stage::MakeExample:
      recording_ = synth::make_example().recording;
      recording_.format = word(Word::engine_example_format);
      begin_analysis();
      break;
    case Stage::Read: return step_read();
    case Stage::Clean: return clean();
    case Stage::Analyse:
      if (!stepwise_->step(kSamplesAStep)) finish_analysis();
      break;
    case Stage::AnalyseEmg:
      if (!stepwise_emg_->step(kSamplesAStep)) finish_emg();
      break;
    case Stage::Describe: describe(); break;
  }
  return Done{};
}

Status Session::step_read() {
  KLONO_TRY(const bool more, reader_->step());
  if (!more) stage_ = Stage::Clean;
  return Done{};
}

Status Session::clean() {
  const std::unique_ptr<formats::TableReader> reader = std::move(reader_);
  KLONO_TRY(recording_, reader->take_recording(options_));
  KLONO_CHECK(check_usable(recording_));
  begin_analysis();
  return Done{};
}

void Session::finish_analysis() {
  new_analysis_ = stepwise_->finish();
  stepwise_.reset();
  if (new_track_) new_track_->finish();
  begin_emg();
}

void Session::begin_emg() {
  stage_ = Stage::Describe;
  if (std::exchange(emg_begun_, true)) return;
  stepwise_emg_ = start_emg(recording_, {}, recording_.warnings, [this](std::size_t channel, const EmgPlace& place, std::span<const float> signal) {
    emg_track_.take(channel, place, signal);
  });
  if (stepwise_emg_) stage_ = Stage::AnalyseEmg;
}

void Session::finish_emg() {
  emg_ = stepwise_emg_->finish();
  stepwise_emg_.reset();
  emg_track_.finish(*emg_);
  stage_ = Stage::Describe;
}

void Session::describe() {
  analysis_ = std::move(new_analysis_);
  if (new_track_) track_ = std::move(*new_track_);
  new_track_.reset();
  open_ = true;
  stage_ = Stage::Idle;
  protocol::Opened opened;
  opened.recording = id_;
  opened.info = {name_, recording_.format, recording_.start, recording_.duration_s(), recording_.rate_hz, recording_.num_samples(),
                 recording_.has_gravity, recording_.amplitudes_valid, partial_, has_movement(), recording_.segments, recording_.gaps, recording_.warnings,
                 recording_.marks, recording_.blocks, recording_.context, recording_.planned_s, recording_.unfinished};
  opened.analysis = analysis_;
  opened.overview = {0.0, recording_.duration_s(), {}};
  if (has_movement()) opened.overview.peak_g = track_.peaks(recording_, kOverviewColumns);
  opened.waveforms = event_waveforms(recording_, track_, analysis_.events);
  opened.emg = emg_;
  if (emg_) opened.emg_overview = emg_track_.above_floor(*emg_of(recording_), kOverviewColumns);
  send_(std::move(opened));
}

void Session::fail(Error error) {
  stage_ = Stage::Idle;
  reader_.reset();
  stepwise_.reset();
  stepwise_emg_.reset();
  send_(protocol::Failed{id_, name_, size_, std::move(error)});
}

void Session::stop(bool keep_partial) {
  if (!busy()) return;
  if (open_) {
    if (stage_ == Stage::Describe) return;  // as good as done
    return fail({ErrorCode::Cancelled, std::string(word(Word::engine_stopped)), {}});
  }
  if (!keep_partial) {
    stage_ = Stage::Idle;
    return;
  }
  if (stage_ == Stage::Read) keep_what_was_read();
  else if (stage_ == Stage::Analyse || stage_ == Stage::AnalyseEmg) keep_what_was_analysed();
}

void Session::keep_what_was_read() {
  partial_ = true;
  stage_ = Stage::Clean;
  if (const Status cleaned = clean(); !cleaned.ok()) fail(cleaned.error().question ? cleaned.error() : nothing_yet());
}

void Session::keep_what_was_analysed() {
  partial_ = true;
  if (stage_ == Stage::AnalyseEmg) return keep_emg_analysed();
  const std::int64_t until = stepwise_->next_index();
  Analysis analysis = stepwise_->finish();
  stepwise_.reset();
  shorten(recording_, until);
  if (!formats::check_analysable(recording_).ok()) return fail(nothing_yet());
  new_analysis_ = std::move(analysis);
  new_track_->finish();
  shorten_emg(recording_.duration_s());
  begin_emg();
}

/// Of EMG alone the rest is left out; beside movement its figures are of what was analysed.
void Session::keep_emg_analysed() {
  const std::int64_t until = stepwise_emg_->next_index();
  finish_emg();
  if (!has_movement()) shorten(recording_, until);
  if (!has_movement() && recording_.segments.empty()) fail(nothing_yet());
}

void Session::shorten_emg(double until_s) {
  if (!recording_.emg) return;
  const auto emg = std::make_shared<Recording>(*recording_.emg);
  std::int64_t until = 0;
  for (const Segment& segment : emg->segments)
    if (segment.start_s < until_s) until = segment.first_index + std::min(segment.count, static_cast<std::int64_t>((until_s - segment.start_s) * segment.rate_hz));
  shorten(*emg, until);
  recording_.emg = emg;
}

/// What EMG takes of the time of the analysis.
double Session::emg_share() const {
  const Recording* emg = emg_of(recording_);
  if (emg == nullptr || (emg_begun_ && !stepwise_emg_)) return 0.0;
  if (!has_movement()) return 1.0;
  const double work = kEmgWork * static_cast<double>(emg->num_samples()) * static_cast<double>(emg->channels.size());
  return work / (work + static_cast<double>(recording_.num_samples()));
}

double Session::share_done(const protocol::Progress& progress) const {
  const double read = progress.bytes_total > 0 ? static_cast<double>(progress.bytes_done) / static_cast<double>(progress.bytes_total) : 0.0;
  const double duration_s = recording_.duration_s();
  const double begun = recording_.stored ? kScanShare : kReadShare;
  switch (stage_) {
    case Stage::Idle: return 1.0;
    case Stage::MakeExample: return 0.0;
    case Stage::Read: return kReadShare * std::min(read, 1.0);
    case Stage::Clean: return kReadShare;
    case Stage::Analyse: return begun + (0.98 - begun) * (1.0 - emg_share()) * part_of(stepwise_->analysed_s(), duration_s);
    case Stage::AnalyseEmg:
      return begun + (0.98 - begun) * (1.0 - emg_share() * (1.0 - part_of(stepwise_emg_->analysed_s(), emg_of(recording_)->duration_s())));
    case Stage::Describe: break;
  }
  return 0.99;
}

protocol::Progress Session::progress() const {
  protocol::Progress progress;
  progress.recording = id_;
  progress.bytes_total = reader_ ? reader_->bytes_total() : size_;
  progress.bytes_done = reader_ ? reader_->bytes_done() : size_;
  progress.share = share_done(progress);
  if (stepwise_) {
    progress.analysed_s = stepwise_->analysed_s();
    progress.events = static_cast<std::uint32_t>(stepwise_->events_so_far());
  } else if (stepwise_emg_) {
    progress.analysed_s = has_movement() ? recording_.duration_s() : stepwise_emg_->analysed_s();
    progress.events = static_cast<std::uint32_t>(new_analysis_.events.size());
  } else if (stage_ == Stage::Describe) {
    progress.analysed_s = recording_.duration_s();
    progress.events = static_cast<std::uint32_t>(new_analysis_.events.size());
  }
  return progress;
}

protocol::TraceReply Session::trace(const protocol::TraceRequest& request) const {
  protocol::TraceReply reply{request.request, request.recording, request.mode, request.begin_s, request.end_s, request.columns, {}};
  if (request.mode != protocol::TraceMode::Emg)
    reply.min_max = track_.columns(recording_, request.mode, request.begin_s, request.end_s, request.columns);
  else if (emg_)
    reply.min_max = emg_track_.columns(*emg_of(recording_), request.begin_s, request.end_s, request.columns);
  return reply;
}

protocol::SpectrogramReply Session::spectrogram(const protocol::SpectrogramRequest& request) const {
  return spectrogram_reply(recording_, track_, request);
}

protocol::ExportReply Session::build_export(const protocol::ExportRequest& request) const {
  ReportSource source;
  source.title = request.title;
  source.file_name = name_;
  source.context = request.context;
  source.reading = formats::lines_of(options_);
  source.program_version = KLONO_VERSION;
  source.partial = partial_;
  source.decisions = request.decisions;
  source.sleep_marks = request.sleep_marks;
  report::ReportModel model = build_report_model(recording_, track_, analysis_, source);
  model.emg = emg_;
  return export_file(model, request);
}

}  // namespace klono::engine

#include "cli/batch_result.hpp"

#include <algorithm>
#include <cmath>

#include "cli/error_text.hpp"
#include "cli/inputs.hpp"
#include "detection/stepwise_analysis.hpp"
#include "engine/emg_start.hpp"
#include "engine/report_building.hpp"
#include "patterns/emg_figures.hpp"
#include "patterns/summary.hpp"
#include "report/event_rows.hpp"
#include "report/text.hpp"

namespace klono::cli {
namespace {

using enum ColumnType;

constexpr Column kRecordingColumns[] = {
    {"path"}, {"status"}, {"format"}, {"start"}, {"clock"}, {"duration_s", Number}, {"rate_hz", Number}, {"recorded_s", Number},
    {"analysable_s", Number}, {"gaps", Integer}, {"gaps_s", Number}, {"events", Integer}, {"twitch", Integer}, {"burst", Integer},
    {"rhythmic", Integer}, {"limb_movement", Integer}, {"not_counted", Integer}, {"per_hour", Number}, {"per_hour_low", Number},
    {"per_hour_high", Number}, {"limb_per_hour", Number}, {"limb_per_hour_low", Number}, {"limb_per_hour_high", Number},
    {"series", Integer}, {"longest_series", Integer}, {"median_peak_g", Number}, {"p90_peak_g", Number}, {"median_duration_s", Number},
    {"noise_floor_g", Number}, {"smallest_visible_g", Number}, {"parts", Integer}, {"emg_channels", Integer}, {"warnings"}, {"warning_messages"}, {"error"},
    {"error_message"}, {"program_version"}, {"detector_version", Integer}};

constexpr Column kEventColumns[] = {
    {"path"}, {"onset_s", Number}, {"onset_clock"}, {"end_s", Number}, {"peak_s", Number}, {"duration_s", Number}, {"peak_g", Number},
    {"rise_s", Number}, {"dominant_hz", Number}, {"class"}, {"group"}, {"confidence", Number}, {"direction_x", Number},
    {"direction_y", Number}, {"direction_z", Number}, {"floor_g", Number}, {"above_floor", Number}, {"tilt_change_deg", Number},
    {"quiet_before_s", Number}, {"quiet_after_s", Number}, {"counted"}, {"reason"}, {"block"}, {"found_by"}};

constexpr Column kPartColumns[] = {{"path"}, {"block"}, {"start_s", Number}, {"end_s", Number}, {"recorded_s", Number},
                                   {"analysable_s", Number}, {"events", Integer}, {"per_hour", Number}, {"per_hour_low", Number},
                                   {"per_hour_high", Number}, {"median_peak_g", Number}};

constexpr Column kEmgColumns[] = {
    {"path"}, {"channel"}, {"unit"}, {"rate_hz", Number}, {"told"}, {"recorded_s", Number}, {"analysable_s", Number}, {"floor", Number},
    {"bursts", Integer}, {"per_hour", Number}, {"per_hour_low", Number}, {"per_hour_high", Number}, {"median_duration_s", Number},
    {"median_peak", Number}, {"potentials", Integer}, {"potentials_per_hour", Number}, {"activities", Integer}, {"activity_s", Number},
    {"silences", Integer}, {"limb_movements", Integer}, {"limb_per_hour", Number}, {"limb_per_hour_low", Number},
    {"limb_per_hour_high", Number}, {"limb_in_series", Integer}, {"not_counted", Integer}, {"emg_version", Integer}};

constexpr std::string_view kDone = "done";
constexpr std::string_view kRefused = "refused";
constexpr std::int64_t kSamplesInStep = 1 << 20;  // well below a second

constexpr std::size_t place_of(std::string_view column) {
  std::size_t place = 0;
  while (kRecordingColumns[place].name != column) ++place;
  return place;
}

constexpr std::size_t emg_place_of(std::string_view column) {
  std::size_t place = 0;
  while (kEmgColumns[place].name != column) ++place;
  return place;
}

/// A row that is filled by the names of its columns.
class RecordingRow {
 public:
  void set(std::string_view column, Cell cell) { cells_[place_of(column)] = std::move(cell); }
  void set_text(std::string_view column, std::string_view text) {
    if (!text.empty()) set(column, Cell(std::string(text)));
  }
  Row take() { return std::move(cells_); }

 private:
  Row cells_ = Row(std::size(kRecordingColumns));
};

std::string_view code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::CannotRead: return "cannot_read";
    case ErrorCode::Empty: return "empty";
    case ErrorCode::UnknownFormat: return "unknown_format";
    case ErrorCode::RefusedFormat: return "refused_format";
    case ErrorCode::Malformed: return "malformed";
    case ErrorCode::NoAcceleration: return "no_acceleration";
    case ErrorCode::TooSlow: return "too_slow";
    case ErrorCode::TooLarge: return "too_large";
    case ErrorCode::NeedsChoice: return "needs_choice";
    case ErrorCode::BadSetting: return "bad_setting";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Internal: break;
  }
  return "internal";
}

std::string_view clock_name(ClockBasis basis) {
  return basis == ClockBasis::Local ? "local" : basis == ClockBasis::Utc ? "utc" : "none";
}

Cell text_cell(std::string_view text) { return text.empty() ? Cell() : Cell(std::string(text)); }
Cell number_cell(double value) { return std::isfinite(value) ? Cell(value) : Cell(); }
/// Sizes are left out where the file's values cannot be trusted.
Cell size_cell(const report::ReportModel& model, double g) { return model.amplitudes_valid ? number_cell(g) : Cell(); }

Error cancelled() { return {ErrorCode::Cancelled, ""}; }

Result<Recording> read(const std::string& path, const formats::ReadOptions& reading, const std::function<bool()>& is_stopped) {
  KLONO_TRY(const std::unique_ptr<formats::TableReader> reader, open_table_at(path, reading));
  for (bool more = true; more;) {
    if (is_stopped()) return cancelled();
    KLONO_TRY(more, reader->step());
  }
  KLONO_TRY(Recording recording, reader->take_recording(reading));
  KLONO_CHECK(engine::check_usable(recording));
  return recording;
}

Result<Analysis> analyse(const Recording& recording, const DetectorSettings& settings, const std::function<bool()>& is_stopped) {
  StepwiseAnalysis analysis(recording, settings);
  while (analysis.step(kSamplesInStep))
    if (is_stopped()) return cancelled();
  return analysis.finish();
}

/// None where the recording holds no EMG, or none that can be analysed.
Result<std::optional<EmgAnalysis>> analyse_muscle(const Recording& recording, const EmgSettings& settings, std::vector<Warning>& warnings,
                                                  const std::function<bool()>& is_stopped) {
  std::optional<StepwiseEmg> analysis = engine::start_emg(recording, settings, warnings);
  if (!analysis) return std::optional<EmgAnalysis>();
  while (analysis->step(kSamplesInStep))
    if (is_stopped()) return cancelled();
  return std::optional(analysis->finish());
}

void set_rate(RecordingRow& row, const std::string& column, const patterns::Rate& rate) {
  if (rate.hours <= 0.0) return;
  row.set(column, number_cell(rate.per_hour));
  row.set(column + "_low", number_cell(rate.low));
  row.set(column + "_high", number_cell(rate.high));
}

void set_recording(RecordingRow& row, const report::ReportModel& model) {
  const Analysis& analysis = model.analysis;
  row.set_text("format", model.format);
  row.set_text("start", report::iso_time(model.start, 0.0));
  row.set_text("clock", clock_name(model.start.basis));
  row.set("duration_s", number_cell(model.duration_s));
  row.set("rate_hz", number_cell(model.rate_hz));
  double gaps_s = 0.0;
  for (const Gap& gap : model.gaps) gaps_s += gap.span.end_s - gap.span.begin_s;
  row.set("gaps", Cell(static_cast<std::int64_t>(model.gaps.size())));
  row.set("gaps_s", number_cell(gaps_s));
  std::string codes, messages;
  for (const Warning& warning : model.warnings) {
    codes += (codes.empty() ? "" : " ") + warning.code;
    messages += (messages.empty() ? "" : " | ") + warning.message;
  }
  row.set_text("warnings", codes);
  row.set_text("warning_messages", messages);
  row.set("detector_version", Cell(std::int64_t{analysis.detector_version}));
}

/// Of movement; EMG has its own table.
void set_movement(RecordingRow& row, const report::ReportModel& model) {
  const Analysis& analysis = model.analysis;
  row.set("recorded_s", number_cell(analysis.recorded_s));
  row.set("analysable_s", number_cell(analysis.analysable_s));
  row.set("not_counted", Cell(static_cast<std::int64_t>(analysis.not_counted.size())));
  row.set("noise_floor_g", size_cell(model, analysis.noise_floor_g));
  if (analysis.smallest_visible_g > 0.0) row.set("smallest_visible_g", size_cell(model, analysis.smallest_visible_g));
}

/// Counts and rates; of a guided test its parts are told instead.
void set_counts(RecordingRow& row, const report::ReportModel& model) {
  const patterns::Summary summary = patterns::summarise(model.analysis, model.decisions);
  row.set("events", Cell(summary.brief.count));
  for (std::size_t i = 0; i < summary.counted_by_class.size(); ++i)
    row.set(klono::name_of(static_cast<EventClass>(i)), Cell(summary.counted_by_class[i]));
  set_rate(row, "per_hour", summary.brief);
  set_rate(row, "limb_per_hour", summary.limb);
  row.set("series", Cell(summary.series));
  row.set("longest_series", Cell(summary.longest_series));
  row.set("median_peak_g", size_cell(model, summary.median_peak_g));
  row.set("p90_peak_g", size_cell(model, summary.p90_peak_g));
  row.set("median_duration_s", number_cell(summary.median_duration_s));
}

Row event_row(const std::string& name, const report::ReportModel& model, const report::EventRow& row) {
  const Event& event = *row.event;
  return {name, number_cell(event.onset_s), text_cell(report::iso_time(model.start, event.onset_s)), number_cell(event.end_s),
          number_cell(event.peak_s), number_cell(event.duration_s), size_cell(model, event.peak_g), number_cell(event.rise_s),
          number_cell(event.dominant_hz), std::string(klono::name_of(event.event_class)), text_cell(row.group),
          number_cell(event.confidence), number_cell(event.direction[0]), number_cell(event.direction[1]), number_cell(event.direction[2]),
          size_cell(model, event.floor_g), number_cell(event.above_floor),
          model.analysis.tilt_checked ? number_cell(event.tilt_change_deg) : Cell(), number_cell(event.quiet_before_s),
          number_cell(event.quiet_after_s), std::string(row.counted ? "yes" : "no"), text_cell(row.reason), text_cell(row.block),
          std::string(report::found_by(event))};
}

std::vector<Row> part_rows(const std::string& name, const report::ReportModel& model) {
  std::vector<Row> rows;
  for (const patterns::BlockSummary& part : patterns::summarise_blocks(model.analysis, model.decisions, model.blocks, model.segments)) {
    const bool known = part.brief.hours > 0.0;
    rows.push_back({name, std::string(report::task_name(part.task)), number_cell(part.span.begin_s), number_cell(part.span.end_s),
                    number_cell(part.length_s), number_cell(part.analysable_s), part.brief.count,
                    known ? number_cell(part.brief.per_hour) : Cell(), known ? number_cell(part.brief.low) : Cell(),
                    known ? number_cell(part.brief.high) : Cell(), size_cell(model, part.median_peak_g)});
  }
  return rows;
}

/// What the rate of a channel does not tell, and what needs microvolts where there are none, is left empty.
Row emg_row(const std::string& name, const EmgChannelAnalysis& channel) {
  const patterns::EmgFigures figures = patterns::figures_of(channel);
  const bool bursts = channel.detail != EmgDetail::LimbMovements;
  const auto count = [](bool told, std::int64_t value) { return told ? Cell(value) : Cell(); };
  const auto rate = [](bool told, const patterns::Rate& of, double value) { return told && of.hours > 0.0 ? number_cell(value) : Cell(); };
  const bool limb = channel.microvolts;
  return {name, text_cell(report::clean_text(channel.name)), text_cell(channel.unit), number_cell(channel.rate_hz),
          std::string(klono::name_of(channel.detail)), number_cell(channel.recorded_s), number_cell(channel.analysable_s),
          number_cell(channel.floor_uv), count(bursts, figures.bursts.count), rate(bursts, figures.bursts, figures.bursts.per_hour),
          rate(bursts, figures.bursts, figures.bursts.low), rate(bursts, figures.bursts, figures.bursts.high), number_cell(figures.burst_length_s),
          number_cell(figures.burst_peak), count(bursts, figures.potentials.count), rate(bursts, figures.potentials, figures.potentials.per_hour),
          count(bursts, figures.activities), bursts ? number_cell(figures.activity_s) : Cell(), count(bursts, figures.silences),
          count(limb, figures.limb.count), rate(limb, figures.limb, figures.limb.per_hour), rate(limb, figures.limb, figures.limb.low),
          rate(limb, figures.limb, figures.limb.high), count(limb, figures.limb_in_series),
          static_cast<std::int64_t>(channel.not_counted.size()), std::int64_t{kEmgVersion}};
}

BatchResult refused(const std::string& name, const Error& error, std::string_view program_version) {
  RecordingRow row;
  row.set_text("path", name);
  row.set_text("status", kRefused);
  row.set_text("error", code_name(error.code));
  row.set_text("error_message", error_text(error));
  row.set_text("program_version", program_version);
  row.set("detector_version", Cell(std::int64_t{kDetectorVersion}));
  return {row.take(), {}, {}, {}};
}

BatchResult analysed(const std::string& name, const report::ReportModel& model) {
  RecordingRow row;
  row.set_text("path", name);
  row.set_text("status", kDone);
  row.set_text("program_version", model.program_version);
  set_recording(row, model);
  if (model.has_movement()) set_movement(row, model);
  if (model.has_movement() && model.blocks.empty()) set_counts(row, model);
  BatchResult result;
  if (model.emg) row.set("emg_channels", Cell(static_cast<std::int64_t>(model.emg->channels.size())));
  for (std::size_t k = 0; model.emg && k < model.emg->channels.size(); ++k) result.emg.push_back(emg_row(name, model.emg->channels[k]));
  result.parts = part_rows(name, model);
  if (!model.blocks.empty()) row.set("parts", Cell(static_cast<std::int64_t>(result.parts.size())));
  for (const report::EventRow& event : report::event_rows(model)) result.events.push_back(event_row(name, model, event));
  result.recording = row.take();
  return result;
}

std::string text_of(const BatchResult& result, std::string_view column) {
  const auto* text = std::get_if<std::string>(&result.recording[place_of(column)]);
  return text == nullptr ? std::string() : *text;
}

}  // namespace

std::string_view name_of(BatchTable table) {
  switch (table) {
    case BatchTable::Events: return "events";
    case BatchTable::Parts: return "parts";
    case BatchTable::Emg: return "emg";
    case BatchTable::Recordings: break;
  }
  return "recordings";
}

std::span<const Row> rows_of(const BatchResult& result, BatchTable table) {
  switch (table) {
    case BatchTable::Events: return result.events;
    case BatchTable::Parts: return result.parts;
    case BatchTable::Emg: return result.emg;
    case BatchTable::Recordings: break;
  }
  return std::span(&result.recording, 1);
}

std::span<const Column> columns_of(BatchTable table) {
  switch (table) {
    case BatchTable::Events: return kEventColumns;
    case BatchTable::Parts: return kPartColumns;
    case BatchTable::Emg: return kEmgColumns;
    case BatchTable::Recordings: break;
  }
  return kRecordingColumns;
}

Result<BatchResult> analyse_batch_file(const std::string& name, const std::string& path, const Choices& choices,
                                       std::string_view program_version, const std::function<bool()>& is_stopped) {
  formats::ReadOptions reading = choices.reading;
  reading.file_name = base_name(path);
  const Result<Recording> recording = read(path, reading, is_stopped);
  if (!recording) {
    if (recording.error().code == ErrorCode::Cancelled) return recording.error();
    return refused(name, recording.error(), program_version);
  }
  KLONO_TRY(Analysis analysis, analyse(recording.value(), choices.detector, is_stopped));
  engine::ReportSource source;
  source.file_name = reading.file_name;
  source.program_version = program_version;
  report::ReportModel model = engine::report_model_without_traces(recording.value(), std::move(analysis), source);
  KLONO_TRY(model.emg, analyse_muscle(recording.value(), choices.emg, model.warnings, is_stopped));
  return analysed(name, model);
}

bool is_refused(const BatchResult& result) { return text_of(result, "status") != kDone; }

bool may_change(const BatchResult& result) {
  const std::string error = text_of(result, "error");
  return error == code_name(ErrorCode::CannotRead) || error == code_name(ErrorCode::Internal);
}

std::string refusal_of(const BatchResult& result) { return text_of(result, "error_message"); }

std::optional<std::int64_t> brief_events_of(const BatchResult& result) {
  const auto* count = std::get_if<std::int64_t>(&result.recording[place_of("events")]);
  return count == nullptr ? std::nullopt : std::optional(*count);
}

double analysable_s_of(const BatchResult& result) {
  const auto* length_s = std::get_if<double>(&result.recording[place_of("analysable_s")]);
  return length_s == nullptr ? 0.0 : *length_s;
}

std::int64_t bursts_of(const BatchResult& result) {
  std::int64_t sum = 0;
  for (const Row& row : result.emg) {
    const auto* bursts = std::get_if<std::int64_t>(&row[emg_place_of("bursts")]);
    const auto* limb = std::get_if<std::int64_t>(&row[emg_place_of("limb_movements")]);
    sum += bursts != nullptr ? *bursts : limb != nullptr ? *limb : 0;
  }
  return sum;
}

bool tells_bursts(const BatchResult& result) {
  return std::ranges::any_of(result.emg, [](const Row& row) { return std::holds_alternative<std::int64_t>(row[emg_place_of("bursts")]); });
}

}  // namespace klono::cli


#include "patterns/not_counted.hpp"
#include "report/event_rows.hpp"
#include "report/emg_data.hpp"
#include "report/figures_json.hpp"
#include "report/json_writer.hpp"
#include "report/setting_rows.hpp"
#include "report/text.hpp"

namespace klono::report {
namespace {

/// Sizes are null where the file's values cannot be trusted.
double size_of(const ReportModel& model, double g) { return model.amplitudes_valid ? g : kNull; }

void write_text_or_null(JsonWriter& json, std::string_view key, std::string_view text) {
  json.key(key);
  text.empty() ? json.null() : json.value(text);
}

void write_stretch(JsonWriter& json, const TimeSpan& span, std::string_view reason) {
  json.begin_object().field("start_s", span.begin_s).field("end_s", span.end_s).field("reason", reason).end_object();
}

std::string_view clock_name(ClockBasis basis) {
  return basis == ClockBasis::Local ? "local" : basis == ClockBasis::Utc ? "utc" : "none";
}

void write_stretches(JsonWriter& json, const ReportModel& model) {
  json.key("gaps").begin_array();
  for (const Gap& gap : model.gaps) write_stretch(json, gap.span, klono::name_of(gap.reason));
  json.end_array().key("masks").begin_array();
  for (const Mask& mask : model.analysis.masks) write_stretch(json, mask.span, klono::name_of(mask.reason));
  json.end_array();
}

/// The person's own marks: their word, beside what was measured.
void write_marks(JsonWriter& json, const ReportModel& model) {
  json.key("marks").begin_array();
  for (const OwnMark& mark : model.marks) {
    json.begin_object().field("at_s", mark.at_s);
    write_text_or_null(json, "clock", iso_time(model.start, mark.at_s));
    json.key("strength");
    mark.strength >= 0 ? json.value(mark.strength) : json.null();
    const std::optional<std::size_t> event = event_before(model, mark);
    json.field("after_event_s", event ? mark.at_s - model.analysis.events[*event].onset_s : kNull).end_object();
  }
  json.end_array();
}

void write_sleep_marks(JsonWriter& json, const ReportModel& model) {
  json.key("sleep_marks").begin_array();
  for (const SleepMark& mark : model.sleep_marks) {
    json.begin_object().field("at_s", mark.at_s);
    write_text_or_null(json, "clock", iso_time(model.start, mark.at_s));
    json.field("moment", klono::name_of(mark.moment)).end_object();
  }
  json.end_array();
}

void write_recording(JsonWriter& json, const ReportModel& model) {
  const Analysis& analysis = model.analysis;
  json.key("recording").begin_object();
  json.field("title", model.title).field("file", model.file_name).field("format", model.format);
  write_text_or_null(json, "start", iso_time(model.start, 0.0));
  json.field("clock", clock_name(model.start.basis));
  json.field("duration_s", model.duration_s).field("rate_hz", model.rate_hz);
  json.field("recorded_s", analysis.recorded_s).field("analysable_s", analysis.analysable_s);
  json.field("analysable_share", patterns::analysable_share(analysis));
  json.field("noise_floor_g", size_of(model, analysis.noise_floor_g)).field("step_g", size_of(model, analysis.step_g));
  json.field("smallest_visible_g", size_of(model, analysis.smallest_visible_g)).field("expected_false", analysis.expected_false);
  json.field("has_gravity", model.has_gravity).field("amplitudes_valid", model.amplitudes_valid);
  json.field("tilt_checked", analysis.tilt_checked).field("partial", model.partial);
  json.key("channels").begin_array();
  for (const std::string& name : model.channel_names) json.value(name);
  json.end_array();
  write_stretches(json, model);
  write_marks(json, model);
  write_sleep_marks(json, model);
  json.key("warnings").begin_array();
  for (const Warning& warning : model.warnings)
    json.begin_object().field("code", warning.code).field("message", warning.message).end_object();
  json.end_array();
  json.key("reading").begin_object();
  for (const auto& [key, value] : reading_choices(model.reading)) json.field(key, value);
  json.end_object().end_object();
}

void write_event(JsonWriter& json, const ReportModel& model, const EventRow& row) {
  const Event& event = *row.event;
  json.begin_object();
  json.field("onset_s", event.onset_s);
  write_text_or_null(json, "onset_clock", iso_time(model.start, event.onset_s));
  json.field("end_s", event.end_s).field("peak_s", event.peak_s).field("duration_s", event.duration_s);
  json.field("peak_g", size_of(model, event.peak_g)).field("rise_s", event.rise_s).field("dominant_hz", event.dominant_hz);
  json.field("found_by", found_by(event));
  json.field("class", klono::name_of(event.event_class)).field("confidence", event.confidence);
  write_text_or_null(json, "group", row.group);
  json.key("direction").begin_array();
  for (const double part : event.direction) json.value(part);
  json.end_array();
  json.field("floor_g", size_of(model, event.floor_g)).field("above_floor", event.above_floor);
  json.field("tilt_change_deg", model.analysis.tilt_checked ? event.tilt_change_deg : kNull);
  json.field("quiet_before_s", event.quiet_before_s).field("quiet_after_s", event.quiet_after_s);
  write_text_or_null(json, "decision", klono::name_of(row.decision));
  if (!row.counted) json.field("reason", row.reason);
  if (!model.blocks.empty()) write_text_or_null(json, "block", row.block);
  json.end_object();
}

void write_events(JsonWriter& json, const ReportModel& model) {
  const std::vector<EventRow> rows = event_rows(model);
  for (const bool counted : {true, false}) {
    json.key(counted ? "events" : "not_counted").begin_array();
    for (const EventRow& row : rows)
      if (row.counted == counted) write_event(json, model, row);
    json.end_array();
  }
}

void write_pooled(JsonWriter& json, const ReportModel& model, const patterns::Summary& summary) {
  write_rate(json, "brief", summary.brief);
  write_rate(json, "limb", summary.limb);
  json.key("counted_by_class").begin_object();
  for (std::size_t i = 0; i < summary.counted_by_class.size(); ++i)
    json.field(klono::name_of(static_cast<EventClass>(i)), summary.counted_by_class[i]);
  json.end_object();
  write_limb_series(json, summary.limb_rules);
  write_rest(json, summary.rest, summary.near_sleep);
  json.key("trains").begin_array();
  for (const patterns::Train& train : summary.trains)
    json.begin_object().field("start_s", train.begin_s).field("end_s", train.end_s).field("members", train.members)
        .field("median_interval_s", train.median_interval_s).field("variation", train.variation).end_object();
  json.end_array();
  json.field("series", summary.series).field("longest_series", summary.longest_series);
  json.field("confirmed", summary.confirmed).field("rejected", summary.rejected);
  json.field("median_peak_g", size_of(model, summary.median_peak_g)).field("p90_peak_g", size_of(model, summary.p90_peak_g));
  json.field("median_duration_s", summary.median_duration_s).field("median_interval_s", summary.median_interval_s);
}

/// The parts of a guided test instead of figures of all together.
void write_blocks(JsonWriter& json, const ReportModel& model, const patterns::Summary& summary) {
  json.field("confirmed", summary.confirmed).field("rejected", summary.rejected);
  json.key("blocks").begin_array();
  for (const patterns::BlockSummary& block : patterns::summarise_blocks(model.analysis, model.decisions, model.blocks, model.segments)) {
    json.begin_object().field("block", task_name(block.task)).field("start_s", block.span.begin_s).field("end_s", block.span.end_s);
    json.field("recorded_s", block.length_s).field("analysable_s", block.analysable_s);
    write_rate(json, "brief", block.brief);
    json.field("median_peak_g", size_of(model, block.median_peak_g)).end_object();
  }
  json.end_array();
}

void write_patterns(JsonWriter& json, const ReportModel& model) {
  const patterns::Summary summary = patterns::summarise(model.analysis, model.decisions, model.sleep_marks);
  json.key("patterns").begin_object();
  json.key("not_counted_by_reason").begin_object();
  for (const patterns::ReasonCount& row : patterns::count_reasons(model.analysis)) json.field(klono::name_of(row.reason), row.count);
  json.end_object();
  model.blocks.empty() ? write_pooled(json, model, summary) : write_blocks(json, model, summary);
  json.end_object();
}

void write_program(JsonWriter& json, const ReportModel& model) {
  json.key("program").begin_object();
  json.field("name", "klonograph").field("version", model.program_version);
  json.field("detector_version", model.analysis.detector_version);
  json.key("settings").begin_object();
  for (const SettingRow& row : setting_rows(model.analysis.settings)) {
    json.key(row.key);
    row.is_number ? json.number(row.value) : json.value(std::string_view(row.value));
  }
  json.end_object().end_object();
}

}  // namespace

std::string analysis_json(const ReportModel& model) {
  JsonWriter json;
  json.begin_object();
  write_recording(json, model);
  write_events(json, model);
  write_patterns(json, model);
  if (model.emg) {
    json.key("emg");
    write_emg(json, *model.emg);
  }
  write_program(json, model);
  json.end_object();
  return json.text();
}

}  // namespace klono::report

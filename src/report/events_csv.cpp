#include <algorithm>
#include <array>
#include <limits>

#include "patterns/not_counted.hpp"
#include "report/event_rows.hpp"
#include "report/setting_rows.hpp"
#include "report/text.hpp"

namespace klono::report {
namespace {

std::string comments(const ReportModel& model) {
  const Analysis& analysis = model.analysis;
  std::string text = csv_comment("program", "klonograph " + model.program_version);
  text += csv_comment("detector_version", std::to_string(analysis.detector_version));
  text += csv_comment("file", model.file_name);
  text += csv_comment("format", model.format);
  text += csv_comment("start", iso_time(model.start, 0.0));
  text += csv_comment("duration_s", number_text(model.duration_s));
  text += csv_comment("rate_hz", number_text(model.rate_hz));
  text += csv_comment("analysable_s", number_text(analysis.analysable_s));
  text += csv_comment("analysable_share", number_text(patterns::analysable_share(analysis)));
  text += csv_comment("smallest_visible_g", model.amplitudes_valid ? number_text(analysis.smallest_visible_g) : "");
  text += csv_comment("expected_false", number_text(analysis.expected_false));
  for (const patterns::ReasonCount& row : patterns::count_reasons(analysis))
    text += csv_comment("not_counted." + std::string(klono::name_of(row.reason)), std::to_string(row.count));
  text += csv_comment("partial", model.partial ? "yes" : "no");
  for (const auto& [key, value] : reading_choices(model.reading)) text += csv_comment("reading." + key, value);
  for (const SettingRow& row : setting_rows(analysis.settings)) text += csv_comment("detector." + row.key, row.value);
  for (const Warning& warning : model.warnings) text += csv_comment("warning." + clean_text(warning.code), warning.message);
  return text;
}

constexpr std::string_view kColumns =
    "onset_s,onset_clock,end_s,peak_s,duration_s,peak_g,rise_s,dominant_hz,class,group,confidence,direction_x,direction_y,"
    "direction_z,floor_g,above_floor,tilt_change_deg,quiet_before_s,quiet_after_s,decision,counted,reason,block,found_by";

std::string line(const ReportModel& model, const EventRow& row) {
  const Event& event = *row.event;
  const double none = std::numeric_limits<double>::quiet_NaN();
  const auto size = [&](double g) { return number_text(model.amplitudes_valid ? g : none); };
  const std::array cells{
      number_text(event.onset_s), iso_time(model.start, event.onset_s), number_text(event.end_s), number_text(event.peak_s),
      number_text(event.duration_s), size(event.peak_g), number_text(event.rise_s), number_text(event.dominant_hz),
      std::string(klono::name_of(event.event_class)), row.group, number_text(event.confidence), number_text(event.direction[0]),
      number_text(event.direction[1]), number_text(event.direction[2]), size(event.floor_g), number_text(event.above_floor),
      number_text(model.analysis.tilt_checked ? event.tilt_change_deg : none), number_text(event.quiet_before_s),
      number_text(event.quiet_after_s), std::string(klono::name_of(row.decision)), std::string(row.counted ? "yes" : "no"),
      row.reason, std::string(row.block), std::string(found_by(event))};
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + csv_cell(cells[i]);
  return text.append(kCsvLineEnd);
}

}  // namespace

std::string events_csv(const ReportModel& model) {
  std::string text = comments(model);
  text.append(kColumns).append(kCsvLineEnd);
  for (const EventRow& row : event_rows(model)) text += line(model, row);
  return text;
}

}  // namespace klono::report

#include "engine/report_building.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "detection/stepwise_analysis.hpp"
#include "engine/drawing_data.hpp"
#include "report/emg_data.hpp"

namespace klono::engine {
namespace {

constexpr std::uint32_t kPageColumns = 1024;
constexpr std::size_t kExamples = 3;
constexpr double kBefore_s = 0.5;
constexpr double kAfter_s = 1.5;

Decision decision_of(const std::vector<Decision>& decisions, std::size_t index) {
  return index < decisions.size() ? decisions[index] : Decision::None;
}

double median_peak(const std::vector<Event>& events, const std::vector<std::size_t>& chosen) {
  std::vector<double> peaks;
  for (const std::size_t index : chosen) peaks.push_back(events[index].peak_g);
  const auto middle = peaks.begin() + static_cast<std::ptrdiff_t>(peaks.size() / 2);
  std::nth_element(peaks.begin(), middle, peaks.end());
  return *middle;
}

/// The half nearest in size to the median, of these the most certain, in order of time.
std::vector<std::size_t> typical_events(const std::vector<Event>& events, const std::vector<Decision>& decisions) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < events.size(); ++i)
    if (patterns::is_brief(events[i].event_class) && decision_of(decisions, i) != Decision::Rejected) chosen.push_back(i);
  if (chosen.empty()) return chosen;
  const double median = median_peak(events, chosen);
  const auto oddness = [&](std::size_t index) { return std::abs(std::log(std::max(events[index].peak_g, 1e-9) / median)); };
  std::ranges::sort(chosen, {}, [&](std::size_t index) { return std::pair(oddness(index), index); });
  chosen.resize(std::max(std::min(chosen.size(), kExamples), chosen.size() / 2));
  std::ranges::sort(chosen, {}, [&](std::size_t index) { return std::pair(-events[index].confidence, index); });
  chosen.resize(std::min(chosen.size(), kExamples));
  std::ranges::sort(chosen);
  return chosen;
}

struct FileKind {
  std::string_view name;
  std::string_view extension;
  std::string_view media_type;
  std::string (*make)(const report::ReportModel&);
};

FileKind kind_of(protocol::ExportKind kind) {
  switch (kind) {
    case protocol::ExportKind::EventsCsv: return {"events", "csv", "text/csv", report::events_csv};
    case protocol::ExportKind::AnalysisJson: return {"analysis", "json", "application/json", report::analysis_json};
    case protocol::ExportKind::SummaryHtml: break;
  }
  return {"summary", "html", "text/html", report::summary_html};
}

}  // namespace

report::ReportModel report_model_without_traces(const Recording& recording, Analysis analysis, const ReportSource& source) {
  report::ReportModel model;
  model.title = source.title.empty() ? source.file_name : source.title;
  model.file_name = source.file_name;
  model.format = recording.format;
  model.start = recording.start;
  model.context = source.context.empty() ? recording.context : source.context;
  model.duration_s = recording.duration_s();
  model.rate_hz = recording.rate_hz;
  for (const Channel* channel : movement_channels(recording))
    if (channel != nullptr) model.channel_names.push_back(channel->name);
  model.gaps = recording.gaps;
  model.segments = recording.segments;
  model.marks = recording.marks;
  model.blocks = recording.blocks;
  model.warnings = recording.warnings;
  model.has_gravity = recording.has_gravity;
  model.amplitudes_valid = recording.amplitudes_valid;
  model.partial = source.partial;
  model.reading = source.reading;
  model.analysis = std::move(analysis);
  model.decisions = source.decisions;
  model.sleep_marks = source.sleep_marks;
  model.program_version = source.program_version;
  return model;
}

report::ReportModel build_report_model(const Recording& recording, const MovementTrack& track, const Analysis& analysis,
                                       const ReportSource& source) {
  report::ReportModel model = report_model_without_traces(recording, analysis, source);
  model.overview_peak_g = track.peaks(recording, kPageColumns);
  for (const std::size_t index : typical_events(analysis.events, source.decisions)) {
    const double onset_s = analysis.events[index].onset_s;
    protocol::Waveform wave = waveform(recording, track, onset_s - kBefore_s, onset_s + kAfter_s);
    model.examples.push_back({index, wave.begin_s, wave.rate_hz, std::move(wave.axes)});
  }
  return model;
}

protocol::ExportReply export_file(const report::ReportModel& model, const protocol::ExportRequest& request) {
  FileKind kind = kind_of(request.kind);
  if (request.kind == protocol::ExportKind::EventsCsv && !model.has_movement()) kind = {"bursts", "csv", "text/csv", report::emg_csv};
  const std::string text = kind.make(model);
  return {request.request, request.recording, request.kind, report::suggested_file_name(model, kind.name, kind.extension),
          std::string(kind.media_type), {text.begin(), text.end()}};
}

}  // namespace klono::engine

#pragma once

#include <string>
#include <vector>

#include "detection/event.hpp"
#include "engine/movement_track.hpp"
#include "history/decision.hpp"
#include "history/sleep_mark.hpp"
#include "protocol/messages.hpp"
#include "report/report_model.hpp"
#include "signal/recording.hpp"

namespace klono::engine {

/// What the report says of the recording's origin and the person's part in it.
struct ReportSource {
  std::string title;      ///< the person's name for the recording, else the file's name
  std::string file_name;
  std::string context;    ///< where it was worn, as the person said; else what the recording itself tells
  std::string reading;    ///< a person's choices as "key=value" lines
  std::string program_version;
  bool partial = false;   ///< reading was stopped early
  std::vector<Decision> decisions;  ///< parallel to analysis.events; shorter means None
  std::vector<SleepMark> sleep_marks;  ///< sorted
};

/// A report model without pictures: all that tables and data files need.
report::ReportModel report_model_without_traces(const Recording& recording, Analysis analysis, const ReportSource& source);

/// Fills a report model from samples and events: overview of 1024 columns, and three example traces (the
/// most certain brief events of typical size, in order of time; rejected ones never). The same for
/// the page and the command line.
report::ReportModel build_report_model(const Recording& recording, const MovementTrack& track, const Analysis& analysis,
                                       const ReportSource& source);

/// The file that was asked for, named and typed; the table is one of bursts where there is nothing but EMG.
protocol::ExportReply export_file(const report::ReportModel& model, const protocol::ExportRequest& request);

}  // namespace klono::engine

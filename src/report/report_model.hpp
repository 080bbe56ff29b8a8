#pragma once
/// Module report: one model -> HTML, CSV, JSON. Allowed dependencies: patterns, history,
/// detection, signal, view, formats, base. Builds text only: no samples are touched here.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "detection/emg/emg_event.hpp"
#include "detection/event.hpp"
#include "history/decision.hpp"
#include "history/sleep_mark.hpp"
#include "patterns/summary.hpp"
#include "signal/recording.hpp"

namespace klono::report {

/// A short trace around one event: three axes with gravity removed, in g, evenly spaced.
struct ExampleTrace {
  std::size_t event = 0;  ///< index into analysis.events
  double begin_s = 0.0;
  double rate_hz = 0.0;
  std::array<std::vector<float>, 3> axes;
};

/// Everything a page, table or data file is made of.
struct ReportModel {
  std::string title;      ///< the person's name for the recording, else the file's name
  std::string file_name;
  std::string format;
  WallClock start;
  std::string context;    ///< where it was worn and what the person did: JSON of history/recording_context.hpp; may be empty
  double duration_s = 0.0;
  double rate_hz = 0.0;
  std::vector<std::string> channel_names;  ///< of movement
  std::vector<Gap> gaps;
  std::vector<Segment> segments;
  std::vector<OwnMark> marks;  ///< the person's own, made while recording
  std::vector<Block> blocks;   ///< of a guided test: its figures are told part by part, never together
  std::vector<Warning> warnings;
  bool has_gravity = true;
  bool amplitudes_valid = true;
  bool partial = false;   ///< reading was stopped early
  std::string reading;    ///< a person's choices as "key=value" lines
  Analysis analysis;
  std::vector<Decision> decisions;  ///< parallel to analysis.events; shorter means None
  std::vector<SleepMark> sleep_marks;  ///< the person's own, sorted
  std::vector<float> overview_peak_g;  ///< largest movement per column over [0, duration); NaN in gaps
  std::vector<ExampleTrace> examples;  ///< three at most
  std::optional<EmgAnalysis> emg;      ///< where the recording holds EMG
  std::string program_version;

  bool has_movement() const { return !channel_names.empty() || !emg; }  ///< false: EMG alone
};

/// One self-contained accessible HTML page, no script, no external resource: what a neurologist reads in a
/// minute. Prints on one or two sides.
std::string summary_html(const ReportModel& model);

/// The event table as CSV (RFC 4180, UTF-8, decimal point), one row an event, counted ones first,
/// after `#` lines that carry program, detector version and all settings.
std::string events_csv(const ReportModel& model);

/// The analysis as JSON: the object that `klonograph analyze --json` prints.
std::string analysis_json(const ReportModel& model);

/// "klonograph-2026-11-24-summary.html": from the recording's date where known, never from a name.
std::string suggested_file_name(const ReportModel& model, std::string_view kind, std::string_view extension);

}  // namespace klono::report

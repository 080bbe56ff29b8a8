#pragma once
/// The EMG analysis in files for programs.

#include "report/json_writer.hpp"
#include "report/report_model.hpp"

namespace klono::report {

/// The value of the key "emg" in the analysis' JSON: version, channels with all that was found, pairs of channels, settings. Sizes in
/// the unit the channel names.
void write_emg(JsonWriter& json, const EmgAnalysis& emg);

/// The bursts of all channels as CSV, one row a burst, counted ones first; for recordings that hold nothing but EMG.
std::string emg_csv(const ReportModel& model);

}  // namespace klono::report

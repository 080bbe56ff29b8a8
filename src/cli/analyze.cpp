#include <cmath>
#include <fstream>
#include <limits>
#include <optional>

#include "base/words.hpp"
#include "cli/commands.hpp"
#include "cli/emg_text.hpp"
#include "cli/inputs.hpp"
#include "cli/refusals.hpp"
#include "cli/threaded_analysis.hpp"
#include "engine/emg_start.hpp"
#include "engine/report_building.hpp"
#include "patterns/not_counted.hpp"
#include "report/emg_data.hpp"
#include "report/page_parts.hpp"
#include "report/report_model.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "view/run_words.hpp"

namespace klono::cli {
namespace {

Result<Recording> read(const std::string& path, const formats::ReadOptions& reading) {
  KLONO_TRY(Recording recording, read_recording_at(path, reading));
  KLONO_CHECK(engine::check_usable(recording));
  return recording;
}

std::string line(Word id, std::initializer_list<std::pair<std::string_view, std::string>> values) { return fill(id, values) + "\n"; }

/// What a person wants to know first, a line each.
std::string measured_text(const report::ReportModel& model, const patterns::Summary& summary) {
  std::string text = line(Word::cli_summary_brief, {{"count", std::to_string(summary.brief.count)}, {"rate", view::rate_words(summary.brief)},
                                                     {"interval", view::interval_words(summary.brief)}});
  if (summary.series > 0)
    text += line(Word::cli_summary_series, {{"count", std::to_string(summary.series)}, {"longest", std::to_string(summary.longest_series)}});
  if (summary.limb.count > 0)
    text += line(Word::cli_summary_limb, {{"count", std::to_string(summary.limb.count)}, {"rate", view::rate_words(summary.limb)},
                                          {"interval", view::interval_words(summary.limb)}});
  if (summary.limb.count >= 4)
    for (const patterns::LimbRuleFigures& figures : summary.limb_rules) text += view::limb_rule_sentence(figures) + "\n";
  for (const std::string& train : view::train_sentences(model.start, summary.trains)) text += train + "\n";
  for (const std::string& sentence : view::rest_sentences(model.start, model.analysis.rest, summary.near_sleep)) text += sentence + "\n";
  if (model.amplitudes_valid && std::isfinite(summary.median_peak_g) && summary.brief.count > 0)
    text += line(Word::cli_summary_size, {{"median", view::acceleration_words(summary.median_peak_g)},
                                          {"p90", view::acceleration_words(summary.p90_peak_g)}});
  return text;
}

/// The parts of a guided test, never together.
std::string parts_text(const report::ReportModel& model) {
  std::string text;
  for (const patterns::BlockSummary& block : patterns::summarise_blocks(model.analysis, model.decisions, model.blocks, model.segments))
    text += line(Word::cli_summary_block, {{"part", report::task_words(block.task)}, {"count", std::to_string(block.brief.count)},
                                           {"duration", view::duration_words(block.analysable_s)}, {"rate", view::rate_words(block.brief)},
                                           {"interval", view::interval_words(block.brief)}});
  return text;
}

std::string emg_summary_text(const report::ReportModel& model) {
  std::string text = line(Word::emg_cli_recording, {{"name", model.file_name}, {"format", model.format}, {"duration", view::duration_words(model.duration_s)},
                                                    {"rate", view::frequency_words(model.rate_hz)}});
  text += emg_text(*model.emg);
  for (const Warning& warning : model.warnings) text += line(Word::cli_summary_note, {{"text", warning.message}});
  return text + std::string(word(Word::cli_summary_describes)) + "\n";
}

std::string summary_text(const report::ReportModel& model) {
  if (!model.has_movement()) return emg_summary_text(model);
  const patterns::Summary summary = patterns::summarise(model.analysis, model.decisions);
  std::string text = line(Word::cli_summary_recording,
                          {{"name", model.file_name}, {"format", model.format}, {"duration", view::duration_words(model.duration_s)},
                           {"rate", view::frequency_words(model.rate_hz)}});
  text += line(Word::cli_summary_analysable, {{"duration", view::duration_words(model.analysis.analysable_s)},
                                              {"share", view::share_words(patterns::analysable_share(model.analysis))}});
  text += model.blocks.empty() ? measured_text(model, summary) : parts_text(model);
  if (model.emg) text += emg_text(*model.emg);
  if (const std::vector<patterns::ReasonCount> rows = patterns::count_reasons(model.analysis); !rows.empty())
    text += line(Word::cli_summary_not_counted, {{"count", std::to_string(model.analysis.not_counted.size())}, {"list", view::reason_counts_words(rows)}});
  if (model.analysis.expected_false > 0.0)
    text += line(Word::cli_summary_expected_false, {{"count", view::expected_words(model.analysis.expected_false)}});
  if (model.amplitudes_valid && model.analysis.smallest_visible_g > 0.0)
    text += line(Word::cli_summary_smallest, {{"size", view::acceleration_words(model.analysis.smallest_visible_g)}});
  for (const Warning& warning : model.warnings) text += line(Word::cli_summary_note, {{"text", warning.message}});
  return text + std::string(word(Word::cli_summary_describes)) + "\n";
}

/// Into the file that was named, else to standard output.
Status deliver(Outcome& outcome, const std::string& path, const std::string& text) {
  if (path.empty()) {
    outcome.output += text;
    return Done{};
  }
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) return cannot_write(path);
  outcome.notes += line(Word::cli_report_written, {{"name", path}});
  return Done{};
}

/// Traces take a second pass of filtering and are on the page only.
report::ReportModel model_of(const Recording& recording, const DetectorSettings& settings, const engine::ReportSource& source, bool with_traces) {
  if (!with_traces) return engine::report_model_without_traces(recording, analyse_on_threads(recording, settings), source);
  const auto [analysis, track] = engine::analyse_with_movement(recording, settings);
  return engine::build_report_model(recording, track, analysis, source);
}

void add_emg(report::ReportModel& model, const Recording& recording, const EmgSettings& settings) {
  std::optional<StepwiseEmg> emg = engine::start_emg(recording, settings, model.warnings);
  if (!emg) return;
  while (emg->step(std::numeric_limits<std::int64_t>::max())) {
  }
  model.emg = emg->finish();
}

}  // namespace

Result<Outcome> run_analyze(const std::vector<std::string>& words, std::string_view program_version) {
  OptionList known = reading_options();
  known.merge(detector_options());
  known.insert({{"--json", false}, {"--csv", false}, {"--report", true}, {"--print-settings", false}});
  KLONO_TRY(const Arguments arguments, Arguments::parse("analyze", words, known));
  KLONO_TRY(Choices choices, choices_from(arguments));
  if (arguments.has("--print-settings")) return Outcome{settings_text(choices), ""};
  if (arguments.files().size() != 1) return Error{ErrorCode::BadSetting, fill(Word::cli_usage_one_file, {{"command", "analyze"}})};
  if (arguments.value("--json") == "" && arguments.value("--csv") == "")
    return Error{ErrorCode::BadSetting, std::string(word(Word::batch_usage_mixed_output))};
  const std::string& path = arguments.files().front();
  KLONO_TRY(const Recording recording, read(path, choices.reading));
  engine::ReportSource source;
  source.title = source.file_name = base_name(path);
  source.context = choices.context;
  source.reading = formats::lines_of(choices.reading);
  source.program_version = program_version;
  report::ReportModel model = model_of(recording, choices.detector, source, arguments.has("--report"));
  add_emg(model, recording, choices.emg);

  Outcome outcome;
  if (const auto page = arguments.value("--report")) KLONO_CHECK(deliver(outcome, *page, report::summary_html(model)));
  if (arguments.has("--json")) KLONO_CHECK(deliver(outcome, *arguments.value("--json"), report::analysis_json(model) + "\n"));
  if (arguments.has("--csv")) KLONO_CHECK(deliver(outcome, *arguments.value("--csv"), model.has_movement() ? report::events_csv(model) : report::emg_csv(model)));
  if (outcome.output.empty() && outcome.notes.empty()) outcome.output = summary_text(model);
  return outcome;
}

}  // namespace klono::cli

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "patterns/not_counted.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "view/run_words.hpp"
#include "workspace/record_words.hpp"
#include "workspace/screens.hpp"

namespace klono::workspace {
namespace {

std::string rate_sentence(const Entry& entry) {
  const patterns::Rate& rate = entry.summary.brief;
  if (rate.hours <= 0.0) return text(Word::app_review_nothing_analysable);
  return fill(rate.count > 0 ? Word::app_review_rate_sentence : Word::app_review_none_found,
              {{"count", event_count(rate.count)},
               {"hours", hours_words(rate.hours)},
               {"rate", view::rate_words(rate)},
               {"interval", view::interval_words(rate)}});
}

/// "EMG: TIB L, TIB R at 1000 readings a second".
std::string emg_sentence(const EmgAnalysis& emg) {
  std::string names;
  for (const EmgChannelAnalysis& channel : emg.channels) names += (names.empty() ? "" : ", ") + channel.name;
  return fill(Word::emg_review_made_of, {{"names", names}, {"rate", emg.channels.empty() ? std::string() : figure_words(emg.channels.front().rate_hz)}});
}

/// How many stretches of one reason, and how long together.
struct Stretches {
  std::int64_t count = 0;
  double total_s = 0.0;

  void add(double length_s) {
    ++count;
    total_s += length_s;
  }
};

}  // namespace

std::vector<Section> review_sections(const Workspace& workspace, const Entry& entry) {
  std::vector<Section> sections;
  if (entry.has_movement())
    sections = {entry.guided() ? parts_section(entry) : found_section(entry), selected_section(workspace, entry), events_section(workspace, entry),
                limits_section(entry), not_analysable_section(entry), not_counted_section(entry)};
  if (entry.looked_at) sections.push_back(looked_at_section(workspace, entry));
  if (entry.data.emg)
    for (Section& section : std::vector<Section>{emg_found_section(entry), emg_selected_section(entry), emg_list_section(workspace, entry),
                                                 emg_not_analysable_section(entry), emg_not_counted_section(entry)})
      sections.push_back(std::move(section));
  if (!entry.guided()) sections.push_back(sleep_section(entry));
  sections.push_back(recording_section(entry));
  sections.push_back(view_section(workspace, entry));
  sections.push_back(export_section(true));
  return sections;
}

Section found_section(const Entry& entry) {
  const patterns::Summary& summary = entry.summary;
  const bool sizes = entry.data.info.amplitudes_valid;
  Section section;
  section.heading = text(Word::app_review_found);
  auto& lines = section.paragraphs;
  if (entry.analysing_again) lines.push_back(text(Word::app_review_again));
  lines.push_back(rate_sentence(entry));
  if (summary.limb.count > 0)
    lines.push_back(fill(Word::app_review_limb_sentence, {{"count", std::to_string(summary.limb.count)},
                                                          {"rate", view::rate_words(summary.limb)},
                                                          {"interval", view::interval_words(summary.limb)}}));
  // Fewer make no run by either rule.
  if (summary.limb.count >= 4) {
    for (const patterns::LimbRuleFigures& figures : summary.limb_rules) lines.push_back(view::limb_rule_sentence(figures));
    lines.push_back(text(Word::runs_limb_note));
  }
  for (std::string& train : view::train_sentences(entry.data.info.start, summary.trains)) lines.push_back(std::move(train));
  if (summary.series > 0)
    lines.push_back(fill(Word::app_review_series_sentence,
                         {{"series", view::count_words(summary.series, word(Word::app_common_series_one),
                                                       word(Word::app_common_series_many))},
                          {"members", std::to_string(summary.longest_series)}}));
  else if (summary.brief.count > 1)
    lines.push_back(text(Word::app_review_no_series));
  if (sizes && std::isfinite(summary.median_peak_g) && summary.brief.count > 0)
    lines.push_back(fill(Word::app_review_size_sentence, {{"median", view::acceleration_words(summary.median_peak_g)},
                                                          {"p90", view::acceleration_words(summary.p90_peak_g)}}));
  if (std::isfinite(summary.median_duration_s) && summary.brief.count > 0)
    lines.push_back(
        fill(Word::app_review_length_sentence, {{"length", view::length_words(summary.median_duration_s)}}));
  if (std::isfinite(summary.median_interval_s))
    lines.push_back(
        fill(Word::app_review_spacing_sentence, {{"interval", view::duration_words(summary.median_interval_s)}}));
  if (!entry.sleep_marks.empty()) lines.push_back(fill(Word::sleep_own_sentence, {{"list", view::sleep_marks_value(entry.data.info.start, entry.sleep_marks)}}));
  for (std::string& line : view::rest_sentences(entry.data.info.start, summary.rest, summary.near_sleep)) lines.push_back(std::move(line));
  const std::size_t open = entry.to_review();
  if (!entry.data.analysis.events.empty())
    lines.push_back(fill(open == 0 ? Word::app_review_all_reviewed_sentence : Word::app_review_reviewed_sentence,
                         {{"confirmed", std::to_string(summary.confirmed)},
                          {"rejected", std::to_string(summary.rejected)},
                          {"open", std::to_string(open)}}));
  return section;
}

Section parts_section(const Entry& entry) {
  Section section;
  section.heading = text(Word::app_review_found);
  if (entry.analysing_again) section.paragraphs.push_back(text(Word::app_review_again));
  for (const patterns::BlockSummary& part : entry.parts)
    section.paragraphs.push_back(fill(Word::record_part_result, {{"part", text(name_word(part.task))},
                                                                 {"events", event_count(part.brief.count)},
                                                                 {"length", view::duration_words(part.analysable_s)}}));
  section.paragraphs.push_back(text(Word::record_guided_apart));
  return section;
}

Section recording_section(const Entry& entry) {
  const protocol::RecordingInfo& info = entry.data.info;
  Section section;
  section.heading = text(Word::app_review_recording);
  auto& lines = section.paragraphs;
  if (entry.example) lines.push_back(text(Word::app_review_example_line));
  const std::string date = view::date_words(info.start);
  lines.push_back(
      date.empty() ? text(Word::app_review_when_unknown)
                   : fill(Word::app_review_when, {{"date", date},
                                                  {"from", view::clock_words(info.start, 0.0, false)},
                                                  {"until", view::clock_words(info.start, info.duration_s, false)}}));
  lines.push_back(fill(Word::app_review_made_of, {{"format", info.format},
                                                  {"rate", figure_words(info.rate_hz)},
                                                  {"length", view::duration_words(info.duration_s)}}));
  if (entry.data.emg && info.has_movement) lines.push_back(emg_sentence(*entry.data.emg));
  if (info.partial)
    lines.push_back(fill(Word::app_review_partial, {{"length", view::duration_words(info.duration_s)}}));
  for (const Warning& warning : info.warnings) lines.push_back(warning.message);
  return section;
}

Section limits_section(const Entry& entry) {
  const Analysis& analysis = entry.data.analysis;
  const protocol::RecordingInfo& info = entry.data.info;
  Section section;
  section.heading = text(Word::app_review_limits);
  auto& lines = section.paragraphs;
  if (!info.amplitudes_valid)
    lines.push_back(text(Word::app_review_no_sizes));
  else if (analysis.smallest_visible_g > 0.0)
    lines.push_back(
        fill(Word::app_review_smallest_visible, {{"size", view::acceleration_words(analysis.smallest_visible_g)}}));
  else
    lines.push_back(text(Word::app_review_smallest_unknown));
  if (analysis.expected_false > 0.0) lines.push_back(fill(Word::app_review_expected_false, {{"count", view::expected_words(analysis.expected_false)}}));
  if (info.amplitudes_valid && analysis.step_g > 0.0)
    lines.push_back(fill(Word::app_review_step, {{"step", view::acceleration_words(analysis.step_g)}}));
  lines.push_back(text(analysis.settings.gate ? Word::app_review_rest_only : Word::app_review_gate_off));
  if (!info.has_gravity || !analysis.tilt_checked) lines.push_back(text(Word::app_review_no_gravity));
  return section;
}

Section not_analysable_section(const Entry& entry) {
  const Analysis& analysis = entry.data.analysis;
  std::map<std::string, Stretches> by_reason;
  double total_s = 0.0;
  for (const Mask& mask : analysis.masks) {
    by_reason[view::reason_words(mask.reason)].add(mask.span.length_s());
    total_s += mask.span.length_s();
  }
  for (const Gap& gap : entry.data.info.gaps) {
    by_reason[view::gap_words(gap.reason)].add(gap.span.length_s());
    total_s += gap.span.length_s();
  }
  std::vector<std::pair<std::string, Stretches>> rows(by_reason.begin(), by_reason.end());
  std::ranges::sort(rows, {}, [](const auto& row) { return std::pair(-row.second.total_s, row.first); });

  Section section;
  section.heading = text(Word::app_review_not_analysable);
  if (rows.empty()) {
    section.paragraphs = {text(Word::app_review_all_analysable)};
    return section;
  }
  section.paragraphs = {
      fill(Word::app_review_not_analysable_sentence,
           {{"total", view::duration_words(total_s)}, {"length", view::duration_words(entry.data.info.duration_s)},
            {"share", view::share_words(patterns::analysable_share(analysis))}})};
  Table table;
  table.caption = text(Word::app_review_not_analysable_caption);
  table.columns = {text(Word::app_review_column_reason), text(Word::app_review_column_stretches),
                   text(Word::app_review_column_total)};
  for (const auto& [reason, stretches] : rows)
    table.rows.push_back(
        {reason, {reason, std::to_string(stretches.count), view::duration_words(stretches.total_s)}, {}, false});
  section.tables.push_back(std::move(table));
  return section;
}

}  // namespace klono::workspace

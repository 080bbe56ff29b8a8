#include <algorithm>
#include <cmath>
#include <map>

#include "patterns/not_counted.hpp"
#include "patterns/summary.hpp"
#include "report/page_parts.hpp"
#include "report/page_style.hpp"  // generated from page.css and assets/tokens.json
#include "report/setting_rows.hpp"
#include "report/text.hpp"
#include "view/placement_words.hpp"
#include "view/plain_words.hpp"
#include "view/rest_words.hpp"
#include "view/run_words.hpp"

namespace klono::report {
namespace {

using patterns::Summary;

/// Text of the file, kept from changing the direction of what surrounds it.
std::string from_file(std::string_view text) { return element("bdi", html_escaped(text)); }

std::string event_count(std::int64_t count) {
  return view::count_words(count, word(Word::report_key_event), word(Word::report_key_events));
}

std::string page_title(const ReportModel& model) {
  const std::string date = view::date_words(model.start);
  if (!model.has_movement()) return date.empty() ? page_word(Word::emg_page_title) : page_fill(Word::emg_page_title_dated, {{"date", date}});
  return date.empty() ? page_word(Word::report_title) : page_fill(Word::report_title_dated, {{"date", date}});
}

std::string top() {
  const std::string sign =
      "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"11\"/>"
      "<path d=\"M2.5 12.5H8l1.8-5.5 3 11 2.4-8 1.2 2.5h5.1\"/></svg>";
  return element("header", element("div class=\"top\"", element("div class=\"brand\"", sign + element("span", page_word(Word::report_product))) +
                                                            element("div", page_word(Word::report_describes))));
}

/// "Left ankle, strapped, sleeping"; empty where nobody said.
std::string worn_words(const ReportModel& model) {
  const history::RecordingContext context = history::context_from_json(model.context);
  const std::string activity = view::activity_words(context);
  if (!context.placement) return activity;
  return view::place_and_fixing_words(context) + (activity.empty() ? "" : ", " + activity);
}

std::string recorded_line(const ReportModel& model) {
  const std::string length = view::duration_words(model.duration_s);
  std::string line = page_word(Word::report_sub_recording) + " " + from_file(model.title.empty() ? model.file_name : model.title) + ", ";
  line += model.start.basis == ClockBasis::None
              ? page_fill(Word::report_sub_when_unknown, {{"length", length}})
              : page_fill(Word::report_sub_when, {{"from", view::clock_words(model.start, 0.0, false)},
                                                  {"until", view::clock_words(model.start, model.duration_s, false)},
                                                  {"length", length}});
  line += " " + page_fill(Word::report_sub_rate, {{"n", view::figure_words(model.rate_hz)}});
  if (const std::string worn = worn_words(model); !worn.empty()) line += " " + page_fill(Word::report_sub_where, {{"what", worn}});
  if (model.partial) line += " " + page_fill(Word::report_sub_partial, {{"length", length}});
  return element("p class=\"sub\"", line);
}

std::string found_sentence(const ReportModel& model, const Summary& summary) {
  if (!(summary.brief.hours > 0.0)) return page_word(Word::report_key_nothing_analysable);
  return page_fill(summary.brief.count > 0 ? Word::report_key_found : Word::report_key_none,
                   {{"events", event_count(summary.brief.count)},
                    {"hours", view::duration_words(model.analysis.analysable_s)},
                    {"total", view::duration_words(model.duration_s)}});
}

std::string reviewed_sentence(const ReportModel& model, const Summary& summary) {
  const auto total = static_cast<std::int64_t>(model.analysis.events.size());
  if (total == 0) return {};
  if (summary.confirmed + summary.rejected == 0) return " " + page_word(Word::report_key_not_reviewed);
  return " " + page_fill(Word::report_key_reviewed, {{"confirmed", std::to_string(summary.confirmed)},
                                                     {"rejected", std::to_string(summary.rejected)},
                                                     {"open", std::to_string(total - summary.confirmed - summary.rejected)}});
}

/// The one figure with its sentence: what a reader takes away in ten seconds.
std::string key_section(const ReportModel& model, const Summary& summary) {
  const bool has_rate = summary.brief.hours > 0.0;
  const std::string figure = has_rate ? element("div class=\"figure\"", html_escaped(view::figure_words(summary.brief.per_hour)))
                                      : element("div class=\"figure words\"", page_word(Word::report_key_no_rate));
  std::string words;
  if (has_rate)
    words = element("p", element("strong", page_word(Word::report_key_unit)) + " (" + html_escaped(view::interval_words(summary.brief)) + ")");
  words += element("p", found_sentence(model, summary) + reviewed_sentence(model, summary));
  if (!model.analysis.settings.gate) words += element("p", page_word(Word::report_key_gate_off));
  return element("section class=\"key\" aria-label=\"" + page_word(Word::report_key_heading) + "\"", figure + element("div", words));
}

std::string definition(Word term, const std::string& escaped) { return element("dt", page_word(term)) + element("dd", escaped); }

std::string series_words(const Summary& summary) {
  if (summary.series == 0) return page_word(Word::report_figures_series_none);
  return page_fill(Word::report_figures_series_value,
                   {{"series", view::count_words(summary.series, word(Word::report_figures_series_one), word(Word::report_figures_series_many))},
                    {"members", std::to_string(summary.longest_series)}});
}

std::string size_words(const ReportModel& model, const Summary& summary) {
  if (!model.amplitudes_valid) return page_word(Word::report_figures_size_unknown);
  if (!std::isfinite(summary.median_peak_g)) return page_word(Word::report_figures_none);
  return page_fill(Word::report_figures_size_value, {{"median", view::acceleration_words(summary.median_peak_g)},
                                                     {"p90", view::acceleration_words(summary.p90_peak_g)}});
}

std::string limb_words(const Summary& summary) {
  if (summary.limb.count == 0) return page_word(Word::report_figures_limb_none);
  return page_fill(Word::report_figures_limb_value, {{"count", std::to_string(summary.limb.count)},
                                                     {"rate", view::rate_words(summary.limb)},
                                                     {"interval", view::interval_words(summary.limb)}});
}

std::string figures_section(const ReportModel& model, const Summary& summary) {
  const auto measured = [](double value, std::string words) {
    return std::isfinite(value) ? html_escaped(words) : page_word(Word::report_figures_none);
  };
  std::string list;
  std::string note;
  list += definition(Word::report_figures_rate,
                     page_fill(Word::report_figures_rate_in, {{"count", std::to_string(summary.brief.count)},
                                                              {"hours", view::duration_words(model.analysis.analysable_s)}}));
  list += definition(Word::report_figures_analysable,
                     page_fill(Word::report_figures_analysable_value, {{"hours", view::duration_words(model.analysis.analysable_s)},
                                                                       {"total", view::duration_words(model.analysis.recorded_s)},
                                                                       {"share", view::share_words(patterns::analysable_share(model.analysis))}}));
  list += definition(Word::report_figures_kinds,
                     page_fill(Word::report_figures_kinds_value, {{"twitch", std::to_string(summary.counted_by_class[0])},
                                                                  {"burst", std::to_string(summary.counted_by_class[1])},
                                                                  {"rhythmic", std::to_string(summary.counted_by_class[2])}}));
  list += definition(Word::report_figures_series, series_words(summary));
  list += definition(Word::report_figures_size, size_words(model, summary));
  list += definition(Word::report_figures_length, measured(summary.median_duration_s, view::length_words(summary.median_duration_s)));
  list += definition(Word::report_figures_interval, measured(summary.median_interval_s, view::duration_words(summary.median_interval_s)));
  list += definition(Word::report_figures_limb, limb_words(summary));
  // Fewer make no run by either rule.
  if (summary.limb.count >= 4) {
    for (const patterns::LimbRuleFigures& figures : summary.limb_rules) list += definition(Word::runs_limb_heading, html_escaped(view::limb_rule_value(figures)));
    note = element("p class=\"caption\"", page_word(Word::runs_limb_note));
  }
  if (!model.sleep_marks.empty()) list += definition(Word::sleep_own_term, html_escaped(view::sleep_marks_value(model.start, model.sleep_marks)));
  if (!model.analysis.rest.long_rests.empty()) list += definition(Word::sleep_term, html_escaped(view::long_rest_value(model.analysis.rest)));
  for (const patterns::NearSleep& near : summary.near_sleep)
    list += definition(Word::sleep_term_near, html_escaped(view::near_sleep_value(model.start, near)));
  for (const std::string& train : view::train_values(model.start, summary.trains)) list += definition(Word::runs_train_heading, html_escaped(train));
  return element("section", element("h2", page_word(Word::report_figures_heading)) + element("dl class=\"figures\"", list) + note);
}

/// How many stretches of one reason, and how long together.
struct Stretches {
  std::string reason;
  std::int64_t count = 0;
  double total_s = 0.0;
};

std::vector<Stretches> by_reason(const ReportModel& model) {
  std::map<std::string, Stretches> found;
  const auto add = [&](std::string reason, double length_s) {
    Stretches& entry = found[reason];
    entry.reason = std::move(reason);
    ++entry.count;
    entry.total_s += length_s;
  };
  for (const Mask& mask : model.analysis.masks) add(view::reason_words(mask.reason), mask.span.length_s());
  for (const Gap& gap : model.gaps) add(view::gap_words(gap.reason), gap.span.length_s());
  std::vector<Stretches> rows;
  for (auto& [reason, entry] : found) rows.push_back(std::move(entry));
  std::sort(rows.begin(), rows.end(), [](const Stretches& a, const Stretches& b) {
    return a.total_s != b.total_s ? a.total_s > b.total_s : a.reason < b.reason;
  });
  return rows;
}

std::string not_counted_line(const ReportModel& model) {
  const std::vector<patterns::ReasonCount> rows = patterns::count_reasons(model.analysis);
  if (rows.empty()) return {};
  return element("p class=\"caption\"", page_fill(Word::report_masked_not_counted, {{"list", view::reason_counts_words(rows)}}));
}

std::string not_analysed_section(const ReportModel& model) {
  const std::vector<Stretches> rows = by_reason(model);
  std::string text = element("h2", page_word(Word::report_masked_heading));
  if (rows.empty()) return element("section", text + element("p", page_word(Word::report_masked_all)) + not_counted_line(model));
  std::string body;
  for (const Stretches& row : rows)
    body += element("tr", element("th scope=\"row\"", html_escaped(row.reason)) + element("td class=\"n\"", std::to_string(row.count)) +
                              element("td class=\"n\"", html_escaped(view::duration_words(row.total_s))));
  const std::string head = element("thead", element("tr", element("th scope=\"col\"", page_word(Word::report_masked_reason)) +
                                                              element("th scope=\"col\" class=\"n\"", page_word(Word::report_masked_stretches)) +
                                                              element("th scope=\"col\" class=\"n\"", page_word(Word::report_masked_total))));
  text += element("table class=\"plain\"", element("caption class=\"quiet\"", page_word(Word::report_masked_caption)) + head + element("tbody", body));
  return element("section", text + not_counted_line(model));
}

std::string item(std::string_view escaped) { return element("li", escaped); }

std::string limits_section(const ReportModel& model) {
  const Analysis& analysis = model.analysis;
  std::string list;
  if (!model.amplitudes_valid) {
    list += item(page_word(Word::report_limits_no_sizes));
  } else if (analysis.smallest_visible_g > 0.0) {
    list += item(page_fill(Word::report_limits_smallest, {{"size", view::acceleration_words(analysis.smallest_visible_g)}}));
  } else {
    list += item(page_word(Word::report_limits_smallest_unknown));
  }
  if (analysis.expected_false > 0.0) list += item(page_fill(Word::report_limits_expected_false, {{"count", view::expected_words(analysis.expected_false)}}));
  if (model.amplitudes_valid && analysis.step_g > 0.0)
    list += item(page_fill(Word::report_limits_step, {{"step", view::acceleration_words(analysis.step_g)}}));
  list += item(page_word(Word::report_limits_small));
  list += item(page_word(!analysis.settings.gate      ? Word::report_limits_rest_off
                         : model.blocks.empty() ? Word::report_limits_rest
                                                : Word::report_limits_rest_parts));
  if (!model.has_gravity || !analysis.tilt_checked) list += item(page_word(Word::report_limits_no_gravity));
  list += item(page_word(Word::report_limits_kind)) + item(page_word(Word::report_limits_diagnosis));
  return element("section class=\"limits\"", element("h2", page_word(Word::report_limits_heading)) + element("ul", list));
}

/// Fixed text, the same on every page: never moved by a result.
std::string help_section() {
  std::string list;
  for (const Word flag : {Word::app_help_flag_mind, Word::app_help_flag_fever, Word::app_help_flag_medicine, Word::app_help_flag_seizure,
                          Word::app_help_flag_sudden, Word::app_help_flag_injury, Word::app_help_flag_fall, Word::app_help_flag_eyes})
    list += item(page_word(flag));
  return element("section class=\"help\"", element("h2", page_word(Word::app_help_at_once)) +
                                               element("p", page_word(Word::app_help_at_once_lead) + " " + page_word(Word::app_help_at_once_call)) +
                                               element("ul", list) +
                                               element("p", page_word(Word::app_help_at_once_prompt) + " " + page_word(Word::app_help_at_once_medicine)));
}

std::string origin_list(const ReportModel& model) {
  std::string list = definition(Word::report_method_file, from_file(model.file_name)) + definition(Word::report_method_format, from_file(model.format));
  std::string channels;
  for (const std::string& name : model.channel_names) channels += (channels.empty() ? "" : ", ") + name;
  list += definition(Word::report_method_channels, from_file(channels));
  if (model.amplitudes_valid && model.analysis.noise_floor_g > 0.0)
    list += definition(Word::report_method_floor, html_escaped(view::acceleration_words(model.analysis.noise_floor_g)));
  std::string choices;
  for (const auto& [key, value] : reading_choices(model.reading)) choices += (choices.empty() ? "" : ", ") + key + " " + value;
  if (!choices.empty()) list += definition(Word::report_method_reading, from_file(choices));
  return element("dl class=\"figures\"", list);
}

std::string warnings_list(const ReportModel& model) {
  if (model.warnings.empty()) return {};
  std::string list;
  for (const Warning& warning : model.warnings) list += item(from_file(warning.message));
  return element("h3", page_word(Word::report_method_warnings)) + element("ul", list);
}

std::string settings_table(const ReportModel& model) {
  std::string body;
  for (const SettingRow& row : setting_rows(model.analysis.settings))
    body += element("tr", element("th scope=\"row\"", html_escaped(row.key)) +
                              element("td", html_escaped(row.value + (row.unit.empty() ? "" : " " + row.unit))) +
                              element("td", html_escaped(row.source)));
  std::string head;
  for (const Word name : {Word::report_method_setting, Word::report_method_value, Word::report_method_source})
    head += element("th scope=\"col\"", page_word(name));
  return element("div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"" + page_word(Word::report_method_settings_caption) + "\"",
                 element("table class=\"settings\"", element("caption", page_word(Word::report_method_settings_caption)) +
                                                         element("thead", element("tr", head)) + element("tbody", body)));
}

std::string program_words(const ReportModel& model, Word id) {
  return page_fill(id, {{"version", model.program_version}, {"detector", std::to_string(model.analysis.detector_version)}});
}

std::string method_section(const ReportModel& model) {
  return element("section class=\"method\"", element("h2", page_word(Word::report_method_heading)) + origin_list(model) + warnings_list(model) +
                                                 settings_table(model));
}

std::string head(const ReportModel& model) {
  std::string text = "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  // Whatever a file may hold: this page runs nothing and loads nothing.
  text += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";
  text += element("title", page_title(model)) + "\n" + element("style", std::string(kPageColours) + std::string(kPageStyle));
  return element("head", text);
}

/// One hatch for all drawings of the page; lines at 45 degrees.
std::string shared_hatch() {
  return "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\"><defs><pattern id=\"hatch\" width=\"6\" height=\"6\" "
         "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path class=\"hatch-line\" d=\"M0 0V6\"/></pattern></defs></svg>";
}

/// One rate and what lies behind it.
std::string measured_sections(const ReportModel& model, const Summary& summary) {
  return key_section(model, summary) + "\n" + strip_section(model) + "\n" +
         element("div class=\"pair\"", figures_section(model, summary) + not_analysed_section(model)) + "\n" + chart_sections(model) + "\n";
}

/// A guided test: part by part, and no figure of all parts together.
std::string guided_sections(const ReportModel& model) {
  return blocks_section(model) + "\n" + strip_section(model) + "\n" + not_analysed_section(model) + "\n";
}

/// All of the page but its head and foot, where there is acceleration; EMG stands beside it.
std::string movement_sections(const ReportModel& model) {
  const Summary summary = patterns::summarise(model.analysis, model.decisions, model.sleep_marks);
  std::string text = model.blocks.empty() ? measured_sections(model, summary) : guided_sections(model);
  text += emg_section(model) + "\n" + marks_section(model) + "\n" + examples_section(model) + "\n";
  text += element("div class=\"pair\"", limits_section(model) + help_section()) + "\n";
  return text + events_section(model) + "\n" + method_section(model) + "\n";
}

}  // namespace

std::string summary_html(const ReportModel& model) {
  std::string content = element("h1", page_title(model)) + recorded_line(model);
  content += model.has_movement() ? movement_sections(model) : emg_section(model) + "\n" + help_section() + "\n";
  const std::string page = top() + element("main", content) + element("footer", program_words(model, Word::report_foot));
  return "<!DOCTYPE html>\n" + element("html lang=\"en\" data-theme=\"light\"",
                                       "\n" + head(model) + "\n" + element("body", shared_hatch() + element("div class=\"page\"", page)) + "\n") +
         "\n";
}

}  // namespace klono::report

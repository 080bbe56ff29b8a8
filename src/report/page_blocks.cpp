#include <cmath>

#include "patterns/summary.hpp"
#include "report/event_rows.hpp"
#include "report/page_parts.hpp"
#include "report/text.hpp"
#include "view/plain_words.hpp"

namespace klono::report {
namespace {

constexpr std::size_t kMarksListed = 20;  // chosen: two lines; the analysis file holds all

std::string number_cell(const std::string& escaped) { return element("td class=\"n\"", escaped); }

std::string rate_cell(const patterns::Rate& rate) {
  if (!(rate.hours > 0.0)) return element("td", page_word(Word::report_blocks_rate_none));
  return element("td", page_fill(Word::report_blocks_rate_value, {{"rate", view::rate_words(rate)}, {"interval", view::interval_words(rate)}}));
}

std::string block_row(const ReportModel& model, const patterns::BlockSummary& block) {
  std::string cells = element("th scope=\"row\"", html_escaped(task_words(block.task)));
  cells += number_cell(html_escaped(view::duration_words(block.length_s)));
  cells += number_cell(html_escaped(view::duration_words(block.analysable_s)));
  cells += number_cell(std::to_string(block.brief.count)) + rate_cell(block.brief);
  if (model.amplitudes_valid)
    cells += number_cell(std::isfinite(block.median_peak_g) ? html_escaped(view::acceleration_words(block.median_peak_g))
                                                            : page_word(Word::report_figures_none));
  return element("tr", cells);
}

std::string head_row(const ReportModel& model) {
  const auto cell = [](Word name, bool number) {
    return element(number ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"", page_word(name));
  };
  std::string cells = cell(Word::report_blocks_part, false) + cell(Word::report_blocks_length, true) + cell(Word::report_blocks_analysable, true) +
                      cell(Word::report_blocks_events, true) + cell(Word::report_blocks_rate, false);
  if (model.amplitudes_valid) cells += cell(Word::report_blocks_size, true);
  return element("thead", element("tr", cells));
}

}  // namespace

std::string blocks_section(const ReportModel& model) {
  std::string body;
  for (const patterns::BlockSummary& block : patterns::summarise_blocks(model.analysis, model.decisions, model.blocks, model.segments))
    body += block_row(model, block) + "\n";
  const std::string table = element("table class=\"blocks\"", element("caption", page_word(Word::report_blocks_caption)) + head_row(model) +
                                                                  element("tbody", body));
  std::string note;
  if (model.analysis.settings.gate) note = page_word(Word::report_blocks_note_rest) + " ";
  note += page_word(Word::report_blocks_note_action) + " " + page_word(Word::report_blocks_note_short);
  return element("section", element("h2", page_word(Word::report_blocks_heading)) +
                                element("div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"" + page_word(Word::report_blocks_heading) + "\"", table) +
                                element("p class=\"caption\"", note));
}

std::string marks_section(const ReportModel& model) {
  if (model.marks.empty()) return {};
  std::string list;
  for (std::size_t i = 0; i < std::min(model.marks.size(), kMarksListed); ++i) {
    const OwnMark& mark = model.marks[i];
    if (i > 0) list += std::string(word(Word::report_masked_list_comma)) + " ";
    list += fill(mark.strength >= 0 ? Word::report_marks_item_strength : Word::report_marks_item,
                 {{"time", view::clock_words(model.start, mark.at_s, true)}, {"strength", std::to_string(mark.strength)}});
  }
  if (model.marks.size() > kMarksListed)
    list += " " + fill(Word::report_marks_more, {{"n", std::to_string(model.marks.size() - kMarksListed)}});
  const std::string count = view::count_words(static_cast<std::int64_t>(model.marks.size()), word(Word::report_marks_one), word(Word::report_marks_many));
  return element("section", element("h2", page_word(Word::report_marks_heading)) +
                                element("p", page_fill(Word::report_marks_count, {{"marks", count}, {"list", list}})) +
                                element("p class=\"caption\"", page_fill(Word::report_marks_note, {{"window", view::duration_words(kMarkWindow_s)}})));
}

}  // namespace klono::report

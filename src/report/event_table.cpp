#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "patterns/summary.hpp"
#include "report/event_rows.hpp"
#include "report/page_parts.hpp"
#include "report/text.hpp"
#include "view/plain_words.hpp"

namespace klono::report {
namespace {

constexpr std::size_t kRowsShown = 200;    // also in print
constexpr std::size_t kRowsFolded = 2000;  // on a screen, behind one line; chosen: 1 MB of page

/// Indices into analysis.events that make one row: a series, or one event alone.
using Row = std::vector<std::size_t>;

std::vector<Row> rows_of(const std::vector<Event>& events) {
  std::vector<Row> rows;
  std::map<std::int32_t, std::size_t> row_of_group;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const std::int32_t group = events[i].group;
    const auto known = group < 0 ? row_of_group.end() : row_of_group.find(group);
    if (known != row_of_group.end()) {
      rows[known->second].push_back(i);
      continue;
    }
    if (group >= 0) row_of_group.emplace(group, rows.size());
    rows.push_back({i});
  }
  return rows;
}

std::string person_words(const ReportModel& model, const Row& row) {
  const auto count = [&](Decision decision) {
    return std::count_if(row.begin(), row.end(), [&](std::size_t i) { return decision_of(model, i) == decision; });
  };
  const auto total = static_cast<std::ptrdiff_t>(row.size());
  const auto part = [&](Word all, Word some, std::ptrdiff_t n) {
    return n == total ? page_word(all) : page_fill(some, {{"n", std::to_string(n)}, {"total", std::to_string(total)}});
  };
  const auto confirmed = count(Decision::Confirmed);
  const auto rejected = count(Decision::Rejected);
  std::string text;
  if (confirmed > 0) text = part(Word::report_events_confirmed, Word::report_events_confirmed_part, confirmed);
  if (rejected > 0)
    text += (text.empty() ? "" : ", ") + part(Word::report_events_rejected, Word::report_events_rejected_part, rejected);
  if (text.empty()) text = page_word(Word::report_events_open);
  for (const OwnMark& mark : model.marks) {
    const std::optional<std::size_t> event = event_before(model, mark);
    if (!event || std::find(row.begin(), row.end(), *event) == row.end()) continue;
    text += ", " + page_fill(Word::report_events_marked, {{"length", view::duration_words(mark.at_s - model.analysis.events[*event].onset_s)}});
  }
  return text;
}

std::string part_words(const ReportModel& model, double t_s) {
  const Block* block = patterns::block_at(model.blocks, t_s);
  return block == nullptr ? std::string() : html_escaped(task_words(block->task));
}

std::string table_row(const ReportModel& model, const Row& row) {
  const auto& events = model.analysis.events;
  const Event& first = events[row.front()];
  double peak_g = 0.0;
  double end_s = first.end_s;
  double confidence = 0.0;
  bool all_rejected = true;
  for (const std::size_t i : row) {
    peak_g = std::max(peak_g, events[i].peak_g);
    end_s = std::max(end_s, events[i].end_s);
    confidence = std::max(confidence, events[i].confidence);
    all_rejected = all_rejected && decision_of(model, i) == Decision::Rejected;
  }
  const std::string length = row.size() == 1 ? view::length_words(first.duration_s) : view::duration_words(end_s - first.onset_s);
  std::string cells = element("th scope=\"row\"", html_escaped(view::clock_words(model.start, first.onset_s, true)));
  if (!model.blocks.empty()) cells += element("td", part_words(model, first.onset_s));
  cells += element("td", html_escaped(view::class_words(first.event_class)));
  cells += element("td class=\"n\"", std::to_string(row.size()));
  if (model.amplitudes_valid) cells += element("td class=\"n\"", html_escaped(view::acceleration_words(peak_g)));
  cells += element("td class=\"n\"", html_escaped(length));
  cells += element("td class=\"n\"", html_escaped(view::figure_words(confidence)));
  cells += element("td", person_words(model, row));
  return element(all_rejected ? "tr class=\"aside\"" : "tr", cells);
}

std::string head_row(const ReportModel& model) {
  const auto cell = [](Word name, bool number) {
    return element(number ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"", page_word(name));
  };
  std::string cells = cell(Word::report_events_time, false);
  if (!model.blocks.empty()) cells += cell(Word::report_events_part, false);
  cells += cell(Word::report_events_kind, false) + cell(Word::report_events_count, true);
  if (model.amplitudes_valid) cells += cell(Word::report_events_size, true);
  cells += cell(Word::report_events_length, true) + cell(Word::report_events_confidence, true) + cell(Word::report_events_person, false);
  return element("thead", element("tr", cells));
}

std::string table(const ReportModel& model, const std::vector<Row>& rows, std::size_t begin, std::size_t end, Word caption) {
  std::string body;
  for (std::size_t i = begin; i < end; ++i) body += table_row(model, rows[i]) + "\n";
  // The region can be scrolled by keyboard where a phone is narrower than the table.
  return element("div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"" + page_word(caption) + "\"",
                 element("table class=\"events\"", element("caption", page_word(caption)) + head_row(model) + element("tbody", body)));
}

}  // namespace

std::string events_section(const ReportModel& model) {
  std::string text = element("h2", page_word(Word::report_events_heading));
  if (model.analysis.events.empty()) return element("section class=\"events-part\"", text + element("p", page_word(Word::report_events_none)));
  const std::vector<Row> rows = rows_of(model.analysis.events);
  const std::size_t shown = std::min(rows.size(), kRowsShown);
  const std::size_t folded = std::min(rows.size(), kRowsShown + kRowsFolded);
  text += table(model, rows, 0, shown, Word::report_events_caption);
  if (folded > shown)
    text += element("details", element("summary", page_fill(Word::report_events_more, {{"n", std::to_string(folded - shown)}})) +
                                   table(model, rows, shown, folded, Word::report_events_caption_more));
  if (rows.size() > folded)
    text += element("p", page_fill(Word::report_events_beyond, {{"n", std::to_string(rows.size() - folded)}}));
  text += element("p class=\"caption\"", page_word(Word::report_events_note));
  return element("section class=\"events-part\"", text);
}

}  // namespace klono::report

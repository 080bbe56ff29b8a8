#pragma once
/// The parts of the page for the doctor. Each gives HTML that is complete in itself; whatever comes
/// from the file is escaped here and nowhere else.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/interval.hpp"
#include "base/words.hpp"
#include "report/report_model.hpp"

namespace klono::report {

// ---- page_text.cpp: markup and words

/// `<head>inner</tag>`, where head is the tag's name with its attributes: "p class=\"note\"".
std::string element(std::string_view head, std::string_view inner);

/// A text of the catalogue, escaped.
std::string page_word(Word id);

/// A text of the catalogue with its values, escaped as a whole.
std::string page_fill(Word id, std::initializer_list<std::pair<std::string_view, std::string>> values);

/// A coordinate of a drawing: two decimals at most.
std::string coordinate(double value);

/// `<rect …>` with a class.
std::string svg_rect(std::string_view css_class, double x, double y, double width, double height);

/// `<text …>`; anchor is start, middle or end. Escapes `text`.
std::string svg_text(std::string_view css_class, double x, double y, std::string_view anchor, std::string_view text);

/// A drawing of width x height units that fills the column; `label` says it in words. Escapes `label`.
std::string svg_picture(double width, double height, std::string_view label, std::string_view inner);


/// What a part of the guided test is called on a page.
std::string task_words(Task task);

double total_length_s(const std::vector<Mask>& masks);
double total_length_s(const std::vector<Gap>& gaps);

// ---- the parts

/// page_blocks.cpp: the parts of a guided test, each with its own figures.
std::string blocks_section(const ReportModel& model);

/// page_blocks.cpp: what the person marked while recording. Empty without any.
std::string marks_section(const ReportModel& model);

/// page_emg.cpp: each EMG channel with its figures. Empty without EMG.
std::string emg_section(const ReportModel& model);

/// page_strip.cpp: the whole recording with marks, hatched masks, cuts for gaps, and a clock.
std::string strip_section(const ReportModel& model);

/// page_charts.cpp: how strong, and when; each only where there is enough to draw. May be empty.
std::string chart_sections(const ReportModel& model);

/// page_examples.cpp: up to three traces with scale bars. Empty without any.
std::string examples_section(const ReportModel& model);

/// event_table.cpp: all events, a series as one row.
std::string events_section(const ReportModel& model);

}  // namespace klono::report

#include <algorithm>
#include <cmath>
#include <set>

#include "patterns/summary.hpp"
#include "report/event_rows.hpp"
#include "report/page_parts.hpp"
#include "view/plain_words.hpp"
#include "view/viewport.hpp"

namespace klono::report {
namespace {

// Drawing units are CSS pixels at the width of an A4 page between its margins.
constexpr double kStripWidth = 704.0;
constexpr double kMarksTop = 1.0;
constexpr double kMarkHeight = 10.0;
constexpr double kLaneTop = 15.0;
constexpr double kLaneHeight = 48.0;
constexpr double kMiddle = kLaneTop + 0.5 * kLaneHeight;
constexpr double kClock = kLaneTop + kLaneHeight + 15.0;
constexpr double kStripHeight = kClock + 3.0;
constexpr double kLabelEvery = 80.0;

double to_x(const ReportModel& model, double t_s) {
  return model.duration_s > 0.0 ? std::clamp(t_s / model.duration_s, 0.0, 1.0) * kStripWidth : 0.0;
}

/// Largest movement of each drawn column; NaN where no reading falls into it.
std::vector<double> drawn_columns(const std::vector<float>& overview) {
  const std::size_t count = std::min(overview.size(), static_cast<std::size_t>(kStripWidth));
  std::vector<double> columns(count, std::nan(""));
  for (std::size_t i = 0; i < overview.size(); ++i) {
    double& column = columns[i * count / overview.size()];
    if (std::isfinite(overview[i]) && !(column >= static_cast<double>(overview[i]))) column = static_cast<double>(overview[i]);
  }
  return columns;
}

double largest(const std::vector<double>& columns) {
  double most = 0.0;
  for (const double value : columns)
    if (value > most) most = value;
  return most;
}

/// One closed outline for the columns [begin, end), mirrored about the middle.
std::string outline(const std::vector<double>& columns, std::size_t begin, std::size_t end, double most) {
  const double step = kStripWidth / static_cast<double>(columns.size());
  const auto half = [&](std::size_t i) { return std::max(0.35, 0.5 * kLaneHeight * std::sqrt(std::max(0.0, columns[i]) / most)); };
  std::string path = "M" + coordinate(static_cast<double>(begin) * step) + " " + coordinate(kMiddle);
  for (std::size_t i = begin; i < end; ++i)
    path += "L" + coordinate((static_cast<double>(i) + 0.5) * step) + " " + coordinate(kMiddle - half(i));
  path += "L" + coordinate(static_cast<double>(end) * step) + " " + coordinate(kMiddle);
  for (std::size_t i = end; i-- > begin;)
    path += "L" + coordinate((static_cast<double>(i) + 0.5) * step) + " " + coordinate(kMiddle + half(i));
  return path + "Z";
}

std::string silhouette(const std::vector<double>& columns, double most) {
  if (!(most > 0.0)) return {};
  std::string path;
  for (std::size_t i = 0; i < columns.size();) {
    std::size_t end = i;
    while (end < columns.size() && std::isfinite(columns[end])) ++end;
    if (end > i) path += outline(columns, i, end, most);
    i = std::max(end, i + 1);
  }
  return "<path class=\"silhouette\" d=\"" + path + "\"/>";
}

/// Spans in drawing units; those nearer than half a unit become one, so that a week stays small.
template <class Stretch>
std::vector<TimeSpan> drawn_spans(const ReportModel& model, const std::vector<Stretch>& stretches) {
  std::vector<TimeSpan> spans;
  for (const Stretch& stretch : stretches) {
    const TimeSpan span{to_x(model, stretch.span.begin_s), to_x(model, stretch.span.end_s)};
    if (!spans.empty() && span.begin_s <= spans.back().end_s + 0.5) {
      spans.back().end_s = std::max(spans.back().end_s, span.end_s);
    } else {
      spans.push_back(span);
    }
  }
  return spans;
}

std::string masks(const ReportModel& model) {
  std::string text;
  for (const TimeSpan& span : drawn_spans(model, model.analysis.masks)) {
    const double width = std::max(0.5, span.length_s());
    // Hatch needs a few units to read as hatch.
    if (width < 3.0) {
      text += svg_rect("thin", span.begin_s, kLaneTop, width, kLaneHeight);
    } else {
      text += svg_rect("veil", span.begin_s, kLaneTop, width, kLaneHeight) + svg_rect("hatch", span.begin_s, kLaneTop, width, kLaneHeight);
    }
  }
  return text;
}

std::string cuts(const ReportModel& model) {
  std::string text;
  for (const TimeSpan& span : drawn_spans(model, model.gaps)) {
    const double width = std::max(1.0, span.length_s());
    text += svg_rect("cut", span.begin_s, kLaneTop - 1.0, width, kLaneHeight + 2.0);
    if (width < 3.0) continue;
    for (const double x : {span.begin_s, span.begin_s + width})
      text += "<path class=\"edge\" d=\"M" + coordinate(x) + " " + coordinate(kLaneTop) + "V" + coordinate(kLaneTop + kLaneHeight) + "\"/>";
  }
  return text;
}

/// Marks at whole half units: thousands of events in a week become a few hundred shapes.
std::string marks(const ReportModel& model) {
  std::set<std::pair<bool, long>> places;
  const auto& events = model.analysis.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (decision_of(model, i) == Decision::Rejected) continue;
    if (patterns::is_brief(events[i].event_class) || events[i].event_class == EventClass::LimbMovement)
      places.emplace(patterns::is_brief(events[i].event_class), std::lround(2.0 * to_x(model, events[i].onset_s)));
  }
  std::string text;
  for (const auto& [brief, place] : places) {
    const double x = std::clamp(0.5 * static_cast<double>(place), 1.5, kStripWidth - 1.5);
    text += brief ? svg_rect("event", x - 0.8, kMarksTop, 1.6, kMarkHeight) : svg_rect("limb", x - 1.3, kMarksTop + 0.5, 2.6, kMarkHeight - 1.0);
  }
  return text;
}

std::string clock_labels(const ReportModel& model) {
  std::string text;
  for (const view::Tick& tick : view::time_ticks({0.0, model.duration_s}, kStripWidth, kLabelEvery, model.start)) {
    if (!tick.major || tick.label.empty()) continue;
    const double x = to_x(model, tick.t_s);
    const std::string_view anchor = x < 18.0 ? "start" : x > kStripWidth - 18.0 ? "end" : "middle";
    text += "<path class=\"tick\" d=\"M" + coordinate(x) + " " + coordinate(kLaneTop + kLaneHeight) + "v4\"/>";
    text += svg_text("label", x, kClock, anchor, tick.label);
  }
  return text;
}

bool has_limb_movements(const ReportModel& model) {
  return patterns::summarise(model.analysis, model.decisions, model.sleep_marks).limb.count > 0;
}

std::string caption(const ReportModel& model, double most) {
  std::string text = page_word(Word::report_strip_brief);
  if (has_limb_movements(model)) text += " " + page_word(Word::report_strip_limb);
  if (most > 0.0)
    text += " " + (model.amplitudes_valid ? page_fill(Word::report_strip_silhouette, {{"size", view::acceleration_words(most)}})
                                          : page_word(Word::report_strip_silhouette_plain));
  if (!model.analysis.masks.empty())
    text += " " + page_fill(Word::report_strip_masked, {{"length", view::duration_words(total_length_s(model.analysis.masks))}});
  if (!model.gaps.empty())
    text += " " + page_fill(Word::report_strip_missing, {{"length", view::duration_words(total_length_s(model.gaps))}});
  return element("p class=\"caption\"", text);
}

}  // namespace

std::string strip_section(const ReportModel& model) {
  const std::vector<double> columns = drawn_columns(model.overview_peak_g);
  const double most = largest(columns);
  const patterns::Summary summary = patterns::summarise(model.analysis, model.decisions, model.sleep_marks);
  const std::string label =
      fill(Word::report_strip_label,
           {{"events", view::count_words(summary.brief.count, word(Word::report_key_event), word(Word::report_key_events))},
            {"masked", view::duration_words(total_length_s(model.analysis.masks))},
            {"missing", view::duration_words(total_length_s(model.gaps))}});
  // Masks under the silhouette, which stays visible there: the person sees why.
  const std::string inner = svg_rect("lane", 0.0, kLaneTop, kStripWidth, kLaneHeight) + masks(model) + silhouette(columns, most) + cuts(model) +
                            marks(model) + clock_labels(model);
  return element("section class=\"strip\"", element("h2", page_word(Word::report_strip_heading)) +
                                                svg_picture(kStripWidth, kStripHeight, label, inner) + caption(model, most));
}

}  // namespace klono::report

#include <algorithm>
#include <cmath>

#include "patterns/summary.hpp"
#include "patterns/time_bins.hpp"
#include "report/event_rows.hpp"
#include "report/page_parts.hpp"
#include "view/plain_words.hpp"
#include "view/viewport.hpp"

namespace klono::report {
namespace {

constexpr double kChartWidth = 340.0;
constexpr double kPlotLeft = 24.0;
constexpr double kPlotTop = 12.0;
constexpr double kPlotHeight = 62.0;
constexpr double kBase = kPlotTop + kPlotHeight;
constexpr double kLabels = kBase + 15.0;
constexpr double kChartHeight = kLabels + 3.0;

constexpr std::size_t kFewestSizes = 20;        // chosen: below it a histogram shows chance

/// One bar: what it stands for on the axis, how high, and how.
struct Bar {
  double begin = 0.0;  ///< 0..1 of the plot
  double end = 0.0;
  double value = 0.0;
  bool hollow = false;
  bool absent = false;  ///< nothing could be analysed here
};

std::string bars(const std::vector<Bar>& list, double most) {
  const double plot = kChartWidth - kPlotLeft;
  std::string text;
  for (const Bar& bar : list) {
    const double x = kPlotLeft + bar.begin * plot + 0.5;
    const double width = std::max(0.5, (bar.end - bar.begin) * plot - 1.0);
    const double height = most > 0.0 ? bar.value / most * kPlotHeight : 0.0;
    if (bar.absent) {
      text += svg_rect("hatch", x, kPlotTop, width, kPlotHeight);
    } else if (height > 0.0 && bar.hollow) {
      text += svg_rect("hollow", x + 0.6, kBase - height + 0.6, std::max(0.2, width - 1.2), std::max(0.2, height - 0.6));
    } else if (height > 0.0) {
      text += svg_rect("fill", x, kBase - height, width, height) + svg_rect("event", x, kBase - height, width, std::min(2.5, height));
    }
  }
  return text;
}

/// Zero line, and the top value at the left.
std::string frame(const std::string& top_label) {
  const auto line = [](std::string_view css_class, double y) {
    return "<path class=\"" + std::string(css_class) + "\" d=\"M" + coordinate(kPlotLeft) + " " + coordinate(y) + "H" + coordinate(kChartWidth) + "\"/>";
  };
  return line("zero", kPlotTop) + line("tick", kBase) + svg_text("label", kPlotLeft - 5.0, kPlotTop + 4.0, "end", top_label) +
         svg_text("label", kPlotLeft - 5.0, kBase + 4.0, "end", "0");
}

std::string chart(Word heading, const std::string& label, const std::string& inner, Word caption) {
  return element("section class=\"chart\"", element("h2", page_word(heading)) + svg_picture(kChartWidth, kChartHeight, label, inner) +
                                                element("p class=\"caption\"", page_word(caption)));
}

std::vector<const Event*> brief_events(const ReportModel& model) {
  std::vector<const Event*> brief;
  for (std::size_t i = 0; i < model.analysis.events.size(); ++i)
    if (patterns::is_brief(model.analysis.events[i].event_class) && decision_of(model, i) != Decision::Rejected)
      brief.push_back(&model.analysis.events[i]);
  return brief;
}

std::string joined(std::string text, const std::string& item) { return text.empty() ? item : text + ", " + item; }

/// Half octaves of the peak, with labels at whole octaves from 0.0125 g.
std::string size_chart(const ReportModel& model) {
  std::vector<int> places;
  for (const Event* event : brief_events(model))
    if (event->peak_g > 0.0 && std::isfinite(event->peak_g))
      places.push_back(static_cast<int>(std::floor(2.0 * std::log2(event->peak_g / 0.0125))));
  if (!model.amplitudes_valid || places.size() < kFewestSizes) return {};
  const auto [low, high] = std::minmax_element(places.begin(), places.end());
  // Whole octaves at both ends, at least four of them: the axis does not jump with one event.
  const int first = static_cast<int>(std::floor(*low / 2.0)) * 2;
  const int last = std::max(first + 8, static_cast<int>(std::floor(*high / 2.0)) * 2 + 2);
  const auto edge_g = [](int place) { return 0.0125 * std::exp2(place / 2.0); };
  const double step = 1.0 / (last - first);
  std::vector<Bar> list;
  std::string spoken;
  for (int place = first; place < last; ++place) {
    const auto count = std::count(places.begin(), places.end(), place);
    list.push_back({(place - first) * step, (place - first + 1) * step, static_cast<double>(count)});
    if (count > 0)
      spoken = joined(spoken, fill(Word::report_sizes_item, {{"from", view::acceleration_words(edge_g(place))},
                                                             {"until", view::acceleration_words(edge_g(place + 1))},
                                                             {"count", std::to_string(count)}}));
  }
  double most = 1.0;
  for (const Bar& bar : list) most = std::max(most, bar.value);
  std::string inner = frame(std::to_string(std::lround(most))) + bars(list, most);
  const int every = last - first > 12 ? 4 : 2;
  for (int place = first; place <= last; place += every) {
    const double x = kPlotLeft + (place - first) * step * (kChartWidth - kPlotLeft);
    inner += "<path class=\"tick\" d=\"M" + coordinate(x) + " " + coordinate(kBase) + "v4\"/>" +
             svg_text("label", x, kLabels, place == last ? "end" : "middle", view::acceleration_words(edge_g(place)));
  }
  return chart(Word::report_sizes_heading, fill(Word::report_sizes_label, {{"list", spoken}}), inner, Word::report_sizes_caption);
}

std::string hours_chart(const ReportModel& model) {
  if (!(model.duration_s >= patterns::kShortestForBins_s)) return {};
  const std::vector<patterns::TimeBin> bins = patterns::time_bins(model.analysis, model.decisions, model.gaps, model.start, model.duration_s);
  const double most = patterns::highest_rate(bins);
  if (!(most > 0.0)) return {};
  std::vector<Bar> list;
  std::string spoken;
  for (const patterns::TimeBin& bin : bins) {
    const double value = bin.absent() ? 0.0 : std::min(bin.rate.per_hour, most);
    list.push_back({bin.span.begin_s / model.duration_s, bin.span.end_s / model.duration_s, value, bin.hollow(), bin.absent()});
    const std::string time = view::clock_words(model.start, bin.span.begin_s, false);
    spoken = joined(spoken, bin.absent() ? fill(Word::report_hours_item_none, {{"time", time}})
                                         : fill(Word::report_hours_item, {{"time", time}, {"rate", view::rate_words(bin.rate)}}));
  }
  std::string inner = frame(view::figure_words(most)) + bars(list, most);
  for (const view::Tick& tick : view::time_ticks({0.0, model.duration_s}, kChartWidth - kPlotLeft, 64.0, model.start)) {
    if (!tick.major || tick.label.empty()) continue;
    const double x = kPlotLeft + tick.t_s / model.duration_s * (kChartWidth - kPlotLeft);
    inner += "<path class=\"tick\" d=\"M" + coordinate(x) + " " + coordinate(kBase) + "v4\"/>" +
             svg_text("label", x, kLabels, x > kChartWidth - 18.0 ? "end" : "middle", tick.label);
  }
  return chart(Word::report_hours_heading, fill(Word::report_hours_label, {{"list", spoken}}), inner, Word::report_hours_caption);
}

}  // namespace

std::string chart_sections(const ReportModel& model) {
  const std::string charts = size_chart(model) + hours_chart(model);
  return charts.empty() ? std::string() : element("div class=\"pair\"", charts);
}

}  // namespace klono::report

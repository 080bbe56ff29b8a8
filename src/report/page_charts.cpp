#include <algorithm>
#include <cmath>

#include "patterns/summary.hpp"
#include "report/event_rows.hpp"
#include "report/page_parts.hpp"
#include "view/plain_words.hpp"
#include "view/viewport.hpp"

namespace klono::report {
namespace {

constexpr double kWidth = 340.0;
constexpr double kPlotLeft = 24.0;
constexpr double kPlotTop = 12.0;
constexpr double kPlotHeight = 62.0;
constexpr double kBase = kPlotTop + kPlotHeight;
constexpr double kLabels = kBase + 15.0;
constexpr double kHeight = kLabels + 3.0;

constexpr std::size_t kFewestSizes = 20;        // chosen: below it a histogram shows chance
constexpr double kShortestForHours_s = 7200.0;  // chosen: below two hours the strip says it all
constexpr double kSolidExposure_s = 600.0;      // look, "Charts": less analysable time is drawn hollow

/// One bar: what it stands for on the axis, how high, and how.
struct Bar {
  double begin = 0.0;  ///< 0..1 of the plot
  double end = 0.0;
  double value = 0.0;
  bool hollow = false;
  bool absent = false;  ///< nothing could be analysed here
};

std::string bars(const std::vector<Bar>& list, double most) {
  const double plot = kWidth - kPlotLeft;
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
    return "<path class=\"" + std::string(css_class) + "\" d=\"M" + coordinate(kPlotLeft) + " " + coordinate(y) + "H" + coordinate(kWidth) + "\"/>";
  };
  return line("zero", kPlotTop) + line("tick", kBase) + svg_text("label", kPlotLeft - 5.0, kPlotTop + 4.0, "end", top_label) +
         svg_text("label", kPlotLeft - 5.0, kBase + 4.0, "end", "0");
}

std::string chart(Word heading, const std::string& label, const std::string& inner, Word caption) {
  return element("section class=\"chart\"", element("h2", page_word(heading)) + svg_picture(kWidth, kHeight, label, inner) +
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
    const double x = kPlotLeft + (place - first) * step * (kWidth - kPlotLeft);
    inner += "<path class=\"tick\" d=\"M" + coordinate(x) + " " + coordinate(kBase) + "v4\"/>" +
             svg_text("label", x, kLabels, place == last ? "end" : "middle", view::acceleration_words(edge_g(place)));
  }
  return chart(Word::report_sizes_heading, fill(Word::report_sizes_label, {{"list", spoken}}), inner, Word::report_sizes_caption);
}

/// Width of a bin: round, and 24 at most over the recording.
double bin_width_s(double duration_s) {
  for (const double width : {900.0, 1800.0, 3600.0, 7200.0, 10800.0, 21600.0, 43200.0})
    if (duration_s <= 24.0 * width) return width;
  return 86400.0 * std::ceil(duration_s / (24.0 * 86400.0));
}

/// Seconds from the last round clock time before the start; 0 without a clock.
double offset_on_clock_s(const WallClock& start, double width_s) {
  if (start.basis == ClockBasis::None) return 0.0;
  const int zone_min = start.basis == ClockBasis::Utc ? std::clamp(start.offset_min.value_or(0), -1440, 1440) : 0;
  const double since_epoch_s = static_cast<double>(start.unix_ns) * 1e-9 + zone_min * 60.0;
  return since_epoch_s - std::floor(since_epoch_s / width_s) * width_s;
}

/// Analysable seconds inside a span, given what could not be analysed.
double exposure_s(const TimeSpan& bin, const std::vector<TimeSpan>& without) {
  double exposure = bin.length_s();
  for (const TimeSpan& span : without)
    exposure -= std::max(0.0, std::min(span.end_s, bin.end_s) - std::max(span.begin_s, bin.begin_s));
  return exposure;
}

std::string hours_chart(const ReportModel& model) {
  if (!(model.duration_s >= kShortestForHours_s)) return {};
  const std::vector<TimeSpan> without = stretches_without_analysis(model);
  const std::vector<const Event*> brief = brief_events(model);
  const double width_s = bin_width_s(model.duration_s);
  std::vector<Bar> list;
  std::string spoken;
  double most = 0.0;
  for (double at_s = -offset_on_clock_s(model.start, width_s); at_s < model.duration_s; at_s += width_s) {
    const TimeSpan bin{std::max(0.0, at_s), std::min(at_s + width_s, model.duration_s)};
    const auto count = std::count_if(brief.begin(), brief.end(), [&](const Event* event) { return bin.contains(event->onset_s); });
    const double exposed_s = exposure_s(bin, without);
    Bar bar{bin.begin_s / model.duration_s, bin.end_s / model.duration_s, 0.0, exposed_s < kSolidExposure_s, exposed_s < 1.0};
    const patterns::Rate rate = patterns::poisson_rate(count, bar.absent ? 0.0 : exposed_s / 3600.0);
    bar.value = rate.per_hour;
    // A few seconds with one event would dwarf all else.
    if (!bar.hollow) most = std::max(most, bar.value);
    list.push_back(bar);
    const std::string time = view::clock_words(model.start, bin.begin_s, false);
    spoken = joined(spoken, bar.absent ? fill(Word::report_hours_item_none, {{"time", time}})
                                       : fill(Word::report_hours_item, {{"time", time}, {"rate", view::rate_words(rate)}}));
  }
  if (!(most > 0.0)) return {};
  for (Bar& bar : list) bar.value = std::min(bar.value, most);
  std::string inner = frame(view::figure_words(most)) + bars(list, most);
  for (const view::Tick& tick : view::time_ticks({0.0, model.duration_s}, kWidth - kPlotLeft, 64.0, model.start)) {
    if (!tick.major || tick.label.empty()) continue;
    const double x = kPlotLeft + tick.t_s / model.duration_s * (kWidth - kPlotLeft);
    inner += "<path class=\"tick\" d=\"M" + coordinate(x) + " " + coordinate(kBase) + "v4\"/>" +
             svg_text("label", x, kLabels, x > kWidth - 18.0 ? "end" : "middle", tick.label);
  }
  return chart(Word::report_hours_heading, fill(Word::report_hours_label, {{"list", spoken}}), inner, Word::report_hours_caption);
}

}  // namespace

std::string chart_sections(const ReportModel& model) {
  const std::string charts = size_chart(model) + hours_chart(model);
  return charts.empty() ? std::string() : element("div class=\"pair\"", charts);
}

}  // namespace klono::report

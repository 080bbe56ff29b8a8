#include <algorithm>
#include <array>
#include <cmath>

#include "report/page_parts.hpp"
#include "report/text.hpp"
#include "view/plain_words.hpp"
#include "view/viewport.hpp"

namespace klono::report {
namespace {

constexpr double kPanelWidth = 222.0;
constexpr double kTitle = 12.0;
constexpr double kLanesTop = 20.0;
constexpr double kAxisHeight = 34.0;
constexpr double kGutter = 14.0;      // axis names
constexpr double kScaleTop = kLanesTop + 3.0 * kAxisHeight + 8.0;
constexpr double kPanelHeight = kScaleTop + 10.0;
constexpr std::size_t kMostPoints = 440;  // two a drawn unit

constexpr std::array kAxisClass{"x", "y", "z"};
constexpr std::array kAxisWord{Word::report_examples_x, Word::report_examples_y, Word::report_examples_z};

/// An example that can be drawn: it names an event, has a rate, and at least two samples.
bool drawable(const ReportModel& model, const ExampleTrace& trace) {
  return trace.event < model.analysis.events.size() && trace.rate_hz > 0.0 && trace.axes[0].size() >= 2 &&
         trace.axes[1].size() == trace.axes[0].size() && trace.axes[2].size() == trace.axes[0].size();
}

double length_s(const ExampleTrace& trace) { return static_cast<double>(trace.axes[0].size()) / trace.rate_hz; }

double largest(const std::vector<const ExampleTrace*>& traces) {
  float most = 0.0F;
  for (const ExampleTrace* trace : traces)
    for (const auto& axis : trace->axes)
      for (const float value : axis)
        if (std::abs(value) > most && std::isfinite(value)) most = std::abs(value);
  return static_cast<double>(most);
}

/// Places on a page: one scale for all panels.
struct Scale {
  double most_g = 1.0;
  double longest_s = 1.0;

  double x(double t_s) const { return kGutter + t_s / longest_s * (kPanelWidth - kGutter); }
  double height(double g) const { return g / most_g * (0.5 * kAxisHeight - 1.5); }
};

/// A polyline of one axis; dense traces keep the lowest and highest sample of each bucket in order.
/// NaN lifts the pen.
std::string axis_path(const std::vector<float>& samples, double rate_hz, double middle, const Scale& scale) {
  const std::size_t bucket = std::max<std::size_t>(1, 2 * samples.size() / kMostPoints);
  std::string path;
  bool pen_down = false;
  const auto add = [&](std::size_t i) {
    if (!std::isfinite(samples[i])) {
      pen_down = false;
      return;
    }
    path += (pen_down ? "L" : "M") + coordinate(scale.x(static_cast<double>(i) / rate_hz)) + " " +
            coordinate(middle - scale.height(static_cast<double>(samples[i])));
    pen_down = true;
  };
  for (std::size_t begin = 0; begin < samples.size(); begin += bucket) {
    const auto first = samples.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = samples.begin() + static_cast<std::ptrdiff_t>(std::min(begin + bucket, samples.size()));
    const auto [low, high] = std::minmax_element(first, last);
    const auto a = static_cast<std::size_t>(std::min(low, high) - samples.begin());
    const auto b = static_cast<std::size_t>(std::max(low, high) - samples.begin());
    add(a);
    if (b != a) add(b);
  }
  return path;
}

std::string lane(const ExampleTrace& trace, std::size_t axis, const Scale& scale) {
  const double middle = kLanesTop + (static_cast<double>(axis) + 0.5) * kAxisHeight;
  return "<path class=\"zero\" d=\"M" + coordinate(kGutter) + " " + coordinate(middle) + "H" + coordinate(scale.x(length_s(trace))) +
         "\"/><path class=\"trace " + kAxisClass[axis] + "\" d=\"" + axis_path(trace.axes[axis], trace.rate_hz, middle, scale) + "\"/>" +
         svg_text(std::string("label ") + kAxisClass[axis], 0.0, middle + 4.0, "start", word(kAxisWord[axis]));
}

std::string band(const ExampleTrace& trace, const Event& event, const Scale& scale) {
  const double height = 3.0 * kAxisHeight;
  const double from = std::clamp(event.onset_s - trace.begin_s, 0.0, length_s(trace));
  const double until = std::clamp(event.end_s - trace.begin_s, from, length_s(trace));
  return svg_rect("band", scale.x(from), kLanesTop, scale.x(until) - scale.x(from), height) +
         svg_rect("event", scale.x(from) - 0.75, kLanesTop, 1.5, height);
}

/// One bar for time, one for size, each with its length in words.
std::string scale_bars(const ReportModel& model, const Scale& scale) {
  const double time_s = view::nice_ceiling(0.12 * scale.longest_s);
  const double right = scale.x(time_s);
  std::string text = "<path class=\"bar\" d=\"M" + coordinate(kGutter) + " " + coordinate(kScaleTop) + "H" + coordinate(right) + "\"/>" +
                     svg_text("label", right + 5.0, kScaleTop + 4.0, "start", view::length_words(time_s));
  if (!model.amplitudes_valid) return text;
  const double size_g = view::nice_ceiling(0.4 * scale.most_g);
  const double x = right + 58.0;
  text += "<path class=\"bar\" d=\"M" + coordinate(x) + " " + coordinate(kScaleTop + 5.0) + "v" + coordinate(-scale.height(size_g)) + "\"/>";
  return text + svg_text("label", x + 5.0, kScaleTop + 4.0, "start", view::acceleration_words(size_g));
}

std::string panel(const ReportModel& model, const ExampleTrace& trace, const Scale& scale) {
  const Event& event = model.analysis.events[trace.event];
  const std::string time = view::clock_words(model.start, event.onset_s, true);
  const std::string size = model.amplitudes_valid ? view::acceleration_words(event.peak_g) : std::string();
  std::string inner = svg_text("label", kGutter, kTitle, "start", time) + svg_text("label", kPanelWidth, kTitle, "end", size);
  inner += band(trace, event, scale);
  for (std::size_t axis = 0; axis < trace.axes.size(); ++axis) inner += lane(trace, axis, scale);
  inner += scale_bars(model, scale);
  const std::string label = model.amplitudes_valid ? fill(Word::report_examples_label, {{"time", time}, {"size", size}})
                                                   : fill(Word::report_examples_label_plain, {{"time", time}});
  return svg_picture(kPanelWidth, kPanelHeight, label, inner);
}

Word heading(std::size_t count) {
  return count == 1 ? Word::report_examples_heading_one : count == 2 ? Word::report_examples_heading_two : Word::report_examples_heading_three;
}

}  // namespace

std::string examples_section(const ReportModel& model) {
  std::vector<const ExampleTrace*> traces;
  for (const ExampleTrace& trace : model.examples)
    if (traces.size() < 3 && drawable(model, trace)) traces.push_back(&trace);
  if (traces.empty()) return {};
  Scale scale;
  scale.most_g = std::max(largest(traces), 1e-3);
  scale.longest_s = 0.0;
  for (const ExampleTrace* trace : traces) scale.longest_s = std::max(scale.longest_s, length_s(*trace));
  std::string panels;
  for (const ExampleTrace* trace : traces) panels += panel(model, *trace, scale);
  return element("section class=\"examples\"",
                 element("h2", page_word(heading(traces.size()))) + element("div class=\"panels\"", panels) +
                     element("p class=\"caption\"", page_word(model.amplitudes_valid ? Word::report_examples_caption
                                                                                     : Word::report_examples_caption_plain)));
}

}  // namespace klono::report

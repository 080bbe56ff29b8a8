#include "app/review/event_plot.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/review/phrases.hpp"

namespace klono::app::review {
namespace {

using ui::Align;
using ui::Ink;
using ui::Point;
using ui::Rect;
using ui::Role;

constexpr Role kInks[] = {Role::X, Role::Y, Role::Z};
// y lies under the two others, as in the lanes' order of brightness.
constexpr std::size_t kOrder[] = {1, 0, 2};

/// The samples as points, or their extremes where there are more than pixels.
void trace(const Scene& scene, const Rect& rect, const protocol::Waveform& wave, const TimeSpan& window, double offset_s,
           std::span<const float> samples, float scale, Ink ink, float line) {
  ui::Painter& p = scene.ui.paint();
  static thread_local std::vector<Point> points;
  points.clear();
  const float middle = rect.centre().y;
  const auto x_of = [&](double t_s) { return rect.x + rect.w * static_cast<float>((t_s - window.begin_s) / window.length_s()); };
  const auto y_of = [&](float value) { return middle - std::clamp(value * scale, -rect.h / 2.0F, rect.h / 2.0F); };
  const auto flush = [&] {
    p.polyline(points, ink, line);
    points.clear();
  };
  const double step_s = 1.0 / wave.rate_hz;
  const double a_pixel = window.length_s() / static_cast<double>(rect.w) * wave.rate_hz;  // samples
  const auto group = static_cast<std::size_t>(std::max(1.0, std::floor(a_pixel)));
  for (std::size_t i = 0; i < samples.size(); i += group) {
    const double t_s = offset_s + static_cast<double>(i) * step_s;
    if (t_s < window.begin_s || t_s > window.end_s) continue;
    float low = samples[i];
    float high = low;
    for (std::size_t k = i; k < std::min(i + group, samples.size()); ++k) {
      low = std::min(low, samples[k]);
      high = std::max(high, samples[k]);
    }
    if (!(low <= high)) {
      flush();
      continue;
    }
    points.push_back({x_of(t_s), y_of(low)});
    if (group > 1) points.push_back({x_of(t_s), y_of(high)});
  }
  flush();
}

void size_axis(const Scene& scene, const Rect& plot, float range) {
  if (!scene.info().amplitudes_valid) return;
  ui::Painter& p = scene.ui.paint();
  const double tick = tick_below(static_cast<double>(range) * 0.95);
  const float y = plot.centre().y - static_cast<float>(tick) / range * plot.h / 2.0F;
  p.horizontal(plot.x, plot.x + 6.0F, y, Role::Edge);
  p.text({plot.x + 10.0F, y - 8.0F}, fill(Word::app_canvas_axis_g, {{"n", axis_number(tick)}}), ui::text::kCaption);
  constexpr Word kNames[] = {Word::app_common_x, Word::app_common_y, Word::app_common_z};
  for (std::size_t axis = 0; axis < 3; ++axis)
    p.text({plot.right() - 36.0F + 16.0F * static_cast<float>(axis), plot.y + 2.0F}, word(kNames[axis]),
           ui::TextStyle{ui::TextSize::Small, kInks[axis], ui::Weight::Strong, Align::Centre});
}

void time_axis(const Scene& scene, const Rect& plot, const TimeSpan& window) {
  ui::Painter& p = scene.ui.paint();
  const double step = window.end_s > 2.4 ? tick_below(window.end_s / 2.2) : 0.5;
  for (double t_s = 0.0; t_s <= window.end_s; t_s += step) {
    const float x = plot.x + plot.w * static_cast<float>((t_s - window.begin_s) / window.length_s());
    const bool last = t_s + step > window.end_s;
    std::string label = t_s == 0.0 ? std::string("0") : axis_number(t_s);
    if (t_s > 0.0 && step < 1.0 && label.find('.') == std::string::npos) label += ".0";
    if (last) label = fill(Word::app_canvas_axis_s, {{"n", label}});
    p.vertical(x, plot.bottom() + 2.0F, plot.bottom() + 6.0F, Role::Edge);
    const float half = p.text_width(label, ui::text::kCaption) / 2.0F;
    p.text({std::min(x, plot.right() - half), plot.bottom() + 6.0F}, label, ui::text::kCaption.aligned(Align::Centre));
  }
}

}  // namespace

void event_plot(const Scene& scene, const Rect& rect, std::size_t index, const PlotLook& look) {
  ui::Painter& p = scene.ui.paint();
  const Event& event = scene.event(index);
  const TimeSpan window = view::event_window(event);
  Rect plot = rect;
  if (look.axes) plot.h -= 22.0F;
  const auto x_of = [&](double t_s) { return plot.x + plot.w * static_cast<float>((t_s - window.begin_s) / window.length_s()); };

  const float onset = x_of(0.0);
  const float end = std::min(plot.right(), std::max(onset + 4.0F, x_of(event.end_s - event.onset_s)));
  p.fill({onset, plot.y, end - onset, plot.h}, Ink(Role::Event, ui::tokens::kAlphaEventBand), ui::tokens::kRadiusMark);
  p.horizontal(plot.x, plot.right(), plot.centre().y, Role::Hairline);

  const auto& waveforms = scene.entry.data.waveforms;
  if (index < waveforms.size() && waveforms[index].rate_hz > 0.0) {
    const protocol::Waveform& wave = waveforms[index];
    const double offset_s = wave.begin_s - event.onset_s;
    float largest = 1e-4F;
    for (const auto& samples : wave.axes)
      for (const float value : samples)
        if (std::abs(value) > largest) largest = std::abs(value);
    const float range = largest * 1.15F;
    if (look.axes && scene.info().amplitudes_valid && event.peak_g > 0.0) {
      // Length is the time above a fifth of the peak: the two lines show where that is.
      const float level = 0.2F * static_cast<float>(event.peak_g) / range * plot.h / 2.0F;
      for (const float side : {-1.0F, 1.0F})
        for (float x = onset + 1.0F; x < end; x += 6.0F)
          p.horizontal(x, std::min(x + 2.0F, end), plot.centre().y + side * level, Ink(Role::Event, 0.7F));
    }
    p.push_clip(plot);
    for (const std::size_t axis : kOrder)
      trace(scene, plot, wave, window, offset_s, wave.axes[axis], plot.h / 2.0F / range, kInks[axis], look.line);
    p.pop_clip();
    if (look.axes) size_axis(scene, plot, range);
  }
  p.vertical(onset - 0.75F, plot.y, plot.bottom(), Role::Event, 1.5F);
  if (look.axes) time_axis(scene, plot, window);
}

}  // namespace klono::app::review

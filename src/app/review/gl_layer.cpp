#include "app/review/gl_layer.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace klono::app::review {
namespace {

render::PixelRect pixels(const ui::Painter& painter, const ui::Rect& rect) {
  const ui::Rect r = painter.snap(rect);
  const float scale = painter.scale();
  return {std::round(r.x * scale), std::round(r.y * scale), std::round(r.w * scale), std::round(r.h * scale)};
}

bool masked(const std::vector<Mask>& masks, double t_s) {
  const auto after = std::ranges::upper_bound(masks, t_s, {}, [](const Mask& mask) { return mask.span.begin_s; });
  return after != masks.begin() && std::prev(after)->span.contains(t_s);
}

}  // namespace

void GlLayer::update(const Scene& scene) {
  jobs_.clear();
  const protocol::TraceReply& trace = scene.workspace.window().trace;
  const bool own_trace = trace.recording == scene.entry.id;
  const auto trace_request = own_trace ? std::optional(trace.request) : std::nullopt;
  if (trace_request != trace_request_ || trace_recording_ != scene.entry.id) {
    trace_request_ = trace_request;
    trace_recording_ = scene.entry.id;
    if (own_trace) {
      traces_.upload(trace.min_max, trace.columns, {trace.begin_s, trace.end_s});
    } else {
      traces_.upload({}, 0, {});
    }
    measure(scene);
  }
  const protocol::SpectrogramReply& levels = scene.workspace.window().spectrogram;
  const bool own_levels = levels.recording == scene.entry.id;
  const auto levels_request = own_levels ? std::optional(levels.request) : std::nullopt;
  if (levels_request != spectrogram_request_ || spectrogram_recording_ != scene.entry.id) {
    spectrogram_request_ = levels_request;
    spectrogram_recording_ = scene.entry.id;
    top_hz_ = own_levels ? levels.top_hz : 0.0;
    if (own_levels) {
      spectrogram_.upload(levels.level, levels.columns, levels.rows, {levels.begin_s, levels.end_s});
    } else {
      spectrogram_.upload({}, 0, 0, {});
    }
  }
  if (ramp_dark_ != scene.ui.theme().dark()) {
    ramp_dark_ = scene.ui.theme().dark();
    render::SpectrogramRenderer::Ramp ramp{};
    for (std::size_t i = 0; i < ramp.size(); ++i) {
      const ui::Colour c = scene.ui.theme().ramp(static_cast<float>(i) / static_cast<float>(ramp.size() - 1));
      ramp[i] = {c.r, c.g, c.b, c.a};
    }
    spectrogram_.set_ramp(ramp);
  }
}

void GlLayer::measure(const Scene& scene) {
  const protocol::TraceReply& trace = scene.workspace.window().trace;
  largest_g_ = 0.0;
  if (traces_.empty()) return;
  float all = 0.0F;
  float still = 0.0F;
  const double column_s = (trace.end_s - trace.begin_s) / trace.columns;
  for (std::uint32_t i = 0; i < trace.columns; ++i) {
    float here = 0.0F;
    for (std::size_t lane = 0; lane * 2 * trace.columns < trace.min_max.size(); ++lane) {
      const std::size_t at = 2 * (lane * trace.columns + i);
      for (const float value : {trace.min_max[at], trace.min_max[at + 1]})
        if (std::abs(value) > here) here = std::abs(value);  // false for not-a-number
    }
    all = std::max(all, here);
    if (!masked(scene.analysis().masks, trace.begin_s + (i + 0.5) * column_s)) still = std::max(still, here);
  }
  largest_g_ = static_cast<double>(still > 0.0F ? still : all);
}

void GlLayer::traces(const Scene& scene, const std::array<ui::Rect, 3>& lanes, const TimeSpan& shown, double range_g, float line) {
  if (traces_.empty() || !(range_g > 0.0)) return;
  const ui::Painter& p = scene.ui.paint();
  constexpr ui::Role kInks[] = {ui::Role::X, ui::Role::Y, ui::Role::Z};
  Job job;
  job.shown = {shown.begin_s, shown.end_s};
  for (std::uint32_t axis = 0; axis < 3; ++axis) {
    const render::PixelRect rect = pixels(p, lanes[axis]);
    job.lanes.push_back({rect, axis, p.theme().colour(ui::Ink(kInks[axis], p.alpha())).floats(),
                         rect.height / 2.0F / static_cast<float>(range_g), line * p.scale()});
  }
  submit(scene, std::move(job));
}

void GlLayer::spectrogram(const Scene& scene, const ui::Rect& rect, const TimeSpan& shown, float radius) {
  const ui::Painter& p = scene.ui.paint();
  Job job;
  job.shown = {shown.begin_s, shown.end_s};
  job.rect = pixels(p, rect);
  job.radius = radius * p.scale();
  job.alpha = p.alpha();
  submit(scene, std::move(job));
}

void GlLayer::submit(const Scene& scene, Job job) {
  job.layer = this;
  jobs_.push_back(std::move(job));
  ImDrawList* list = scene.ui.paint().list();
  list->AddCallback(&GlLayer::run, &jobs_.back());
  list->AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void GlLayer::run(const ImDrawList*, const ImDrawCmd* command) {
  Job& job = *static_cast<Job*>(command->UserCallbackData);
  const ImVec2 size = ImGui::GetDrawData()->DisplaySize;
  const ImVec4& clip = command->ClipRect;
  const render::Surface surface{size.x, size.y, {clip.x, clip.y, clip.z - clip.x, clip.w - clip.y}};
  if (job.lanes.empty()) {
    job.layer->spectrogram_.draw(surface, job.shown, job.rect, job.radius, job.alpha);
  } else {
    job.layer->traces_.draw(surface, job.shown, job.lanes);
  }
}

}  // namespace klono::app::review

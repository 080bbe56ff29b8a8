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

bool masked(const auto& masks, double t_s) {
  const auto after = std::ranges::upper_bound(masks, t_s, {}, [](const auto& mask) { return mask.span.begin_s; });
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
  update_emg(scene);
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

void GlLayer::update_emg(const Scene& scene) {
  const protocol::TraceReply& reply = scene.workspace.window().emg;
  const bool own = reply.recording == scene.entry.id && scene.entry.data.emg.has_value();
  const auto request = own ? std::optional(reply.request) : std::nullopt;
  if (request == emg_request_ && emg_recording_ == scene.entry.id) return;
  emg_request_ = request;
  emg_recording_ = scene.entry.id;
  largest_emg_.clear();
  if (!own) return emg_.upload({}, 0, {});
  emg_.upload(reply.min_max, reply.columns, {reply.begin_s, reply.end_s});
  const std::vector<EmgChannelAnalysis>& channels = scene.entry.data.emg->channels;
  const double column_s = reply.columns > 0 ? (reply.end_s - reply.begin_s) / reply.columns : 0.0;
  for (std::size_t k = 0; k < channels.size() && 2 * (k + 1) * reply.columns <= reply.min_max.size(); ++k) {
    float all = 0.0F;
    float clean = 0.0F;
    for (std::uint32_t i = 0; i < reply.columns; ++i) {
      const std::size_t at = 2 * (k * reply.columns + i);
      float here = 0.0F;
      for (const float value : {reply.min_max[at], reply.min_max[at + 1]})
        if (std::abs(value) > here) here = std::abs(value);  // false for not-a-number
      all = std::max(all, here);
      if (!masked(channels[k].masks, reply.begin_s + (i + 0.5) * column_s)) clean = std::max(clean, here);
    }
    largest_emg_.push_back(static_cast<double>(clean > 0.0F ? clean : all));
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

void GlLayer::traces(const Scene& scene, std::span<const ui::Rect> lanes, const TimeSpan& shown, double range_g, float line) {
  if (traces_.empty() || lanes.size() < 3 || !(range_g > 0.0)) return;
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

void GlLayer::emg(const Scene& scene, const ui::Rect& lane, std::size_t channel, const TimeSpan& shown, double range, float line) {
  if (emg_.empty() || !(range > 0.0)) return;
  const ui::Painter& p = scene.ui.paint();
  Job job;
  job.emg = true;
  job.shown = {shown.begin_s, shown.end_s};
  const render::PixelRect rect = pixels(p, lane);
  job.lanes.push_back({rect, static_cast<std::uint32_t>(channel), p.theme().colour(ui::Ink(ui::Role::Text2, p.alpha())).floats(),
                       rect.height / 2.0F / static_cast<float>(range), line * p.scale()});
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
    (job.emg ? job.layer->emg_ : job.layer->traces_).draw(surface, job.shown, job.lanes);
  }
}

}  // namespace klono::app::review

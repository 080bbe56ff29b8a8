#pragma once
/// Traces and spectrogram between the shapes of Dear ImGui: GL objects drawn in place through callbacks.

#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "app/review/scene.hpp"
#include "render/spectrogram_renderer.hpp"
#include "render/trace_renderer.hpp"

struct ImDrawList;
struct ImDrawCmd;

namespace klono::app::review {

class GlLayer {
 public:
  /// Once a frame before drawing: takes over new replies and a changed theme.
  void update(const Scene& scene);

  /// Largest |value| of the newest trace outside masked time, g; of all of it where everything is masked. 0 without data.
  double largest_g() const { return largest_g_; }
  double top_hz() const { return top_hz_; }
  bool has_traces() const { return !traces_.empty(); }
  /// Largest |EMG| of a channel in the newest lanes, outside masked time, in its unit. 0 without data.
  double largest_emg(std::size_t channel) const { return channel < largest_emg_.size() ? largest_emg_[channel] : 0.0; }

  /// One lane for each of x, y, z about its middle line; `range_g` from there to its edge.
  void traces(const Scene& scene, std::span<const ui::Rect> lanes, const TimeSpan& shown, double range_g, float line);
  /// One EMG channel in a lane about its middle line; `range` from there to its edge.
  void emg(const Scene& scene, const ui::Rect& lane, std::size_t channel, const TimeSpan& shown, double range, float line);
  void spectrogram(const Scene& scene, const ui::Rect& rect, const TimeSpan& shown, float radius);

 private:
  struct Job {
    GlLayer* layer = nullptr;
    bool emg = false;
    render::TimeWindow shown;
    std::vector<render::TraceRenderer::Lane> lanes;  ///< empty: the spectrogram
    render::PixelRect rect;
    float radius = 0.0F;
    float alpha = 1.0F;
  };
  static void run(const ImDrawList* list, const ImDrawCmd* command);
  void submit(const Scene& scene, Job job);
  void measure(const Scene& scene);
  void update_emg(const Scene& scene);

  render::TraceRenderer traces_;
  render::TraceRenderer emg_;
  render::SpectrogramRenderer spectrogram_;
  std::deque<Job> jobs_;  ///< of this frame; the draw list points at them
  protocol::RecordingId trace_recording_ = 0, spectrogram_recording_ = 0;
  protocol::RecordingId emg_recording_ = 0;
  std::optional<protocol::RequestId> trace_request_, spectrogram_request_, emg_request_;
  std::vector<double> largest_emg_;
  std::optional<bool> ramp_dark_;
  double largest_g_ = 0.0;
  double top_hz_ = 0.0;
};

}  // namespace klono::app::review

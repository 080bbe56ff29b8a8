#include "engine/drawing_data.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>

#include "dsp/spectrogram.hpp"
#include "engine/clip.hpp"
#include "view/viewport.hpp"

namespace klono::engine {
namespace {

constexpr double kWaveformRate_hz = 100.0;
constexpr double kTop_hz = 20.0;
constexpr double kBelowNyquist = 0.45;
constexpr double kWindow_s = 0.64;  // of the spectrogram; data this far around the view matter

/// The segment that `t_s` lies in; null between segments.
const Segment* segment_at(const Recording& recording, double t_s) {
  const auto after = std::ranges::upper_bound(recording.segments, t_s, {}, &Segment::start_s);
  if (after == recording.segments.begin()) return nullptr;
  const Segment& segment = *std::prev(after);
  return t_s < segment.end_s() ? &segment : nullptr;
}

/// Movement around [begin_s, end_s), with one sample beside on each side.
struct Excerpt {
  std::int64_t first = 0;
  MotionWindow movement;
};

Excerpt excerpt_of(const Recording& recording, const MovementTrack& track, double begin_s, double end_s) {
  Excerpt excerpt;
  std::int64_t end = -1;
  for (const Segment& segment : recording.segments) {
    if (segment.end_s() <= begin_s || segment.start_s >= end_s) continue;
    const auto index = [&](double t_s) {
      const double place = std::clamp((t_s - segment.start_s) * segment.rate_hz, -2.0, static_cast<double>(segment.count) + 2.0);
      return segment.first_index + static_cast<std::int64_t>(std::floor(place));
    };
    if (end < 0) excerpt.first = std::max(segment.first_index, index(begin_s) - 1);
    end = std::min(segment.end_index(), index(end_s) + 3);
  }
  if (end > excerpt.first) excerpt.movement = track.movement(recording, excerpt.first, end);
  return excerpt;
}

/// Linear between neighbours; NaN outside every segment.
float value_at(const Recording& recording, const Excerpt& excerpt, std::size_t axis, double t_s) {
  const Segment* segment = segment_at(recording, t_s);
  const std::vector<float>& values = excerpt.movement[axis];
  if (segment == nullptr || values.empty()) return kNone;
  const double place = (t_s - segment->start_s) * segment->rate_hz;
  const std::int64_t low = segment->first_index + std::min(static_cast<std::int64_t>(place), segment->count - 1);
  const std::int64_t high = std::min(low + 1, segment->end_index() - 1);
  const auto last = static_cast<std::int64_t>(values.size()) - 1;
  const auto at = [&](std::int64_t index) { return values[static_cast<std::size_t>(std::clamp<std::int64_t>(index - excerpt.first, 0, last))]; };
  const auto share = static_cast<float>(place - std::floor(place));
  return at(low) * (1.0F - share) + at(high) * share;
}

}  // namespace

protocol::Waveform waveform(const Recording& recording, const MovementTrack& track, double begin_s, double end_s) {
  protocol::Waveform wave;
  wave.begin_s = begin_s;
  wave.rate_hz = std::min(kWaveformRate_hz, recording.rate_hz);
  const auto count = static_cast<std::size_t>(std::max(0.0, std::floor((end_s - begin_s) * wave.rate_hz + 1e-6)));
  const Excerpt excerpt = excerpt_of(recording, track, begin_s, end_s);
  for (std::size_t axis = 0; axis < wave.axes.size(); ++axis) {
    wave.axes[axis].resize(count);
    for (std::size_t i = 0; i < count; ++i)
      wave.axes[axis][i] = value_at(recording, excerpt, axis, begin_s + static_cast<double>(i) / wave.rate_hz);
  }
  return wave;
}

std::vector<protocol::Waveform> event_waveforms(const Recording& recording, const MovementTrack& track, const std::vector<Event>& events) {
  std::vector<protocol::Waveform> waves;
  waves.reserve(events.size());
  for (const Event& event : events) {
    const TimeSpan window = view::event_window(event);
    waves.push_back(waveform(recording, track, event.onset_s + window.begin_s, event.onset_s + window.end_s));
  }
  return waves;
}

namespace {

/// One segment's movement, read as the spectrogram asks for it; what a narrow view needs is read at once.
class SegmentMovement {
 public:
  SegmentMovement(const Recording& recording, const MovementTrack& track, const Segment& segment, double begin_s, double end_s)
      : recording_(recording), track_(track), first_(segment.first_index) {
    const auto index = [&](double t_s) {
      const double place = std::clamp((t_s - segment.start_s) * segment.rate_hz, 0.0, static_cast<double>(segment.count));
      return segment.first_index + static_cast<std::int64_t>(place);
    };
    const std::int64_t from = index(begin_s - 2.0 * kWindow_s);
    const std::int64_t to = index(end_s + 2.0 * kWindow_s);
    if (to - from <= kAtOnce) hold(from, to);
  }

  dsp::MovementAxes read(std::int64_t begin, std::int64_t end) {
    begin += first_;
    end += first_;
    if (begin < held_from_ || end > held_to_) hold(begin, end);
    dsp::MovementAxes axes;
    for (std::size_t axis = 0; axis < axes.size(); ++axis)
      axes[axis] = std::span<const float>(held_[axis]).subspan(static_cast<std::size_t>(begin - held_from_), static_cast<std::size_t>(end - begin));
    return axes;
  }

 private:
  static constexpr std::int64_t kAtOnce = 1 << 17;

  void hold(std::int64_t from, std::int64_t to) {
    held_ = track_.movement(recording_, from, to);
    held_from_ = from;
    held_to_ = to;
  }

  const Recording& recording_;
  const MovementTrack& track_;
  std::int64_t first_;
  MotionWindow held_;
  std::int64_t held_from_ = 0;
  std::int64_t held_to_ = 0;
};

}  // namespace

protocol::SpectrogramReply spectrogram_reply(const Recording& recording, const MovementTrack& track, const protocol::SpectrogramRequest& request) {
  std::vector<dsp::MovementSpan> spans;
  double slowest_hz = std::numeric_limits<double>::infinity();
  for (const Segment& segment : recording.segments) {
    slowest_hz = std::min(slowest_hz, segment.rate_hz);
    if (segment.end_s() <= request.begin_s || segment.start_s >= request.end_s) continue;
    const auto movement = std::make_shared<SegmentMovement>(recording, track, segment, request.begin_s, request.end_s);
    spans.push_back({segment.start_s, segment.rate_hz, segment.count, [movement](std::int64_t begin, std::int64_t end) { return movement->read(begin, end); }});
  }
  const double top_hz = std::isfinite(slowest_hz) ? std::min(kTop_hz, kBelowNyquist * slowest_hz) : kTop_hz;
  protocol::SpectrogramReply reply{request.request, request.recording, request.begin_s, request.end_s, top_hz, request.columns, request.rows, {}};
  reply.level = dsp::spectrogram({request.begin_s, request.end_s, request.columns, request.rows, top_hz}, spans);
  return reply;
}

}  // namespace klono::engine

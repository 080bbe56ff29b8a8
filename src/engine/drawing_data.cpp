#include "engine/drawing_data.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "dsp/spectrogram.hpp"
#include "view/viewport.hpp"

namespace klono::engine {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr double kWaveformRate_hz = 100.0;
constexpr double kTop_hz = 20.0;
constexpr double kBelowNyquist = 0.45;
constexpr double kWindow_s = 0.64;  // of the spectrogram; data this far around the view matter

float magnitude_at(const MovementTrack& track, std::size_t index) {
  float sum = 0.0F;
  for (const std::vector<float>& axis : track.axes())
    if (!std::isnan(axis[index])) sum += axis[index] * axis[index];
  return std::isnan(track.axes()[0][index]) ? kNone : std::sqrt(sum);
}

/// Linear between neighbours; NaN outside every segment.
float value_at(const Recording& recording, const std::vector<float>& axis, double t_s) {
  for (const Segment& segment : recording.segments) {
    if (t_s < segment.start_s || t_s >= segment.end_s()) continue;
    const double place = (t_s - segment.start_s) * segment.rate_hz;
    const std::int64_t low = segment.first_index + std::min(static_cast<std::int64_t>(place), segment.count - 1);
    const std::int64_t high = std::min(low + 1, segment.end_index() - 1);
    const auto share = static_cast<float>(place - std::floor(place));
    return axis[static_cast<std::size_t>(low)] * (1.0F - share) + axis[static_cast<std::size_t>(high)] * share;
  }
  return kNone;
}

}  // namespace

std::vector<float> peak_columns(const Recording& recording, const MovementTrack& track, std::uint32_t columns) {
  std::vector<float> peaks(columns, kNone);
  const double duration_s = recording.duration_s();
  if (columns == 0 || duration_s <= 0.0) return peaks;
  const double per_s = columns / duration_s;
  for (const Segment& segment : recording.segments) {
    for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
      const float value = magnitude_at(track, static_cast<std::size_t>(i));
      if (std::isnan(value)) continue;
      const auto last = static_cast<std::int64_t>(columns) - 1;
      const std::int64_t from = std::clamp<std::int64_t>(static_cast<std::int64_t>(segment.time_of(i) * per_s), 0, last);
      const std::int64_t to = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(segment.time_of(i + 1) * per_s)) - 1, from, last);
      for (std::int64_t column = from; column <= to; ++column) {
        float& peak = peaks[static_cast<std::size_t>(column)];
        peak = std::isnan(peak) ? value : std::max(peak, value);
      }
    }
  }
  return peaks;
}

protocol::Waveform waveform(const Recording& recording, const MovementTrack& track, double begin_s, double end_s) {
  protocol::Waveform wave;
  wave.begin_s = begin_s;
  wave.rate_hz = std::min(kWaveformRate_hz, recording.rate_hz);
  const auto count = static_cast<std::size_t>(std::max(0.0, std::floor((end_s - begin_s) * wave.rate_hz + 1e-6)));
  for (std::size_t axis = 0; axis < wave.axes.size(); ++axis) {
    wave.axes[axis].resize(count);
    for (std::size_t i = 0; i < count; ++i)
      wave.axes[axis][i] = value_at(recording, track.axes()[axis], begin_s + static_cast<double>(i) / wave.rate_hz);
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

protocol::SpectrogramReply spectrogram_reply(const Recording& recording, const MovementTrack& track, const protocol::SpectrogramRequest& request) {
  std::vector<dsp::MovementSpan> spans;
  double slowest_hz = std::numeric_limits<double>::infinity();
  for (const Segment& segment : recording.segments) {
    slowest_hz = std::min(slowest_hz, segment.rate_hz);
    const auto index = [&](double t_s) {
      return std::clamp(segment.first_index + static_cast<std::int64_t>(std::floor((t_s - segment.start_s) * segment.rate_hz)),
                        segment.first_index, segment.end_index());
    };
    const std::int64_t to = index(std::min(request.end_s + kWindow_s, segment.end_s() + kWindow_s));
    for (std::int64_t from = index(std::max(request.begin_s, segment.start_s) - kWindow_s); from < to;) {
      std::int64_t end = from;
      while (end < to && !std::isnan(track.axes()[0][static_cast<std::size_t>(end)])) ++end;
      if (end > from) {
        dsp::MovementSpan span{segment.time_of(from), segment.rate_hz, {}};
        for (std::size_t axis = 0; axis < 3; ++axis)
          if (!std::isnan(track.axes()[axis][static_cast<std::size_t>(from)]))
            span.axes[axis] = std::span<const float>(track.axes()[axis]).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(end - from));
        spans.push_back(span);
      }
      from = end + 1;
    }
  }
  const double top_hz = std::isfinite(slowest_hz) ? std::min(kTop_hz, kBelowNyquist * slowest_hz) : kTop_hz;
  protocol::SpectrogramReply reply{request.request, request.recording, request.begin_s, request.end_s, top_hz, request.columns, request.rows, {}};
  reply.level = dsp::spectrogram({request.begin_s, request.end_s, request.columns, request.rows, top_hz}, spans);
  return reply;
}

}  // namespace klono::engine

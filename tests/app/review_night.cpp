#include "app/review_night.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

#include "dsp/spectrogram.hpp"

namespace klono::test {
namespace {

constexpr double kRate_hz = 60.0;
constexpr double kLength_s = 27780.0;
constexpr double kTurn = 2.0 * std::numbers::pi;
constexpr TimeSpan kMoves[] = {{0, 1560}, {5100, 5400}, {11040, 11460}, {17700, 18120}, {23400, 23700}, {27300, 27780}, {15895.5, 15903}};
constexpr TimeSpan kGap{14400, 14640};

using Random = std::mt19937;

double uniform(Random& random, double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); }

double swing(double t_s, double hz, double decay_s) {
  if (t_s < 0.0) return 0.0;
  return 1.9 * std::sin(kTurn * hz * t_s) * std::exp(-t_s / decay_s) * (1.0 - std::exp(-t_s / 0.022));
}

}  // namespace

ReviewNight::ReviewNight(std::uint32_t seed) {
  for (const TimeSpan& span : kMoves) masks_.push_back({span, Reason::BodyMovement});
  std::ranges::sort(masks_, {}, [](const Mask& m) { return m.span.begin_s; });
  gaps_.push_back({kGap, GapReason::Missing});
  make_events(seed);
  make_samples(seed);
}

void ReviewNight::make_events(std::uint32_t seed) {
  Random random(seed);
  struct At {
    double t_s;
    std::int32_t group;
  };
  std::vector<At> at;
  for (int i = 0; i < 4; ++i) at.push_back({4380.0 + i * 22.0 + uniform(random, -2, 2), 0});
  for (int i = 0; i < 3; ++i) at.push_back({7210.0 + i * 1.5 + uniform(random, 0, 0.3), 1});
  for (const double t : {5.3, 17.6, 31.9, 45.2, 63.3}) at.push_back({15830.0 + t, 2});
  for (const double t : {2391.0, 2788.0, 3012.0, 3390.0, 3702.0, 5620.0, 6105.0, 6610.0, 7890.0, 8344.0, 8951.0, 9260.0, 10240.0,
                         12120.0, 13511.0, 15841.7, 18300.0, 18890.0, 20466.0, 22310.0, 25120.0, 26990.0})
    at.push_back({t, -1});
  std::ranges::sort(at, {}, &At::t_s);
  for (const At& a : at) {
    Shape shape;
    shape.hz = uniform(random, 4.0, 7.0);
    shape.decay_s = uniform(random, 0.08, 0.14);
    const double pan = uniform(random, 0.0, kTurn);
    const double tilt = uniform(random, -0.9, 0.9);
    shape.direction = {std::cos(pan) * std::cos(tilt), std::sin(pan) * std::cos(tilt), std::sin(tilt)};
    if (a.group == 2) shape.direction = {0.55, -0.42, 0.72};
    Event& event = shape.event;
    event.onset_s = a.t_s;
    event.duration_s = uniform(random, 0.16, 0.32);
    event.end_s = a.t_s + event.duration_s;
    event.peak_s = a.t_s + 0.05;
    event.peak_g = std::clamp(0.25 * std::exp(0.62 * uniform(random, -2.0, 2.0)), 0.06, 0.92);
    event.rise_s = uniform(random, 0.03, 0.08);
    event.dominant_hz = shape.hz;
    event.direction = shape.direction;
    event.floor_g = 0.0045;
    event.above_floor = event.peak_g / event.floor_g;
    event.tilt_change_deg = uniform(random, 0.4, 4.0);
    event.quiet_before_s = uniform(random, 3.0, 40.0);
    event.quiet_after_s = uniform(random, 3.0, 40.0);
    event.confidence = uniform(random, 0.55, 0.98);
    event.group = a.group;
    event.event_class = a.group < 0 ? EventClass::Twitch : a.group == 2 ? EventClass::Rhythmic : EventClass::Burst;
    shapes_.push_back(shape);
  }
}

void ReviewNight::make_samples(std::uint32_t seed) {
  Random random(seed + 1);
  const auto count = static_cast<std::size_t>(kLength_s * kRate_hz);
  recording_.rate_hz = kRate_hz;
  recording_.segments = {{0, static_cast<std::int64_t>(count), 0.0, kRate_hz}};
  std::normal_distribution<double> noise(0.0, 0.0035);
  for (int axis = 0; axis < 3; ++axis) {
    Channel channel;
    channel.role = static_cast<ChannelRole>(axis);
    channel.samples.resize(count);
    const double phase = uniform(random, 0.0, kTurn);
    for (std::size_t i = 0; i < count; ++i) {
      const double t = static_cast<double>(i) / kRate_hz;
      double value = noise(random) + 0.002 * std::sin(1.55 * t + phase);
      for (const TimeSpan& move : kMoves) {
        if (t < move.begin_s + 1.5 || t > move.end_s - 1.5) continue;
        const double bump = std::pow(std::sin(std::numbers::pi * std::fmod(t - move.begin_s - 1.5, 4.5) / 4.5), 2);
        value += bump * (0.3 * std::sin(4.1 * t + phase * 2.0) + 0.16 * std::sin(9.7 * t + axis) + 0.06 * noise(random) / 0.0035);
      }
      if (kGap.contains(t)) value = std::numeric_limits<double>::quiet_NaN();
      channel.samples[i] = static_cast<float>(value);
    }
    for (const Shape& shape : shapes_) {
      const auto first = static_cast<std::size_t>(shape.event.onset_s * kRate_hz);
      for (std::size_t i = first; i < std::min(count, first + 90); ++i) {
        const double t = static_cast<double>(i) / kRate_hz - shape.event.onset_s;
        const double echo = 0.25 * swing(t - 0.05 * axis, shape.hz, shape.decay_s);
        channel.samples[i] += static_cast<float>(shape.event.peak_g * shape.direction[static_cast<std::size_t>(axis)] *
                                                 (swing(t, shape.hz, shape.decay_s) + echo));
      }
    }
    pyramids_[static_cast<std::size_t>(axis)] = view::Pyramid(channel.samples);
    recording_.channels.push_back(std::move(channel));
  }
}

protocol::Opened ReviewNight::opened(protocol::RecordingId id) const {
  protocol::Opened opened;
  opened.recording = id;
  opened.info.format = "phyphox (csv)";
  opened.info.start = {ClockBasis::Local, 1792622890'400'000'000, std::nullopt};  // 21 Oct 2026, 22:48
  opened.info.duration_s = kLength_s;
  opened.info.rate_hz = kRate_hz;
  opened.info.num_samples = recording_.num_samples();
  opened.info.segments = recording_.segments;
  opened.info.gaps = gaps_;
  opened.analysis.masks = masks_;
  double masked_s = 0.0;
  for (const Mask& mask : masks_) masked_s += mask.span.length_s();
  opened.analysis.recorded_s = kLength_s - kGap.length_s();
  opened.analysis.analysable_s = opened.analysis.recorded_s - masked_s;
  opened.analysis.noise_floor_g = 0.0045;
  opened.analysis.smallest_visible_g = 0.05;
  for (const Shape& shape : shapes_) {
    opened.analysis.events.push_back(shape.event);
    protocol::Waveform wave{shape.event.onset_s - 0.5, kRate_hz, {}};
    const auto first = static_cast<std::size_t>(std::max(0.0, wave.begin_s * kRate_hz));
    wave.begin_s = static_cast<double>(first) / kRate_hz;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto& samples = recording_.channels[axis].samples;
      const auto from = samples.begin() + static_cast<std::ptrdiff_t>(first);
      wave.axes[axis].assign(from, from + 120);
    }
    opened.waveforms.push_back(std::move(wave));
  }
  for (const double t_s : {15835.0, 15870.5, 15888.2, 5702.0}) {
    Event event = shapes_.front().event;
    event.onset_s = t_s;
    event.end_s = t_s + 1.4;
    event.duration_s = 1.4;
    event.peak_g = 0.07;
    event.rise_s = 0.4;
    event.above_floor = 15.0;
    event.reason = Reason::BodyMovement;
    opened.analysis.not_counted.push_back(event);
  }
  const auto leave_out = [&](double t_s, Reason reason, double peak_g) {
    Event event = shapes_.front().event;
    event.onset_s = t_s;
    event.end_s = t_s + 0.2;
    event.duration_s = 0.2;
    event.peak_g = peak_g;
    event.reason = reason;
    opened.analysis.not_counted.push_back(event);
  };
  for (int i = 0; i < 9; ++i) leave_out(2600.0 + 2500.0 * i, Reason::TooWeak, 0.031);
  for (int i = 0; i < 5; ++i) leave_out(3100.0 + 4100.0 * i, Reason::HandlingKnock, 0.12);
  leave_out(9050.0, Reason::PostureChange, 0.4);
  std::ranges::sort(opened.analysis.not_counted, {}, &Event::onset_s);
  opened.analysis.expected_false = 3.2;
  opened.analysis.rest = {{{1800.0, 27000.0}}, {{1800.0, false}}};
  opened.analysis.events[3].by_form = true;
  constexpr std::uint32_t kColumns = 2048;
  opened.overview = {0.0, kLength_s, std::vector<float>(kColumns)};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto columns = view::min_max_columns(recording_, recording_.channels[axis].samples, pyramids_[axis], 0.0, kLength_s, kColumns);
    for (std::size_t i = 0; i < kColumns; ++i) {
      const float here = std::max(std::abs(columns[2 * i]), std::abs(columns[2 * i + 1]));
      opened.overview.peak_g[i] = axis == 0 ? here : std::max(opened.overview.peak_g[i], here);
    }
  }
  return opened;
}

protocol::TraceReply ReviewNight::answer(const protocol::TraceRequest& request) const {
  protocol::TraceReply reply{request.request, request.recording, request.mode, request.begin_s, request.end_s, request.columns, {}};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    auto columns = view::min_max_columns(recording_, recording_.channels[axis].samples, pyramids_[axis], request.begin_s,
                                         request.end_s, request.columns);
    constexpr float kGravity[] = {0.1F, -0.35F, 0.93F};
    if (request.mode == protocol::TraceMode::AsRecorded)
      for (float& value : columns) value += kGravity[axis];
    reply.min_max.insert(reply.min_max.end(), columns.begin(), columns.end());
  }
  return reply;
}

protocol::SpectrogramReply ReviewNight::answer(const protocol::SpectrogramRequest& request) const {
  constexpr double kTop_hz = 26.0;
  protocol::SpectrogramReply reply{request.request, request.recording, request.begin_s, request.end_s, kTop_hz, request.columns,
                                   request.rows, {}};
  std::vector<dsp::MovementSpan> spans;
  const auto cut = [&](double from_s, double to_s) {
    dsp::MovementAxes part;
    for (std::size_t axis = 0; axis < 3; ++axis)
      part[axis] = std::span<const float>(recording_.channels[axis].samples)
                       .subspan(static_cast<std::size_t>(std::lround(from_s * kRate_hz)), static_cast<std::size_t>(std::lround((to_s - from_s) * kRate_hz)));
    spans.push_back(dsp::movement_in_memory(from_s, kRate_hz, part));
  };
  cut(0.0, kGap.begin_s);
  cut(kGap.end_s, kLength_s);
  reply.level = dsp::spectrogram({request.begin_s, request.end_s, request.columns, request.rows, kTop_hz}, spans);
  return reply;
}

}  // namespace klono::test

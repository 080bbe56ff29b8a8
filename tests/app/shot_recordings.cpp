#include "app/shot_recordings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace klono::test {
namespace {

constexpr std::size_t kColumns = 2048;
constexpr double kRate_hz = 100.0;

using Random = std::mt19937;

double uniform(Random& random, double low, double high) { return std::uniform_real_distribution<double>(low, high)(random); }

std::vector<Mask> masks_of(Random& random, const NightPlan& plan, double duration_s) {
  std::vector<Mask> masks{{{0.0, std::min(1500.0, duration_s * 0.05)}, Reason::BodyMovement}};
  for (int i = 1; i <= plan.turns; ++i) {
    const double at = duration_s * (i + uniform(random, -0.25, 0.25)) / (plan.turns + 1);
    masks.push_back({{at, at + uniform(random, 40.0, 480.0)}, Reason::BodyMovement});
  }
  masks.push_back({{duration_s - 360.0, duration_s}, Reason::BodyMovement});
  return masks;
}

Event event_at(Random& random, double onset_s) {
  Event event;
  event.onset_s = onset_s;
  event.duration_s = uniform(random, 0.12, 0.4);
  event.end_s = onset_s + event.duration_s;
  event.peak_s = onset_s + 0.05;
  event.peak_g = 0.05 * std::exp(uniform(random, 0.0, 2.8));
  event.rise_s = 0.04;
  event.dominant_hz = uniform(random, 4.0, 8.0);
  event.direction = {0.6, 0.64, 0.48};
  event.floor_g = 0.004;
  event.above_floor = event.peak_g / event.floor_g;
  event.quiet_before_s = uniform(random, 1.2, 30.0);
  event.quiet_after_s = uniform(random, 1.2, 30.0);
  event.tilt_change_deg = uniform(random, 0.0, 4.0);
  event.confidence = uniform(random, 0.4, 0.98);
  return event;
}

std::vector<Event> events_of(Random& random, const NightPlan& plan, double duration_s, const std::vector<Mask>& masks) {
  std::vector<Event> events;
  double t = 1600.0 < duration_s * 0.2 ? 1600.0 : duration_s * 0.08;
  std::int32_t group = 0;
  while (true) {
    // More in the first hours, now and then three in a row.
    t += std::exponential_distribution<double>(plan.events_per_hour / 3600.0 * (t < duration_s * 0.4 ? 1.3 : 0.7))(random);
    if (t > duration_s - 400.0) break;
    if (std::ranges::any_of(masks, [&](const Mask& m) { return m.span.contains(t); })) continue;
    const int members = uniform(random, 0.0, 1.0) < 0.2 ? 3 : 1;
    for (int k = 0; k < members; ++k) {
      Event event = event_at(random, t + 1.4 * k);
      if (members > 1) {
        event.event_class = EventClass::Burst;
        event.group = group;
      }
      events.push_back(event);
    }
    group += members > 1 ? 1 : 0;
    t += 5.0;
  }
  return events;
}

/// Two runs of limb movements, one of them too fast for one of the rules, and an even train.
void add_patterns(Random& random, protocol::Opened& opened, double duration_s) {
  std::vector<Event>& events = opened.analysis.events;
  const auto add = [&](double onset_s, EventClass event_class, double length_s, std::int32_t group) {
    events.push_back(event_at(random, onset_s));
    events.back().event_class = event_class;
    events.back().duration_s = length_s;
    events.back().end_s = onset_s + length_s;
    events.back().group = group;
  };
  for (int i = 0; i < 9; ++i) add(duration_s * 0.33 + 24.0 * i, EventClass::LimbMovement, 1.8, -1);
  for (int i = 0; i < 6; ++i) add(duration_s * 0.61 + 7.0 * i, EventClass::LimbMovement, 1.2, -1);
  for (int i = 0; i < 8; ++i) add(duration_s * 0.74 + 4.1 * i, EventClass::Rhythmic, 0.2, 900);
  std::ranges::sort(events, {}, &Event::onset_s);
  opened.analysis.rest.long_rests = {{duration_s * 0.09, duration_s * 0.5}, {duration_s * 0.55, duration_s * 0.97}};
  opened.analysis.rest.onsets = {{duration_s * 0.09, OnsetSource::Estimate}};
}

protocol::Silhouette silhouette_of(Random& random, const protocol::Opened& opened, double duration_s) {
  protocol::Silhouette shape{0.0, duration_s, std::vector<float>(kColumns)};
  const double step = duration_s / kColumns;
  for (std::size_t i = 0; i < kColumns; ++i) {
    const double t = (static_cast<double>(i) + 0.5) * step;
    double g = 0.004 * uniform(random, 0.7, 1.6);
    for (const Mask& mask : opened.analysis.masks)
      if (mask.span.contains(t)) g = uniform(random, 0.08, 0.9);
    shape.peak_g[i] = static_cast<float>(g);
    for (const Gap& gap : opened.info.gaps)
      if (gap.span.contains(t)) shape.peak_g[i] = std::numeric_limits<float>::quiet_NaN();
  }
  for (const Event& event : opened.analysis.events) {
    float& g = shape.peak_g[std::min(kColumns - 1, static_cast<std::size_t>(event.onset_s / step))];
    g = std::max(g, static_cast<float>(event.peak_g));
  }
  return shape;
}

protocol::Waveform waveform_of(Random& random, const Event& event) {
  protocol::Waveform wave{event.onset_s - 0.3, kRate_hz, {}};
  const std::array<double, 3> direction{0.75, -0.55, 0.35};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (int i = 0; i < 140; ++i) {
      const double t = i / kRate_hz - 0.3;
      const double swing = t < 0.0 ? 0.0 : std::exp(-t / 0.12) * std::sin(6.28318 * event.dominant_hz * t) * 1.4;
      wave.axes[axis].push_back(static_cast<float>(event.peak_g * direction[axis] * swing + 0.003 * uniform(random, -1.0, 1.0)));
    }
  }
  return wave;
}

}  // namespace

protocol::Opened night(protocol::RecordingId id, const NightPlan& plan) {
  Random random(plan.seed);
  const double duration_s = plan.hours * 3600.0;
  protocol::Opened opened;
  opened.recording = id;
  opened.info.name = plan.name;
  opened.info.format = plan.format;
  opened.info.start = {ClockBasis::Local, plan.start_unix_s * 1'000'000'000, std::nullopt};
  opened.info.duration_s = duration_s;
  opened.info.rate_hz = kRate_hz;
  opened.info.num_samples = static_cast<std::int64_t>(duration_s * kRate_hz);
  if (plan.gap) opened.info.gaps.push_back({{duration_s * 0.52, duration_s * 0.53}, GapReason::Missing});
  opened.info.segments.push_back({0, opened.info.num_samples, 0.0, kRate_hz});
  opened.analysis.masks = masks_of(random, plan, duration_s);
  opened.analysis.events = events_of(random, plan, duration_s, opened.analysis.masks);
  if (plan.patterns) add_patterns(random, opened, duration_s);
  double masked_s = 0.0;
  for (const Mask& mask : opened.analysis.masks) masked_s += mask.span.length_s();
  opened.analysis.recorded_s = duration_s;
  opened.analysis.analysable_s = duration_s - masked_s;
  opened.analysis.noise_floor_g = 0.004;
  opened.analysis.smallest_visible_g = 0.05;
  opened.overview = silhouette_of(random, opened, duration_s);
  for (const Event& event : opened.analysis.events) opened.waveforms.push_back(waveform_of(random, event));
  return opened;
}

}  // namespace klono::test

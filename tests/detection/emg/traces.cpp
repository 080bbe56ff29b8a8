#include "traces.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <doctest/doctest.h>

namespace klono::test {
namespace {

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b)) + 1e-12; }

}  // namespace

Trace trace_of(const synth::SyntheticEmg& made) { return {made.recording.channels[0].samples, made.recording.rate_hz, 0.0, "uV"}; }

EmgChannelAnalysis detect(const Trace& trace, std::size_t block, const EmgSettings& settings) {
  EmgChannelDetector detector(settings, "EMG", trace.unit, trace.rate_hz);
  detector.begin_segment(trace.start_s, trace.rate_hz);
  const std::span<const float> samples(trace.samples);
  for (std::size_t at = 0; at < samples.size(); at += block) detector.push(samples.subspan(at, std::min(block, samples.size() - at)));
  detector.end_segment();
  return detector.finish();
}

std::size_t bursts_in(const EmgChannelAnalysis& analysis, double begin_s, double end_s) {
  return static_cast<std::size_t>(std::ranges::count_if(analysis.bursts, [&](const EmgBurst& burst) { return burst.onset_s < end_s && burst.end_s > begin_s; }));
}

std::size_t not_counted_for(const EmgChannelAnalysis& analysis, EmgReason reason) {
  return static_cast<std::size_t>(std::ranges::count(analysis.not_counted, reason, &EmgBurst::reason));
}

double masked_s(const EmgChannelAnalysis& analysis, EmgReason reason) {
  double total = 0.0;
  for (const EmgMask& mask : analysis.masks)
    if (mask.reason == reason) total += mask.span.length_s();
  return total;
}

void check_same(const EmgChannelAnalysis& a, const EmgChannelAnalysis& b, double tolerance, double gain, double shift_s) {
  REQUIRE(a.bursts.size() == b.bursts.size());
  CHECK(a.not_counted.size() == b.not_counted.size());
  for (std::size_t k = 0; k < a.bursts.size(); ++k) {
    const EmgBurst& x = a.bursts[k];
    const EmgBurst& y = b.bursts[k];
    CHECK(x.kind == y.kind);
    CHECK(near(x.onset_s + shift_s, y.onset_s, 1e-9 + tolerance));
    CHECK(near(x.duration_s, y.duration_s, 1e-9 + tolerance));
    CHECK(near(x.peak_uv * gain, y.peak_uv, tolerance));
    CHECK(near(x.rms_uv * gain, y.rms_uv, tolerance));
    CHECK(near(x.above_floor, y.above_floor, tolerance));
  }
  REQUIRE(a.silences.size() == b.silences.size());
  for (std::size_t k = 0; k < a.silences.size(); ++k) {
    CHECK(near(a.silences[k].onset_s + shift_s, b.silences[k].onset_s, 1e-9 + tolerance));
    CHECK(near(a.silences[k].duration_s, b.silences[k].duration_s, 1e-9 + tolerance));
  }
  CHECK(a.limb_movements.size() == b.limb_movements.size());
  REQUIRE(a.masks.size() == b.masks.size());
  CHECK(near(a.analysable_s, b.analysable_s, 1e-9 + tolerance));
  CHECK(near(a.floor_uv * gain, b.floor_uv, tolerance));
}

}  // namespace klono::test

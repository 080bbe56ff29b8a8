// What must not change a result: how samples arrive, gain, offset, polarity, when the recording began.

#include <algorithm>
#include <limits>

#include <doctest/doctest.h>

#include "traces.hpp"

using namespace klono;
using namespace klono::test;

namespace {

Trace eventful(double rate_hz = 1000.0) {
  synth::EmgSpec spec;
  spec.seed = 11;
  spec.duration_s = 90.0;
  spec.rate_hz = rate_hz;
  spec.bursts_per_min = 15.0;
  spec.snr_low_db = 15.0;
  spec.potentials_per_min = 4.0;
  spec.potential_low_uv = 120.0;
  spec.mains_uv = 15.0;
  spec.cable_moves_per_min = 2.0;
  spec.activity = {{40.0, 48.0}};
  spec.pauses = {{44.0, 44.15}};
  return trace_of(synth::make_emg(spec));
}

EmgSettings relative() {
  EmgSettings settings;
  settings.bursts.smallest_uv = 0.0;
  settings.bursts.potential_least_uv = 0.0;
  settings.silences.activity_least_uv = 0.0;
  return settings;
}

}  // namespace

TEST_CASE("EMG: the way samples arrive changes nothing, to the last bit") {
  const Trace trace = eventful();
  const EmgChannelAnalysis whole = detect(trace, trace.samples.size());
  REQUIRE(whole.bursts.size() >= 15);
  REQUIRE(whole.silences.size() == 1);
  REQUIRE(masked_s(whole, EmgReason::MovementArtefact) > 0.0);
  for (const std::size_t block : {1UL, 7UL, 50UL, 4097UL}) check_same(whole, detect(trace, block));
}

TEST_CASE("EMG: gain scales sizes and nothing else, where no rule is in microvolts") {
  Trace trace = eventful();
  EmgSettings settings = relative();
  const EmgChannelAnalysis before = detect(trace, 4096, settings);
  for (float& value : trace.samples) value *= 4.0F;  // exact in binary
  EmgChannelAnalysis after = detect(trace, 4096, settings);
  after.limb_movements = before.limb_movements;  // a rule in microvolts
  check_same(before, after, 1e-6, 4.0);
}

TEST_CASE("EMG: offset and polarity change nothing but the last digits") {
  Trace trace = eventful();
  const EmgChannelAnalysis before = detect(trace);
  Trace moved = trace;
  for (float& value : moved.samples) value += 1000.0F;
  check_same(before, detect(moved), 2e-3);
  for (float& value : trace.samples) value = -value;
  check_same(before, detect(trace), 1e-6);
}

TEST_CASE("EMG: a later start moves every time by as much") {
  Trace trace = eventful();
  const EmgChannelAnalysis before = detect(trace);
  trace.start_s = 512.0;
  check_same(before, detect(trace), 1e-9, 1.0, 512.0);
}

TEST_CASE("EMG: a missing reading ends the stretch, and no burst lies across it") {
  Trace trace = eventful();
  const std::size_t at = 30000;
  trace.samples[at] = std::numeric_limits<float>::quiet_NaN();
  const EmgChannelAnalysis analysis = detect(trace);
  CHECK(analysis.recorded_s == doctest::Approx(89.999));
  CHECK(std::ranges::none_of(analysis.bursts, [](const EmgBurst& burst) { return burst.onset_s < 30.0 && burst.end_s > 30.001; }));
  CHECK(analysis.bursts.size() + 2 >= detect(eventful()).bursts.size());
}

TEST_CASE("EMG: a recording of a rate too slow is refused in words, others say how much they can tell") {
  for (const double rate_hz : {0.0, 1.0, 64.0, 97.0}) {
    const auto refused = emg_detail_at(rate_hz);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::TooSlow);
    CHECK_FALSE(refused.error().advice.empty());
  }
  CHECK(emg_detail_at(100.0).value() == EmgDetail::LimbMovements);
  CHECK(emg_detail_at(256.0).value() == EmgDetail::LimbMovements);
  CHECK(emg_detail_at(512.0).value() == EmgDetail::Bursts);
  CHECK(emg_detail_at(998.6).value() == EmgDetail::Lengths);
}

TEST_CASE("EMG: empty, short and constant recordings end in an answer") {
  for (const std::size_t count : {0UL, 1UL, 3UL, 49UL, 50UL, 999UL}) {
    const EmgChannelAnalysis analysis = detect({std::vector<float>(count, 1.0F), 1000.0, 0.0, "uV"});
    CHECK(analysis.bursts.empty());
    CHECK(analysis.analysable_s == doctest::Approx(0.0));
  }
  const EmgChannelAnalysis flat = detect({std::vector<float>(20000, 3.0F), 1000.0, 0.0, "uV"});
  CHECK(masked_s(flat, EmgReason::Disconnected) == doctest::Approx(20.0));
  Recording none;
  CHECK_FALSE(analyse_emg(none, {}).ok());
}

TEST_CASE("EMG: every setting can be set within its range and not outside, and changes only itself") {
  for (const EmgSettingInfo& info : emg_setting_table()) {
    EmgSettings settings;
    CHECK(info.get(settings) >= info.low);
    CHECK(info.get(settings) <= info.high);
    CHECK_FALSE(info.source.empty());
    REQUIRE(set_by_key(settings, info.key, info.high).ok());
    CHECK(info.get(settings) == info.high);
    CHECK_FALSE(set_by_key(settings, info.key, info.high * 2.0 + 1.0).ok());
    for (const EmgSettingInfo& other : emg_setting_table())
      if (other.key != info.key) CHECK(other.get(settings) == other.get(EmgSettings{}));
  }
  EmgSettings settings;
  CHECK(set_by_key(settings, "emg.unknown", 1.0).error().code == ErrorCode::BadSetting);
}

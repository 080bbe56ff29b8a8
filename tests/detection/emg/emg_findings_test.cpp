// What is found in modelled EMG, what is not, and figures against an independent computation.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "traces.hpp"

using namespace klono;
using namespace klono::test;

namespace {

synth::EmgSpec quiet(double duration_s = 120.0) {
  synth::EmgSpec spec;
  spec.seed = 3;
  spec.duration_s = duration_s;
  return spec;
}

std::vector<std::vector<double>> columns_of(const std::string& file) {
  std::ifstream in(std::string(KLONO_EMG_GOLDENS) + "/" + file);
  std::vector<std::vector<double>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string cell;
    rows.emplace_back();
    while (std::getline(cells, cell, ',')) rows.back().push_back(std::strtod(cell.c_str(), nullptr));
  }
  return rows;
}

}  // namespace

TEST_CASE("EMG: figures agree with those that SciPy makes of the same trace") {
  Trace trace;
  for (const auto& row : columns_of("signal.csv")) trace.samples.push_back(static_cast<float>(row[0]));
  const auto goldens = columns_of("goldens.csv");
  REQUIRE(goldens.size() == 5);
  const EmgChannelAnalysis analysis = detect(trace);
  CHECK(analysis.mains_hz == 50.0);
  REQUIRE(analysis.bursts.size() == goldens.size());
  for (std::size_t k = 0; k < goldens.size(); ++k) {
    const EmgBurst& burst = analysis.bursts[k];
    const std::vector<double>& golden = goldens[k];
    CAPTURE(golden[0]);
    CHECK(std::abs(burst.onset_s - golden[0]) < 0.010);
    CHECK(std::abs(burst.end_s - golden[1]) < 0.015);
    CHECK(burst.peak_uv == doctest::Approx(golden[2]).epsilon(0.03));
    CHECK(burst.rms_uv == doctest::Approx(golden[3]).epsilon(0.12));  // its window is the burst that was found
    CHECK(burst.peak_to_peak_uv == doctest::Approx(golden[4]).epsilon(0.03));
    CHECK(burst.floor_uv == doctest::Approx(golden[5]).epsilon(0.12));  // a low quantile lies below the rms
    CHECK(burst.mean_hz == doctest::Approx(golden[6]).epsilon(0.1));
  }
}

TEST_CASE("EMG: noise alone gives nothing, at any level, and with mains of 50 or 60 Hz that drifts") {
  synth::EmgSpec spec = quiet();
  for (const double noise_uv : {0.5, 3.0, 30.0}) {
    spec.noise_uv = noise_uv;
    const EmgChannelAnalysis analysis = detect(trace_of(synth::make_emg(spec)));
    CHECK(analysis.bursts.empty());
    CHECK(analysis.silences.empty());
    CHECK(analysis.limb_movements.empty());
    CHECK(analysis.analysable_s == doctest::Approx(120.0));
    CHECK(analysis.mains_hz == 0.0);
  }
  spec.noise_uv = 3.0;
  spec.mains_uv = 40.0;
  for (const double mains_hz : {49.9, 50.0, 60.05}) {
    spec.mains_hz = mains_hz;
    const EmgChannelAnalysis analysis = detect(trace_of(synth::make_emg(spec)));
    CHECK(analysis.mains_hz == std::round(mains_hz / 10.0) * 10.0);
    CHECK(analysis.bursts.empty());
    CHECK(analysis.analysable_s == doctest::Approx(120.0));
    CHECK(analysis.floor_uv < 3.0);
  }
}

TEST_CASE("EMG: mains leaves bursts as they are") {
  synth::EmgSpec spec = quiet();
  spec.bursts_per_min = 20.0;
  spec.snr_low_db = 20.0;
  const EmgChannelAnalysis without = detect(trace_of(synth::make_emg(spec)));
  spec.mains_uv = 30.0;
  const EmgChannelAnalysis with = detect(trace_of(synth::make_emg(spec)));
  REQUIRE(without.bursts.size() >= 25);
  REQUIRE(with.bursts.size() == without.bursts.size());
  for (std::size_t k = 0; k < with.bursts.size(); ++k) {
    CHECK(std::abs(with.bursts[k].onset_s - without.bursts[k].onset_s) < 0.012);
    CHECK(with.bursts[k].peak_uv == doctest::Approx(without.bursts[k].peak_uv).epsilon(0.15));
  }
}

TEST_CASE("EMG: heart beats are no bursts, small and large, slow and fast") {
  for (const double heart_uv : {30.0, 80.0, 200.0, 800.0}) {
    for (const double per_min : {55.0, 90.0}) {
      synth::EmgSpec spec = quiet();
      spec.heart_uv = heart_uv;
      spec.heart_per_min = per_min;
      const EmgChannelAnalysis analysis = detect(trace_of(synth::make_emg(spec)));
      CAPTURE(heart_uv);
      CAPTURE(per_min);
      CHECK(analysis.bursts.size() <= 3);
      CHECK(analysis.analysable_s > 0.95 * analysis.recorded_s);
      if (heart_uv >= 200.0) CHECK(analysis.not_counted.size() >= 100);  // they were looked at
    }
  }
}

TEST_CASE("EMG: bursts are found beside a heart") {
  synth::EmgSpec spec = quiet(240.0);
  spec.heart_uv = 150.0;
  spec.bursts_per_min = 10.0;
  spec.snr_low_db = 26.0;
  const synth::SyntheticEmg made = synth::make_emg(spec);
  const EmgChannelAnalysis analysis = detect(trace_of(made));
  std::size_t truth = 0;
  std::size_t found = 0;
  for (const synth::EmgTruth& one : made.truth) {
    if (one.kind != synth::EmgTruthKind::Burst) continue;
    ++truth;
    found += bursts_in(analysis, one.onset_s, one.end_s) > 0 ? 1 : 0;
  }
  REQUIRE(truth >= 35);
  CHECK(found >= truth * 85 / 100);
  CHECK(analysis.bursts.size() <= truth + 5);
}

TEST_CASE("EMG: a sharp beat, as fast as muscle, is told by its form and its rhythm") {
  Trace trace = trace_of(synth::make_emg(quiet()));
  for (double t = 1.0; t < 119.0; t += 0.8 + 0.02 * std::sin(t))
    for (int k = 0; k < 24; ++k) {
      const double u = (static_cast<double>(k) - 12.0) / 4.0;
      trace.samples[static_cast<std::size_t>(t * 1000.0) + static_cast<std::size_t>(k)] += static_cast<float>(80.0 * (1.0 - u * u) * std::exp(-0.5 * u * u));
    }
  const EmgChannelAnalysis analysis = detect(trace);
  CHECK(not_counted_for(analysis, EmgReason::Heart) > 125);
  CHECK(analysis.bursts.size() < 8);
}

TEST_CASE("EMG: pauses in steady activity have their length, and noise has none") {
  synth::EmgSpec spec = quiet(120.0);
  spec.activity = {{10.0, 100.0}};
  for (int k = 0; k < 20; ++k) {
    const double begin_s = 14.0 + 4.0 * k;
    spec.pauses.push_back({begin_s, begin_s + 0.06 + 0.02 * k});
  }
  const EmgChannelAnalysis analysis = detect(trace_of(synth::make_emg(spec)));
  REQUIRE(analysis.silences.size() >= 19);
  for (const EmgSilence& silence : analysis.silences) {
    const auto truth = std::ranges::find_if(spec.pauses, [&](const TimeSpan& pause) { return pause.contains(0.5 * (silence.onset_s + silence.end_s)); });
    REQUIRE(truth != spec.pauses.end());
    CHECK(std::abs(silence.duration_s - truth->length_s()) < 0.03);
    CHECK(silence.within_uv < 0.2 * silence.before_uv);
  }
  CHECK(analysis.bursts.size() < 40);
  CHECK(std::ranges::all_of(analysis.bursts, [](const EmgBurst& burst) { return burst.kind == EmgKind::Activity; }));
  spec.pauses.clear();
  CHECK(detect(trace_of(synth::make_emg(spec))).silences.empty());
}

TEST_CASE("EMG: weak steady activity, as it goes on and as it ends, is no row of bursts") {
  for (const double activity_uv : {4.5, 6.0, 9.0, 12.0}) {
    synth::EmgSpec spec = quiet();
    spec.activity = {{15.0, 35.0}, {50.0, 75.0}, {90.0, 105.0}};
    spec.activity_uv = activity_uv;
    const EmgChannelAnalysis analysis = detect(trace_of(synth::make_emg(spec)));
    CAPTURE(activity_uv);
    CHECK(std::ranges::count_if(analysis.bursts, [](const EmgBurst& burst) { return burst.kind != EmgKind::Activity; }) <= 3);  // as it begins
  }
}

TEST_CASE("EMG: weak bursts are found by the longer envelope") {
  synth::EmgSpec spec = quiet(600.0);
  spec.bursts_per_min = 10.0;
  spec.burst_shortest_s = 0.05;
  spec.snr_low_db = 6.0;
  spec.snr_high_db = 9.0;
  const auto share_found = [&](const EmgSettings& settings) {
    const synth::SyntheticEmg made = synth::make_emg(spec);
    const EmgChannelAnalysis analysis = detect(trace_of(made), 4096, settings);
    const auto found = std::ranges::count_if(made.truth, [&](const synth::EmgTruth& one) { return bursts_in(analysis, one.onset_s, one.end_s) > 0; });
    return static_cast<double>(found) / static_cast<double>(made.truth.size());
  };
  EmgSettings settings;
  CHECK(share_found(settings) > 0.6);
  settings.bursts.steady_multiple = 20.0;
  CHECK(share_found(settings) < 0.3);
}

TEST_CASE("EMG: a burst that stands out of steady activity is told as such") {
  synth::EmgSpec spec = quiet(60.0);
  spec.activity = {{10.0, 50.0}};
  spec.activity_uv = 20.0;
  Trace trace = trace_of(synth::make_emg(spec));
  for (const double t : {20.0, 25.0, 30.0, 35.0, 40.0})
    for (int k = 0; k < 60; ++k) trace.samples[static_cast<std::size_t>(t * 1000.0) + static_cast<std::size_t>(k)] *= 12.0F;
  const EmgChannelAnalysis analysis = detect(trace);
  std::size_t found = 0;
  for (const EmgBurst& burst : analysis.bursts)
    if (burst.on_activity) {
      ++found;
      CHECK(burst.duration_s == doctest::Approx(0.06).epsilon(0.25));
      CHECK(burst.floor_uv == doctest::Approx(20.0).epsilon(0.25));
    }
  CHECK(found == 5);
}

TEST_CASE("EMG: potentials of the size of a motor unit are told apart from bursts") {
  synth::EmgSpec spec = quiet();
  spec.potentials_per_min = 12.0;
  spec.potential_low_uv = 80.0;
  const EmgChannelAnalysis analysis = detect(trace_of(synth::make_emg(spec)));
  const auto potentials = std::ranges::count(analysis.bursts, EmgKind::Potential, &EmgBurst::kind);
  CHECK(potentials >= 22);
  CHECK(potentials <= 24);
  CHECK(analysis.bursts.size() <= 25);
}

TEST_CASE("EMG: a lead that is off, a clipped amplifier and a moved cable are not analysed") {
  synth::EmgSpec spec = quiet(120.0);
  spec.bursts_per_min = 10.0;
  Trace trace = trace_of(synth::make_emg(spec));
  for (std::size_t i = 30000; i < 40000; ++i) trace.samples[i] = 0.0F;
  for (std::size_t i = 60000; i < 70000; ++i)
    trace.samples[i] = static_cast<float>(3000.0 * std::sin(2.0 * 3.14159265358979 * 50.0 * static_cast<double>(i) / 1000.0));
  for (std::size_t i = 90000; i < 90300; ++i) trace.samples[i] = std::clamp(200.0F * trace.samples[i], -500.0F, 500.0F);
  const EmgChannelAnalysis analysis = detect(trace);
  CHECK(masked_s(analysis, EmgReason::Disconnected) > 18.0);
  CHECK(masked_s(analysis, EmgReason::Disconnected) < 23.0);
  CHECK(masked_s(analysis, EmgReason::Saturation) > 0.2);
  CHECK(masked_s(analysis, EmgReason::Saturation) < 1.0);
  CHECK(bursts_in(analysis, 30.0, 40.0) == 0);
  CHECK(bursts_in(analysis, 61.0, 69.0) == 0);
  CHECK(bursts_in(analysis, 90.0, 90.3) == 0);
  CHECK(analysis.analysable_s == doctest::Approx(analysis.recorded_s - masked_s(analysis, EmgReason::Disconnected) - masked_s(analysis, EmgReason::Saturation) - masked_s(analysis, EmgReason::MovementArtefact)));

  synth::EmgSpec moved = quiet();
  moved.cable_moves_per_min = 4.0;
  const EmgChannelAnalysis cable = detect(trace_of(synth::make_emg(moved)));
  CHECK(cable.bursts.empty());
  CHECK(masked_s(cable, EmgReason::MovementArtefact) > 1.0);
}

TEST_CASE("EMG: at the rates of a sleep laboratory only the leg movement rule applies") {
  for (const double rate_hz : {100.0, 200.0, 256.0}) {
    synth::EmgSpec spec = quiet(600.0);
    spec.rate_hz = rate_hz;
    spec.activity_uv = 30.0;
    const double lengths_s[] = {1.5, 3.0, 0.8, 9.0, 2.0, 14.0, 0.3, 1.0};
    double onset_s = 60.0;
    for (const double length_s : lengths_s) {
      spec.activity.push_back({onset_s, onset_s + length_s});
      onset_s += 25.0;
    }
    spec.activity.push_back({400.0, 401.0});
    const EmgChannelAnalysis analysis = detect(trace_of(synth::make_emg(spec)));
    CAPTURE(rate_hz);
    CHECK(analysis.detail == EmgDetail::LimbMovements);
    CHECK(analysis.bursts.empty());
    // 14 s is too long and 0.3 s too short; the last one is too far from the others.
    REQUIRE(analysis.limb_movements.size() == 7);
    for (std::size_t k = 0; k < 7; ++k) {
      const EmgLimbMovement& movement = analysis.limb_movements[k];
      CHECK(movement.in_series == (k < 6));
      CHECK(movement.duration_s == doctest::Approx(k < 5 ? lengths_s[k] : 1.0).epsilon(0.2));
    }
  }
}

TEST_CASE("EMG: channels whose bursts begin together are told with their lag") {
  synth::EmgSpec spec = quiet();
  spec.bursts_per_min = 20.0;
  spec.snr_low_db = 22.0;
  spec.lags_s = {0.0, 0.010, 0.0};
  synth::SyntheticEmg made = synth::make_emg(spec);
  made.recording.channels[2].samples = synth::make_emg(quiet()).recording.channels[0].samples;  // hears nothing
  const auto analysis = analyse_emg(made.recording, {});
  REQUIRE(analysis.ok());
  REQUIRE(analysis.value().channels.size() == 3);
  REQUIRE(analysis.value().together.size() == 1);
  const EmgTogether& together = analysis.value().together[0];
  CHECK(together.first == 0);
  CHECK(together.second == 1);
  CHECK(together.count >= 30);
  CHECK(together.median_lag_s == doctest::Approx(0.010).epsilon(0.25));
}

TEST_CASE("EMG: counts without a unit give bursts, and no rule in microvolts") {
  synth::EmgSpec spec = quiet(120.0);
  spec.bursts_per_min = 10.0;
  spec.snr_low_db = 20.0;
  Trace trace = trace_of(synth::make_emg(spec));
  const std::size_t bursts = detect(trace).bursts.size();
  trace.unit = "counts";
  for (float& value : trace.samples) value = 2048.0F + std::round(2.0F * value);
  const EmgChannelAnalysis analysis = detect(trace);
  CHECK_FALSE(analysis.microvolts);
  CHECK(analysis.limb_movements.empty());
  CHECK(analysis.bursts.size() + 1 >= bursts);
}

TEST_CASE("EMG: a real recording of a muscle used on purpose shows its activity (needs recordings)") {
  const char* folder = std::getenv("KLONO_RECORDINGS");
  const std::filesystem::path file = std::filesystem::path(folder != nullptr ? folder : "") / "emg_txt" / "biosppy_emg_1.txt";
  std::ifstream in(file);
  if (!in) {
    const char* required = std::getenv("KLONO_RECORDINGS_REQUIRED");
    CHECK_MESSAGE((required == nullptr || std::string(required) != "1"), "the recordings are not here");
    MESSAGE("skipped: " << file.string() << " is not here");
    return;
  }
  Trace trace;
  trace.unit = "counts";
  std::string line;
  while (std::getline(in, line))
    if (!line.empty() && line[0] != '#') trace.samples.push_back(static_cast<float>(std::strtod(line.c_str(), nullptr)));
  REQUIRE(trace.samples.size() > 60000);
  const EmgChannelAnalysis analysis = detect(trace);
  CHECK(analysis.mains_hz == 50.0);
  CHECK(analysis.analysable_s > 0.98 * analysis.recorded_s);
  CHECK(analysis.floor_uv == doctest::Approx(4.3).epsilon(0.1));
  // Contractions that the eye sees: about 1.5, 15.6, 25.7 and 26.5 s.
  for (const double seen_s : {1.65, 16.0, 25.75, 26.53}) CHECK(bursts_in(analysis, seen_s - 0.1, seen_s + 0.1) == 1);
  CHECK(analysis.bursts.size() < 15);
}

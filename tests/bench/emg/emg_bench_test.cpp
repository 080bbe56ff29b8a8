// The parts of the EMG comparison: what is put in is what the truth says, and the oracle and the floor are what they claim to be.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>
#include <string>

#include "bench/emg/emg_cases.hpp"
#include "bench/emg/emg_comparison.hpp"
#include "bench/emg/emg_in_band.hpp"
#include "bench/emg/emg_methods.hpp"
#include "bench/emg/emg_oracle.hpp"
#include "bench/emg/emg_shapes.hpp"
#include "bench/matching.hpp"
#include "bench/sweep.hpp"

namespace klono::bench {
namespace {

double rms_of(const std::vector<double>& values) {
  double square = 0.0;
  for (const double value : values) square += value * value;
  return std::sqrt(square / static_cast<double>(values.size()));
}

EmgCase first_case(const std::string& background, double length_s) {
  for (const EmgSpecOfCase& spec : emg_specs(Split::Train, 15, length_s, ""))
    if (spec.background == background) return make_emg_case(spec, "");
  return {};
}

/// Found of the truth of at least this level, and false ones, at one threshold.
std::pair<double, int> share_found(const EmgCase& one, const std::vector<EmgFind>& found, double least_db) {
  const Outcome outcome = outcome_of(spans_of(one.truth), spans_of(found), one.scored, kEmgOnsetWindow_s);
  int truth = 0;
  int hits = 0;
  for (std::size_t t = 0; t < one.truth.size(); ++t) {
    if (!one.truth[t].visible || one.truth[t].snr_db < least_db) continue;
    ++truth;
    hits += outcome.found[t] ? 1 : 0;
  }
  return {static_cast<double>(hits) / truth, outcome.false_events};
}

TEST_CASE("EMG in its band keeps a wave of 100 Hz and loses those of 5 and 400 Hz, and mains where it is asked to") {
  const double rate_hz = 1024.0;
  const auto wave = [&](double hz) {
    std::vector<double> signal;
    for (int i = 0; i < 4096; ++i) signal.push_back(std::sin(2.0 * std::numbers::pi * hz * i / rate_hz));
    return signal;
  };
  CHECK(rms_of(emg_in_band(wave(110.0), rate_hz, true)) == doctest::Approx(std::sqrt(0.5)).epsilon(1e-6));
  CHECK(rms_of(emg_in_band(wave(5.0), rate_hz, false)) < 1e-6);
  CHECK(rms_of(emg_in_band(wave(400.0), rate_hz, false)) < 1e-6);
  CHECK(rms_of(emg_in_band(wave(50.0), rate_hz, false)) == doctest::Approx(std::sqrt(0.5)).epsilon(1e-6));
  CHECK(rms_of(emg_in_band(wave(50.0), rate_hz, true)) < 1e-6);
}

TEST_CASE("The level around a moment passes over what is short, and still stretches leave it out") {
  synth::Random random(5);
  std::vector<double> noise;
  for (int i = 0; i < 20000; ++i) noise.push_back(2.0 * random.normal());
  const double before = EmgLevel(noise, 1000.0, false).at(10.0);
  for (int i = 10000; i < 10400; ++i) noise[static_cast<std::size_t>(i)] *= 50.0;
  const EmgLevel level(noise, 1000.0, false);
  CHECK(level.at(10.0) == doctest::Approx(before).epsilon(0.05));
  const std::vector<TimeSpan> spans = emg_still_spans(level);
  REQUIRE(spans.size() == 2);
  CHECK(spans[0].end_s < 9.9);
  CHECK(spans[1].begin_s > 10.5);
}

TEST_CASE("A burst has rms 1 and lies where EMG lies; a potential is 1 from peak to peak") {
  synth::Random random(9);
  for (const double length_s : {0.02, 0.1, 0.3}) {
    const auto burst = burst_shape(length_s, 1000.0, random);
    CHECK(static_cast<double>(burst.size()) == doctest::Approx(1000.0 * length_s).epsilon(0.06));
    CHECK(rms_of(burst) == doctest::Approx(1.0));
  }
  std::vector<double> long_burst = burst_shape(8.0, 1000.0, random);
  CHECK(rms_of(emg_in_band(long_burst, 1000.0, false)) > 0.9);
  const auto potential = potential_shape(0.0013, 2000.0);
  CHECK(*std::max_element(potential.begin(), potential.end()) - *std::min_element(potential.begin(), potential.end()) == doctest::Approx(1.0).epsilon(0.03));
}

TEST_CASE("What is put into EMG stands above its background as the truth says") {
  const EmgCase one = first_case("noise", 240.0);
  REQUIRE(one.truth.size() >= 15);
  const auto samples_of = [](const Recording& recording) { return std::vector<double>(recording.channels[0].samples.begin(), recording.channels[0].samples.end()); };
  const std::vector<double> before = samples_of(one.untouched);
  std::vector<double> put = samples_of(one.recording);
  for (std::size_t i = 0; i < put.size(); ++i) put[i] -= before[i];
  const std::vector<double> band = emg_in_band(put, one.recording.rate_hz, false);
  const EmgLevel level(before, one.recording.rate_hz, false);
  for (const EmgTruthEvent& truth : one.truth) {
    if (truth.kind != EmgPut::Burst) continue;
    double square = 0.0;
    double peak = 0.0;
    std::size_t count = 0;
    for (auto i = static_cast<std::size_t>(truth.onset_s * one.recording.rate_hz); i < static_cast<std::size_t>(truth.end_s * one.recording.rate_hz); ++i, ++count) {
      square += band[i] * band[i];
      peak = std::max(peak, std::abs(band[i]));
    }
    const double snr_db = 20.0 * std::log10(std::sqrt(square / static_cast<double>(count)) / level.at(truth.onset_s));
    CHECK(std::abs(snr_db - truth.snr_db) < 1.5);  // its edges belong to its length
    CHECK(peak == doctest::Approx(truth.peak_uv).epsilon(0.1));
  }
}

TEST_CASE("EMG of train and test shares no seed and no recording") {
  std::set<std::string> groups;
  for (const EmgSpecOfCase& spec : emg_specs(Split::Train, 60, 60.0, "")) groups.insert(spec.group);
  CHECK(groups.size() == 60);
  for (const EmgSpecOfCase& spec : emg_specs(Split::Test, 60, 60.0, "")) CHECK(!groups.contains(spec.group));
}

TEST_CASE("The oracle of EMG finds what stands far above any background, and hears neither heart nor mains nor cable") {
  for (const char* background : {"noise", "mains", "heart", "weak activity", "cable"}) {
    const EmgCase one = first_case(background, 120.0);
    const auto [share, false_events] = share_found(one, emg_oracle(one.recording, one.untouched, 25.0), 9.0);
    CAPTURE(std::string(background));
    CHECK(share == 1.0);
    CHECK(false_events == 0);
    CHECK(emg_oracle(one.untouched, one.untouched, 25.0).empty());
  }
}

TEST_CASE("Public methods of EMG find what stands far above noise, and not noise") {
  const EmgCase one = first_case("noise", 120.0);
  for (const auto& found : {rectified_and_smoothed(one.recording, {8.0})[0], teager_kaiser_emg(one.recording, {20.0})[0]}) {
    const auto [share, false_events] = share_found(one, found, 18.0);
    CHECK(share > 0.75);
    CHECK(false_events <= 1);
  }
}

TEST_CASE("The rule of leg movements finds movements and leaves out what is too short, too long or too weak") {
  const Table table = limb_rule_table({}, 1, Split::Train);
  for (const auto& row : table.rows) {
    if (std::get<std::string>(row[0]).ends_with("heart")) continue;
    CAPTURE(std::get<std::string>(row[0]));
    CHECK(std::get<std::int64_t>(row[1]) == 6);
    CHECK(std::get<std::int64_t>(row[2]) == 6);
    CHECK(std::get<std::int64_t>(row[4]) == 0);
    CHECK(std::get<std::int64_t>(row[5]) == 0);
  }
}

}  // namespace
}  // namespace klono::bench

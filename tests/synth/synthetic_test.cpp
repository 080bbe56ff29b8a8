#include "synth/synthetic.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>

#include "synth/random.hpp"

namespace klono::synth {
namespace {

SyntheticSpec eventful() {
  SyntheticSpec spec;
  spec.seed = 7;
  spec.duration_s = 1800.0;
  spec.singles_per_hour = 60.0;
  spec.series_per_hour = 10.0;
  spec.rhythmic_per_hour = 4.0;
  spec.limb_per_hour = 12.0;
  spec.fasciculations_per_hour = 20.0;
  return spec;
}

const std::vector<float>& axis(const SyntheticRecording& made, std::size_t k) { return made.recording.channels[k].samples; }

bool same_samples(const SyntheticRecording& a, const SyntheticRecording& b) {
  return axis(a, 0) == axis(b, 0) && axis(a, 1) == axis(b, 1) && axis(a, 2) == axis(b, 2);
}

/// |sample - resting gravity| of a recording without noise.
std::vector<double> movement(const SyntheticRecording& made) {
  std::vector<double> size(axis(made, 0).size());
  for (std::size_t i = 0; i < size.size(); ++i) {
    double sum = 0.0;
    for (std::size_t k = 0; k < 3; ++k) {
      const double away = static_cast<double>(axis(made, k)[i]) - static_cast<double>(axis(made, k)[0]);
      sum += away * away;
    }
    size[i] = std::sqrt(sum);
  }
  return size;
}

TEST_CASE("The truth's onset, end and peak are those of the noiseless samples") {
  SyntheticSpec spec = eventful();
  spec.background = BackgroundKind::Still;
  spec.noise_g = 0.0;
  spec.rate_hz = 200.0;
  spec.series_per_hour = 0.0;  // members ring into one another; singles stand alone
  spec.rhythmic_per_hour = 0.0;
  const auto made = make(spec);
  REQUIRE(made.truth.size() > 30);
  const auto size = movement(made);
  const double period_s = 1.0 / spec.rate_hz;
  for (const TruthEvent& event : made.truth) {
    CAPTURE(name_of(event.kind));
    CAPTURE(event.onset_s);
    const auto begin = static_cast<std::size_t>((event.onset_s - 1.0) * spec.rate_hz);
    const auto end = static_cast<std::size_t>((event.end_s + 1.5) * spec.rate_hz);
    const auto first = size.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = size.begin() + static_cast<std::ptrdiff_t>(end);
    const auto peak = std::max_element(first, last);
    const auto onset = std::find_if(first, last, [&](double v) { return v > 0.10 * event.peak_g; });
    auto ending = last;
    while (*(ending - 1) <= 0.20 * event.peak_g) --ending;
    const auto time_of = [&](auto it) { return static_cast<double>(it - size.begin()) * period_s; };
    CHECK(*peak <= event.peak_g * 1.0001);
    CHECK(*peak >= event.peak_g * 0.90);
    CHECK(std::abs(time_of(peak) - event.peak_s) <= period_s + 0.002);
    CHECK(std::abs(time_of(onset) - event.onset_s) <= period_s + 0.002);
    CHECK(std::abs(time_of(ending) - event.end_s) <= period_s + 0.002);
  }
}

TEST_CASE("The same seed gives the same samples and truth, another seed others") {
  SyntheticSpec spec = eventful();
  const auto a = make(spec);
  const auto b = make(spec);
  CHECK(same_samples(a, b));
  REQUIRE(a.truth.size() == b.truth.size());
  for (std::size_t k = 0; k < a.truth.size(); ++k) CHECK(a.truth[k].onset_s == b.truth[k].onset_s);
  spec.seed = 8;
  CHECK_FALSE(same_samples(a, make(spec)));
}

TEST_CASE("Events are added to the background without changing it elsewhere") {
  SyntheticSpec spec = eventful();
  const auto with = make(spec);
  SyntheticSpec empty = spec;
  empty.singles_per_hour = empty.series_per_hour = empty.rhythmic_per_hour = 0.0;
  empty.limb_per_hour = empty.fasciculations_per_hour = 0.0;
  const auto without = make(empty);
  CHECK(without.truth.empty());
  std::size_t compared = 0;
  for (std::size_t i = 0; i < axis(with, 0).size(); ++i) {
    const double t_s = with.recording.segments[0].time_of(static_cast<std::int64_t>(i));
    const bool near = std::any_of(with.truth.begin(), with.truth.end(), [t_s](const TruthEvent& event) {
      return t_s > event.onset_s - 0.5 && t_s < event.end_s + 2.5;
    });
    if (near) continue;
    ++compared;
    CHECK_MESSAGE(axis(with, 0)[i] == axis(without, 0)[i], "at ", t_s);
  }
  CHECK(compared > axis(with, 0).size() / 3);
}

TEST_CASE("As many events as the rates ask for, and the members of series as described") {
  const auto made = make(eventful());
  std::map<EventKind, int> counts;
  std::map<std::int32_t, std::vector<TruthEvent>> series;
  for (const TruthEvent& event : made.truth) {
    ++counts[event.kind];
    if (event.series >= 0) series[event.series].push_back(event);
  }
  CHECK(counts[EventKind::Single] == 30);
  CHECK(counts[EventKind::LimbMovement] == 6);
  CHECK(counts[EventKind::Fasciculation] == 10);
  REQUIRE(series.size() == 7);
  for (const auto& [number, members] : series) {
    CAPTURE(number);
    const bool rhythmic = members.front().kind == EventKind::Rhythmic;
    CHECK(members.size() >= (rhythmic ? 8 : 3));
    CHECK(members.size() <= (rhythmic ? 20 : 8));
    for (std::size_t k = 1; k < members.size(); ++k) {
      const double step_s = members[k].onset_s - members[k - 1].onset_s;
      CHECK(step_s > (rhythmic ? 0.7 : 0.37));
      CHECK(step_s < (rhythmic ? 5.1 : 1.83));
    }
  }
}

TEST_CASE("Peaks stay in the range that was asked for; twitches of part of a muscle are 5 to 20 mg") {
  const auto made = make(eventful());
  for (const TruthEvent& event : made.truth) {
    if (event.kind == EventKind::Single) {
      CHECK(event.peak_g >= 0.0299);
      CHECK(event.peak_g <= 0.6001);
    }
    if (event.kind == EventKind::Fasciculation) {
      CHECK(event.peak_g >= 0.00499);
      CHECK(event.peak_g <= 0.0201);
    }
    CHECK(event.onset_s < event.end_s);
    CHECK(event.onset_s <= event.peak_s);
    CHECK(event.peak_s <= event.end_s);
  }
}

TEST_CASE("Truth is sorted and visible means a level of at least 0 dB") {
  SyntheticSpec spec = eventful();
  spec.noise_g = 0.03;
  const auto made = make(spec);
  CHECK(std::is_sorted(made.truth.begin(), made.truth.end(),
                       [](const TruthEvent& a, const TruthEvent& b) { return a.onset_s < b.onset_s; }));
  std::set<bool> seen;
  for (const TruthEvent& event : made.truth) {
    CHECK(event.visible == (event.snr_db >= 0.0));
    seen.insert(event.visible);
  }
  CHECK(seen.size() == 2);
}

TEST_CASE("The level of white noise is what its band holds") {
  // Noise of s on each of three axes, white up to 50 Hz; 0.5 to 20 Hz of it passes. Second-order
  // Butterworth edges: equivalent width of the low-pass is 1.11 times its edge (1.05 warped).
  SyntheticSpec spec;
  spec.duration_s = 3600.0;
  spec.background = BackgroundKind::Still;
  spec.noise_g = 0.004;
  spec.singles_per_hour = 100.0;
  const auto made = make(spec);
  double sum_db = 0.0;
  for (const TruthEvent& event : made.truth) sum_db += event.snr_db - 20.0 * std::log10(event.peak_g);
  const double level_g = std::pow(10.0, -sum_db / 20.0 / static_cast<double>(made.truth.size()));
  const double expected_g = 0.004 * std::sqrt(3.0 * (20.0 * 1.07 - 0.5) / 50.0);
  CHECK(level_g == doctest::Approx(expected_g).epsilon(0.05));
}

TEST_CASE("Nothing is recorded in a gap, and no event reaches into one") {
  SyntheticSpec spec = eventful();
  spec.gaps = {{300.0, 340.0}, {900.0, 905.5}};
  const auto made = make(spec);
  const Recording& recording = made.recording;
  REQUIRE(recording.segments.size() == 3);
  REQUIRE(recording.gaps.size() == 2);
  CHECK(recording.num_samples() == static_cast<std::int64_t>((1800.0 - 45.5) * 100.0));
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(recording.gaps[k].span.begin_s == doctest::Approx(spec.gaps[k].begin_s));
    CHECK(recording.gaps[k].span.end_s == doctest::Approx(spec.gaps[k].end_s));
    CHECK(recording.gaps[k].reason == GapReason::Missing);
    for (const TruthEvent& event : made.truth)
      CHECK_FALSE(TimeSpan{event.onset_s, event.end_s}.overlaps(spec.gaps[k]));
  }
  std::int64_t next = 0;
  for (const Segment& segment : recording.segments) {
    CHECK(segment.first_index == next);
    next = segment.end_index();
  }
  CHECK(next == recording.num_samples());
  CHECK(recording.duration_s() == doctest::Approx(1800.0));
}

TEST_CASE("Every sample is a multiple of the quantisation step") {
  SyntheticSpec spec = eventful();
  spec.quantisation_step_g = 0.1 / 9.80665;
  const auto made = make(spec);
  for (std::size_t k = 0; k < 3; ++k) {
    for (const float value : axis(made, k)) {
      const double steps = static_cast<double>(value) / spec.quantisation_step_g;
      CHECK(std::abs(steps - std::round(steps)) < 1e-4);
    }
  }
}

TEST_CASE("Lost samples are lost in the asked share, and the truth stays on the recording's clock") {
  SyntheticSpec spec = eventful();
  spec.background = BackgroundKind::Still;
  spec.noise_g = 0.0;
  spec.dropped_fraction = 0.02;
  spec.jitter_s = 0.001;
  spec.series_per_hour = spec.rhythmic_per_hour = spec.limb_per_hour = spec.fasciculations_per_hour = 0.0;
  const auto made = make(spec);
  const double kept = static_cast<double>(made.recording.num_samples()) / 180000.0;
  CHECK(kept == doctest::Approx(0.98).epsilon(0.003));
  const auto size = movement(made);
  CHECK(made.recording.segments.size() > 1);  // the longest lost runs are gaps by the readers' rule
  CHECK(made.recording.segments.size() == made.recording.gaps.size() + 1);
  REQUIRE(made.truth.size() > 20);
  for (const TruthEvent& event : made.truth) {
    for (const Segment& segment : made.recording.segments) {
      if (event.onset_s < segment.start_s || event.onset_s >= segment.end_s()) continue;
      CHECK(event.end_s < segment.end_s());
      std::int64_t i = segment.first_index;
      while (segment.time_of(i) < event.onset_s - 0.2 || size[static_cast<std::size_t>(i)] <= 0.10 * event.peak_g) ++i;
      CHECK(std::abs(segment.time_of(i) - event.onset_s) < 0.075);  // a lost run is 50 ms
    }
  }
}

TEST_CASE("Rates from 25 to 200 Hz keep their rate and length") {
  for (const double rate_hz : {25.0, 50.0, 100.0, 200.0}) {
    SyntheticSpec spec = eventful();
    spec.rate_hz = rate_hz;
    const auto made = make(spec);
    CHECK(made.recording.num_samples() == static_cast<std::int64_t>(1800.0 * rate_hz));
    CHECK(made.recording.rate_hz == doctest::Approx(rate_hz));
    CHECK(made.truth.size() > 50);
  }
}

TEST_CASE("A specification without length gives an empty recording") {
  SyntheticSpec spec = eventful();
  spec.duration_s = 0.0;
  const auto made = make(spec);
  CHECK(made.recording.num_samples() == 0);
  CHECK(made.truth.empty());
  spec.duration_s = 60.0;
  spec.gaps = {{-1.0, 100.0}};
  CHECK(make(spec).recording.num_samples() == 0);
}

TEST_CASE("The example is what a new visitor is told it is") {
  const auto example = make_example();
  CHECK(example.recording.duration_s() == doctest::Approx(720.0));
  CHECK(example.recording.rate_hz == doctest::Approx(100.0));
  CHECK(example.recording.gaps.size() == 1);
  CHECK(example.recording.start.basis == ClockBasis::Local);
  CHECK(example.recording.start.unix_ns == 1792552200LL * 1000000000LL);  // date -u -d "2026-10-21 03:10" +%s
  std::map<EventKind, int> counts;
  std::set<std::int32_t> series;
  std::set<std::int32_t> trains;
  for (const TruthEvent& event : example.truth) {
    ++counts[event.kind];
    if (event.kind == EventKind::Series) series.insert(event.series);
    if (event.kind == EventKind::Rhythmic) trains.insert(event.series);
    CHECK(event.visible);
  }
  CHECK(counts[EventKind::Single] > 15);
  CHECK(counts[EventKind::LimbMovement] == 2);
  CHECK(series.size() == 2);
  CHECK(trains.size() == 1);
  CHECK(example.disturbed.size() >= 4);
  for (const TruthEvent& event : example.truth)
    for (const TimeSpan& span : example.disturbed) CHECK_FALSE(span.overlaps({event.onset_s - 2.0, event.end_s + 2.0}));
  CHECK(same_samples(example, make_example()));
}

TEST_CASE("The example has the same samples on every machine, to 1e-6") {
  // Written down from the native build of GCC 12 (x86-64); clang and WebAssembly must agree. A change of the model
  // changes them, and with it every figure of the benchmark: say so in CHANGELOG.md.
  const auto example = make_example();
  const std::size_t places[] = {0, 30000, 69000};
  const double expected[3][3] = {{0.123220064, -0.155004680, -0.156787023},
                                 {-0.249889523, 0.610814571, 0.612367272},
                                 {0.960483670, 0.774613261, 0.778018057}};
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t p = 0; p < 3; ++p)
      CHECK(std::abs(static_cast<double>(axis(example, k)[places[p]]) - expected[k][p]) < 1e-6);
  double weighted = 0.0;
  for (std::size_t i = 0; i < axis(example, 1).size(); ++i)
    weighted += static_cast<double>(i % 997 + 1) * static_cast<double>(axis(example, 1)[i]);
  CHECK(weighted == doctest::Approx(12020465.982469).epsilon(1e-7));
  REQUIRE(example.truth.size() == 44);
  CHECK(example.truth[20].onset_s == doctest::Approx(310.186614).epsilon(1e-8));
  CHECK(example.truth[40].peak_g == doctest::Approx(0.508025).epsilon(1e-5));
}

}  // namespace
}  // namespace klono::synth

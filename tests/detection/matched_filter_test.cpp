// The matched filters part by part, and what they find far below the levels. The jerks that are put in are those of the synthetic
// recordings, which compute the limb model apart from the detector.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "detection/candidate_merger.hpp"
#include "detection/matched/form_null.hpp"
#include "detection/stepwise_analysis.hpp"
#include "detection/matched/whitener.hpp"
#include "signals.hpp"
#include "synth/synthetic.hpp"

using namespace klono;
using namespace klono::test;

namespace {

constexpr std::size_t kBlock = 32;
constexpr double kRate_hz = 50.0;

/// Noise of 1 on each axis, and an oscillation along (0.6, 0.8, 0) of the given height.
struct Motion {
  std::array<std::vector<float>, 3> axes;

  Motion(std::size_t size, double hz, double height, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> noise;
    for (std::size_t i = 0; i < size; ++i) {
      const double swing = height * std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / kRate_hz);
      axes[0].push_back(static_cast<float>(0.6 * swing + noise(random)));
      axes[1].push_back(static_cast<float>(0.8 * swing + noise(random)));
      axes[2].push_back(static_cast<float>(noise(random)));
    }
  }
  /// The same as a sensor turned by 90 degrees about z and then about x would have it.
  Motion turned() const {
    Motion other = *this;
    other.axes = {axes[1], axes[2], axes[0]};
    return other;
  }
};

detection::Whitener taught(const Motion& motion) {
  detection::Whitener whitener;
  constexpr std::size_t kPast = detection::Whitener::kOrder;
  const auto part = [&](std::size_t axis, std::size_t at) { return std::span<const float>(motion.axes[axis]).subspan(at - kPast, kPast + kBlock); };
  for (std::size_t at = kPast; at + kBlock <= motion.axes[0].size(); at += kBlock) whitener.learn({part(0, at), part(1, at), part(2, at)});
  return whitener;
}

double rms(std::span<const float> values) {
  double squares = 0.0;
  for (const float value : values) squares += static_cast<double>(value) * static_cast<double>(value);
  return std::sqrt(squares / static_cast<double>(values.size()));
}

/// A knock: ringing that decays to 10 % within 0.15 s.
void add_knock(Signal& signal, double t_s, double peak_g, double hz) {
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double since_s = static_cast<double>(i) / signal.rate_hz - t_s;
    if (since_s < 0.0 || since_s > 0.6) continue;
    const auto value = static_cast<float>(peak_g * 1.3 * std::exp(-since_s / 0.065) * std::sin(2.0 * std::numbers::pi * hz * since_s));
    for (std::size_t axis = 0; axis < 2; ++axis) signal.axes[axis][i] += 0.7F * value;
  }
}

detection::Track track_of(std::size_t frames) {
  detection::Track track;
  track.movement.magnitude.assign(frames, 0.0F);
  for (auto& axis : track.movement.axes) axis.assign(frames, 0.0F);
  return track;
}

detection::Pick pick_at(double onset, double peak_g) {
  detection::Pick pick;
  pick.fit.onset = onset;
  pick.fit.end = onset + 30.0;
  pick.fit.peak_g = peak_g;
  return pick;
}

detection::Candidate crossing(std::int64_t begin, std::int64_t end, float peak_g) {
  detection::Candidate candidate;
  candidate.begin = begin;
  candidate.end = end;
  candidate.on_level_g = 0.02F;
  candidate.peak_g = peak_g;
  return candidate;
}

std::vector<detection::Candidate> merged(const DetectorSettings& settings, const std::vector<detection::Candidate>& crossings, const std::vector<detection::Pick>& picks) {
  detection::CandidateMerger merger(settings);
  for (const auto& candidate : crossings) merger.crossed(candidate);
  for (const auto& pick : picks) merger.picks().push_back(pick);
  std::vector<detection::Candidate> list;
  const detection::Track track = track_of(5000);
  while (const auto candidate = merger.next(track, {5000, 5000, std::nullopt, true}, {0.02, 0.003F})) list.push_back(*candidate);
  return list;
}

}  // namespace

TEST_CASE("Whitening leaves of an oscillation in noise little more than the noise") {
  const Motion motion(4000, 2.0, 20.0, 1);
  const detection::Whitener whitener = taught(motion);
  std::vector<float> left(motion.axes[1].size() - detection::Whitener::kOrder);
  whitener.now().run(motion.axes[1], left);
  CHECK(rms(motion.axes[1]) > 10.0);
  CHECK(rms(left) < 2.5);
  CHECK(whitener.now().noise() == doctest::Approx(rms(left) * rms(left)).epsilon(0.5));
}

TEST_CASE("In noise alone whitening changes nothing of its height") {
  const detection::Whitener whitener = taught(Motion(4000, 2.0, 0.0, 2));
  CHECK(whitener.now().noise() == doctest::Approx(1.0).epsilon(0.1));
  CHECK(whitener.now().energy(1.0F, 0.0F, 0.0F) == doctest::Approx(1.0).epsilon(0.1));
}

TEST_CASE("What whitening leaves does not depend on how the sensor lies") {
  const Motion motion(4000, 3.0, 5.0, 3);
  const detection::Whitener one = taught(motion);
  const detection::Whitener other = taught(motion.turned());
  CHECK(one.now().noise() == doctest::Approx(other.now().noise()).epsilon(1e-4));
  CHECK(one.now().energy(0.3F, -1.0F, 2.0F) == doctest::Approx(other.now().energy(-1.0F, 2.0F, 0.3F)).epsilon(1e-3));
}

TEST_CASE("Nothing is known of the noise before five seconds were heard, and a still sensor has none") {
  CHECK(taught(Motion(200, 2.0, 0.0, 4)).now().noise() == 0.0);
  Motion still_motion(4000, 2.0, 0.0, 5);
  for (auto& axis : still_motion.axes) std::fill(axis.begin(), axis.end(), 0.0F);
  CHECK(taught(still_motion).now().noise() == 0.0);
}

TEST_CASE("The level of the recording's own null grows with its noise, its tail, and the rarity that is asked for") {
  const auto heard = [](double height, double spread) {
    detection::FormNull null;
    std::mt19937 random(6);
    std::exponential_distribution<double> tail(1.0 / spread);
    for (int k = 0; k < 500; ++k) null.add(static_cast<float>(height * (7.0 + 2.0 * tail(random))));
    return null;
  };
  CHECK(heard(1.0, 1.0).level(0.1) > heard(1.0, 1.0).level(10.0));
  CHECK(heard(3.0, 1.0).level(0.5) == doctest::Approx(3.0 * heard(1.0, 1.0).level(0.5)).epsilon(0.2));
  CHECK(heard(1.0, 3.0).level(0.5) > 1.3 * heard(1.0, 1.0).level(0.5));
  CHECK(heard(0.01, 1.0).level(0.5) > 2.5 * detection::FormNull::kGaussian);
  CHECK_FALSE(detection::FormNull().settled());
}

TEST_CASE("Jerks of a quarter of the level are found, in their place and of their size") {
  synth::SyntheticSpec spec;
  spec.seed = 77;
  spec.duration_s = 1800.0;
  spec.background = synth::BackgroundKind::Still;
  spec.noise_g = 0.001;
  spec.singles_per_hour = 60.0;
  spec.peak_g_low = 0.005;
  spec.peak_g_high = 0.010;
  const synth::SyntheticRecording made = synth::make(spec);
  const Analysis analysis = analyse(made.recording, {});
  CHECK(analysis.smallest_visible_g < 0.005);
  std::size_t found = 0;
  for (const synth::TruthEvent& truth : made.truth) {
    const auto event = std::ranges::find_if(analysis.events, [&](const Event& one) { return std::abs(one.onset_s - truth.onset_s) < 0.05; });
    if (event == analysis.events.end()) continue;
    ++found;
    CAPTURE(truth.onset_s);
    CHECK(event->peak_g == doctest::Approx(truth.peak_g).epsilon(0.35));
    CHECK(event->peak_g < 0.02);
  }
  CHECK(made.truth.size() >= 20);
  CHECK(10 * found >= 9 * made.truth.size());
}

TEST_CASE("Less than 0.8 rounding steps is told where noise spreads the rounding, and not where readings stand on one step") {
  synth::SyntheticSpec spec;
  spec.seed = 78;
  spec.duration_s = 1800.0;
  spec.rate_hz = 200.0;  // small ones are told from many readings
  spec.background = synth::BackgroundKind::Still;
  spec.quantisation_step_g = 0.010;
  spec.singles_per_hour = 60.0;
  spec.peak_g_low = 0.007;
  spec.peak_g_high = 0.0075;
  DetectorSettings settings;
  settings.candidates.false_per_hour = 100.0;
  const auto small_ones = [&](double noise_g) {
    spec.noise_g = noise_g;
    const synth::SyntheticRecording made = synth::make(spec);
    return std::ranges::count_if(analyse(made.recording, settings).events, [&](const Event& event) {
      return event.peak_g < 0.008 && std::ranges::any_of(made.truth, [&](const synth::TruthEvent& truth) { return std::abs(event.onset_s - truth.onset_s) < 0.1; });
    });
  };
  CHECK(small_ones(0.003) >= 4);
  CHECK(small_ones(0.0002) == 0);
}

TEST_CASE("Touching the phone lightly is no jerk, and is told as a knock") {
  Signal signal = still(300.0, 100.0, 0.001);
  for (const double t : {60.0, 110.0, 160.0, 210.0, 260.0}) add_knock(signal, t, 0.014, 13.0);
  const Analysis analysis = detect(signal);
  CHECK(analysis.events.size() <= 1);  // by chance
  CHECK(std::ranges::count(analysis.not_counted, Reason::HandlingKnock, &Event::reason) >= 3);
}

TEST_CASE("Nothing below the asked share of the smallest peak is told") {
  Signal signal = still(300.0, 100.0, 0.001);
  for (const double t : {60.0, 110.0, 160.0, 210.0, 260.0}) add_jerk(signal, t, 0.012);
  CHECK(detect(signal).events.size() >= 5);
  DetectorSettings settings;
  settings.candidates.matched_share = 1.0;
  CHECK(detect(signal, settings).events.empty());
}

TEST_CASE("How many events chance makes is told for the time that could be analysed, and by sensitivity") {
  const Signal signal = still(1800.0);
  DetectorSettings settings;
  const Analysis balanced = detect(signal, settings);
  CHECK(balanced.expected_false == doctest::Approx(0.5 * balanced.analysable_s / 3600.0));
  settings.sensitivity = Sensitivity::Careful;
  CHECK(detect(signal, settings).expected_false == doctest::Approx(0.2 * balanced.expected_false));
  settings.sensitivity = Sensitivity::Sensitive;
  CHECK(detect(signal, settings).expected_false == doctest::Approx(6.0 * balanced.expected_false));
}

TEST_CASE("What reached its level counts as it is, once, whatever the filters saw in it") {
  const auto list = merged({}, {crossing(1000, 1040, 0.1F)}, {pick_at(1002.0, 0.1)});
  REQUIRE(list.size() == 1);
  CHECK_FALSE(list[0].pick);
  CHECK(list[0].begin == 1000);
}

TEST_CASE("Below its level a candidate gives way to what the filters saw, in order of time") {
  const auto list = merged({}, {crossing(1000, 1100, 0.015F)}, {pick_at(500.0, 0.01), pick_at(1002.0, 0.012), pick_at(1060.0, 0.011), pick_at(2000.0, 0.01)});
  REQUIRE(list.size() == 4);
  CHECK(std::ranges::is_sorted(list, {}, &detection::Candidate::begin));
  CHECK(std::ranges::all_of(list, [](const auto& candidate) { return candidate.pick && candidate.strong(); }));
  const auto alone = merged({}, {crossing(1000, 1100, 0.015F)}, {});
  REQUIRE(alone.size() == 1);
  CHECK_FALSE(alone[0].strong());
}

TEST_CASE("What a strong movement leaves in the filters before and after it is no event") {
  const auto list = merged({}, {crossing(1000, 1040, 0.5F)}, {pick_at(930.0, 0.01), pick_at(1100.0, 0.01), pick_at(1400.0, 0.01)});
  REQUIRE(list.size() == 2);
  CHECK(list[1].begin == 1400);
}

TEST_CASE("Without the gate the filters alone tell jerks, and the movement is told as buried") {
  DetectorSettings settings;
  settings.gate = false;
  const auto list = merged(settings, {crossing(1000, 1040, 0.1F)}, {pick_at(1002.0, 0.1)});
  REQUIRE(list.size() == 2);
  CHECK(std::ranges::count_if(list, [](const auto& candidate) { return candidate.buried; }) == 1);
  CHECK(std::ranges::count_if(list, [](const auto& candidate) { return candidate.pick.has_value(); }) == 1);
}

// The bench's own arithmetic: a wrong ruler measures nothing.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <set>
#include <string>

#include "bench/bars.hpp"
#include "bench/calibration.hpp"
#include "bench/details.hpp"
#include "bench/fourier.hpp"
#include "bench/hard_scenarios.hpp"
#include "bench/intervals.hpp"
#include "bench/matching.hpp"
#include "bench/oracle.hpp"
#include "bench/poisson.hpp"
#include "bench/public_methods.hpp"
#include "bench/score.hpp"
#include "bench/sweep.hpp"
#include "bench/table.hpp"

namespace klono::bench {
namespace {

synth::TruthEvent truth_at(double onset_s, double end_s) {
  synth::TruthEvent truth;
  truth.onset_s = onset_s;
  truth.end_s = end_s;
  return truth;
}

Event event_at(double onset_s, double end_s) {
  Event event;
  event.onset_s = onset_s;
  event.end_s = end_s;
  return event;
}

TEST_CASE("The Poisson limit is the textbook's") {
  // Garwood: 0 -> -ln 0.05, 1 -> 4.7439, 10 -> 16.9622 (half of chi-square quantiles).
  CHECK(poisson_upper(0) == doctest::Approx(-std::log(0.05)));
  CHECK(poisson_upper(1) == doctest::Approx(4.743865).epsilon(1e-6));
  CHECK(poisson_upper(10) == doctest::Approx(16.962219).epsilon(1e-6));
  CHECK(poisson_upper(0, 0.975) == doctest::Approx(3.688879).epsilon(1e-6));
}

TEST_CASE("The intervals are the textbook's") {
  // Clopper and Pearson: 8 of 10, 0 of 10. Garwood: 10 events, none.
  CHECK(binomial_interval(8, 10).low == doctest::Approx(0.443905).epsilon(1e-5));
  CHECK(binomial_interval(8, 10).high == doctest::Approx(0.974789).epsilon(1e-5));
  CHECK(binomial_interval(0, 10).low == 0.0);
  CHECK(binomial_interval(0, 10).high == doctest::Approx(0.308497).epsilon(1e-5));
  CHECK(poisson_interval(10).low == doctest::Approx(4.795389).epsilon(1e-6));
  CHECK(poisson_interval(10).high == doctest::Approx(18.390356).epsilon(1e-6));
  CHECK(poisson_interval(0).low == 0.0);
}

TEST_CASE("Weights that made labels are learned from them") {
  std::uint64_t state = 5;
  const auto uniform = [&state] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(state >> 11U) / 9007199254740992.0;
  };
  std::array<double, detection::kConfidenceTerms> made{};
  for (std::size_t k = 0; k < made.size(); ++k) made[k] = 3.0 * uniform() - 1.5;
  std::vector<Labelled> events(10000);
  for (Labelled& event : events) {
    for (double& term : event.terms) term = uniform();
    event.terms[0] = 1.0;
    event.is_true = uniform() < detection::confidence_of(event.terms, made);
  }
  const auto learned = learn_weights(events, 0.1);
  for (std::size_t k = 0; k < made.size(); ++k) CHECK(std::abs(learned[k] - made[k]) < 0.4);
}

TEST_CASE("An event is matched once, by the nearest detection") {
  const auto m = match({truth_at(10.0, 10.3)}, {event_at(9.9, 10.2), event_at(10.02, 10.3)});
  CHECK(m.event_of_truth[0] == 1);
  CHECK(m.truth_of_event[0] == kNone);
  CHECK(m.truth_of_event[1] == 0);
}

TEST_CASE("A detection answers for one event only") {
  const auto m = match({truth_at(10.0, 10.3), truth_at(10.5, 10.8)}, {event_at(10.0, 10.9)});
  CHECK(m.event_of_truth[0] == 0);
  CHECK(m.event_of_truth[1] == kNone);
}

TEST_CASE("Onsets within a quarter second or an overlap match, anything else does not") {
  CHECK(match({truth_at(10.0, 10.1)}, {event_at(10.25, 10.4)}).event_of_truth[0] == 0);
  CHECK(match({truth_at(10.0, 10.1)}, {event_at(10.26, 10.4)}).event_of_truth[0] == kNone);
  CHECK(match({truth_at(10.0, 12.0)}, {event_at(11.5, 11.8)}).event_of_truth[0] == 0);
  CHECK(match({truth_at(10.0, 10.1)}, {}).event_of_truth[0] == kNone);
  CHECK(match({}, {event_at(1.0, 2.0)}).truth_of_event[0] == kNone);
}

TEST_CASE("Recall, precision and F1 follow from the counts, and are nothing without counts") {
  const Score score{.truth = 10, .found = 8, .detected = 16, .false_events = 8};
  CHECK(score.recall() == doctest::Approx(0.8));
  CHECK(score.precision() == doctest::Approx(0.5));
  CHECK(score.f1() == doctest::Approx(2 * 0.4 / 1.3));
  CHECK(std::isnan(Score{}.recall()));
  CHECK(std::isnan(Score{}.f1()));
}

TEST_CASE("Levels fall into their bands") {
  CHECK(band_of(-0.1) == 0);
  CHECK(band_of(0.0) == 1);
  CHECK(band_of(6.0) == 2);
  CHECK(band_of(19.9) == 3);
  CHECK(band_of(20.0) == 4);
}

TEST_CASE("Quantiles lie between order statistics") {
  CHECK(quantile({3.0, 1.0, 2.0}, 0.5) == doctest::Approx(2.0));
  CHECK(quantile({0.0, 10.0}, 0.9) == doctest::Approx(9.0));
  CHECK(std::isnan(quantile({}, 0.5)));
}

TEST_CASE("A table is the same as text and as JSON") {
  const Table table{.key = "k", .title = "T", .columns = {"name", "n", "x"},
                    .rows = {{std::string("a"), std::int64_t{12}, 0.5}, {std::string("bb"), std::int64_t{3}, std::nan("")}},
                    .decimals = 1};
  CHECK(text_of(table) == "T\n  name   n    x\n  a     12  0.5\n  bb     3    -\n");
  const auto json = json_of(table);
  CHECK(json[0]["n"] == 12);
  CHECK(json[1]["x"].is_null());
}

TEST_CASE("The transform is the textbook's sum, and its inverse goes back") {
  const Fourier fourier(8);
  std::vector<std::complex<double>> values;
  for (int i = 0; i < 8; ++i) values.emplace_back(std::sin(1.3 * i), 0.2 * i);
  auto spectrum = values;
  fourier.forward(spectrum);
  std::complex<double> sum;
  for (std::size_t i = 0; i < 8; ++i) sum += values[i] * std::polar(1.0, -2.0 * 3.14159265358979 * 3.0 * static_cast<double>(i) / 8.0);
  CHECK(std::abs(spectrum[3] - sum) < 1e-12);
  fourier.inverse(spectrum);
  for (std::size_t i = 0; i < 8; ++i) CHECK(std::abs(spectrum[i] - values[i]) < 1e-12);
}

TEST_CASE("A second detection of one event is a false one and a fragment") {
  const auto outcome = outcome_of({truth_at(10.0, 10.6)}, {event_at(10.0, 10.2), event_at(10.3, 10.5), event_at(20.0, 20.2)}, {{0.0, 60.0}});
  CHECK(outcome.found == std::vector<bool>{true});
  CHECK(outcome.false_events == 2);
  CHECK(outcome.fragments == 1);
}

TEST_CASE("Detections outside of the scored time count for nothing") {
  const auto outcome = outcome_of({truth_at(10.0, 10.6)}, {event_at(10.0, 10.2), event_at(50.0, 50.2)}, {{0.0, 30.0}});
  CHECK(outcome.false_events == 0);
}

TEST_CASE("To find an invisible event is neither right nor wrong, unless all are asked for") {
  const Scored recording{.visible = {true, false}, .hours = 1.0, .group = "a"};
  const Outcome outcome{.found = {true, true}, .false_events = 1, .fragments = 0};
  CHECK(score_of(recording, outcome, Truth::Visible).truth == 1);
  CHECK(score_of(recording, outcome, Truth::Visible).detected == 2);
  CHECK(score_of(recording, outcome, Truth::Visible).precision() == doctest::Approx(0.5));
  CHECK(score_of(recording, outcome, Truth::All).precision() == doctest::Approx(2.0 / 3.0));
}

TEST_CASE("The best point has the largest F1, and recall at a rate is that of the points within it") {
  // Two recordings of an hour with one event each: a strict point finds one, a lax one both with 5 false events an hour.
  const Scored recording{.visible = {true}, .hours = 1.0, .group = "a"};
  const std::vector<Scored> both{recording, recording};
  const Sweep sweep{.method = "m", .points = {"strict", "lax"},
                    .of_recording = {{{{true}, 0, 0}, {{true}, 5, 0}}, {{{false}, 0, 0}, {{true}, 5, 0}}}};
  CHECK(sweep.best_point(both) == 0);
  CHECK(sweep.recall_at(1.0, both) == doctest::Approx(0.5));
  CHECK(sweep.recall_at(5.0, both) == doctest::Approx(1.0));
  CHECK(sweep.total(both, 1, Truth::Visible, {2, 0}).false_events == 10);
}

TEST_CASE("A series is found where one group holds half of its members, and a group of strangers is a false one") {
  std::vector<synth::TruthEvent> truth;
  for (int k = 0; k < 4; ++k) truth.push_back(truth_at(10.0 + k, 10.3 + k));
  for (synth::TruthEvent& member : truth) member.series = 0;
  const auto grouped = [](double onset_s, std::int32_t group) {
    Event event = event_at(onset_s, onset_s + 0.3);
    event.group = group;
    return event;
  };
  CHECK(series_score(truth, {grouped(10.0, 1), grouped(11.0, 1)}).found == 1);
  CHECK(series_score(truth, {grouped(10.0, 1), grouped(11.0, 2), grouped(12.0, 3)}).found == 0);
  const Score score = series_score(truth, {grouped(10.0, 1), grouped(11.0, 1), grouped(50.0, 2), grouped(51.0, 2), grouped(52.0, 2)});
  CHECK(score.truth == 1);
  CHECK(score.false_events == 1);
  CHECK(score.precision() == doctest::Approx(0.5));
}

TEST_CASE("A bar is met at its value and missed where nothing could be measured") {
  BarFigures figures;
  figures.oracle_at_rest = {.f1 = 0.9, .recall_at_rate = 0.5};
  figures.ours_at_rest = {.f1 = 0.86, .recall_at_rate = 0.39};
  const Table table = bars_table(figures, "k", "T");
  CHECK(std::get<std::string>(table.rows[2].back()) == "met");
  CHECK(std::get<std::string>(table.rows[3].back()) == "missed");
  CHECK(std::get<std::string>(table.rows.back().back()) == "missed");
}

TEST_CASE("Recordings of one group are drawn together") {
  const std::vector<Scored> recordings{{{}, 1.0, "a"}, {{}, 1.0, "a"}, {{}, 1.0, "b"}};
  bool differs = false;
  for (const Weights& weights : bootstrap_weights(recordings, 50, 1)) {
    CHECK(weights[0] == weights[1]);
    CHECK(weights[0] + weights[2] == 2);
    differs = differs || weights[0] != 1;
  }
  CHECK(differs);
}

synth::SyntheticSpec still_spec(double rate_hz, double duration_s) {
  synth::SyntheticSpec spec;
  spec.seed = 77;
  spec.rate_hz = rate_hz;
  spec.duration_s = duration_s;
  spec.background = synth::BackgroundKind::Still;
  return spec;
}

TEST_CASE("The oracle finds every event that stands far above the noise, each once") {
  for (const double rate_hz : {25.0, 50.0, 100.0, 200.0}) {
    synth::SyntheticSpec spec = still_spec(rate_hz, 1200.0);
    const Recording untouched = synth::make(spec).recording;
    spec.singles_per_hour = 90.0;
    spec.series_per_hour = 12.0;
    spec.rhythmic_per_hour = 3.0;
    spec.limb_per_hour = 18.0;
    spec.fasciculations_per_hour = 30.0;
    spec.peak_g_low = 0.05;
    spec.peak_g_high = 0.3;
    spec.fasciculation_g_low = 0.03;
    spec.fasciculation_g_high = 0.1;
    const auto made = synth::make(spec);
    const auto events = oracle_events(made.recording, untouched, {.noise_window_s = 60.0, .least_score = 40.0});
    const Outcome outcome = outcome_of(made.truth, events, {{0.0, 1200.0}});
    CAPTURE(rate_hz);
    CHECK(made.truth.size() > 60);
    CHECK(std::count(outcome.found.begin(), outcome.found.end(), false) == 0);
    CHECK(outcome.false_events <= static_cast<int>(made.truth.size()) / 15);  // long limb movements fit no template well
  }
}

TEST_CASE("On noise alone the oracle's false events follow its threshold as chi-square with three degrees of freedom") {
  const Recording noise = synth::make(still_spec(50.0, 3600.0)).recording;
  const auto events = oracle_events(noise, noise, {.noise_window_s = 60.0, .limb_movements = false, .fasciculations = false, .least_score = 14.0});
  const auto above = [&](double score) { return static_cast<double>(std::count_if(events.begin(), events.end(), [&](const Event& event) { return event.confidence >= score; })); };
  // Crossings of a level u by such a process are as many as u exp(-u / 2) times a constant.
  const double expected = 18.0 * std::exp(-9.0) / (14.0 * std::exp(-7.0));
  const double seen = above(18.0) / above(14.0);
  CHECK(above(14.0) > 200.0);
  CHECK(seen > 0.35 * expected);
  CHECK(seen < 1.6 * expected);
  CHECK(above(40.0) == 0.0);
}

TEST_CASE("Public methods find one large jerk once") {
  synth::SyntheticSpec spec = still_spec(100.0, 120.0);
  spec.singles_per_hour = 30.0;
  spec.peak_g_low = 0.2;
  spec.peak_g_high = 0.21;
  const auto made = synth::make(spec);
  REQUIRE(made.truth.size() == 1);
  for (const auto& events : {threshold_and_peaks(made.recording, {30.0})[0], teager_kaiser(made.recording, {200.0})[0], limb_movement_rule(made.recording, {0.1})[0]}) {
    CHECK(events.size() == 1);
    CHECK(match(made.truth, events).event_of_truth[0] == 0);
  }
}

TEST_CASE("Train and test share no seed, no real file and no copy of one") {
  std::set<std::uint64_t> seeds;
  std::set<std::string> groups;
  for (const auto activity : {Activity::Rest, Activity::Active})
    for (const HardSpec& hard : hard_specs(activity, Split::Train, 200, 60.0, "")) {
      seeds.insert(hard.spec.seed);
      groups.insert(hard.group);
    }
  CHECK(seeds.size() == 400);
  for (const auto activity : {Activity::Rest, Activity::Active})
    for (const HardSpec& hard : hard_specs(activity, Split::Test, 200, 60.0, "")) {
      CHECK(!seeds.contains(hard.spec.seed));
      CHECK(!groups.contains(hard.group));
    }
  for (const RealFile& a : real_files())
    for (const RealFile& b : real_files())
      if (a.path == b.path || (!a.copy_of.empty() && a.copy_of == b.path)) CHECK(a.split == b.split);
}

}  // namespace
}  // namespace klono::bench

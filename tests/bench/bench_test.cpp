// The bench's own arithmetic: a wrong ruler measures nothing.
#include <doctest/doctest.h>

#include <cmath>

#include "bench/intervals.hpp"
#include "bench/matching.hpp"
#include "bench/poisson.hpp"
#include "bench/score.hpp"
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

}  // namespace
}  // namespace klono::bench

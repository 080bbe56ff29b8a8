#include "cli/threaded_analysis.hpp"

#include <doctest/doctest.h>

#include "detection/stepwise_analysis.hpp"
#include "synth/synthetic.hpp"

namespace klono {
namespace {

/// Everything that is told of an event, to the last bit.
void check_same_events(const std::vector<Event>& found, const std::vector<Event>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].onset_s == expected[i].onset_s);
    CHECK(found[i].end_s == expected[i].end_s);
    CHECK(found[i].peak_g == expected[i].peak_g);
    CHECK(found[i].dominant_hz == expected[i].dominant_hz);
    CHECK(found[i].confidence == expected[i].confidence);
    CHECK(found[i].group == expected[i].group);
    CHECK(found[i].reason == expected[i].reason);
  }
}

TEST_CASE("Several threads find what one finds, to the last bit") {
  synth::SyntheticSpec spec;
  spec.seed = 8;
  spec.duration_s = 1200.0;
  spec.singles_per_hour = 200.0;
  spec.series_per_hour = 20.0;
  for (const bool gyroscope : {false, true}) {
    spec.gyroscope = gyroscope;
    if (gyroscope) synth::deliver_as_browser(spec);
    const Recording recording = synth::make(spec).recording;
    const Analysis one = analyse(recording, {});
    const Analysis several = cli::analyse_on_threads(recording, {});
    REQUIRE(one.events.size() >= 20);
    check_same_events(several.events, one.events);
    check_same_events(several.not_counted, one.not_counted);
    CHECK(several.masks.size() == one.masks.size());
    CHECK(several.analysable_s == one.analysable_s);
    CHECK(several.smallest_visible_g == one.smallest_visible_g);
  }
}

TEST_CASE("What holds no movement, several threads leave as one does") {
  const Analysis none = cli::analyse_on_threads(Recording(), {});
  CHECK(none.events.empty());
  CHECK(none.recorded_s == 0.0);
}

}  // namespace
}  // namespace klono

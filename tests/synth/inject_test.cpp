#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "synth/synthetic.hpp"

namespace klono::synth {
namespace {

SyntheticRecording background() {
  SyntheticSpec spec;
  spec.seed = 21;
  spec.duration_s = 900.0;
  spec.rate_hz = 50.0;
  spec.gaps = {{400.0, 420.0}};
  return make(spec);
}

SyntheticSpec wish() {
  SyntheticSpec spec;
  spec.seed = 4;
  spec.singles_per_hour = 120.0;
  spec.limb_per_hour = 20.0;
  return spec;
}

const std::vector<TimeSpan> kClean = {{50.0, 300.0}, {390.0, 600.0}};

TEST_CASE("Injection keeps every sample of the background outside the events") {
  const auto before = background();
  auto after = before;
  const auto truth = inject(after.recording, wish(), kClean);
  REQUIRE(truth.size() >= 10);
  for (const Segment& segment : before.recording.segments) {
    for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
      const double t_s = segment.time_of(i);
      const bool near = std::any_of(truth.begin(), truth.end(), [t_s](const TruthEvent& event) {
        return t_s > event.onset_s - 0.5 && t_s < event.end_s + 2.5;
      });
      if (near) continue;
      const auto at = static_cast<std::size_t>(i);
      for (std::size_t k = 0; k < 3; ++k)
        REQUIRE(after.recording.channels[k].samples[at] == before.recording.channels[k].samples[at]);
    }
  }
}

TEST_CASE("Injected events lie in the clean stretches, outside the gap, with their wanted size") {
  const auto before = background();
  auto after = before;
  for (const TruthEvent& event : inject(after.recording, wish(), kClean)) {
    const bool inside = std::any_of(kClean.begin(), kClean.end(), [&](const TimeSpan& span) {
      return event.onset_s >= span.begin_s && event.end_s <= span.end_s;
    });
    CHECK(inside);
    CHECK_FALSE(TimeSpan{event.onset_s, event.end_s}.overlaps({400.0, 420.0}));
    double largest = 0.0;
    for (const Segment& segment : after.recording.segments) {
      for (std::int64_t i = segment.first_index; i < segment.end_index(); ++i) {
        if (segment.time_of(i) < event.onset_s || segment.time_of(i) > event.end_s) continue;
        double sum = 0.0;
        for (std::size_t k = 0; k < 3; ++k) {
          const auto at = static_cast<std::size_t>(i);
          const double added = static_cast<double>(after.recording.channels[k].samples[at]) -
                               static_cast<double>(before.recording.channels[k].samples[at]);
          sum += added * added;
        }
        largest = std::max(largest, std::sqrt(sum));
      }
    }
    CHECK(largest > 0.7 * event.peak_g);
    CHECK(largest < 1.01 * event.peak_g);
  }
}

TEST_CASE("A recording without three axes takes no events") {
  auto made = background();
  made.recording.channels[1].role = ChannelRole::Other;
  CHECK(inject(made.recording, wish(), kClean).empty());
}

TEST_CASE("No clean stretch, no events") {
  auto made = background();
  CHECK(inject(made.recording, wish(), {}).empty());
}

}  // namespace
}  // namespace klono::synth

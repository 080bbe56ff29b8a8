#include "engine/report_building.hpp"

#include <doctest/doctest.h>

#include <tuple>

#include <cmath>

#include "detection/stepwise_analysis.hpp"
#include "synth/synthetic.hpp"

using namespace klono;
using namespace klono::engine;

namespace {

struct Built {
  Recording recording;
  Analysis analysis;
  MovementTrack track;
  report::ReportModel model(std::vector<Decision> decisions = {}) const {
    ReportSource source;
    source.file_name = "made.csv";
    source.decisions = std::move(decisions);
    return build_report_model(recording, track, analysis, source);
  }
};

Built built() {
  synth::SyntheticSpec spec;
  spec.seed = 21;
  spec.duration_s = 300.0;
  spec.singles_per_hour = 200.0;
  Built made{synth::make(spec).recording, {}, {}};
  std::tie(made.analysis, made.track) = analyse_with_movement(made.recording, {});
  return made;
}

}  // namespace

TEST_CASE("Three examples stand in order of time, each with its event inside") {
  const Built made = built();
  const report::ReportModel model = made.model();
  REQUIRE(made.analysis.events.size() > 6);
  REQUIRE(model.examples.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    const report::ExampleTrace& example = model.examples[i];
    const Event& event = made.analysis.events[example.event];
    if (i > 0) CHECK(example.event > model.examples[i - 1].event);
    CHECK(example.begin_s < event.onset_s);
    CHECK(example.begin_s + static_cast<double>(example.axes[0].size()) / example.rate_hz > event.end_s);
  }
  CHECK(model.title == "made.csv");
  CHECK(model.overview_peak_g.size() == 1024);
}

TEST_CASE("A movement that the person set aside is never an example") {
  const Built made = built();
  for (std::size_t round = 0; round < 3; ++round) {
    std::vector<Decision> decisions(made.analysis.events.size(), Decision::None);
    for (const report::ExampleTrace& example : made.model().examples) decisions[example.event] = Decision::Rejected;
    for (const report::ExampleTrace& example : made.model(decisions).examples) CHECK(decisions[example.event] == Decision::None);
  }
  CHECK(made.model(std::vector<Decision>(made.analysis.events.size(), Decision::Rejected)).examples.empty());
}

TEST_CASE("An example is of typical size: neither the largest nor the smallest of many") {
  const Built made = built();
  double smallest = 1e9;
  double largest = 0.0;
  for (const Event& event : made.analysis.events) {
    smallest = std::min(smallest, event.peak_g);
    largest = std::max(largest, event.peak_g);
  }
  for (const report::ExampleTrace& example : made.model().examples) {
    CHECK(made.analysis.events[example.event].peak_g > smallest);
    CHECK(made.analysis.events[example.event].peak_g < largest);
  }
}

// The guided test: parts that are looked at apart and never together.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "detection/stepwise_analysis.hpp"
#include "signals.hpp"

using namespace klono;
using namespace klono::test;

namespace {

constexpr std::array<std::span<const float>, 3> kNoRotation{};

/// Part of a signal as a signal of its own.
Signal cut(const Signal& signal, double begin_s, double end_s) {
  Signal part;
  part.rate_hz = signal.rate_hz;
  const auto begin = static_cast<std::ptrdiff_t>(std::lround(begin_s * signal.rate_hz));
  const auto end = static_cast<std::ptrdiff_t>(std::lround(end_s * signal.rate_hz));
  for (std::size_t axis = 0; axis < 3; ++axis) part.axes[axis].assign(signal.axes[axis].begin() + begin, signal.axes[axis].begin() + end);
  return part;
}

/// The signal as a recording whose segments and parts are the given spans of a task; nullopt lies outside the parts.
struct TestPart {
  double begin_s;
  double end_s;
  std::optional<Task> task;
};

Recording recorded(const Signal& signal, const std::vector<TestPart>& stretches) {
  Recording recording;
  recording.rate_hz = signal.rate_hz;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Channel channel;
    channel.unit = "g";
    channel.role = static_cast<ChannelRole>(axis);
    channel.samples = signal.axes[axis];
    recording.channels.push_back(channel);
  }
  for (const TestPart& stretch : stretches) {
    const std::int64_t first = std::lround(stretch.begin_s * signal.rate_hz);
    recording.segments.push_back({first, std::lround(stretch.end_s * signal.rate_hz) - first, stretch.begin_s, signal.rate_hz});
    if (stretch.task) recording.blocks.push_back({{stretch.begin_s, stretch.end_s}, *stretch.task});
  }
  return recording;
}

const std::vector<TestPart> kThreeParts{{0.0, 10.0, {}},           {10.0, 70.0, Task::Rest}, {70.0, 80.0, {}}, {80.0, 140.0, Task::ArmsOut},
                                       {140.0, 150.0, {}},        {150.0, 210.0, Task::Reach}, {210.0, 220.0, {}}};

/// Jerks in every part and between them; the arms sway while they are held out.
Signal guided() {
  Signal signal = still(220.0);
  add_oscillation(signal, 80.0, 140.0, 1.0, 0.04);
  for (const double t : {5.0, 20.0, 21.2, 22.3, 40.0, 60.0, 75.0, 90.0, 110.0, 111.2, 112.1, 130.0, 145.0, 160.0, 180.0, 215.0}) add_jerk(signal, t, 0.6);
  return signal;
}

Analysis by_steps(const Recording& recording, std::int64_t step) {
  StepwiseAnalysis analysis(recording, {});
  while (analysis.step(step)) {
  }
  return analysis.finish();
}

}  // namespace

TEST_CASE("Without parts the detector of a guided test is the detector itself") {
  const Signal signal = guided();
  GuidedDetector detector({}, {});
  detector.begin_segment(0.0, signal.rate_hz, std::nullopt);
  detector.push(signal.axes[0], signal.axes[1], signal.axes[2], kNoRotation);
  detector.finish();
  const Analysis plain = detect(signal);
  REQUIRE(plain.events.size() > 5);
  check_same(detector.analysis(), plain);
  CHECK(detector.analysis().masks.size() == plain.masks.size());
  CHECK(detector.analysis().not_counted.size() == plain.not_counted.size());
}

TEST_CASE("Each part says what a detector says that saw nothing but this part: rest by the rule, action without it") {
  const Signal signal = guided();
  const Analysis whole = analyse(recorded(signal, kThreeParts), {});
  std::vector<double> expected;
  double recorded_s = 0.0;
  double analysable_s = 0.0;
  for (const TestPart& part : kThreeParts) {
    if (!part.task) continue;
    DetectorSettings settings;
    settings.gate = part.task == Task::Rest;
    const Analysis alone = detect(cut(signal, part.begin_s, part.end_s), settings, 4096, part.begin_s);
    CHECK_FALSE(alone.events.empty());
    for (const Event& event : alone.events) expected.push_back(event.onset_s);
    recorded_s += alone.recorded_s;
    analysable_s += alone.analysable_s;
  }
  REQUIRE(whole.events.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(whole.events[i].onset_s == expected[i]);
  CHECK(whole.recorded_s == doctest::Approx(recorded_s));
  CHECK(whole.analysable_s == doctest::Approx(analysable_s));
  CHECK(whole.recorded_s == doctest::Approx(180.0));
  CHECK(whole.settings.gate);
}

TEST_CASE("A jerk of an arm that sways while it is held out counts; the same at rest is not analysable") {
  Signal signal = still(60.0);
  add_oscillation(signal, 0.0, 60.0, 1.0, 0.12);
  for (const double t : {15.0, 30.0, 45.0}) add_jerk(signal, t, 0.8);
  const auto found = [&](Task task) {
    const Analysis analysis = analyse(recorded(signal, {{0.0, 60.0, task}}), {});
    return std::ranges::count_if(analysis.events, [](const Event& event) {
      return std::ranges::any_of(std::array{15.0, 30.0, 45.0}, [&](double t) { return std::abs(event.onset_s - t) < 0.15; });
    });
  };
  CHECK(found(Task::ArmsOut) == 3);
  CHECK(found(Task::Rest) == 0);
}

TEST_CASE("What lies outside the parts is neither counted nor masked nor part of the length") {
  const Analysis analysis = analyse(recorded(guided(), kThreeParts), {});
  const auto inside = [](double t_s) {
    return std::ranges::any_of(kThreeParts, [&](const TestPart& part) { return part.task && t_s >= part.begin_s && t_s < part.end_s; });
  };
  for (const Event& event : analysis.events) CHECK(inside(event.onset_s));
  for (const Event& event : analysis.not_counted) CHECK(inside(event.onset_s));
  for (const Mask& mask : analysis.masks) {
    CHECK(inside(mask.span.begin_s));
    CHECK(inside(mask.span.end_s - 1e-6));
  }
}

TEST_CASE("All parts together are in order of time, and a group number stands for one series only") {
  const Analysis analysis = analyse(recorded(guided(), kThreeParts), {});
  CHECK(std::ranges::is_sorted(analysis.events, {}, &Event::onset_s));
  CHECK(std::ranges::is_sorted(analysis.not_counted, {}, &Event::onset_s));
  for (std::size_t i = 1; i < analysis.masks.size(); ++i) CHECK(analysis.masks[i].span.begin_s >= analysis.masks[i - 1].span.end_s);
  std::set<std::int32_t> at_rest, on_action;
  for (const Event& event : analysis.events)
    if (event.group >= 0) (event.onset_s < 75.0 ? at_rest : on_action).insert(event.group);
  CHECK_FALSE(at_rest.empty());
  CHECK_FALSE(on_action.empty());
  for (const std::int32_t group : at_rest) CHECK_FALSE(on_action.contains(group));
}

TEST_CASE("A guided test gives the same in steps of any size, and told as such late as told at once") {
  const Signal signal = guided();
  const Recording recording = recorded(signal, kThreeParts);
  const Analysis whole = analyse(recording, {});
  for (const std::int64_t step : {100, 977, 16384}) check_same(by_steps(recording, step), whole);

  // As it comes while recording: nothing tells of parts before the first of them.
  GuidedDetector live({}, {});
  for (const TestPart& stretch : kThreeParts) {
    const Signal part = cut(signal, stretch.begin_s, stretch.end_s);
    live.begin_segment(stretch.begin_s, signal.rate_hz, stretch.task);
    live.push(part.axes[0], part.axes[1], part.axes[2], kNoRotation);
  }
  live.finish();
  check_same(live.analysis(), whole);
}

TEST_CASE("The smallest visible event of a guided test holds in each of its parts") {
  Signal signal = guided();
  const Analysis whole = analyse(recorded(signal, kThreeParts), {});
  for (const TestPart& part : kThreeParts) {
    if (!part.task) continue;
    DetectorSettings settings;
    settings.gate = part.task == Task::Rest;
    CHECK(whole.smallest_visible_g >= detect(cut(signal, part.begin_s, part.end_s), settings).smallest_visible_g);
  }
}

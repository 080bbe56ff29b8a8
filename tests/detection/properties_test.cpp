// What must not change a result: how samples arrive, how the sensor lies, when the recording began.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "detection/preparation.hpp"
#include "signals.hpp"

using namespace klono;
using namespace klono::test;

namespace {

Signal eventful(double rate_hz = 100.0) {
  Signal signal = still(180.0, rate_hz);
  for (const double t : {12.0, 31.5, 33.0, 34.4, 60.25, 92.0, 140.0}) add_jerk(signal, t, 0.05 + 0.002 * t);
  add_turn(signal, 110.0, 111.5, 40.0);
  return signal;
}

/// Coarse acceleration, a gyroscope beside it, and swings of which rounding leaves next to nothing.
Signal swinging(double rate_hz = 60.0) {
  Signal signal = still(180.0, rate_hz, 0.002);
  add_gyroscope(signal);
  for (const double t : {14.0, 31.5, 33.0, 34.4, 60.25, 92.0, 140.0}) add_swing(signal, t, 0.009 + 0.00002 * t, 0.15);
  add_swing(signal, 160.0, 0.2);
  add_turn(signal, 110.0, 111.5, 40.0);
  return rounded_as_browser(signal);
}

using Matrix = std::array<std::array<double, 3>, 3>;

Signal rotated(const Signal& signal, const Matrix& m) {
  Signal turned = signal;
  for (std::size_t i = 0; i < signal.size(); ++i)
    for (std::size_t row = 0; row < 3; ++row) {
      double sum = 0.0;
      for (std::size_t column = 0; column < 3; ++column) sum += m[row][column] * static_cast<double>(signal.axes[column][i]);
      turned.axes[row][i] = static_cast<float>(sum);
    }
  return turned;
}

Matrix about_axis(double x, double y, double z, double angle) {
  const double n = std::sqrt(x * x + y * y + z * z);
  x /= n;
  y /= n;
  z /= n;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const double k = 1.0 - c;
  return {{{c + x * x * k, x * y * k - z * s, x * z * k + y * s},
           {y * x * k + z * s, c + y * y * k, y * z * k - x * s},
           {z * x * k - y * s, z * y * k + x * s, c + z * z * k}}};
}

}  // namespace

TEST_CASE("The events are the same, to the last bit, whatever the sizes of the blocks") {
  for (const double rate : {50.0, 98.4, 100.0, 200.0}) {
    const Signal signal = eventful(rate);
    const Analysis whole = detect(signal, {}, signal.size());
    REQUIRE(whole.events.size() >= 5);
    for (const std::size_t block : {1U, 7U, 64U, 100U, 4096U}) check_same(detect(signal, {}, block), whole);
  }
}

TEST_CASE("With a gyroscope, too, the events are the same to the last bit whatever the sizes of the blocks") {
  for (const double rate : {50.0, 59.7, 60.0, 100.0}) {
    const Signal signal = swinging(rate);
    const Analysis whole = detect(signal, {}, signal.size());
    REQUIRE(whole.events.size() >= 7);
    for (const std::size_t block : {1U, 7U, 64U, 100U, 4096U}) check_identical(detect(signal, {}, block), whole);
  }
}

TEST_CASE("Samples that were prepared apart give the same events to the last bit, however they were handed over") {
  Signal signal = swinging();
  for (auto& axis : signal.axes) axis[5000] = std::numeric_limits<float>::quiet_NaN();
  const DetectorInput input{.has_rotation = true};
  const Analysis whole = detect(signal, {}, signal.size());
  REQUIRE(whole.events.size() >= 6);
  for (const std::size_t block : {100UL, 3001UL, signal.size()}) {
    detection::Preparation preparation({}, input);
    Detector detector({}, input);
    detection::Prepared prepared;
    preparation.begin_segment(0.0, signal.rate_hz, prepared);
    for (std::size_t at = 0; at < signal.size(); at += block) {
      const auto part = [&](const auto& axes, std::size_t axis) { return std::span<const float>(axes[axis]).subspan(at, std::min(block, signal.size() - at)); };
      preparation.push(part(signal.axes, 0), part(signal.axes, 1), part(signal.axes, 2), {part(signal.rotation, 0), part(signal.rotation, 1), part(signal.rotation, 2)}, prepared);
      detector.take(prepared);
      prepared.clear();
    }
    preparation.end_segment(prepared);
    detector.take(prepared);
    detector.finish();
    check_identical(detector.analysis(), whole);
  }
}

TEST_CASE("With a gyroscope, too, a later start moves every event by as much and changes nothing else") {
  const Signal signal = swinging();
  check_same(detect(signal), detect(signal, {}, 4096, 5000.0), 1e-9, 1.0, 5000.0);
}

TEST_CASE("A sensor that lies along other axes, gyroscope and all, finds the same") {
  const Signal upright = swinging();
  Signal turned = upright;  // x to y, y to minus x: a quarter turn keeps the steps
  for (auto* axes : {&turned.axes, &turned.rotation}) {
    std::swap((*axes)[0], (*axes)[1]);
    for (float& value : (*axes)[1]) value = -value;
  }
  check_same(detect(turned), detect(upright), 1e-5);
}

TEST_CASE("Only the length of the angular velocity counts, and no constant part of it") {
  const Signal plain = swinging();
  const Analysis analysis = detect(plain);
  Signal turned = plain;
  turned.rotation = rotated(Signal{.rate_hz = plain.rate_hz, .axes = plain.rotation, .rotation = {}}, about_axis(1.0, -2.0, 0.5, 0.8)).axes;
  check_same(detect(turned), analysis, 2e-3);
  Signal biased = plain;
  for (float& value : biased.rotation[1]) value += 2.0F;
  check_same(detect(biased), analysis, 2e-3);
}

TEST_CASE("Whole steps of offset on acceleration leave what the gyroscope finds") {
  const Signal plain = swinging();
  Signal biased = plain;
  for (float& value : biased.axes[0]) value += static_cast<float>(3.0 * 0.1 / 9.80665);
  check_same(detect(biased), detect(plain), 2e-3);
}

TEST_CASE("What the gyroscope found lies in no gap, and goes on after it") {
  const Signal signal = swinging();
  const std::size_t cut = 3000;  // 50 s
  Detector detector({}, {.has_rotation = true});
  const auto push = [&](std::size_t begin, std::size_t end) {
    const auto part = [&](const std::vector<float>& axis) { return std::span<const float>(axis).subspan(begin, end - begin); };
    detector.push(part(signal.axes[0]), part(signal.axes[1]), part(signal.axes[2]),
                  {part(signal.rotation[0]), part(signal.rotation[1]), part(signal.rotation[2])});
  };
  detector.begin_segment(0.0, 60.0);
  push(0, cut);
  detector.end_segment();
  detector.begin_segment(80.0, 60.0);  // thirty seconds are missing
  push(cut, signal.size());
  detector.finish();
  const Analysis whole = detect(signal);
  REQUIRE(detector.analysis().events.size() == whole.events.size());
  for (std::size_t i = 0; i < whole.events.size(); ++i) {
    const double shift_s = whole.events[i].onset_s < 50.0 ? 0.0 : 30.0;
    CHECK(detector.analysis().events[i].onset_s == doctest::Approx(whole.events[i].onset_s + shift_s).epsilon(1e-3));
  }
}

TEST_CASE("A later start moves every event by as much and changes nothing else") {
  const Signal signal = eventful();
  check_same(detect(signal), detect(signal, {}, 4096, 5000.0), 1e-9, 1.0, 5000.0);
}

TEST_CASE("Any rotation of the sensor leaves the events as they are") {
  const Signal signal = eventful();
  const Analysis upright = detect(signal);
  int seed = 1;
  for (const double angle : {0.3, 1.1, 2.4, 3.0}) {
    const Matrix m = about_axis(std::sin(1.7 * seed), std::cos(2.3 * seed), std::sin(0.9 * seed + 1.0), angle);
    check_same(detect(rotated(signal, m)), upright, 1e-3);
    ++seed;
  }
}

TEST_CASE("The order and the sign of the axes leave the events as they are") {
  const Signal signal = eventful();
  const Analysis upright = detect(signal);
  Signal swapped = signal;
  std::swap(swapped.axes[0], swapped.axes[2]);
  check_same(detect(swapped), upright, 1e-5);
  for (auto& axis : swapped.axes)
    for (float& value : axis) value = -value;
  check_same(detect(swapped), upright, 1e-5);
}

TEST_CASE("With the absolute level off, a gain scales the peaks and keeps the events") {
  DetectorSettings settings;
  settings.candidates.smallest_peak_g = 0.0;
  const Signal signal = eventful();
  const Analysis plain = detect(signal, settings);
  REQUIRE(plain.events.size() >= 5);
  for (const double gain : {0.25, 4.0, 1000.0}) {
    Signal louder = signal;
    for (auto& axis : louder.axes)
      for (float& value : axis) value = static_cast<float>(static_cast<double>(value) * gain);
    check_same(plain, detect(louder, settings), 1e-4, gain);
  }
}

TEST_CASE("An offset of up to 50 mg on any axis leaves the events as they are") {
  const Signal signal = eventful();
  const Analysis plain = detect(signal);
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (const float offset : {-0.05F, 0.02F, 0.05F}) {
      Signal biased = signal;
      for (float& value : biased.axes[axis]) value += offset;
      check_same(detect(biased), plain, 2e-3);
    }
}

TEST_CASE("No event lies in or across a gap, and time runs on through it") {
  Signal signal = eventful();
  const std::size_t cut = 6000;
  Detector detector({}, {});
  const auto part = [&](std::size_t axis, std::size_t begin, std::size_t end) { return std::span<const float>(signal.axes[axis]).subspan(begin, end - begin); };
  detector.begin_segment(0.0, 100.0);
  detector.push(part(0, 0, cut), part(1, 0, cut), part(2, 0, cut));
  detector.end_segment();
  detector.begin_segment(70.0, 100.0);  // ten seconds are missing
  detector.push(part(0, cut, signal.size()), part(1, cut, signal.size()), part(2, cut, signal.size()));
  detector.finish();
  const Analysis& analysis = detector.analysis();
  CHECK(analysis.recorded_s == doctest::Approx(180.0));
  for (const Event& event : analysis.events) {
    const bool before = event.end_s <= 60.0;
    const bool after = event.onset_s >= 70.0;
    CHECK((before || after));
  }
  const Analysis whole = detect(signal);
  const Event& last = analysis.events.back();
  CHECK(last.onset_s == doctest::Approx(whole.events.back().onset_s + 10.0).epsilon(1e-6));
}

TEST_CASE("Not-a-number ends a stretch, and no event touches it") {
  Signal signal = eventful();
  for (std::size_t i = 6000; i < 6050; ++i) signal.axes[1][i] = std::numeric_limits<float>::quiet_NaN();
  const Analysis analysis = detect(signal);
  CHECK(analysis.recorded_s == doctest::Approx(179.5).epsilon(1e-3));
  for (const Event& event : analysis.events) CHECK_FALSE((event.onset_s < 60.5 && event.end_s > 60.0));
  CHECK(analysis.events.size() >= 4);
}

TEST_CASE("Events and masks never overlap, masks are disjoint, and the figures add up") {
  Signal signal = eventful();
  add_oscillation(signal, 150.0, 165.0, 2.0, 0.3);
  const Analysis analysis = detect(signal);
  double masked = 0.0;
  double end = -1.0;
  for (const Mask& mask : analysis.masks) {
    CHECK(mask.span.begin_s >= end);
    end = mask.span.end_s;
    masked += mask.span.length_s();
    for (const Event& event : analysis.events) CHECK_FALSE(mask.span.overlaps({event.onset_s, event.end_s}));
  }
  CHECK(analysis.analysable_s == doctest::Approx(analysis.recorded_s - masked));
  CHECK(std::is_sorted(analysis.events.begin(), analysis.events.end(), [](const Event& a, const Event& b) { return a.onset_s < b.onset_s; }));
}

TEST_CASE("At least 95 % of a still hour stays analysable, and it holds no more events than chance may make") {
  std::size_t events = 0;
  for (const double noise : {0.0003, 0.002, 0.008}) {
    const Analysis analysis = detect(still(3600.0, 100.0, noise, 7));
    events += analysis.events.size();
    CHECK(analysis.analysable_s >= 0.95 * analysis.recorded_s);
  }
  // Three hours of half a false event each: more than five come once in 200 times.
  CHECK(events <= 5);
}

TEST_CASE("Asking for the analysis in between changes nothing of what is found") {
  const Signal signal = eventful();
  const auto run = [&](bool asking) {
    Detector detector({}, {});
    std::size_t at = 0;
    // A gap of a second after every ten.
    for (double start_s = 0.0; at < signal.size(); start_s += 11.0) {
      const std::size_t count = std::min<std::size_t>(1000, signal.size() - at);
      const auto part = [&](std::size_t axis) { return std::span<const float>(signal.axes[axis]).subspan(at, count); };
      detector.begin_segment(start_s, 100.0);
      detector.push(part(0), part(1), part(2));
      if (asking) CHECK(detector.analysis().analysable_s <= detector.analysis().recorded_s);
      detector.end_segment();
      if (asking) CHECK(static_cast<std::int64_t>(detector.analysis().events.size()) == detector.events_so_far());
      at += count;
    }
    detector.finish();
    return detector.analysis();
  };
  check_identical(run(true), run(false));
}

TEST_CASE("Five thousand gaps are worked through, and every stretch counts") {
  const Signal piece = still(2.5, 100.0, 0.001, 3);
  Detector detector({}, {});
  for (int i = 0; i < 5000; ++i) {
    detector.begin_segment(4.0 * i, 100.0);
    detector.push(piece.axes[0], piece.axes[1], piece.axes[2]);
  }
  detector.finish();
  CHECK(detector.analysis().recorded_s == doctest::Approx(5000.0 * 2.5).epsilon(1e-3));
  CHECK(detector.analysis().events.empty());
  CHECK(detector.analysis().masks.size() >= 9999);  // both ends of each
}

TEST_CASE("Over eight hours at 128 and 256 readings a second an event stays where it is") {
  // clinical.md D9: a window length rounded to whole samples moved events by ten minutes in a night.
  for (const double rate_hz : {128.0, 256.0}) {
    CAPTURE(rate_hz);
    const double stretch_s = 60.0;
    Signal quiet = still(stretch_s, rate_hz, 0.001, 5);
    Signal jerked = quiet;
    add_jerk(jerked, 20.3, 0.3);
    Detector detector({}, {});
    detector.begin_segment(0.0, rate_hz);
    const int stretches = 480;
    for (int i = 0; i < stretches; ++i) {
      const Signal& signal = i % 120 == 119 ? jerked : quiet;
      detector.push(signal.axes[0], signal.axes[1], signal.axes[2]);
    }
    detector.finish();
    const Analysis& analysis = detector.analysis();
    REQUIRE(analysis.events.size() == 4);
    for (std::size_t i = 0; i < 4; ++i)
      CHECK(std::abs(analysis.events[i].onset_s - (stretch_s * static_cast<double>(120 * i + 119) + 20.3)) < 0.02);
  }
}

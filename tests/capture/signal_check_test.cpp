#include "capture/signal_check.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "phone.hpp"

using namespace klono;
using namespace klono::test;
using capture::SignalCheck;
using formats::journal::Reading;
using formats::journal::SensorKind;
using protocol::recorder::Check;

namespace {

constexpr double kStandardGravity = 9.80665;
const float kNone = std::numeric_limits<float>::quiet_NaN();

/// In pieces of 15, as a worker gets them, asking in between.
Check checked(const std::vector<Reading>& readings, double interval = 16.0, SensorKind sensor = SensorKind::DeviceMotion) {
  SignalCheck check;
  Check result;
  for (std::size_t at = 0; at < readings.size(); at += 15) {
    check.push(sensor, std::span(readings).subspan(at, std::min<std::size_t>(15, readings.size() - at)), interval);
    result = check.result();
  }
  return result;
}

}  // namespace

TEST_CASE("Nothing delivered is told as nothing") {
  SignalCheck check;
  const Check result = check.result();
  CHECK_FALSE(result.settled);
  CHECK_FALSE(result.acceleration);
  CHECK(result.rate_hz == 0.0);
  CHECK(result.sign == 0);
  CHECK(result.trace_x.empty());
}

TEST_CASE("Rate, jitter and the longest step are those of the stamps") {
  PhoneSpec spec;
  spec.jitter_ms = 0.0;
  const Check even = checked(deliver(lying(8.0, 1000.0, 0.002), spec));
  CHECK(even.settled);
  CHECK(even.rate_hz == doctest::Approx(60.0).epsilon(1e-3));
  CHECK(even.jitter_ms < 1e-6);
  CHECK(even.longest_step_ms == doctest::Approx(1000.0 / 60.0));
  spec.jitter_ms = 2.0;
  std::vector<Reading> readings = deliver(lying(8.0, 1000.0, 0.002), spec);
  // A step is the difference of two stamps: 2 ms times the root of 2, whose median distance is 0.6745 times as much.
  CHECK(checked(readings).jitter_ms == doctest::Approx(0.6745 * 2.0 * std::sqrt(2.0)).epsilon(0.2));
  CHECK(checked(readings).rate_hz == doctest::Approx(60.0).epsilon(0.01));
  for (std::size_t i = readings.size() / 2; i < readings.size(); ++i) readings[i].stamp_ms += 700.0;
  const Check interrupted = checked(readings);
  CHECK(interrupted.longest_step_ms == doctest::Approx(717.0).epsilon(0.02));
  CHECK(interrupted.rate_hz == doctest::Approx(60.0).epsilon(0.01));
}

TEST_CASE("Sensors that come one by one, each by its own stamps, are told as if they came together") {
  PhoneSpec spec;
  spec.jitter_ms = 0.0;
  std::vector<Reading> apart;
  for (const Reading& reading : deliver(lying(8.0, 1000.0, 0.002), spec)) {
    Reading rotation{reading.stamp_ms + 3.0, {kNone, kNone, kNone}, {kNone, kNone, kNone}, reading.rotation};
    Reading linear{reading.stamp_ms - 40.0, {kNone, kNone, kNone}, reading.linear, {kNone, kNone, kNone}};
    Reading acceleration{reading.stamp_ms, reading.acceleration, {kNone, kNone, kNone}, {kNone, kNone, kNone}};
    apart.insert(apart.end(), {rotation, linear, acceleration});  // the latest stamp first
  }
  const Check result = checked(apart);
  CHECK(result.rate_hz == doctest::Approx(60.0).epsilon(1e-3));
  CHECK(result.jitter_ms < 1e-6);
  CHECK(result.longest_step_ms == doctest::Approx(1000.0 / 60.0));
  CHECK(result.seconds == doctest::Approx(8.0).epsilon(0.01));
  CHECK(result.linear);
  CHECK(result.rotation);
}

TEST_CASE("The rounding step is found where there is one, in acceleration and in rotation") {
  const Recording motion = lying(6.0, 1000.0, 0.02);
  const Check rounded = checked(deliver(motion, {}));
  CHECK(rounded.step_g == doctest::Approx(0.1 / kStandardGravity).epsilon(1e-3));
  CHECK(rounded.step_deg_s == doctest::Approx(0.1).epsilon(1e-3));
  CHECK(rounded.rotation);
  CHECK(rounded.linear);
  PhoneSpec exact;
  exact.step = 0.0;
  CHECK(checked(deliver(motion, exact)).step_g == 0.0);
  CHECK(checked(deliver(motion, exact)).step_deg_s == 0.0);
  PhoneSpec fine;
  fine.step = 0.0024;  // 16 bit over 8 g
  CHECK(checked(deliver(motion, fine)).step_g == doctest::Approx(0.0024 / kStandardGravity).epsilon(1e-2));
}

TEST_CASE("The floor is the rms of the movement in the stillest second, and gravity is read there") {
  PhoneSpec exact;
  exact.step = 0.0;
  exact.jitter_ms = 0.2;
  Recording motion = lying(9.0, 60.0, 0.004);
  for (std::size_t i = 0; i < 240; ++i) motion.channels[0].samples[i] += static_cast<float>(0.3 * std::sin(0.7 * static_cast<double>(i)));
  const Check check = checked(deliver(motion, exact));
  // Three axes of 4 mg; below 20 of 30 Hz, and less what gravity's mean takes; the stillest of many seconds is stiller.
  CHECK(check.floor_g < 0.004 * std::sqrt(3.0));
  CHECK(check.floor_g > 0.5 * 0.004 * std::sqrt(3.0));
  CHECK(check.gravity_g == doctest::Approx(1.0).epsilon(0.005));
  CHECK(check.smallest_visible_g == doctest::Approx((7.0 * check.floor_g + 0.84 * check.floor_g / std::sqrt(3.0)) / 0.9));
}

TEST_CASE("A flat line of coarse steps has the floor of its rounding") {
  const Check check = checked(deliver(lying(6.0, 1000.0, 0.0035), {}));
  REQUIRE(check.step_g > 0.0);
  CHECK(check.floor_g >= 0.28 * check.step_g);
  CHECK(check.smallest_visible_g >= 0.020 / 0.9);
}

TEST_CASE("Readings that come twice are counted as they are delivered") {
  PhoneSpec spec;
  spec.jitter_ms = 0.0;
  spec.step = 0.0;
  // A sensor at 50 Hz polled 60 times a second: one of six is old.
  CHECK(checked(deliver(lying(8.0, 50.0, 0.002), spec)).duplicates == doctest::Approx(1.0 / 6.0).epsilon(0.05));
  CHECK(checked(deliver(lying(8.0, 1000.0, 0.002), spec)).duplicates == 0.0);
}

TEST_CASE("Axes that never come are missing; nulls alone are no acceleration") {
  std::vector<Reading> readings = deliver(lying(4.0, 200.0, 0.002), {});
  for (Reading& reading : readings) reading.acceleration[1] = kNone;
  const Check check = checked(readings);
  CHECK(check.acceleration);
  CHECK(check.missing_axes == 1);
  for (Reading& reading : readings) reading.acceleration = {kNone, kNone, kNone};
  const Check linear = checked(readings);
  CHECK_FALSE(linear.acceleration);
  CHECK(linear.linear);
  CHECK(linear.missing_axes == 0);
  CHECK(linear.rate_hz == doctest::Approx(60.0).epsilon(0.02));
  CHECK(linear.sign == 0);
  for (Reading& reading : readings) reading.linear = reading.rotation = {kNone, kNone, kNone};
  const Check nothing = checked(readings);
  CHECK_FALSE(nothing.acceleration);
  CHECK_FALSE(nothing.settled);
  CHECK(nothing.seconds > 3.5);
}

TEST_CASE("Events of single sensors give the rate of the acceleration, not of all of them") {
  std::vector<Reading> single;
  for (const Reading& reading : deliver(lying(6.0, 200.0, 0.01), {})) {
    Reading acceleration = reading;
    acceleration.linear = acceleration.rotation = {kNone, kNone, kNone};
    Reading rotation = reading;
    rotation.stamp_ms += 3.0;
    rotation.acceleration = rotation.linear = {kNone, kNone, kNone};
    single.push_back(acceleration);
    single.push_back(rotation);
  }
  const Check check = checked(single, 0.0, SensorKind::GenericSensor);
  CHECK(check.rate_hz == doctest::Approx(60.0).epsilon(0.02));
  CHECK(check.rotation);
  CHECK(check.step_deg_s == doctest::Approx(0.1).epsilon(1e-3));
  CHECK(check.missing_axes == 0);
}

TEST_CASE("The sign is settled only flat and still, and only where engine and gravity agree") {
  const Recording on_its_back = lying(4.0, 200.0, 0.002);
  PhoneSpec turned;
  turned.sign = -1.0;
  CHECK(checked(deliver(on_its_back, {}), 16.0).sign == 1);
  CHECK(checked(deliver(on_its_back, turned), 1.0 / 60.0).sign == -1);
  // On its face each engine reads as the other would on its back: nothing is settled.
  CHECK(checked(deliver(on_its_back, turned), 16.0).sign == 0);
  CHECK(checked(deliver(on_its_back, {}), 1.0 / 60.0).sign == 0);
  Recording upright = lying(4.0, 200.0, 0.002);
  std::swap(upright.channels[1].samples, upright.channels[2].samples);
  CHECK(checked(deliver(upright, {}), 16.0).sign == 0);
  CHECK(checked(deliver(lying(4.0, 200.0, 0.2), {}), 16.0).sign == 0);  // shaken
}

TEST_CASE("Once settled the sign stays, whatever the phone does then") {
  std::vector<Reading> readings = deliver(lying(4.0, 200.0, 0.002), {});
  PhoneSpec later;
  later.begin_ms = readings.back().stamp_ms + 16.0;
  Recording upright = lying(4.0, 200.0, 0.002);
  std::swap(upright.channels[1].samples, upright.channels[2].samples);
  for (const Reading& reading : deliver(upright, later)) readings.push_back(reading);
  CHECK(checked(readings).sign == 1);
}

TEST_CASE("A tap shows in the level now and in the trace, and is gone from the level a moment later") {
  PhoneSpec exact;
  exact.step = 0.0;
  exact.jitter_ms = 0.0;
  Recording motion = lying(8.0, 60.0, 0.002);
  for (std::size_t i = 470; i < 474; ++i) motion.channels[2].samples[i] += i < 472 ? 0.5F : -0.5F;
  const Check now = checked(deliver(motion, exact));
  CHECK(now.level_g > 0.2);
  CHECK_FALSE(now.still);
  CHECK(now.trace_x.size() == now.trace_z.size());
  CHECK(now.trace_z.size() == doctest::Approx(160).epsilon(0.02));  // 8 s, 20 a second
  CHECK(std::abs(*std::ranges::max_element(now.trace_z, {}, [](float value) { return std::abs(value); })) > 0.2F);
  const Recording quiet = lying(12.0, 60.0, 0.002);
  const Check later = checked(deliver(quiet, exact));
  CHECK(later.level_g < 0.02);
  CHECK(later.still);
  CHECK(later.trace_x.size() == 200);
}

TEST_CASE("Bytes an hour are those the journal takes") {
  const std::vector<Reading> readings = deliver(lying(30.0, 200.0, 0.005), {});
  formats::journal::Writer writer;
  (void)writer.encode(formats::journal::Header{});
  double bytes = 0.0;
  for (std::size_t at = 0; at < readings.size(); at += 60)
    bytes += static_cast<double>(
        writer.encode(formats::journal::Readings{{readings.begin() + static_cast<std::ptrdiff_t>(at),
                                                  readings.begin() + static_cast<std::ptrdiff_t>(std::min(at + 60, readings.size()))}}).size());
  CHECK(checked(readings).bytes_per_hour == doctest::Approx(bytes / 30.0 * 3600.0).epsilon(0.1));
}

TEST_CASE("Stamps that go back, and stamps that are no numbers, are passed over") {
  std::vector<Reading> readings = deliver(lying(5.0, 200.0, 0.002), {});
  readings[50].stamp_ms = std::nan("");
  readings[100].stamp_ms -= 5000.0;
  const Check check = checked(readings);
  CHECK(check.rate_hz == doctest::Approx(60.0).epsilon(0.02));
  CHECK(check.settled);
}

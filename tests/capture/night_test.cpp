// A night: memory that stays, bytes that go out.

#include <doctest/doctest.h>

#include <cmath>

#include "capture/recorder.hpp"
#include "heap.hpp"
#include "phone.hpp"

using namespace klono;
using namespace klono::test;
namespace journal = formats::journal;
namespace messages = protocol::recorder;

TEST_CASE("Eight hours at the full rate leave the heap as large as one hour does, but for what was found") {
  std::size_t bytes = 0;
  std::size_t news = 0;
  double recorded_s = 0.0;
  capture::Recorder recorder({[&](std::span<const std::byte> part) { bytes += part.size(); }, [] {},
                              [&](const messages::News& told) {
                                ++news;
                                if (const auto* saved = std::get_if<messages::Saved>(&told)) recorded_s = saved->recorded_s;
                              }},
                             "0.0.0-test");
  recorder.order(messages::RecordBegin{"night", "{}", 0.0, true, false});
  Random random(8);
  constexpr double kRate_hz = 60.0;
  constexpr std::int64_t kHour = 3600;
  std::size_t after_an_hour = 0;
  std::vector<journal::Reading> second(static_cast<std::size_t>(kRate_hz));
  for (std::int64_t s = 0; s < 8 * kHour; ++s) {
    for (std::size_t i = 0; i < second.size(); ++i) {
      journal::Reading& reading = second[i];
      const double t_s = static_cast<double>(s) + static_cast<double>(i) / kRate_hz;
      reading.stamp_ms = 1000.0 * t_s + static_cast<double>(random() % 1000) / 1000.0;
      // A twitch each minute: what is found is kept, and that is all that may be.
      const double since_s = std::fmod(t_s, 60.0) - 30.0;
      const double jerk = since_s > 0.0 && since_s < 1.0 ? 3.0 * std::exp(-7.0 * since_s) * std::sin(25.0 * since_s) : 0.0;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        const double noise = static_cast<double>(random() % 1000) / 1000.0 - 0.5;
        reading.linear[axis] = static_cast<float>(0.04 * noise + jerk);
        reading.acceleration[axis] = static_cast<float>((axis == 2 ? 9.8 : 0.0) + 0.04 * noise + jerk);
        reading.rotation[axis] = static_cast<float>(0.5 * noise + jerk);
      }
    }
    recorder.readings(journal::SensorKind::DeviceMotion, second, 16.0);
    recorder.tick(1000.0 * static_cast<double>(s + 1));
    if (s + 1 == kHour) after_an_hour = heap_bytes();
  }
  // Chosen: 7 h of figures once a second and of 420 events take a quarter of a megabyte; the readings would take 60.
  MESSAGE("journal of eight hours: ", static_cast<double>(bytes) / 1e6, " MB; heap beyond that of one hour: ",
          (static_cast<double>(heap_bytes()) - static_cast<double>(after_an_hour)) / 1e6, " MB");
  CHECK(heap_bytes() < after_an_hour + 1'000'000);
  CHECK(bytes > 20'000'000);
  CHECK(bytes < 100'000'000);
  CHECK(news < 6000);
  recorder.order(messages::RecordEnd{});
  CHECK(recorded_s == doctest::Approx(8.0 * 3600.0).epsilon(1e-3));
}

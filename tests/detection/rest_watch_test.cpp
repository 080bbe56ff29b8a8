// Long rest by how little the sensor turns, and onsets of sleep that a file marks.

#include "detection/rest_watch.hpp"

#include <cmath>
#include <vector>

#include <doctest/doctest.h>

using namespace klono;

namespace {

constexpr double kRate_hz = 10.0;

/// Readings of a sensor at rest that lies at `angle_deg(t)` about one axis.
template <class Angle>
void push(RestWatch& watch, double length_s, Angle angle_deg, std::size_t block = 97) {
  const auto count = static_cast<std::size_t>(length_s * kRate_hz);
  std::vector<float> x(count), y(count), z(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = angle_deg(static_cast<double>(i) / kRate_hz) / 57.29577951308232;
    x[i] = static_cast<float>(std::sin(angle));
    z[i] = static_cast<float>(std::cos(angle));
  }
  for (std::size_t at = 0; at < count; at += block) {
    const std::size_t part = std::min(block, count - at);
    watch.push({std::span<const float>(x).subspan(at, part), std::span<const float>(y).subspan(at, part), std::span<const float>(z).subspan(at, part)});
  }
}

template <class Angle>
std::vector<TimeSpan> rests(double length_s, Angle angle_deg) {
  RestWatch watch;
  watch.begin_segment(0.0, kRate_hz);
  push(watch, length_s, angle_deg);
  watch.end_segment();
  return watch.long_rests();
}

/// Turned by 20 degrees every 10 s.
double restless(double t_s) { return std::fmod(t_s, 20.0) < 10.0 ? 0.0 : 20.0; }

}  // namespace

TEST_CASE("Half an hour without a turn is a long rest, less is none") {
  const auto long_rest = rests(1800.0, [](double) { return 10.0; });
  REQUIRE(long_rest.size() == 1);
  CHECK(long_rest[0].begin_s == 0.0);
  CHECK(long_rest[0].end_s == 1800.0);
  CHECK(rests(1795.0, [](double) { return 10.0; }).empty());
}

TEST_CASE("Steps of less than five degrees keep the rest, steps of more end it") {
  const auto steps = [](double deg) { return [deg](double t_s) { return std::fmod(t_s, 20.0) < 10.0 ? 0.0 : deg; }; };
  CHECK(rests(3600.0, steps(4.9)).size() == 1);
  CHECK(rests(3600.0, steps(5.1)).empty());
}

TEST_CASE("A rest begins where turning ends, and goes on over a short waking") {
  const auto night = [](double t_s) { return t_s < 1200.0 || (t_s >= 5000.0 && t_s < 5300.0) ? restless(t_s) : 30.0; };
  const auto found = rests(9000.0, night);
  REQUIRE(found.size() == 1);
  CHECK(found[0].begin_s == doctest::Approx(1200.0).epsilon(0.01));
  CHECK(found[0].end_s == doctest::Approx(9000.0).epsilon(0.001));
}

TEST_CASE("An hour awake parts two rests") {
  const auto day = [](double t_s) { return t_s >= 3000.0 && t_s < 6800.0 ? restless(t_s) : 0.0; };
  const auto found = rests(10000.0, day);
  REQUIRE(found.size() == 2);
  CHECK(found[0].end_s == doctest::Approx(3000.0).epsilon(0.01));
  CHECK(found[1].begin_s == doctest::Approx(6800.0).epsilon(0.01));
}

TEST_CASE("Short stillnesses of a busy day make no long rest, however many they are") {
  // Six minutes of stillness in each half hour.
  CHECK(rests(8.0 * 3600.0, [](double t_s) { return std::fmod(t_s, 1800.0) < 360.0 ? 0.0 : restless(t_s); }).empty());
}

TEST_CASE("Rest does not depend on how samples come in blocks, nor does a jerk end it") {
  const auto jerky = [](double t_s) { return std::fmod(t_s, 60.0) < 0.5 ? 60.0 : 0.0; };
  for (const std::size_t block : {1U, 50U, 4096U}) {
    RestWatch watch;
    watch.begin_segment(100.0, kRate_hz);
    push(watch, 2000.0, jerky, block);
    watch.end_segment();
    REQUIRE(watch.long_rests().size() == 1);
    CHECK(watch.long_rests()[0].begin_s == 100.0);
    CHECK(watch.long_rests()[0].end_s == 2100.0);
  }
}

TEST_CASE("Sleep that a scorer marked begins with the first stage other than waking") {
  const std::vector<Annotation> staged{{0.0, 30.0, "Sleep stage W"}, {30.0, 30.0, "Sleep stage W"}, {60.0, 30.0, "Sleep stage N1"}, {90.0, 30.0, "Sleep stage N2"}};
  REQUIRE(marked_sleep_onset(staged));
  CHECK(*marked_sleep_onset(staged) == 60.0);
  for (const char* asleep : {"Sleep stage 1", "Sleep stage R", "sleep stage n3", "Sleep stage 4"}) CHECK(marked_sleep_onset(std::vector<Annotation>{{7.0, 30.0, asleep}}) == 7.0);
  for (const char* other : {"Sleep stage W", "Sleep stage ?", "Sleep stage", "Lights off", "Limb movement", "Movement time"})
    CHECK_FALSE(marked_sleep_onset(std::vector<Annotation>{{7.0, 30.0, other}}));
}

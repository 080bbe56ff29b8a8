// Stamps that wander: when readings stay where they are, and that moving them brings them nearer to the truth.

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "inputs.hpp"

namespace klono::formats {
namespace {

using namespace inputs;

/// Even readings whose stamps, not values, are off by up to `amount_s`.
std::vector<MotionSample> with_wrong_stamps(double amount_s) {
  std::vector<MotionSample> readings = motion();
  std::mt19937 engine(7);
  std::uniform_real_distribution<double> off(-amount_s, amount_s);
  for (MotionSample& reading : readings) reading.t_s = std::max(0.0, reading.t_s + off(engine));
  return readings;
}

double swing(double t_s) { return 0.3 * std::sin(2.0 * std::numbers::pi * 1.5 * t_s); }

/// Readings truly taken at uneven times: the value is that of the stamp.
std::vector<MotionSample> taken_unevenly(double amount_s) {
  std::vector<MotionSample> readings = with_wrong_stamps(amount_s);
  for (MotionSample& reading : readings) {
    reading.axis[0] = swing(reading.t_s);
    reading.axis[1] = 0.0;
    reading.axis[2] = 1.0;
  }
  return readings;
}

/// Root mean square distance of the x samples to the swing at the times the recording gives them.
double error_of(const Recording& recording, const std::vector<float>& x) {
  double squares = 0.0;
  const Segment& segment = recording.segments.front();
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double t_s = segment.time_of(static_cast<std::int64_t>(i));
    squares += std::pow(static_cast<double>(x[i]) - swing(t_s), 2);
  }
  return std::sqrt(squares / static_cast<double>(x.size()));
}

}  // namespace

TEST_CASE("jitter of less than half a sample leaves every reading as it was and the rate true") {
  for (const double amount_s : {0.004, 0.0092}) {
    const Recording recording = read(written(with_wrong_stamps(amount_s)));
    CHECK(largest_difference(recording, motion()) < 1e-5);
    CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-4));
    CHECK(recording.segments.size() == 1);
    CHECK_FALSE(has_warning(recording, "uneven-stamps"));
  }
}

TEST_CASE("a clock that wanders slowly by less than 0.1 s leaves the readings as they were") {
  std::vector<MotionSample> readings = motion();
  for (MotionSample& reading : readings) reading.t_s += 0.03 * std::sin(2.0 * std::numbers::pi * reading.t_s / 15.0);
  CHECK(largest_difference(read(written(readings)), motion()) < 1e-5);
}

TEST_CASE("readings taken at uneven times are moved to even ones, nearer to the truth than before") {
  const std::vector<MotionSample> uneven = taken_unevenly(0.013);
  Writing writing;
  writing.digits = 7;
  const Recording recording = read(written(uneven, writing));
  CHECK(has_warning(recording, "uneven-stamps"));
  CHECK(recording.rate_hz == doctest::Approx(50.0).epsilon(1e-3));
  CHECK(recording.num_samples() == 1000);
  std::vector<float> unmoved;
  for (const MotionSample& reading : uneven) unmoved.push_back(static_cast<float>(reading.axis[0]));
  CHECK(error_of(recording, axis(recording, 0)) < 0.6 * error_of(recording, unmoved));
}

TEST_CASE("shifting all stamps shifts nothing, and stretching them stretches the rate alone") {
  Writing late;
  late.time = [](double t_s) { return fixed(t_s + 4321.5, 4); };
  Writing slow;
  slow.time = [](double t_s) { return fixed(t_s * 1.25, 4); };
  const Recording plain = read(written(motion()));
  const Recording shifted = read(written(motion(), late));
  const Recording stretched = read(written(motion(), slow));
  for (int k = 0; k < 3; ++k) {
    CHECK(axis(plain, k) == axis(shifted, k));
    CHECK(axis(plain, k) == axis(stretched, k));
  }
  CHECK(shifted.segments[0].start_s == doctest::Approx(0.0));
  CHECK(shifted.rate_hz == doctest::Approx(plain.rate_hz).epsilon(1e-9));
  CHECK(stretched.rate_hz == doctest::Approx(plain.rate_hz / 1.25).epsilon(1e-9));
}

}  // namespace klono::formats

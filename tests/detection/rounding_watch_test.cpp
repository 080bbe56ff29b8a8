#include "detection/rounding_watch.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "signals.hpp"

using namespace klono;
using namespace klono::test;
using klono::detection::RoundingWatch;

namespace {

constexpr double kStep_g = 0.1 / 9.80665;

RoundingWatch watched(const Signal& signal) {
  RoundingWatch watch(1e-5F);
  for (std::size_t i = 0; i < signal.size(); ++i) watch.look({signal.axes[0][i], signal.axes[1][i], signal.axes[2][i]}, signal.rate_hz);
  return watch;
}

/// Catmull-Rom values `share` of a sample later, with a share that runs on slowly, as on a clock that drifts.
Signal interpolated(const Signal& signal) {
  Signal moved = signal;
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (std::size_t i = 1; i + 2 < signal.size(); ++i) {
      const double u = std::fmod(0.37 + 0.0003 * static_cast<double>(i), 1.0);
      const auto at = [&](std::size_t k) { return static_cast<double>(signal.axes[axis][k]); };
      const double a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
      moved.axes[axis][i] = static_cast<float>(b + 0.5 * u * (c - a + u * (2.0 * a - 5.0 * b + 4.0 * c - d + u * (3.0 * (b - c) + d - a))));
    }
  return moved;
}

}  // namespace

TEST_CASE("The rounding step is what held readings differ by") {
  for (const double noise_g : {0.0015, 0.003, 0.005}) {
    const RoundingWatch watch = watched(rounded_as_browser(still(120.0, 60.0, noise_g)));
    CHECK(watch.repeats());
    CHECK(static_cast<double>(watch.step()) == doctest::Approx(kStep_g).epsilon(0.01));
  }
}

TEST_CASE("Interpolation to even times leaves the step to be seen") {
  for (const double noise_g : {0.001, 0.002, 0.003}) {
    Signal signal = still(240.0, 60.0, noise_g);
    for (float& value : signal.axes[0]) value += 0.004F;  // near the edge of a step: it flickers
    const RoundingWatch watch = watched(interpolated(rounded_as_browser(signal)));
    CHECK(watch.repeats());
    CHECK(static_cast<double>(watch.step()) > 0.0055);
    CHECK(static_cast<double>(watch.step()) < 1.05 * kStep_g);
  }
}

TEST_CASE("Readings that noise moves freely have no step") {
  for (const double noise_g : {0.0005, 0.002, 0.02}) CHECK(watched(still(60.0, 60.0, noise_g)).step() == 0.0F);
}

TEST_CASE("A fine step is not taken for a coarse one, however loud the noise") {
  for (const double step_g : {0.0005, 0.002, 0.004})
    for (const double noise_g : {0.0003, 0.002, 0.01}) {
      Signal signal = still(120.0, 60.0, noise_g);
      for (auto& axis : signal.axes)
        for (float& value : axis) value = static_cast<float>(std::nearbyint(static_cast<double>(value) / step_g) * step_g);
      const RoundingWatch watch = watched(signal);
      CHECK(static_cast<double>(watch.step()) < 0.005);
    }
}

TEST_CASE("Readings that never change are flat; two empty axes beside a lively one are not") {
  CHECK(watched(still(5.0, 60.0, 0.0)).flat());
  Signal magnitude = still(60.0, 60.0, 0.002);
  for (std::size_t axis : {0U, 1U}) std::fill(magnitude.axes[axis].begin(), magnitude.axes[axis].end(), 0.0F);
  CHECK_FALSE(watched(magnitude).flat());
  CHECK(watched(magnitude).step() == 0.0F);
}

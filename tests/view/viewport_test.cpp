#include "view/viewport.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

namespace klono::view {
namespace {

void check_inside(const Viewport& viewport) {
  const TimeSpan& span = viewport.span();
  CHECK(span.begin_s >= 0.0);
  CHECK(span.end_s <= viewport.duration_s());
  CHECK(span.length_s() >= std::min(Viewport::kShortest_s, viewport.duration_s()) * (1.0 - 1e-9));
}

TEST_CASE("A new viewport shows the whole recording") {
  CHECK(Viewport(3600.0).span() == TimeSpan{0.0, 3600.0});
  CHECK(Viewport().span() == TimeSpan{0.0, 0.0});
}

TEST_CASE("Whatever is done to a viewport, it stays inside the recording and is never too short") {
  std::mt19937 random(7);
  const auto between = [&](double low, double high) { return std::uniform_real_distribution(low, high)(random); };
  for (const double duration_s : {0.0, 0.1, 0.25, 12.0, 3600.0, 7.0 * 86400.0}) {
    Viewport viewport(duration_s);
    for (int i = 0; i < 2000; ++i) {
      switch (random() % 5) {
        case 0:
          viewport.show({between(-2.0, 2.0) * (duration_s + 1.0), between(-2.0, 2.0) * (duration_s + 1.0)});
          break;
        case 1:
          viewport.pan(between(-2.0, 2.0) * (duration_s + 1.0));
          break;
        case 2:
          viewport.zoom(std::exp(between(-3.0, 3.0)), between(-0.5, 1.5) * duration_s);
          break;
        case 3:
          viewport.centre_on(between(-0.5, 1.5) * duration_s);
          break;
        default:
          viewport.show_all();
          break;
      }
      check_inside(viewport);
    }
  }
}

TEST_CASE("Numbers that are not finite change nothing") {
  Viewport viewport(100.0);
  viewport.show({20.0, 40.0});
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  viewport.show({nan, 3.0});
  viewport.pan(infinite);
  viewport.zoom(nan, 30.0);
  viewport.zoom(0.0, 30.0);
  viewport.zoom(-1.0, 30.0);
  viewport.zoom(0.5, nan);
  viewport.centre_on(nan);
  CHECK(viewport.span() == TimeSpan{20.0, 40.0});
}

TEST_CASE("Zooming keeps the anchor at its place on the screen") {
  Viewport viewport(1000.0);
  viewport.show({400.0, 500.0});
  const double before = viewport.to_pixel(430.0, 48.0, 900.0);
  viewport.zoom(0.3, 430.0);
  CHECK(viewport.span().length_s() == doctest::Approx(30.0));
  CHECK(viewport.to_pixel(430.0, 48.0, 900.0) == doctest::Approx(before));
}

TEST_CASE("Panning keeps the length and stops at the ends") {
  Viewport viewport(100.0);
  viewport.show({10.0, 30.0});
  viewport.pan(-50.0);
  CHECK(viewport.span() == TimeSpan{0.0, 20.0});
  viewport.pan(500.0);
  CHECK(viewport.span().begin_s == doctest::Approx(80.0));
  CHECK(viewport.span().end_s == doctest::Approx(100.0));
}

TEST_CASE("Pixels and times are each other's inverse") {
  Viewport viewport(86400.0);
  viewport.show({3600.0, 3660.0});
  for (double t_s = 3590.0; t_s < 3670.0; t_s += 7.3)
    CHECK(viewport.to_time(viewport.to_pixel(t_s, 48.0, 812.0), 48.0, 812.0) == doctest::Approx(t_s));
  CHECK(viewport.to_pixel(3600.0, 48.0, 812.0) == doctest::Approx(48.0));
  CHECK(viewport.to_pixel(3660.0, 48.0, 812.0) == doctest::Approx(860.0));
}

}  // namespace
}  // namespace klono::view

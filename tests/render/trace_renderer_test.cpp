#include "render/trace_renderer.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "render/offscreen.hpp"

using klono::render::Rgba;
using klono::render::Surface;
using klono::render::TimeWindow;
using klono::render::TraceRenderer;
using klono::test::Offscreen;

namespace {

constexpr int kWidth = 200;
constexpr int kHeight = 100;
constexpr Rgba kWhite{1.0F, 1.0F, 1.0F, 1.0F};
const Surface kSurface{kWidth, kHeight, {0.0F, 0.0F, kWidth, kHeight}};

TraceRenderer::Lane lane(float scale = 40.0F, float line = 3.0F) {
  return {{0.0F, 0.0F, kWidth, kHeight}, 0, kWhite, scale, line};
}

/// One value a column.
std::vector<float> line_of(float (*value)(float), std::uint32_t columns) {
  std::vector<float> pairs;
  for (std::uint32_t i = 0; i < columns; ++i) {
    const float v = value((static_cast<float>(i) + 0.5F) / static_cast<float>(columns));
    pairs.push_back(v);
    pairs.push_back(v);
  }
  return pairs;
}

/// Brightness of a column of pixels, and its centre of mass.
struct Upright {
  double sum = 0.0;
  double middle = 0.0;
};
Upright upright(const Offscreen& screen, int x) {
  Upright result;
  for (int y = 0; y < kHeight; ++y) {
    const double light = screen.at(x, y)[0] / 255.0;
    result.sum += light;
    result.middle += light * (y + 0.5);
  }
  if (result.sum > 0.0) result.middle /= result.sum;
  return result;
}

#define NEEDS_SCREEN(screen) \
  if (!screen.usable()) {    \
    MESSAGE("no off-screen OpenGL here"); \
    return;                  \
  }

}  // namespace

TEST_CASE("A level trace lies at its value and is as thick as asked, at every column") {
  Offscreen screen(kWidth, kHeight);
  NEEDS_SCREEN(screen)
  TraceRenderer renderer;
  renderer.upload(line_of([](float) { return 0.5F; }, kWidth), kWidth, {0.0, 10.0});
  const TraceRenderer::Lane lanes[] = {lane()};
  renderer.draw(kSurface, {0.0, 10.0}, lanes);
  screen.read();
  for (int x = 0; x < kWidth; ++x) {
    const Upright there = upright(screen, x);
    CHECK(there.sum == doctest::Approx(3.0).epsilon(0.02));
    CHECK(there.middle == doctest::Approx(50.0 - 0.5 * 40.0).epsilon(0.002));
  }
  CHECK(glGetError() == GL_NO_ERROR);
}

TEST_CASE("Columns of another time are drawn where that time is") {
  Offscreen screen(kWidth, kHeight);
  NEEDS_SCREEN(screen)
  TraceRenderer renderer;
  // A peak at 5 s of 0..10 s.
  std::vector<float> pairs(2 * kWidth, 0.0F);
  pairs[2 * 100 + 1] = 1.0F;
  renderer.upload(pairs, kWidth, {0.0, 10.0});
  const TraceRenderer::Lane lanes[] = {lane()};

  renderer.draw(kSurface, {2.5, 7.5}, lanes);
  screen.read();
  int tallest = 0;
  for (int x = 1; x < kWidth; ++x)
    if (upright(screen, x).sum > upright(screen, tallest).sum) tallest = x;
  CHECK(std::abs(tallest - 101) <= 1);  // the middle of column 100 at twice the width

  // Half of the view lies before the data: nothing is drawn there.
  glDisable(GL_SCISSOR_TEST);
  glClear(GL_COLOR_BUFFER_BIT);
  renderer.draw(kSurface, {-10.0, 10.0}, lanes);
  screen.read();
  CHECK(upright(screen, 40).sum == 0.0);
  CHECK(upright(screen, 150).sum > 2.0);
}

TEST_CASE("Where there is no data nothing is drawn, and one lone column still shows") {
  Offscreen screen(kWidth, kHeight);
  NEEDS_SCREEN(screen)
  TraceRenderer renderer;
  std::vector<float> pairs(2 * kWidth, std::numeric_limits<float>::quiet_NaN());
  for (std::size_t i = 0; i < 100; ++i) pairs[i] = 0.0F;
  pairs[2 * 150] = -0.5F;
  pairs[2 * 150 + 1] = 0.5F;
  renderer.upload(pairs, kWidth, {0.0, 10.0});
  const TraceRenderer::Lane lanes[] = {lane()};
  renderer.draw(kSurface, {0.0, 10.0}, lanes);
  screen.read();
  CHECK(upright(screen, 20).sum > 2.0);
  CHECK(upright(screen, 80).sum == 0.0);
  CHECK(upright(screen, 150).sum > 35.0);
}

TEST_CASE("A steep slope is as dark as a level line for its length: no gaps, no doubled edges") {
  Offscreen screen(kWidth, kHeight);
  NEEDS_SCREEN(screen)
  TraceRenderer renderer;
  renderer.upload(line_of([](float x) { return 2.0F * (x - 0.5F); }, kWidth), kWidth, {0.0, 10.0});
  const TraceRenderer::Lane lanes[] = {lane(40.0F, 3.0F)};
  renderer.draw(kSurface, {0.0, 10.0}, lanes);
  screen.read();
  // 80 pixels up over 200 across: seen upright, the line is thicker by 1 / cos of its angle.
  const double expected = 3.0 * std::hypot(1.0, 80.0 / 200.0);
  for (int x = 10; x < kWidth - 10; ++x) CHECK(upright(screen, x).sum == doctest::Approx(expected).epsilon(0.04));
}

TEST_CASE("The clip is honoured, and so is a lane that does not begin at zero") {
  Offscreen screen(kWidth, kHeight);
  NEEDS_SCREEN(screen)
  TraceRenderer renderer;
  renderer.upload(line_of([](float) { return 0.0F; }, 64), 64, {0.0, 1.0});
  const TraceRenderer::Lane lanes[] = {{{50.0F, 20.0F, 100.0F, 40.0F}, 0, kWhite, 10.0F, 2.0F}};
  const Surface clipped{kWidth, kHeight, {80.0F, 0.0F, 40.0F, kHeight}};
  renderer.draw(clipped, {0.0, 1.0}, lanes);
  screen.read();
  CHECK(upright(screen, 79).sum == 0.0);
  CHECK(upright(screen, 80).sum == doctest::Approx(2.0).epsilon(0.05));
  CHECK(upright(screen, 80).middle == doctest::Approx(40.0).epsilon(0.01));
  CHECK(upright(screen, 119).sum > 1.5);
  CHECK(upright(screen, 120).sum == 0.0);
}

TEST_CASE("Three lanes of more columns than a texture row keep apart") {
  Offscreen screen(kWidth, kHeight);
  NEEDS_SCREEN(screen)
  constexpr std::uint32_t kColumns = 1500;
  std::vector<float> pairs;
  for (int axis = 0; axis < 3; ++axis) pairs.insert(pairs.end(), 2 * kColumns, 0.5F * static_cast<float>(axis));
  TraceRenderer renderer;
  renderer.upload(pairs, kColumns, {0.0, 1.0});
  TraceRenderer::Lane third = lane(20.0F, 2.0F);
  third.index = 2;
  renderer.draw(kSurface, {0.0, 1.0}, std::span(&third, 1));
  screen.read();
  for (const int x : {0, 60, 150, 199}) CHECK(upright(screen, x).middle == doctest::Approx(30.0).epsilon(0.01));
}

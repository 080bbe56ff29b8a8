#include "render/spectrogram_renderer.hpp"

#include <doctest/doctest.h>

#include "render/offscreen.hpp"

using klono::render::SpectrogramRenderer;
using klono::render::Surface;
using klono::test::Offscreen;

namespace {

constexpr int kMapWidth = 120;
constexpr int kMapHeight = 60;
const Surface kMapSurface{kMapWidth, kMapHeight, {0.0F, 0.0F, kMapWidth, kMapHeight}};
constexpr klono::render::PixelRect kAll{0.0F, 0.0F, kMapWidth, kMapHeight};

/// Level to colour: red rises with it, blue marks quiet.
SpectrogramRenderer::Ramp ramp() {
  SpectrogramRenderer::Ramp made{};
  for (std::size_t i = 0; i < made.size(); ++i)
    made[i] = {static_cast<std::uint8_t>(i), 0, static_cast<std::uint8_t>(255 - i), 255};
  return made;
}

}  // namespace

TEST_CASE("Levels lie at their time and frequency, low frequencies at the foot") {
  Offscreen screen(kMapWidth, kMapHeight);
  if (!screen.usable()) {
    MESSAGE("no off-screen OpenGL here");
    return;
  }
  SpectrogramRenderer renderer;
  renderer.set_ramp(ramp());
  constexpr std::uint32_t kColumns = 12;
  constexpr std::uint32_t kRows = 6;
  std::vector<std::uint8_t> level(kColumns * kRows, 0);
  level[0 * kColumns + 9] = 255;  // lowest row, column 9
  renderer.upload(level, kColumns, kRows, {0.0, 12.0});

  renderer.draw(kMapSurface, {0.0, 12.0}, kAll, 0.0F, 1.0F);
  screen.read();
  CHECK(screen.at(95, 55)[0] > 240);   // middle of column 9, lowest row
  CHECK(screen.at(95, 5)[0] < 10);
  CHECK(screen.at(20, 55)[0] < 10);
  CHECK(screen.at(20, 55)[2] > 240);   // quiet is the ramp's first colour
  const int between = screen.at(90, 55)[0];
  CHECK(between > 60);                 // smooth between the cells
  CHECK(between < 200);

  // Another stretch: the same cell moves, and what is not known is quiet.
  renderer.draw(kMapSurface, {6.0, 18.0}, kAll, 0.0F, 1.0F);
  screen.read();
  CHECK(screen.at(35, 55)[0] > 240);
  CHECK(screen.at(100, 55)[0] == 0);
  CHECK(glGetError() == GL_NO_ERROR);
}

TEST_CASE("Corners are round and alpha thins the picture") {
  Offscreen screen(kMapWidth, kMapHeight);
  if (!screen.usable()) {
    MESSAGE("no off-screen OpenGL here");
    return;
  }
  SpectrogramRenderer renderer;
  renderer.set_ramp(ramp());
  const std::vector<std::uint8_t> level(16, 255);
  renderer.upload(level, 4, 4, {0.0, 1.0});
  renderer.draw(kMapSurface, {0.0, 1.0}, kAll, 16.0F, 0.5F);
  screen.read();
  CHECK(screen.at(0, 0)[0] == 0);
  CHECK(screen.at(kMapWidth - 1, kMapHeight - 1)[0] == 0);
  CHECK(std::abs(screen.at(60, 30)[0] - 128) <= 2);
}

TEST_CASE("Levels that do not fill their columns and rows are not drawn") {
  Offscreen screen(kMapWidth, kMapHeight);
  if (!screen.usable()) {
    MESSAGE("no off-screen OpenGL here");
    return;
  }
  SpectrogramRenderer renderer;
  renderer.set_ramp(ramp());
  const std::vector<std::uint8_t> level(7, 255);
  renderer.upload(level, 4, 4, {0.0, 1.0});
  renderer.draw(kMapSurface, {0.0, 1.0}, kAll, 0.0F, 1.0F);
  screen.read();
  CHECK(screen.at(60, 30)[0] == 0);
}

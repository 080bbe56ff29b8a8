#pragma once
/// Module render: GL objects that draw view data with shaders/. Allowed dependencies: view, base, GL. A context (WebGL 2
/// or OpenGL 3.3) must be current whenever something here is used or destroyed.

#include <array>

namespace klono::render {

/// Device pixels, origin top left, y down.
struct PixelRect {
  float x = 0.0F;
  float y = 0.0F;
  float width = 0.0F;
  float height = 0.0F;
};

/// Straight alpha, 0..1.
using Rgba = std::array<float, 4>;

/// What is drawn on: the framebuffer's size, and the part that may change.
struct Surface {
  float width = 0.0F;
  float height = 0.0F;
  PixelRect clip;
};

/// The stretch of time that fills a lane from its left to its right edge, seconds.
struct TimeWindow {
  double begin_s = 0.0;
  double end_s = 0.0;

  double length_s() const { return end_s - begin_s; }
};

}  // namespace klono::render

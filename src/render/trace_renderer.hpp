#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "render/surface.hpp"

/// Shared with the shaders. WebGL 2 promises textures of 2048; so the columns are folded into rows of 1024.
#define KLONO_TRACE_TEXTURE_WIDTH 1024
/// Columns looked at for one pixel; more of them (an old view drawn much smaller) are sampled evenly.
#define KLONO_TRACE_MOST_COLUMNS 24

namespace klono::render {

class Program;

/// Draws min/max columns as smooth lines: one quad of four vertices a device column and lane, no vertex buffer. Columns
/// of another stretch of time are drawn where they belong, shifted and stretched.
class TraceRenderer {
 public:
  TraceRenderer();
  ~TraceRenderer();
  TraceRenderer(const TraceRenderer&) = delete;
  TraceRenderer& operator=(const TraceRenderer&) = delete;

  /// `min_max`: lane after lane, `columns` pairs each, evenly over `window`; NaN where there is no data. Values in g.
  void upload(std::span<const float> min_max, std::uint32_t columns, const TimeWindow& window);
  bool empty() const { return columns_ == 0; }

  /// One lane: `scale` device pixels a g about the lane's middle line, `line` wide in device pixels.
  struct Lane {
    PixelRect rect;
    std::uint32_t index = 0;
    Rgba colour{};
    float scale = 1.0F;
    float line = 1.0F;
  };
  void draw(const Surface& surface, const TimeWindow& shown, std::span<const Lane> lanes);

 private:
  bool ready();

  std::unique_ptr<Program> program_;
  unsigned texture_ = 0;
  std::uint32_t columns_ = 0;
  std::uint32_t lanes_ = 0;
  std::uint32_t rows_ = 0;  ///< of the texture
  TimeWindow window_;
  std::vector<float> texels_;
};

}  // namespace klono::render

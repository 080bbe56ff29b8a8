#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "render/surface.hpp"

namespace klono::render {

class Program;

/// Draws levels (0 = floor, 255 = strongest) through a ramp of 256 colours, smoothly between the cells.
class SpectrogramRenderer {
 public:
  static constexpr std::size_t kRampColours = 256;
  using Ramp = std::array<std::array<std::uint8_t, 4>, kRampColours>;

  SpectrogramRenderer();
  ~SpectrogramRenderer();
  SpectrogramRenderer(const SpectrogramRenderer&) = delete;
  SpectrogramRenderer& operator=(const SpectrogramRenderer&) = delete;

  /// `level[row * columns + column]`, row 0 = lowest frequency, evenly over `window`. Larger than a texture may be:
  /// nothing is drawn.
  void upload(std::span<const std::uint8_t> level, std::uint32_t columns, std::uint32_t rows, const TimeWindow& window);
  /// Colours of the theme; cheap to call again only when it changed.
  void set_ramp(const Ramp& ramp);

  /// `radius` of the corners in device pixels; outside the uploaded time the lane is quiet.
  void draw(const Surface& surface, const TimeWindow& shown, const PixelRect& rect, float radius, float alpha);

 private:
  std::unique_ptr<Program> program_;
  unsigned levels_ = 0;
  unsigned ramp_ = 0;
  std::uint32_t columns_ = 0;
  std::uint32_t rows_ = 0;
  TimeWindow window_;
};

}  // namespace klono::render

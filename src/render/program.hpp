#pragma once
/// Internal to render: a linked pair of shaders, and what both renderers do before they draw.

#include <string_view>

#include "render/surface.hpp"

namespace klono::render {

class Program {
 public:
  Program() = default;
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Compiles on the first call. False where this GL cannot: then nothing is drawn.
  bool make(std::string_view vertex, std::string_view fragment);
  void use() const;

  void set(const char* name, int value) const;
  void set(const char* name, float value) const;
  void set(const char* name, float x, float y) const;
  void set(const char* name, const PixelRect& rect) const;
  void set(const char* name, const Rgba& colour) const;

 private:
  int location(const char* name) const;

  unsigned program_ = 0;
  unsigned vertex_array_ = 0;  ///< empty: vertices are made from their number
  bool failed_ = false;
};

/// Blending as Dear ImGui's, and the clip as scissor.
void prepare(const Surface& surface);

}  // namespace klono::render

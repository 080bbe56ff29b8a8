#include "render/spectrogram_renderer.hpp"

#include "render/gl.hpp"
#include "render/program.hpp"
#include "shader_sources.hpp"

namespace klono::render {
namespace {

void bind_smooth(GLenum unit, unsigned& texture) {
  glActiveTexture(unit);
  if (texture == 0) glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

}  // namespace

SpectrogramRenderer::SpectrogramRenderer() : program_(std::make_unique<Program>()) {}

SpectrogramRenderer::~SpectrogramRenderer() {
  if (levels_ != 0) glDeleteTextures(1, &levels_);
  if (ramp_ != 0) glDeleteTextures(1, &ramp_);
}

void SpectrogramRenderer::upload(std::span<const std::uint8_t> level, std::uint32_t columns, std::uint32_t rows,
                                 const TimeWindow& window) {
  columns_ = rows_ = 0;
  GLint largest = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
  const auto limit = static_cast<std::uint32_t>(largest);
  if (columns == 0 || rows == 0 || columns > limit || rows > limit || level.size() < std::size_t{columns} * rows) return;
  columns_ = columns;
  rows_ = rows;
  window_ = window;
  bind_smooth(GL_TEXTURE0, levels_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, static_cast<GLsizei>(columns), static_cast<GLsizei>(rows), 0, GL_RED,
               GL_UNSIGNED_BYTE, level.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
}

void SpectrogramRenderer::set_ramp(const Ramp& ramp) {
  bind_smooth(GL_TEXTURE0, ramp_);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, static_cast<GLsizei>(kRampColours), 1, 0, GL_RGBA, GL_UNSIGNED_BYTE, ramp.data());
}

void SpectrogramRenderer::draw(const Surface& surface, const TimeWindow& shown, const PixelRect& rect, float radius,
                               float alpha) {
  if (columns_ == 0 || ramp_ == 0 || shown.length_s() <= 0.0 || window_.length_s() <= 0.0 || rect.width < 1.0F) return;
  if (!program_->make(shaders::kSpectrogramVertex, shaders::kSpectrogramFragment)) return;
  prepare(surface);
  program_->use();
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, ramp_);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, levels_);
  program_->set("u_levels", 0);
  program_->set("u_ramp", 1);
  program_->set("u_target", surface.width, surface.height);
  program_->set("u_lane", rect);
  program_->set("u_map", static_cast<float>(shown.length_s() / window_.length_s() / static_cast<double>(rect.width)),
                static_cast<float>((shown.begin_s - window_.begin_s) / window_.length_s()));
  program_->set("u_radius", radius);
  program_->set("u_alpha", alpha);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace klono::render

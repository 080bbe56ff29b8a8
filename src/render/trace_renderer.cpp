#include "render/trace_renderer.hpp"

#include <algorithm>
#include <cmath>

#include "render/gl.hpp"
#include "render/program.hpp"
#include "shader_sources.hpp"

namespace klono::render {
namespace {

constexpr std::uint32_t kWidth = KLONO_TRACE_TEXTURE_WIDTH;

}  // namespace

TraceRenderer::TraceRenderer() : program_(std::make_unique<Program>()) {}

TraceRenderer::~TraceRenderer() {
  if (texture_ != 0) glDeleteTextures(1, &texture_);
}

bool TraceRenderer::ready() { return program_->make(shaders::kTraceVertex, shaders::kTraceFragment); }

void TraceRenderer::upload(std::span<const float> min_max, std::uint32_t columns, const TimeWindow& window) {
  columns_ = columns;
  window_ = window;
  lanes_ = columns == 0 ? 0 : static_cast<std::uint32_t>(min_max.size() / (2U * columns));
  if (lanes_ == 0) columns_ = 0;
  if (columns_ == 0) return;
  const std::uint32_t texels = columns_ * lanes_;
  const std::uint32_t rows = (texels + kWidth - 1) / kWidth;
  texels_.assign(std::size_t{2} * kWidth * rows, 0.0F);
  for (std::size_t i = 0; i < texels; ++i) {
    const float low = min_max[2 * i];
    const float high = min_max[2 * i + 1];
    const bool data = low <= high;  // false for not-a-number
    texels_[2 * i] = data ? low : 1.0F;
    texels_[2 * i + 1] = data ? high : -1.0F;
  }
  glActiveTexture(GL_TEXTURE0);
  if (texture_ == 0) glGenTextures(1, &texture_);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  if (rows != rows_) {
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG32F, static_cast<GLsizei>(kWidth), static_cast<GLsizei>(rows), 0, GL_RG, GL_FLOAT,
                 texels_.data());
    rows_ = rows;
  } else {
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, static_cast<GLsizei>(kWidth), static_cast<GLsizei>(rows), GL_RG, GL_FLOAT,
                    texels_.data());
  }
}

void TraceRenderer::draw(const Surface& surface, const TimeWindow& shown, std::span<const Lane> lanes) {
  if (columns_ == 0 || shown.length_s() <= 0.0 || window_.length_s() <= 0.0 || !ready()) return;
  prepare(surface);
  program_->use();
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_);
  program_->set("u_columns", 0);
  program_->set("u_target", surface.width, surface.height);
  program_->set("u_count", static_cast<int>(columns_));
  const double column_s = window_.length_s() / columns_;
  for (const Lane& lane : lanes) {
    if (lane.index >= lanes_ || lane.rect.width < 1.0F) continue;
    const double pixel_s = shown.length_s() / static_cast<double>(lane.rect.width);
    const float half_line = std::max(1.0F, lane.line) / 2.0F;
    program_->set("u_map", static_cast<float>(pixel_s / column_s),
                  static_cast<float>((shown.begin_s - window_.begin_s) / column_s - 0.5));
    program_->set("u_lane", lane.rect);
    program_->set("u_first", static_cast<int>(lane.index * columns_));
    program_->set("u_scale", lane.scale);
    program_->set("u_half_line", half_line);
    program_->set("u_reach", half_line + 1.0F);
    program_->set("u_colour", lane.colour);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(std::lround(lane.rect.width)));
  }
}

}  // namespace klono::render

#include "app/shot_host.hpp"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

#include "protocol/codec.hpp"

namespace klono::test {
namespace {

void must(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "off-screen drawing: %s failed\n", what);
  std::exit(1);
}

}  // namespace

ShotHost::ShotHost(float width, float height, float pixel_ratio, bool dark) {
  surface_.width = width;
  surface_.height = height;
  surface_.pixel_ratio = pixel_ratio;
  surface_.prefers_dark = dark;
  if (width < 840.0F && height > width) {
    surface_.inset_top = 47.0F;
    surface_.inset_bottom = 34.0F;
  }
  display_ = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  must(display_ != EGL_NO_DISPLAY && eglInitialize(display_, nullptr, nullptr) == EGL_TRUE, "a display");
  const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT,
                           EGL_RED_SIZE, 8, EGL_GREEN_SIZE, 8, EGL_BLUE_SIZE, 8, EGL_ALPHA_SIZE, 8, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint found = 0;
  must(eglChooseConfig(display_, wanted, &config, 1, &found) == EGL_TRUE && found == 1, "a configuration");
  must(eglBindAPI(EGL_OPENGL_API) == EGL_TRUE, "OpenGL");
  const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3, EGL_NONE};
  context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
  const EGLint size[] = {EGL_WIDTH, static_cast<EGLint>(std::lround(width * pixel_ratio)), EGL_HEIGHT,
                         static_cast<EGLint>(std::lround(height * pixel_ratio)), EGL_NONE};
  buffer_ = eglCreatePbufferSurface(display_, config, size);
  must(context_ != EGL_NO_CONTEXT && buffer_ != EGL_NO_SURFACE, "a surface");
  must(eglMakeCurrent(display_, buffer_, buffer_, context_) == EGL_TRUE, "a context");
}

ShotHost::~ShotHost() {
  eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroySurface(display_, buffer_);
  eglDestroyContext(display_, context_);
}

void ShotHost::push(const protocol::Reply& reply) { push(platform::EngineBytes{protocol::encode(reply)}); }

void ShotHost::press(float x, float y) {
  platform::PointerInput input;
  input.kind = platform::PointerInput::Kind::Down;
  input.touch = true;
  input.id = 1;
  input.x = x;
  input.y = y;
  push(input);
}

void ShotHost::tap(float x, float y) {
  press(x, y);
  platform::PointerInput input;
  input.kind = platform::PointerInput::Kind::Up;
  input.touch = true;
  input.id = 1;
  input.x = x;
  input.y = y;
  push(input);
}

void ShotHost::tell_recorder(std::string_view order_json) {
  if (auto order = protocol::recorder::decode_order(order_json)) orders_.push_back(std::move(order.value()));
}

std::vector<protocol::Request> ShotHost::take_requests() {
  std::vector<protocol::Request> requests;
  for (const auto& message : std::exchange(posted_, {}))
    if (const auto request = protocol::decode_request(message)) requests.push_back(request.value());
  return requests;
}

std::string ShotHost::load_setting(std::string_view key) const {
  const auto found = settings_.find(std::string(key));
  return found == settings_.end() ? std::string() : found->second;
}

bool ShotHost::write_png(const std::string& path) const {
  const int width = static_cast<int>(std::lround(surface_.width * surface_.pixel_ratio));
  const int height = static_cast<int>(std::lround(surface_.height * surface_.pixel_ratio));
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4U);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
  for (std::size_t i = 3; i < pixels.size(); i += 4) pixels[i] = 255;
  stbi_flip_vertically_on_write(1);
  stbi_write_png_compression_level = 5;
  return stbi_write_png(path.c_str(), width, height, 4, pixels.data(), width * 4) != 0;
}

}  // namespace klono::test

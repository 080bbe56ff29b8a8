#pragma once
/// A small OpenGL 3.3 surface that nobody sees, and its pixels with the origin at the upper left.

#define GL_GLEXT_PROTOTYPES
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace klono::test {

class Offscreen {
 public:
  Offscreen(int width, int height) : width_(width), height_(height) {
    display_ = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    usable_ = display_ != EGL_NO_DISPLAY && eglInitialize(display_, nullptr, nullptr) == EGL_TRUE && make();
    if (!usable_) return;
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(0.0F, 0.0F, 0.0F, 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
  }
  ~Offscreen() {
    if (!usable_) return;
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroySurface(display_, surface_);
    eglDestroyContext(display_, context_);
  }
  Offscreen(const Offscreen&) = delete;
  Offscreen& operator=(const Offscreen&) = delete;

  bool usable() const { return usable_; }

  void read() {
    pixels_.resize(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * 4U);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, pixels_.data());
  }
  std::array<int, 3> at(int x, int y) const {
    const auto i = static_cast<std::size_t>((height_ - 1 - y) * width_ + x) * 4U;
    return {pixels_[i], pixels_[i + 1], pixels_[i + 2]};
  }

 private:
  bool make() {
    const EGLint wanted[] = {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_RED_SIZE, 8,
                             EGL_GREEN_SIZE, 8, EGL_BLUE_SIZE, 8, EGL_NONE};
    EGLConfig config = nullptr;
    EGLint found = 0;
    if (eglChooseConfig(display_, wanted, &config, 1, &found) != EGL_TRUE || found != 1) return false;
    if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) return false;
    const EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3, EGL_NONE};
    context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, version);
    const EGLint size[] = {EGL_WIDTH, width_, EGL_HEIGHT, height_, EGL_NONE};
    surface_ = eglCreatePbufferSurface(display_, config, size);
    return eglMakeCurrent(display_, surface_, surface_, context_) == EGL_TRUE;
  }

  int width_, height_;
  bool usable_ = false;
  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLContext context_ = EGL_NO_CONTEXT;
  EGLSurface surface_ = EGL_NO_SURFACE;
  std::vector<std::uint8_t> pixels_;
};

}  // namespace klono::test

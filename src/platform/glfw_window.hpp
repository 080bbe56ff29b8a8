#pragma once
/// The window, its GL context and the keyboard by GLFW: the same on a desktop and in a page, where GLFW is
/// Emscripten's. Pointers, wheel and pixel ratio are each host's own affair.

#include <functional>
#include <memory>
#include <string>

#include "platform/host.hpp"

struct GLFWwindow;

namespace klono::platform {

class GlfwWindow {
 public:
  using OnKey = std::function<void(const KeyInput&)>;

  /// Opens the window and makes its context current: GL 3.3 core, in a page WebGL2. Null when the system cannot.
  /// `on_key` hears presses and repeats. Size in screen units of the system.
  static std::unique_ptr<GlfwWindow> open(const std::string& title, int width, int height, OnKey on_key);

  ~GlfwWindow();
  GlfwWindow(const GlfwWindow&) = delete;
  GlfwWindow& operator=(const GlfwWindow&) = delete;

  GLFWwindow* handle() const { return handle_; }

 private:
  GlfwWindow(GLFWwindow* handle, OnKey on_key) : handle_(handle), on_key_(std::move(on_key)) {}
  static void key_callback(GLFWwindow* handle, int key, int scancode, int action, int modifiers);

  GLFWwindow* handle_;
  OnKey on_key_;
};

}  // namespace klono::platform

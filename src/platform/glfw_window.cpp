#include "platform/glfw_window.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <optional>
#include <utility>

namespace klono::platform {
namespace {

struct KeyPair {
  int glfw;
  Key key;
};
constexpr KeyPair kKeys[] = {
    {GLFW_KEY_LEFT, Key::Left},       {GLFW_KEY_RIGHT, Key::Right},      {GLFW_KEY_UP, Key::Up},
    {GLFW_KEY_DOWN, Key::Down},       {GLFW_KEY_ENTER, Key::Enter},      {GLFW_KEY_KP_ENTER, Key::Enter},
    {GLFW_KEY_ESCAPE, Key::Escape},   {GLFW_KEY_TAB, Key::Tab},          {GLFW_KEY_SPACE, Key::Space},
    {GLFW_KEY_EQUAL, Key::Plus},      {GLFW_KEY_KP_ADD, Key::Plus},      {GLFW_KEY_MINUS, Key::Minus},
    {GLFW_KEY_KP_SUBTRACT, Key::Minus}, {GLFW_KEY_0, Key::Zero},         {GLFW_KEY_KP_0, Key::Zero},
    {GLFW_KEY_HOME, Key::Home},       {GLFW_KEY_END, Key::End},          {GLFW_KEY_PAGE_UP, Key::PageUp},
    {GLFW_KEY_PAGE_DOWN, Key::PageDown}, {GLFW_KEY_DELETE, Key::Delete}, {GLFW_KEY_BACKSPACE, Key::Delete},
    {GLFW_KEY_C, Key::C},             {GLFW_KEY_N, Key::N},              {GLFW_KEY_Z, Key::Z},
    {GLFW_KEY_Y, Key::Y},             {GLFW_KEY_F, Key::F},              {GLFW_KEY_O, Key::O},
    {GLFW_KEY_SLASH, Key::Slash}};

std::optional<Key> key_of(int glfw) {
  for (const KeyPair& pair : kKeys)
    if (pair.glfw == glfw) return pair.key;
  return std::nullopt;
}

}  // namespace

std::unique_ptr<GlfwWindow> GlfwWindow::open(const std::string& title, int width, int height, OnKey on_key) {
  if (glfwInit() == GLFW_FALSE) return nullptr;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
#ifdef __EMSCRIPTEN__
  glfwWindowHint(GLFW_CLIENT_API, GLFW_OPENGL_ES_API);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
  glfwWindowHint(GLFW_ALPHA_BITS, 0);  // an opaque canvas: the page need not blend behind it
  glfwWindowHint(GLFW_DEPTH_BITS, 0);
  glfwWindowHint(GLFW_STENCIL_BITS, 0);
#else
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
#endif
  GLFWwindow* handle = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (handle == nullptr) {
    glfwTerminate();
    return nullptr;
  }
  std::unique_ptr<GlfwWindow> window(new GlfwWindow(handle, std::move(on_key)));
  glfwMakeContextCurrent(handle);
  glfwSetWindowUserPointer(handle, window.get());
  glfwSetKeyCallback(handle, key_callback);
  return window;
}

GlfwWindow::~GlfwWindow() {
  glfwDestroyWindow(handle_);
  glfwTerminate();
}

void GlfwWindow::key_callback(GLFWwindow* handle, int key, int, int action, int modifiers) {
  const std::optional<Key> known = key_of(key);
  if (!known || action == GLFW_RELEASE) return;
  const bool shift = (modifiers & GLFW_MOD_SHIFT) != 0;
  const bool control = (modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0;
  static_cast<GlfwWindow*>(glfwGetWindowUserPointer(handle))->on_key_({*known, shift, control});
}

}  // namespace klono::platform

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "platform/desktop.hpp"
#include "platform/desktop_files.hpp"
#include "platform/glfw_window.hpp"
#include "platform/host.hpp"

namespace klono::platform {
namespace {

constexpr int kWidth = 1280;
constexpr int kHeight = 800;

/// Paths by handle, for the window's thread and the engine's.
class SourceTable {
 public:
  std::uint32_t add(std::string path) {
    const std::lock_guard lock(mutex_);
    paths_.push_back(std::move(path));
    return static_cast<std::uint32_t>(paths_.size());  // 0 is no file
  }
  std::string path_of(std::uint32_t source) const {
    const std::lock_guard lock(mutex_);
    return source == 0 || source > paths_.size() ? std::string() : paths_[source - 1];
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> paths_;
};

/// What other threads bring in.
class Inbox {
 public:
  void put(Input input) {
    {
      const std::lock_guard lock(mutex_);
      inputs_.push_back(std::move(input));
    }
    glfwPostEmptyEvent();
  }
  std::vector<Input> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(inputs_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Input> inputs_;
};

/// Nothing is hovered any more.
PointerInput left_window() {
  PointerInput input;
  input.kind = PointerInput::Kind::Cancel;
  input.x = input.y = -1.0e5F;
  return input;
}

SourceTable& sources() {
  static SourceTable table;
  return table;
}

DesktopSetup& setup() {
  static DesktopSetup value;
  return value;
}

class DesktopHost final : public Host {
 public:
  DesktopHost() : inbox_(std::make_shared<Inbox>()) {}
  ~DesktopHost() override;

  bool open(std::string_view title);
  void loop(const std::function<void(Host&)>& frame);

  Surface surface() const override;
  double now_s() const override { return glfwGetTime(); }
  double unix_ms() const override {
    return std::chrono::duration<double, std::milli>(std::chrono::system_clock::now().time_since_epoch()).count();
  }
  int utc_offset_min(std::int64_t unix_s) const override;
  std::vector<Input> take_inputs() override;
  void request_frame() override { frame_wanted_ = true; }
  void request_frame_after(double seconds) override { wake_at_s_ = now_s() + std::max(seconds, 0.0); }
  void tell_recorder(std::string_view) override {}  // no sensors here
  void choose_files() override;
  void save_file(std::string_view name, std::string_view media_type, std::span<const std::uint8_t> bytes) override;
  bool can_share() const override { return false; }
  void share_file(std::string_view name, std::string_view media_type, std::span<const std::uint8_t> bytes) override {
    save_file(name, media_type, bytes);
  }
  void post_to_engine(std::vector<std::uint8_t> message) override {
    if (post_) post_(std::move(message));
  }
  void publish_mirror(std::string_view) override {}  // the page alone has a mirror
  std::string load_setting(std::string_view key) const override { return settings_.load(key); }
  void store_setting(std::string_view key, std::string_view value) override { settings_.store(key, value); }
  void set_cursor(Cursor cursor) override;

 private:
  void put(Input input) {
    inputs_.push_back(std::move(input));
    frame_wanted_ = true;
  }
  void listen();
  void wait();
  float window_to_css() const;
  void pointer(PointerInput::Kind kind, int button);
  static std::vector<Input> chosen(const std::vector<std::string>& paths);
  static DesktopHost& of(GLFWwindow* handle);

  std::shared_ptr<Inbox> inbox_;  // a dialog that is still open may outlive the window
  std::vector<Input> inputs_;
  std::unique_ptr<GlfwWindow> window_;
  SettingsFile settings_;
  DesktopSetup::Post post_;
  std::array<GLFWcursor*, 4> cursors_{};
  Cursor cursor_ = Cursor::Arrow;
  bool frame_wanted_ = true;
  std::optional<double> wake_at_s_;
};

DesktopHost* the_host = nullptr;  // GLFW's callbacks know the window, whose user pointer is GlfwWindow's

DesktopHost& DesktopHost::of(GLFWwindow*) { return *the_host; }

DesktopHost::~DesktopHost() {
  post_ = nullptr;  // ends the engine before the window goes
  for (GLFWcursor* cursor : cursors_)
    if (cursor != nullptr) glfwDestroyCursor(cursor);
  the_host = nullptr;
}

bool DesktopHost::open(std::string_view title) {
  the_host = this;
  window_ = GlfwWindow::open(std::string(title), kWidth, kHeight, [this](const KeyInput& key) { put(key); });
  if (!window_) return false;
  glfwSwapInterval(1);
  constexpr std::array kShapes = {GLFW_ARROW_CURSOR, GLFW_HAND_CURSOR, GLFW_HRESIZE_CURSOR, GLFW_HAND_CURSOR};
  for (std::size_t i = 0; i < kShapes.size(); ++i) cursors_[i] = glfwCreateStandardCursor(kShapes[i]);
  listen();
  if (setup().start_engine) {
    post_ = setup().start_engine([inbox = inbox_](DesktopSetup::Message message) { inbox->put(EngineBytes{std::move(message)}); });
  }
  for (Input& input : chosen(setup().files)) put(std::move(input));
  return true;
}

void DesktopHost::listen() {
  GLFWwindow* handle = window_->handle();
  glfwSetCursorPosCallback(handle, [](GLFWwindow* w, double, double) { of(w).pointer(PointerInput::Kind::Move, 0); });
  glfwSetCursorEnterCallback(handle, [](GLFWwindow* w, int entered) {
    if (entered == GLFW_FALSE && glfwGetMouseButton(w, GLFW_MOUSE_BUTTON_LEFT) != GLFW_PRESS) of(w).put(left_window());
  });
  glfwSetMouseButtonCallback(handle, [](GLFWwindow* w, int button, int action, int) {
    if (button > GLFW_MOUSE_BUTTON_RIGHT) return;
    of(w).pointer(action == GLFW_PRESS ? PointerInput::Kind::Down : PointerInput::Kind::Up, button);
  });
  glfwSetScrollCallback(handle, [](GLFWwindow* w, double dx, double dy) {
    double x = 0.0, y = 0.0;
    glfwGetCursorPos(w, &x, &y);
    const float scale = of(w).window_to_css();
    const auto down = [w](int key) { return glfwGetKey(w, key) == GLFW_PRESS; };
    of(w).put(WheelInput{static_cast<float>(x) * scale, static_cast<float>(y) * scale, static_cast<float>(dx), static_cast<float>(dy),
                         down(GLFW_KEY_LEFT_SHIFT) || down(GLFW_KEY_RIGHT_SHIFT),
                         down(GLFW_KEY_LEFT_CONTROL) || down(GLFW_KEY_RIGHT_CONTROL)});
  });
  glfwSetDropCallback(handle, [](GLFWwindow* w, int count, const char** paths) {
    for (Input& input : chosen({paths, paths + count})) of(w).put(std::move(input));
  });
  glfwSetFramebufferSizeCallback(handle, [](GLFWwindow* w, int, int) { of(w).put(of(w).surface()); });
  glfwSetWindowContentScaleCallback(handle, [](GLFWwindow* w, float, float) { of(w).put(of(w).surface()); });
  glfwSetWindowRefreshCallback(handle, [](GLFWwindow* w) { of(w).request_frame(); });
}

std::vector<Input> DesktopHost::chosen(const std::vector<std::string>& paths) {
  std::vector<Input> inputs;
  for (const std::string& path : paths) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    inputs.emplace_back(FileChosen{sources().add(path), file_name_of(path), error ? 0 : static_cast<std::int64_t>(size)});
  }
  return inputs;
}

/// GLFW tells positions in screen units, which are device pixels on some systems and points on others.
float DesktopHost::window_to_css() const {
  int window_width = 0, pixels = 0, ignored = 0;
  glfwGetWindowSize(window_->handle(), &window_width, &ignored);
  glfwGetFramebufferSize(window_->handle(), &pixels, &ignored);
  if (window_width <= 0) return 1.0F;
  return static_cast<float>(pixels) / static_cast<float>(window_width) / surface().pixel_ratio;
}

void DesktopHost::pointer(PointerInput::Kind kind, int button) {
  double x = 0.0, y = 0.0;
  glfwGetCursorPos(window_->handle(), &x, &y);
  const float scale = window_to_css();
  PointerInput input;
  input.kind = kind;
  input.button = button;
  input.x = static_cast<float>(x) * scale;
  input.y = static_cast<float>(y) * scale;
  put(input);
}

Surface DesktopHost::surface() const {
  int width = 0, height = 0;
  float scale_x = 1.0F, scale_y = 1.0F;
  glfwGetFramebufferSize(window_->handle(), &width, &height);
  glfwGetWindowContentScale(window_->handle(), &scale_x, &scale_y);
  Surface surface;
  surface.pixel_ratio = std::max(scale_x, 1.0F);
  surface.width = static_cast<float>(width) / surface.pixel_ratio;
  surface.height = static_cast<float>(height) / surface.pixel_ratio;
  return surface;
}

int DesktopHost::utc_offset_min(std::int64_t unix_s) const {
  const auto time = static_cast<std::time_t>(unix_s);
  std::tm local{};
  localtime_r(&time, &local);
  return static_cast<int>(local.tm_gmtoff / 60);
}

std::vector<Input> DesktopHost::take_inputs() {
  std::vector<Input> all = std::exchange(inputs_, {});
  for (Input& input : inbox_->take()) all.push_back(std::move(input));
  return all;
}

void DesktopHost::choose_files() {
  std::thread([inbox = inbox_] {
    for (Input& input : chosen(pick_files())) inbox->put(std::move(input));
  }).detach();
}

void DesktopHost::save_file(std::string_view name, std::string_view, std::span<const std::uint8_t> bytes) {
  const std::string path = save_to_downloads(name, bytes);
  std::fprintf(path.empty() ? stderr : stdout, "%s\n", path.empty() ? std::string(name).c_str() : path.c_str());
}

void DesktopHost::set_cursor(Cursor cursor) {
  if (cursor == cursor_) return;
  cursor_ = cursor;
  glfwSetCursor(window_->handle(), cursors_[static_cast<std::size_t>(cursor)]);
}

/// Until something comes in or the time asked for is there.
void DesktopHost::wait() {
  const double left_s = wake_at_s_ ? *wake_at_s_ - now_s() : 0.0;
  if (!wake_at_s_)
    glfwWaitEvents();
  else if (left_s > 0.0)
    glfwWaitEventsTimeout(left_s);
  if (!wake_at_s_ || now_s() < *wake_at_s_) return;
  wake_at_s_.reset();
  frame_wanted_ = true;
}

void DesktopHost::loop(const std::function<void(Host&)>& frame) {
  while (glfwWindowShouldClose(window_->handle()) == GLFW_FALSE) {
    if (!frame_wanted_) {
      wait();
      for (Input& input : inbox_->take()) put(std::move(input));
    } else {
      glfwPollEvents();
    }
    if (!std::exchange(frame_wanted_, false)) continue;
    frame(*this);
    glfwSwapBuffers(window_->handle());
  }
}

}  // namespace

void set_up_desktop(DesktopSetup value) { setup() = std::move(value); }

std::string path_of_source(std::uint32_t source) { return sources().path_of(source); }

int run(std::string_view title, const std::function<void(Host&)>& start, const std::function<void(Host&)>& frame) {
  sources();                // made first, gone last: the engine's thread asks it to the end
  static DesktopHost host;  // outlives what start() made, which draws in its window
  if (!host.open(title)) {
    std::fprintf(stderr, "%.*s: OpenGL 3.3\n", static_cast<int>(title.size()), title.data());
    return 1;
  }
  start(host);
  host.loop(frame);
  return 0;
}

}  // namespace klono::platform

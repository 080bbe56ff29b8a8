#include <emscripten.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "platform/glfw_window.hpp"
#include "platform/host.hpp"

// What the page does for us: web/host.js. All positions in CSS pixels.
// clang-format off
EM_JS(void, page_begin, (), { Module["page"].begin(Module); });
EM_JS(void, page_cannot_draw, (), { Module["page"].cannotDraw(); });
EM_JS(void, page_request_frame, (), { Module["page"].requestFrame(); });
EM_JS(double, page_now_s, (), { return performance.now() / 1000; });
EM_JS(double, page_unix_ms, (), { return Date.now(); });
EM_JS(int, page_utc_offset_min, (double unix_s), { return -new Date(unix_s * 1000).getTimezoneOffset() || 0; });
EM_JS(void, page_choose_files, (), { Module["page"].chooseFiles(); });
EM_JS(void, page_hand_over, (const char* name, const char* media_type, const void* data, int size, bool share), {
  Module["page"].handOver(UTF8ToString(name), UTF8ToString(media_type), HEAPU8.slice(data, data + size), share);
});
EM_JS(bool, page_can_share, (), { return Module["page"].canShare(); });
EM_JS(void, page_post_to_engine, (const void* data, int size), { Module["page"].postToEngine(HEAPU8.slice(data, data + size)); });
EM_JS(void, page_publish_mirror, (const char* json, int size), { Module["page"].publishMirror(UTF8ToString(json, size)); });
EM_JS(char*, page_load_setting, (const char* key), { return stringToNewUTF8(Module["page"].loadSetting(UTF8ToString(key))); });
EM_JS(void, page_store_setting, (const char* key, const char* value), {
  Module["page"].storeSetting(UTF8ToString(key), UTF8ToString(value));
});
EM_JS(void, page_request_frame_after, (double seconds), { Module["page"].requestFrameAfter(seconds); });
EM_JS(void, page_tell_recorder, (const char* json, int size), { Module["page"].tellRecorder(UTF8ToString(json, size)); });
EM_JS(void, page_set_cursor, (int cursor), { Module["page"].setCursor(cursor); });
// clang-format on

namespace klono::platform {
namespace {

class WebHost final : public Host {
 public:
  void put(Input input) {
    inputs_.push_back(std::move(input));
    page_request_frame();
  }
  void set_surface(const Surface& surface) {
    surface_ = surface;
    put(surface);
  }

  Surface surface() const override { return surface_; }
  double now_s() const override { return page_now_s(); }
  double unix_ms() const override { return page_unix_ms(); }
  int utc_offset_min(std::int64_t unix_s) const override { return page_utc_offset_min(static_cast<double>(unix_s)); }
  std::vector<Input> take_inputs() override { return std::exchange(inputs_, {}); }
  void request_frame() override { page_request_frame(); }
  void request_frame_after(double seconds) override { page_request_frame_after(seconds); }
  void tell_recorder(std::string_view order_json) override { page_tell_recorder(order_json.data(), static_cast<int>(order_json.size())); }
  void choose_files() override { page_choose_files(); }
  void save_file(std::string_view name, std::string_view media_type, std::span<const std::uint8_t> bytes) override {
    hand_over(name, media_type, bytes, false);
  }
  bool can_share() const override { return page_can_share(); }
  void share_file(std::string_view name, std::string_view media_type, std::span<const std::uint8_t> bytes) override {
    hand_over(name, media_type, bytes, true);
  }
  void post_to_engine(std::vector<std::uint8_t> message) override {
    page_post_to_engine(message.data(), static_cast<int>(message.size()));
  }
  void publish_mirror(std::string_view json) override { page_publish_mirror(json.data(), static_cast<int>(json.size())); }
  std::string load_setting(std::string_view key) const override {
    const std::unique_ptr<char, decltype(&std::free)> value(page_load_setting(std::string(key).c_str()), &std::free);
    return value ? std::string(value.get()) : std::string();
  }
  void store_setting(std::string_view key, std::string_view value) override {
    page_store_setting(std::string(key).c_str(), std::string(value).c_str());
  }
  void set_cursor(Cursor cursor) override {
    if (std::exchange(cursor_, cursor) != cursor) page_set_cursor(static_cast<int>(cursor));
  }

 private:
  static void hand_over(std::string_view name, std::string_view media_type, std::span<const std::uint8_t> bytes, bool share) {
    page_hand_over(std::string(name).c_str(), std::string(media_type).c_str(), bytes.data(), static_cast<int>(bytes.size()), share);
  }

  std::vector<Input> inputs_;
  Surface surface_;
  Cursor cursor_ = Cursor::Arrow;
};

/// All that lives as long as the page.
struct Page {
  WebHost host;
  std::unique_ptr<GlfwWindow> window;
  std::function<void(Host&)> frame;
};

Page& page() {
  static Page value;
  return value;
}

}  // namespace

int run(std::string_view title, const std::function<void(Host&)>& start, const std::function<void(Host&)>& frame) {
  page().window = GlfwWindow::open(std::string(title), 1, 1, [](const KeyInput& key) { page().host.put(key); });
  if (!page().window) {
    page_cannot_draw();
    return 1;
  }
  page_begin();  // tells the size before the first frame
  start(page().host);
  page().frame = frame;
  page_request_frame();
  emscripten_exit_with_live_runtime();
  return 0;
}

}  // namespace klono::platform

// What the page tells us. Text and bytes stay the caller's.
using klono::platform::page;

extern "C" {

EMSCRIPTEN_KEEPALIVE void klono_frame() {
  if (page().frame) page().frame(page().host);
}

EMSCRIPTEN_KEEPALIVE void klono_surface(float width, float height, float ratio, float top, float bottom, bool dark, bool still) {
  page().host.set_surface({width, height, ratio, top, bottom, dark, still});
}

EMSCRIPTEN_KEEPALIVE void klono_pointer(int kind, int id, bool touch, int button, float x, float y) {
  page().host.put(klono::platform::PointerInput{static_cast<klono::platform::PointerInput::Kind>(kind), id, touch, button, x, y});
}

EMSCRIPTEN_KEEPALIVE void klono_wheel(float x, float y, float dx, float dy, bool shift, bool control) {
  page().host.put(klono::platform::WheelInput{x, y, dx, dy, shift, control});
}

EMSCRIPTEN_KEEPALIVE void klono_file(std::uint32_t source, const char* name, double size) {
  page().host.put(klono::platform::FileChosen{source, name, static_cast<std::int64_t>(size)});
}

EMSCRIPTEN_KEEPALIVE void klono_command(const char* command) { page().host.put(klono::platform::CommandInput{command}); }

EMSCRIPTEN_KEEPALIVE void klono_engine(const std::uint8_t* data, std::uint32_t size) {
  page().host.put(klono::platform::EngineBytes{{data, data + size}});
}

EMSCRIPTEN_KEEPALIVE void klono_recorder_news(const char* json) { page().host.put(klono::platform::RecorderNews{json}); }

EMSCRIPTEN_KEEPALIVE void klono_drop(bool inside) { page().host.put(klono::platform::DropHover{inside}); }

}  // extern "C"

#pragma once
/// Module platform: window, input, storage, sharing behind one interface; one file each for the
/// desktop (GLFW) and the web. Allowed dependencies: base. The only place with __EMSCRIPTEN__
/// besides engine's bridge.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace klono::platform {

/// All positions in CSS pixels (device-independent), origin top left.
struct PointerInput {
  enum class Kind : std::uint8_t { Down, Move, Up, Cancel };
  Kind kind = Kind::Move;
  int id = 0;      ///< 0 for the mouse; one per finger
  bool touch = false;
  int button = 0;  ///< 0 primary, 1 secondary
  float x = 0.0F;
  float y = 0.0F;
};

struct WheelInput {
  float x = 0.0F;   ///< pointer position
  float y = 0.0F;
  float dx = 0.0F;  ///< normalised: 1 = one notch
  float dy = 0.0F;
  bool shift = false;
  bool control = false;  ///< also set by trackpad pinches
};

enum class Key : std::uint8_t {
  Left, Right, Up, Down, Enter, Escape, Tab, Space, Plus, Minus, Zero, Home, End, PageUp, PageDown,
  Delete, C, N, Z, Y, F, O, Slash
};

struct KeyInput {
  Key key = Key::Escape;
  bool shift = false;
  bool control = false;
};

/// Canvas geometry and the person's preferences.
struct Surface {
  float width = 0.0F;   ///< CSS pixels
  float height = 0.0F;
  float pixel_ratio = 1.0F;
  float inset_top = 0.0F;  ///< safe area
  float inset_bottom = 0.0F;
  bool prefers_dark = true;
  bool reduced_motion = false;
};

/// A file the person chose or dropped; `source` is the handle the engine reads it by.
struct FileChosen {
  std::uint32_t source = 0;
  std::string name;
  std::int64_t size = 0;
};

/// A command from outside the canvas (the accessible mirror): same text the canvas would send.
struct CommandInput {
  std::string command;
};

/// A message from the engine, still encoded.
struct EngineBytes {
  std::vector<std::uint8_t> bytes;
};

/// The pointer is over / left the window with files to drop.
struct DropHover {
  bool inside = false;
};

/// The recorder says something: a News of protocol/recorder.hpp as JSON.
struct RecorderNews {
  std::string json;
};

using Input = std::variant<PointerInput, WheelInput, KeyInput, Surface, FileChosen, CommandInput,
                           EngineBytes, DropHover, RecorderNews>;

/// What the app may ask of the world.
class Host {
 public:
  virtual ~Host() = default;

  virtual Surface surface() const = 0;

  /// Monotonic seconds.
  virtual double now_s() const = 0;

  /// Milliseconds since 1970, by the device's clock now.
  virtual double unix_ms() const = 0;

  /// Minutes east of UTC of this device at that instant.
  virtual int utc_offset_min(std::int64_t unix_s) const = 0;

  /// Inputs since the last call, in order.
  virtual std::vector<Input> take_inputs() = 0;

  /// Draw again soon; without it the loop sleeps until the next input.
  virtual void request_frame() = 0;

  /// Wake up in so many seconds at the latest, with a frame; a later call replaces an earlier one. For screens that
  /// change by themselves without moving: no animation loop.
  virtual void request_frame_after(double seconds) = 0;

  /// An Order of protocol/recorder.hpp as JSON, to the sensors, the journal and the store. Called from within the
  /// tap's own event, so that browsers which want a gesture accept it. A host without sensors ignores it.
  virtual void tell_recorder(std::string_view order_json) = 0;

  virtual void choose_files() = 0;
  virtual void save_file(std::string_view name, std::string_view media_type,
                         std::span<const std::uint8_t> bytes) = 0;
  virtual bool can_share() const = 0;
  virtual void share_file(std::string_view name, std::string_view media_type,
                          std::span<const std::uint8_t> bytes) = 0;

  virtual void post_to_engine(std::vector<std::uint8_t> message) = 0;

  /// Replaces the accessible mirror; JSON of the current ScreenModel.
  virtual void publish_mirror(std::string_view json) = 0;

  /// Small settings that outlive the visit (theme, …). Empty when unset or storage is refused.
  virtual std::string load_setting(std::string_view key) const = 0;
  virtual void store_setting(std::string_view key, std::string_view value) = 0;

  enum class Cursor : std::uint8_t { Arrow, Hand, ResizeHorizontal, Grab };
  virtual void set_cursor(Cursor cursor) = 0;
};

/// Owns the window and the loop. `frame` draws one frame; it is called only when something
/// changed. Returns when the window closes (never on the web).
/// Implemented by glfw_host.cpp (desktop) and web_host.cpp.
int run(std::string_view title, const std::function<void(Host&)>& start,
        const std::function<void(Host&)>& frame);

}  // namespace klono::platform

#pragma once
/// What the composition root gives the desktop window besides its frames. Not on the web.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace klono::platform {

struct DesktopSetup {
  using Message = std::vector<std::uint8_t>;
  using Post = std::function<void(Message)>;

  /// Starts the engine. It hands its messages to `deliver`, from any thread; what is returned takes
  /// messages to the engine, and ends the engine when it is destroyed.
  std::function<Post(Post deliver)> start_engine;
  std::vector<std::string> files;  ///< paths to open at once
};

/// Before run().
void set_up_desktop(DesktopSetup setup);

/// Path of a chosen file by its handle; empty when unknown. From any thread.
std::string path_of_source(std::uint32_t source);

}  // namespace klono::platform

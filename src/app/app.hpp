#pragma once
/// Module app: the screens. Dear ImGui is the renderer behind ui::Painter; every part is our own. Reads the workspace,
/// sends it commands, and keeps no state of the recordings. Allowed dependencies: see ARCHITECTURE.md.

#include <memory>
#include <string>

#include "platform/host.hpp"

namespace klono::app {

/// The whole interface. One GL context must be current from start() on.
class App {
 public:
  explicit App(std::string version);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Once, before the first frame: restores settings, sets up drawing.
  void start(platform::Host& host);

  /// Takes the inputs, draws one frame, hands on requests and effects. Asks for another frame only
  /// while something moves.
  void frame(platform::Host& host);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace klono::app

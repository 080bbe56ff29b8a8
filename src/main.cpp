/// Composes the app: the screens on a host, and on a desktop the engine on a thread beside them. In a page the
/// engine is a program of its own, in a worker.

#include <string>
#include <vector>

#include "app/app.hpp"
#include "base/words.hpp"
#include "platform/host.hpp"

#ifndef __EMSCRIPTEN__
#include "desktop_engine.hpp"
#include "platform/desktop.hpp"
#endif

namespace {

/// Made on first use, which is in start(): so it goes before the window it draws in.
klono::app::App& the_app() {
  static klono::app::App app(KLONO_VERSION);
  return app;
}

}  // namespace

int main([[maybe_unused]] int argc, [[maybe_unused]] char** argv) {
  using klono::platform::Host;
#ifndef __EMSCRIPTEN__
  klono::platform::set_up_desktop({klono::start_desktop_engine, {argv + (argc > 0 ? 1 : 0), argv + argc}});
#endif
  return klono::platform::run(
      klono::word(klono::Word::web_title), [](Host& host) { the_app().start(host); }, [](Host& host) { the_app().frame(host); });
}

#pragma once
/// The engine on a thread of its own, for the desktop window.

#include "platform/desktop.hpp"

namespace klono {

/// Starts the thread. `deliver` is called on it; the returned function queues a message for it and, once
/// its last copy is gone, ends it.
platform::DesktopSetup::Post start_desktop_engine(platform::DesktopSetup::Post deliver);

}  // namespace klono

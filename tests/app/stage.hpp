#pragma once
/// The app with a hidden window, and what a picture is made of: a name and what is done before it is taken.

#include <functional>
#include <string>

#include "app/app.hpp"
#include "app/shot_host.hpp"
#include "app/shot_recordings.hpp"
#include "protocol/recorder.hpp"

namespace klono::test {

class Stage {
 public:
  Stage(float width, float height, float ratio, bool dark);

  /// Runs frames until the app asks for no more; false when it still does after `frames`.
  bool rest(int frames = 400);
  /// Lets time pass as the app asks for it, `step_s` at a time.
  void pass(double seconds, double step_s = 1.0);

  void command(const std::string& text);
  void tell(const protocol::recorder::News& news);

  /// A file arrives; returns the id the app gave it.
  protocol::RecordingId choose(const std::string& name, std::int64_t size);
  void open(const NightPlan& plan);

  bool phone() const { return host.surface().width < 840.0F; }

  ShotHost host;

 private:
  app::App app_;
  std::uint32_t source_ = 0;
};

struct Scene {
  const char* name;
  std::function<void(Stage&)> play;
  bool settle = true;  ///< false: the picture is of something that moves, or of a message that will go
};

}  // namespace klono::test

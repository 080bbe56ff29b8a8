/// Pictures of Review in its states, both themes, phone and desktop: klono_review_shots OUT_DIR [part of a name].
/// Also prints how long a frame takes while panning.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "app/app.hpp"
#include "app/review_night.hpp"
#include "app/shot_host.hpp"

namespace klono::test {
namespace {

const ReviewNight& night() {
  static const ReviewNight made;
  return made;
}

/// The app with a hidden window and an engine that answers at once; frames run until it rests.
class Stage {
 public:
  Stage(float width, float height, float ratio, bool dark) : host(width, height, ratio, dark), app("0.1.0") { app.start(host); }

  void frame() {
    host.advance(1.0 / 60.0);
    const auto before = std::chrono::steady_clock::now();
    app.frame(host);
    frame_ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
    for (const protocol::Request& request : host.take_requests()) {
      if (const auto* open = std::get_if<protocol::OpenFile>(&request)) opened_id = open->recording;
      if (silent) continue;
      if (const auto* trace = std::get_if<protocol::TraceRequest>(&request)) host.push(protocol::Reply(night().answer(*trace)));
      if (const auto* levels = std::get_if<protocol::SpectrogramRequest>(&request))
        host.push(protocol::Reply(night().answer(*levels)));
    }
  }

  void rest(int frames = 420) {
    do frame();
    while (host.frame_requested() && --frames > 0);
    frame();
  }

  void command(const std::string& text) {
    host.push(platform::CommandInput{text});
    rest(20);
  }

  void key(platform::Key key) {
    host.push(platform::KeyInput{key});
    rest(20);
  }

  void tap(float x, float y) {
    host.tap(x, y);
    rest(30);
  }

  void open(const std::function<void(protocol::Opened&)>& change = {}) {
    host.push(platform::FileChosen{1, "Night, left ankle.csv", 41'000'000});
    rest(3);
    protocol::Opened opened = night().opened(opened_id);
    if (change) change(opened);
    host.push(protocol::Reply(std::move(opened)));
    rest(10);
    for (int n = 1; n <= 19; ++n) command("confirm-event " + std::to_string(n));
    for (const int n : {24, 28, 34})
      if (n <= 34) command("reject-event " + std::to_string(n));
    command("select-event 26");
  }

  void pointer(platform::PointerInput::Kind kind, int id, float x, float y) {
    platform::PointerInput input;
    input.kind = kind;
    input.id = id;
    input.touch = true;
    input.x = x;
    input.y = y;
    host.push(input);
  }

  ShotHost host;
  protocol::RecordingId opened_id = 0;
  double frame_ms = 0.0;
  bool silent = false;  ///< the engine does not answer

 private:
  app::App app;
};

struct Scene {
  const char* name;
  std::function<void(Stage&)> play;
  bool settle = true;
};

const std::vector<Scene>& scenes() {
  using Kind = platform::PointerInput::Kind;
  static const std::vector<Scene> all{
      {"selected", [](Stage& s) { s.open(); }},
      {"whole", [](Stage& s) { s.open(); s.command("zoom-fit"); }},
      {"zoomed", [](Stage& s) {
         s.open();
         for (int i = 0; i < 5; ++i) s.command("zoom-in");
       }},
      {"rejected", [](Stage& s) { s.open(); s.command("select-event 24"); }},
      {"answered", [](Stage& s) { s.open(); s.host.push(platform::CommandInput{"confirm-event 26"}); s.rest(30); }, false},
      {"film", [](Stage& s) {
         s.open();
         s.command("sort size");
         s.command("filter review");
         s.command("reject-event 22");
         s.key(platform::Key::F);
       }},
      {"review-list", [](Stage& s) { s.open(); s.command("filter review"); s.command("sort likeness"); s.command("select-event 26"); }},
      {"recorded", [](Stage& s) { s.open(); s.command("trace recorded"); }},
      {"empty", [](Stage& s) {
         s.open([](protocol::Opened& opened) {
           opened.analysis.events.clear();
           opened.waveforms.clear();
         });
       }},
      {"weak", [](Stage& s) {
         s.open([](protocol::Opened& opened) {
           opened.info.amplitudes_valid = false;
           opened.info.partial = true;
           opened.info.start = {};
         });
       }},
      {"menu", [](Stage& s) {
         s.open();
         const auto surface = s.host.surface();
         s.tap(surface.width < 840.0F ? 364.0F : surface.width >= 1120.0F ? surface.width - 328.0F - 24.0F - 205.0F - 24.0F : 665.0F,
               surface.width < 840.0F ? 75.0F : 36.0F);
       }},
      {"panning", [](Stage& s) {
         s.open();
         s.silent = true;
         const float x = s.host.surface().width < 840.0F ? 200.0F : 500.0F;
         s.pointer(Kind::Down, 1, x, 330.0F);
         s.frame();
         for (int i = 1; i <= 6; ++i) {
           s.pointer(Kind::Move, 1, x - 14.0F * static_cast<float>(i), 330.0F);
           s.frame();
         }
       }, false},
      {"looked-at", [](Stage& s) { s.open(); s.command("list-reason body_movement"); s.command("next-look"); }},
      {"looked-at-all", [](Stage& s) { s.open(); s.command("list-reason all"); }},
      {"train", [](Stage& s) { s.open(); s.command("select-event 22"); }},
      {"summary", [](Stage& s) {
         s.open();
         const auto surface = s.host.surface();
         const bool phone = surface.width < 840.0F;
         const float more = phone ? 364.0F : surface.width >= 1120.0F ? surface.width - 328.0F - 24.0F - 205.0F - 24.0F : 665.0F;
         s.tap(phone ? more : more - 48.0F, phone ? 75.0F : 36.0F);
         if (phone) s.tap(120.0F, surface.height - 34.0F - 56.0F * 6.5F);
       }},
  };
  return all;
}

struct Form {
  const char* name;
  float width, height, ratio;
};
constexpr Form kForms[] = {{"phone", 390.0F, 844.0F, 3.0F},
                           {"desktop", 1440.0F, 900.0F, 2.0F},
                           {"tablet", 900.0F, 1100.0F, 2.0F},
                           {"small", 320.0F, 568.0F, 2.0F},
                           {"low", 844.0F, 390.0F, 3.0F}};

bool shoot(const std::string& folder, const std::string& part) {
  for (const Scene& scene : scenes()) {
    for (const Form& form : kForms) {
      for (const bool dark : {true, false}) {
        const std::string name = std::string("review-") + scene.name + "-" + form.name + (dark ? "-dark" : "-light");
        if (name.find(part) == std::string::npos) continue;
        Stage stage(form.width, form.height, form.ratio, dark);
        scene.play(stage);
        if (scene.settle) stage.rest(500);
        if (!stage.host.write_png(folder + "/" + name + ".png")) return false;
        std::printf("%s\n", name.c_str());
      }
    }
  }
  return true;
}

/// Processor time of a frame while a finger pans, submitted draw included.
void measure(const Form& form) {
  using Kind = platform::PointerInput::Kind;
  Stage stage(form.width, form.height, form.ratio, true);
  stage.open();
  std::vector<double> times;
  stage.pointer(Kind::Down, 1, form.width * 0.6F, 330.0F);
  stage.frame();
  for (int i = 1; i <= 120; ++i) {
    stage.pointer(Kind::Move, 1, form.width * 0.6F - 1.5F * static_cast<float>(i), 330.0F);
    stage.frame();
    times.push_back(stage.frame_ms);
  }
  std::ranges::sort(times);
  std::printf("%s: frame while panning, median %.2f ms, 95th percentile %.2f ms\n", form.name, times[times.size() / 2],
              times[times.size() * 95 / 100]);
}

}  // namespace
}  // namespace klono::test

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: klono_review_shots OUT_DIR [part of a name] | --time\n");
    return 2;
  }
  if (std::string(argv[1]) == "--time") {
    for (const auto& form : {klono::test::kForms[0], klono::test::kForms[1]}) klono::test::measure(form);
    return 0;
  }
  return klono::test::shoot(argv[1], argc > 2 ? argv[2] : "") ? 0 : 1;
}

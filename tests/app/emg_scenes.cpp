#include "app/emg_scenes.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "base/byte_source.hpp"
#include "engine/emg_files.hpp"
#include "engine/service.hpp"
#include "protocol/codec.hpp"

namespace klono::test {
namespace {

constexpr int kFrames = 4;            // drawn in software, each takes its time
constexpr double kWordsStay_s = 10.0;  // what was said last is gone by then

/// The engine behind a stage: one file, answers at once.
class Desk {
 public:
  Desk(Stage& stage, std::string bytes)
      : stage_(stage), bytes_(std::move(bytes)),
        service_([this](std::vector<std::uint8_t> reply) { stage_.host.push(platform::EngineBytes{std::move(reply)}); },
                 [this](std::uint32_t) -> Result<std::shared_ptr<const ByteSource>> {
                   return std::shared_ptr<const ByteSource>(std::make_shared<MemorySource>(bytes_));
                 },
                 [] { return 0.0; }) {}

  void open(const std::string& name) {
    protocol::OpenFile request;
    request.recording = stage_.choose(name, static_cast<std::int64_t>(bytes_.size()));
    request.name = name;
    service_.receive(protocol::encode(protocol::Request(request)));
    settle();
  }

  void command(const std::string& text) {
    stage_.command(text);
    settle();
  }

  void tap(float x, float y) {
    stage_.host.tap(x, y);
    settle();
  }

 private:
  void settle() {
    for (int round = 0; round < 8; ++round) {
      while (service_.step()) {
      }
      stage_.rest(kFrames);
      const std::vector<protocol::Request> requests = stage_.host.take_requests();
      if (requests.empty() && round > 1) break;
      for (const protocol::Request& request : requests) service_.receive(protocol::encode(request));
    }
    stage_.host.advance(kWordsStay_s);
    stage_.rest(kFrames);
  }

  Stage& stage_;
  std::string bytes_;
  engine::Service service_;
};

std::string alone() { return emg_file(made_muscle(1000.0, 2.5), false); }
std::string with_movement() { return emg_file(made_muscle(1000.0, 2.5), true); }
std::string of_a_laboratory() { return emg_file(made_muscle(256.0, 3.0), false); }

/// A file of KLONO_SHOT_FILE, to look at real ones.
std::string real_file() {
  const char* const path = std::getenv("KLONO_SHOT_FILE");
  if (path == nullptr) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace

const std::vector<Scene>& emg_scenes() {
  static const std::vector<Scene> all{
      {"emg-alone", [](Stage& stage) { Desk(stage, alone()).open("Legs, evening.edf"); }},
      {"emg-burst", [](Stage& stage) {
         Desk desk(stage, alone());
         desk.open("Legs, evening.edf");
         for (int i = 0; i < 4; ++i) desk.command("next-burst");
       }},
      {"emg-whole", [](Stage& stage) {
         Desk desk(stage, alone());
         desk.open("Legs, evening.edf");
         desk.command("zoom-fit");
       }},
      {"emg-both", [](Stage& stage) {
         Desk desk(stage, with_movement());
         desk.open("Ankle and legs.edf");
         desk.command("zoom-in");
       }},
      {"emg-both-burst", [](Stage& stage) {
         Desk desk(stage, with_movement());
         desk.open("Ankle and legs.edf");
         for (int i = 0; i < 3; ++i) desk.command("next-burst");
       }},
      {"emg-laboratory", [](Stage& stage) { Desk(stage, of_a_laboratory()).open("Sleep laboratory.edf"); }},
      {"emg-library", [](Stage& stage) {
         Desk desk(stage, alone());
         desk.open("Legs, evening.edf");
         desk.command("go library");
         desk.command("dismiss");
       }},
      {"emg-report", [](Stage& stage) {
         Desk desk(stage, alone());
         desk.open("Legs, evening.edf");
         desk.command("go report");
       }},
      {"emg-both-report", [](Stage& stage) {
         Desk desk(stage, with_movement());
         desk.open("Ankle and legs.edf");
         desk.command("go report");
       }},
      {"emg-real", [](Stage& stage) {
         if (const std::string bytes = real_file(); !bytes.empty()) Desk(stage, bytes).open("Real.edf");
       }},
  };
  return all;
}

}  // namespace klono::test

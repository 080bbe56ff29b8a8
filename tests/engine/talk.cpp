#include "engine/talk.hpp"

#include <doctest/doctest.h>

#include "synth/csv_export.hpp"
#include "synth/synthetic.hpp"

namespace klono::test {

Talk::Talk()
    : service_(
          [this](std::vector<std::uint8_t> bytes) {
            Result<protocol::Reply> reply = protocol::decode_reply(bytes);
            if (reply) replies.push_back(std::move(reply).value());
          },
          [this](std::uint32_t source) -> Result<std::shared_ptr<const ByteSource>> {
            const auto found = files_.find(source);
            if (found == files_.end()) return Error{ErrorCode::CannotRead, "no such file", {}};
            return std::shared_ptr<const ByteSource>(std::make_shared<MemorySource>(found->second));
          },
          [this] { return now_s_ += tick_s; }) {}

void Talk::add_file(std::uint32_t source, std::string text) { files_[source] = std::move(text); }
void Talk::send(const protocol::Request& request) { service_.receive(protocol::encode(request)); }
bool Talk::step() { return service_.step(); }
void Talk::run() {
  while (step()) {
  }
}

std::string made_file(double minutes) {
  synth::SyntheticSpec spec;
  spec.seed = 7;
  spec.duration_s = 60.0 * minutes;
  spec.singles_per_hour = 200.0;
  return synth::to_csv(synth::make(spec));
}

protocol::OpenFile open_file_request(protocol::RecordingId recording, std::uint32_t source) {
  protocol::OpenFile open;
  open.recording = recording;
  open.source = source;
  open.name = "made.csv";
  return open;
}

protocol::Opened opened(Talk& talk, std::string bytes, protocol::RecordingId recording) {
  talk.add_file(1, std::move(bytes));
  talk.send(open_file_request(recording, 1));
  talk.run();
  auto reply = talk.take<protocol::Opened>();
  REQUIRE(reply);
  return *std::move(reply);
}

}  // namespace klono::test

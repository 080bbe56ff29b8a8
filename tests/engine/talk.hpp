#pragma once
/// A conversation with the service: files in memory, a clock that a test moves.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/service.hpp"
#include "protocol/codec.hpp"

namespace klono::test {

class Talk {
 public:
  Talk();

  void add_file(std::uint32_t source, std::string text);
  void send(const protocol::Request& request);
  /// One slice. True while there is more to do.
  bool step();
  void run();

  /// The newest reply of this kind, taken out; none where there is no such reply.
  template <class T>
  std::optional<T> take() {
    for (auto reply = replies.rbegin(); reply != replies.rend(); ++reply)
      if (T* found = std::get_if<T>(&*reply)) {
        T value = std::move(*found);
        replies.erase(std::next(reply).base());
        return value;
      }
    return std::nullopt;
  }
  template <class T>
  std::size_t count() const {
    std::size_t n = 0;
    for (const protocol::Reply& reply : replies) n += std::holds_alternative<T>(reply) ? 1U : 0U;
    return n;
  }

  std::vector<protocol::Reply> replies;
  double tick_s = 0.004;  ///< each look at the clock moves it by this

 private:
  std::map<std::uint32_t, std::string> files_;
  double now_s_ = 0.0;
  engine::Service service_;
};

/// Some minutes at rest with twitches, the same every time, as the text of a file.
std::string made_file(double minutes);

protocol::OpenFile open_file_request(protocol::RecordingId recording, std::uint32_t source);

/// The reply to a file that is opened; the test ends where there is none.
protocol::Opened opened(Talk& talk, std::string bytes, protocol::RecordingId recording = 5);

}  // namespace klono::test

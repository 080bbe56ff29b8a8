#include "desktop_engine.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "base/file_source.hpp"
#include "engine/service.hpp"

namespace klono {
namespace {

using Message = platform::DesktopSetup::Message;
using Post = platform::DesktopSetup::Post;

double monotonic_s() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

class EngineThread {
 public:
  explicit EngineThread(Post deliver) : deliver_(std::move(deliver)), thread_([this] { work(); }) {}

  ~EngineThread() {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  void post(Message message) {
    {
      const std::lock_guard lock(mutex_);
      messages_.push_back(std::move(message));
    }
    wake_.notify_one();
  }

 private:
  void work() {
    engine::Service service(
        deliver_, [](std::uint32_t source) { return open_file(platform::path_of_source(source)); }, monotonic_s);
    bool busy = false;
    while (true) {
      std::deque<Message> messages;
      {
        std::unique_lock lock(mutex_);
        if (!busy) wake_.wait(lock, [this] { return ending_ || !messages_.empty(); });
        if (ending_) return;
        messages = std::exchange(messages_, {});
      }
      for (const Message& message : messages) service.receive(message);
      busy = service.step();
    }
  }

  Post deliver_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Message> messages_;
  bool ending_ = false;
  std::thread thread_;  // last: starts when all else is there
};

}  // namespace

Post start_desktop_engine(Post deliver) {
  auto engine = std::make_shared<EngineThread>(std::move(deliver));
  return [engine = std::move(engine)](Message message) { engine->post(std::move(message)); };
}

}  // namespace klono

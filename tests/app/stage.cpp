#include "app/stage.hpp"

#include <algorithm>

namespace klono::test {

Stage::Stage(float width, float height, float ratio, bool dark) : host(width, height, ratio, dark), app_("0.1.0") {
  app_.start(host);
  rest();
}

bool Stage::rest(int frames) {
  do {
    host.advance(1.0 / 60.0);
    app_.frame(host);
    if (!host.frame_requested()) return true;
  } while (--frames > 0);
  return false;
}

void Stage::pass(double seconds, double step_s) {
  for (double left = seconds; left > 0.0; left -= step_s) {
    host.advance(std::min(left, step_s));
    app_.frame(host);
  }
  rest(3);
}

void Stage::command(const std::string& text) {
  host.push(platform::CommandInput{text});
  rest(3);
}

void Stage::tell(const protocol::recorder::News& news) {
  host.push(platform::RecorderNews{protocol::recorder::encode(news)});
  rest(3);
}

protocol::RecordingId Stage::choose(const std::string& name, std::int64_t size) {
  host.push(platform::FileChosen{++source_, name, size});
  rest(3);
  protocol::RecordingId id = 0;
  for (const protocol::Request& request : host.take_requests())
    if (const auto* open = std::get_if<protocol::OpenFile>(&request)) id = open->recording;
  return id;
}

void Stage::open(const NightPlan& plan) {
  const protocol::RecordingId id = choose(plan.name, 41'000'000);
  host.push(protocol::Reply(night(id, plan)));
  rest(3);
}

}  // namespace klono::test

// A recording made here, through the engine as the app talks to it.

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "capture/deck.hpp"
#include "engine/talk.hpp"
#include "patterns/summary.hpp"

using namespace klono;
using namespace klono::test;
namespace messages = protocol::recorder;

namespace {

std::string recorded(bool guided, bool ended) {
  Recording motion = lying(100.0, 200.0, 0.003);
  for (double t_s = 6.0; t_s < 98.0; t_s += 7.0)
    for (std::size_t i = 0; i < 200; ++i) {
      const double since_s = static_cast<double>(i) / 200.0;
      motion.channels[0].samples[static_cast<std::size_t>(t_s * 200.0) + i] += static_cast<float>(0.5 * std::exp(-7.0 * since_s) * std::sin(25.0 * since_s));
    }
  Deck deck;
  deck.recorder.anchor({4'000.0, 1'795'555'804'000, 60});
  deck.recorder.tick(4'900.0);
  messages::RecordBegin begin = begin_of("made", R"({"activity": "at_rest"})");
  begin.planned_s = 600.0;
  deck.recorder.order(begin);
  std::vector<Happening> happenings;
  const auto add = [&](double at_ms, messages::Order order) {
    happenings.push_back({at_ms, [at_ms, order](Deck& here) { here.order(at_ms, order); }});
  };
  add(21'000.0, messages::Mark{1});
  if (guided) {
    add(10'000.0, messages::TaskBegin{Task::Rest});
    add(40'000.0, messages::TaskBegin{Task::ArmsOut});
    add(70'000.0, messages::TaskBegin{Task::Reach});
    add(100'000.0, messages::TaskEnd{});
  }
  if (ended) add(106'000.0, messages::RecordEnd{});
  play(deck, deliver(motion, {}), happenings, 3);
  return {reinterpret_cast<const char*>(deck.stored.data()), deck.stored.size()};
}

std::string exported(Talk& talk, protocol::ExportKind kind) {
  protocol::ExportRequest request;
  request.recording = 7;
  request.kind = kind;
  talk.send(request);
  talk.run();
  const auto reply = talk.take<protocol::ExportReply>();
  REQUIRE(reply.has_value());
  return {reply->bytes.begin(), reply->bytes.end()};
}

}  // namespace

TEST_CASE("What is known of a recording made here comes with it: marks, place, planned length, whether it was stopped") {
  for (const bool ended : {true, false}) {
    Talk talk;
    const protocol::Opened reply = opened(talk, recorded(false, ended), 7);
    CHECK(reply.info.context == R"({"activity": "at_rest"})");
    CHECK(reply.info.planned_s == 600.0);
    CHECK(reply.info.unfinished == !ended);
    CHECK(reply.info.blocks.empty());
    REQUIRE(reply.info.marks.size() == 1);
    CHECK(reply.info.marks[0].at_s == doctest::Approx(16.0).epsilon(0.01));
    CHECK(reply.info.start.basis == ClockBasis::Utc);
    CHECK(reply.analysis.events.size() > 5);
    CHECK(reply.waveforms.size() == reply.analysis.events.size());
  }
}

TEST_CASE("A guided test keeps its parts from the sensor to the page") {
  Talk talk;
  const protocol::Opened reply = opened(talk, recorded(true, true), 7);
  REQUIRE(reply.info.blocks.size() == 3);
  CHECK(reply.info.blocks[2].task == Task::Reach);
  CHECK(reply.analysis.recorded_s == doctest::Approx(90.0).epsilon(0.01));
  for (const Event& event : reply.analysis.events) CHECK(patterns::block_at(reply.info.blocks, event.onset_s) != nullptr);
  CHECK(exported(talk, protocol::ExportKind::AnalysisJson).find("\"blocks\"") != std::string::npos);
  CHECK(exported(talk, protocol::ExportKind::EventsCsv).find(",arms_out,") != std::string::npos);
  const std::string page = exported(talk, protocol::ExportKind::SummaryHtml);
  CHECK(page.find("class=\"blocks\"") != std::string::npos);
  CHECK(page.find("class=\"figure\"") == std::string::npos);
}

#include <doctest/doctest.h>

#include "engine/shorten.hpp"
#include "engine/talk.hpp"

using namespace klono;
using test::Talk;

namespace {

/// Steps until some progress satisfies `enough`; false when it was over before.
template <class F>
bool step_until(Talk& talk, F enough) {
  while (talk.step()) {
    const auto progress = talk.take<protocol::Progress>();
    if (progress && enough(*progress)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("A reading that is stopped says nothing more") {
  Talk talk;
  talk.tick_s = 0.06;
  talk.add_file(1, test::made_file(40.0));
  talk.send(test::open_file_request(1, 1));
  REQUIRE(step_until(talk, [](const protocol::Progress& progress) { return progress.bytes_done > 0; }));
  talk.replies.clear();
  talk.send(protocol::Cancel{1, false});
  CHECK_FALSE(talk.step());
  CHECK(talk.replies.empty());
}

TEST_CASE("What was read before it was stopped can be kept, and is marked as a part") {
  Talk talk;
  talk.tick_s = 0.06;
  talk.add_file(1, test::made_file(40.0));
  talk.send(test::open_file_request(1, 1));
  REQUIRE(step_until(talk, [](const protocol::Progress& progress) { return progress.bytes_done > progress.bytes_total / 4; }));
  talk.send(protocol::Cancel{1, true});
  talk.run();
  const auto open = talk.take<protocol::Opened>();
  REQUIRE(open);
  CHECK(open->info.partial);
  CHECK(open->info.duration_s > 60.0);
  CHECK(open->info.duration_s < 2400.0);
  for (const Event& event : open->analysis.events) CHECK(event.end_s <= open->info.duration_s);
}

TEST_CASE("What was analysed before it was stopped can be kept") {
  Talk talk;
  talk.tick_s = 0.06;
  talk.add_file(1, test::made_file(40.0));
  talk.send(test::open_file_request(1, 1));
  REQUIRE(step_until(talk, [](const protocol::Progress& progress) { return progress.analysed_s > 600.0; }));
  talk.send(protocol::Cancel{1, true});
  talk.run();
  const auto open = talk.take<protocol::Opened>();
  REQUIRE(open);
  CHECK(open->info.partial);
  CHECK(open->info.duration_s >= 600.0);
  CHECK(open->info.duration_s < 2399.0);
  CHECK(open->analysis.recorded_s == doctest::Approx(open->info.duration_s).epsilon(0.01));
  for (const Event& event : open->analysis.events) CHECK(event.end_s <= open->info.duration_s);
}

TEST_CASE("A new analysis that is stopped leaves the older one open") {
  Talk talk;
  talk.tick_s = 0.06;
  talk.add_file(1, test::made_file(40.0));
  talk.send(test::open_file_request(1, 1));
  talk.run();
  REQUIRE(talk.take<protocol::Opened>());
  protocol::Reanalyse again{1, {}};
  again.settings.candidates.smallest_peak_g = 0.3;
  talk.send(again);
  REQUIRE(step_until(talk, [](const protocol::Progress& progress) { return progress.analysed_s > 0.0; }));
  talk.replies.clear();
  talk.send(protocol::Cancel{1, false});
  talk.run();
  CHECK(talk.count<protocol::Opened>() == 0);
  REQUIRE(talk.count<protocol::Failed>() == 1);
  CHECK(talk.take<protocol::Failed>()->error.code == ErrorCode::Cancelled);
  talk.send(protocol::TraceRequest{1, 1, protocol::TraceMode::AsRecorded, 0.0, 10.0, 100});
  talk.run();
  CHECK(talk.count<protocol::TraceReply>() == 1);
}

TEST_CASE("A shortened recording keeps its samples, segments and gaps up to the cut") {
  Recording recording;
  recording.channels.push_back({"x", "g", "g", ChannelRole::AccelerationX, std::vector<float>(300)});
  recording.segments = {{0, 100, 0.0, 100.0}, {100, 200, 5.0, 100.0}};
  recording.gaps = {{{1.0, 5.0}, GapReason::Missing}};
  Recording early = recording;
  engine::shorten(early, 80);
  CHECK(early.num_samples() == 80);
  REQUIRE(early.segments.size() == 1);
  CHECK(early.segments[0].count == 80);
  CHECK(early.gaps.empty());
  engine::shorten(recording, 150);
  REQUIRE(recording.segments.size() == 2);
  CHECK(recording.segments[1].count == 50);
  CHECK(recording.gaps.size() == 1);
}

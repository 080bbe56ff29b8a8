#include <doctest/doctest.h>

#include "base/words.hpp"
#include "detection/stepwise_analysis.hpp"
#include "engine/talk.hpp"
#include "formats/reader.hpp"
#include "formats/recording_from_table.hpp"

using namespace klono;
using test::Talk;

namespace {

Recording read_by_hand(const std::string& text) {
  const auto source = std::make_shared<MemorySource>(text);
  auto table = formats::read_table(source, {});
  REQUIRE(table.ok());
  auto recording = formats::recording_from_table(std::move(table).value(), {});
  REQUIRE(recording.ok());
  return std::move(recording).value();
}

bool same_event(const Event& a, const Event& b) {
  return a.onset_s == b.onset_s && a.end_s == b.end_s && a.peak_g == b.peak_g && a.confidence == b.confidence &&
         a.event_class == b.event_class && a.group == b.group;
}

}  // namespace

TEST_CASE("A file cut into slices gives the same events as the whole at once") {
  const std::string text = test::made_file(6.0);
  const Recording whole = read_by_hand(text);
  const Analysis expected = analyse(whole, {});
  REQUIRE(expected.events.size() > 5);
  Talk talk;
  const protocol::Opened reply = test::opened(talk, text);
  CHECK(reply.recording == 5);
  CHECK(reply.info.name == "made.csv");
  CHECK(reply.info.num_samples == whole.num_samples());
  CHECK(reply.info.duration_s == whole.duration_s());
  CHECK_FALSE(reply.info.partial);
  REQUIRE(reply.analysis.events.size() == expected.events.size());
  for (std::size_t i = 0; i < expected.events.size(); ++i) CHECK(same_event(reply.analysis.events[i], expected.events[i]));
  CHECK(reply.waveforms.size() == expected.events.size());
  CHECK(reply.overview.peak_g.size() == 2048);
}

TEST_CASE("Progress comes at most ten times a second and never goes back") {
  Talk talk;
  talk.add_file(1, test::made_file(30.0));
  talk.tick_s = 0.015;
  talk.send(test::open_file_request(1, 1));
  double last_told_s = -1.0;
  double clock_s = 0.0;
  double bytes = -1.0;
  double analysed_s = -1.0;
  double share = 0.0;
  std::size_t told = 0;
  for (bool more = true; more; clock_s += 0.015) {  // a slice looks at the clock at least once
    more = talk.step();
    const auto progress = talk.take<protocol::Progress>();
    if (!progress) continue;
    ++told;
    if (last_told_s >= 0.0) CHECK(clock_s - last_told_s > 0.0);
    last_told_s = clock_s;
    CHECK(static_cast<double>(progress->bytes_done) >= bytes);
    CHECK(progress->bytes_done <= progress->bytes_total);
    CHECK(progress->analysed_s >= analysed_s);
    CHECK(progress->share >= share);
    CHECK(progress->share <= 1.0);
    share = progress->share;
    bytes = static_cast<double>(progress->bytes_done);
    analysed_s = progress->analysed_s;
  }
  CHECK(told >= 2);
  CHECK(talk.count<protocol::Opened>() == 1);
}

TEST_CASE("Two files are opened one after another, each under its own number") {
  Talk talk;
  talk.add_file(1, test::made_file(3.0));
  talk.add_file(2, test::made_file(2.0));
  talk.send(test::open_file_request(10, 1));
  talk.send(test::open_file_request(11, 2));
  talk.run();
  std::vector<protocol::RecordingId> order;
  for (const protocol::Reply& reply : talk.replies)
    if (const auto* open = std::get_if<protocol::Opened>(&reply)) order.push_back(open->recording);
  CHECK(order == std::vector<protocol::RecordingId>{10, 11});
}

TEST_CASE("Pixels of an open recording are answered while another file is read") {
  Talk talk;
  test::opened(talk, test::made_file(2.0));
  talk.add_file(2, test::made_file(60.0));
  talk.send(test::open_file_request(6, 2));
  talk.step();
  protocol::TraceRequest trace;
  trace.request = 77;
  trace.recording = 5;
  trace.end_s = 60.0;
  trace.columns = 300;
  talk.send(trace);
  talk.send(protocol::SpectrogramRequest{78, 5, 0.0, 60.0, 120, 40});
  CHECK(talk.step());
  const auto pixels = talk.take<protocol::TraceReply>();
  REQUIRE(pixels);
  CHECK(pixels->request == 77);
  CHECK(pixels->min_max.size() == 3 * 2 * 300);
  const auto levels = talk.take<protocol::SpectrogramReply>();
  REQUIRE(levels);
  CHECK(levels->level.size() == 120 * 40);
  CHECK(talk.count<protocol::Opened>() == 0);
  talk.run();
  CHECK(talk.count<protocol::Opened>() == 1);
}

TEST_CASE("Other settings give another answer for the same recording") {
  Talk talk;
  const protocol::Opened before = test::opened(talk, test::made_file(5.0));
  protocol::Reanalyse again{5, {}};
  again.settings.candidates.smallest_peak_g = 0.3;
  talk.send(again);
  talk.run();
  const auto after = talk.take<protocol::Opened>();
  REQUIRE(after);
  CHECK(after->analysis.settings.candidates.smallest_peak_g == 0.3);
  CHECK(after->analysis.events.size() < before.analysis.events.size());
  again.settings = {};
  talk.send(again);
  talk.run();
  CHECK(talk.take<protocol::Opened>()->analysis.events.size() == before.analysis.events.size());
}

TEST_CASE("The three files to hand over are named and typed, and a rejected movement does not count in them") {
  Talk talk;
  const protocol::Opened open = test::opened(talk, test::made_file(5.0));
  const auto handed_over = [&](protocol::ExportKind kind, std::vector<Decision> decisions) {
    talk.send(protocol::ExportRequest{1, 5, kind, "Left ankle", std::move(decisions), {}, {}});
    talk.run();
    auto reply = talk.take<protocol::ExportReply>();
    REQUIRE(reply);
    return *std::move(reply);
  };
  const protocol::ExportReply page = handed_over(protocol::ExportKind::SummaryHtml, {});
  CHECK(page.media_type == "text/html");
  CHECK(page.file_name.ends_with("summary.html"));
  CHECK(std::string(page.bytes.begin(), page.bytes.end()).find("Left ankle") != std::string::npos);
  CHECK(handed_over(protocol::ExportKind::AnalysisJson, {}).media_type == "application/json");
  const auto mentions = [](const protocol::ExportReply& file) {
    return std::string(file.bytes.begin(), file.bytes.end()).find("rejected_by_person") != std::string::npos;
  };
  CHECK_FALSE(mentions(handed_over(protocol::ExportKind::EventsCsv, {})));
  CHECK(mentions(handed_over(protocol::ExportKind::EventsCsv, {Decision::Rejected})));
}

TEST_CASE("A file that is gone, a recording that is not open and a broken message are answered in words") {
  Talk talk;
  talk.send(test::open_file_request(3, 99));
  auto failed = talk.take<protocol::Failed>();
  REQUIRE(failed);
  CHECK(failed->recording == 3);
  CHECK(failed->error.code == ErrorCode::CannotRead);
  talk.send(protocol::Reanalyse{44, {}});
  talk.run();
  failed = talk.take<protocol::Failed>();
  REQUIRE(failed);
  CHECK(failed->recording == 44);
  CHECK_FALSE(failed->error.advice.empty());
  protocol::OpenFile open = test::open_file_request(4, 1);
  talk.add_file(1, "no recording at all\n");
  open.reading = "rate=many\n";
  talk.send(open);
  CHECK(talk.take<protocol::Failed>()->error.code == ErrorCode::BadSetting);
  open.reading.clear();
  talk.send(open);
  talk.run();
  CHECK(talk.take<protocol::Failed>()->recording == 4);
  CHECK_FALSE(talk.step());

  std::vector<protocol::Reply> heard;
  engine::Service service(
      [&](std::vector<std::uint8_t> bytes) { heard.push_back(protocol::decode_reply(bytes).value()); },
      [](std::uint32_t) -> Result<std::shared_ptr<const ByteSource>> { return Error{}; }, [] { return 0.0; });
  const std::vector<std::uint8_t> garbage{1, 2, 3};
  service.receive(garbage);
  REQUIRE(heard.size() == 1);
  CHECK(std::get<protocol::Failed>(heard[0]).error.code == ErrorCode::Malformed);
}

TEST_CASE("A closed recording answers no more") {
  Talk talk;
  test::opened(talk, test::made_file(2.0));
  talk.send(protocol::Close{5});
  talk.send(protocol::TraceRequest{1, 5, protocol::TraceMode::Movement, 0.0, 10.0, 100});
  talk.run();
  CHECK(talk.count<protocol::TraceReply>() == 0);
  CHECK(talk.count<protocol::Failed>() == 1);
}

TEST_CASE("The example opens with events of each kind and a gap") {
  Talk talk;
  talk.send(protocol::OpenExample{1, {}});
  talk.run();
  const auto open = talk.take<protocol::Opened>();
  REQUIRE(open);
  CHECK(open->info.name == word(Word::engine_example));
  CHECK(open->info.gaps.size() == 1);
  for (const EventClass kind : {EventClass::Twitch, EventClass::Burst, EventClass::Rhythmic, EventClass::LimbMovement}) {
    std::size_t found = 0;
    for (const Event& event : open->analysis.events) found += event.event_class == kind ? 1U : 0U;
    CAPTURE(name_of(kind));
    CHECK(found > 0);
  }
  CHECK_FALSE(open->analysis.masks.empty());
}

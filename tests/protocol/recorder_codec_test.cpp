#include <cmath>
#include <limits>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "protocol/recorder.hpp"
#include "protocol/random_messages.hpp"
#include "protocol/recorder_fields.hpp"

namespace klono {
namespace {

using namespace protocol::recorder;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Fills every field with something that is not its default.
class Filler {
 public:
  explicit Filler(test::Random& random) : random_(random) {}

  template <class M, class... Fields>
  void operator()(M&, std::string_view, Fields&... fields) {
    (fill(fields), ...);
  }

 private:
  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  void fill(std::string& text) {
    text = "a \"quoted\" \\ line\n\t \u00e4 {\"json\": 1}";
    text.append(below(9), 'x');
  }
  void fill(bool& value) { value = !value; }
  void fill(double& value) { value = below(6) == 0 ? kNaN : static_cast<double>(random_()) / 1e7 - 3e10; }
  void fill(float& value) { value = below(6) == 0 ? std::nanf("") : static_cast<float>(random_()) / 3e19F - 0.2F; }
  template <class T>
    requires std::is_integral_v<T>
  void fill(T& value) { value = static_cast<T>(random_()); }
  template <class E>
    requires std::is_enum_v<E>
  void fill(E& value) { value = static_cast<E>(below(names_of(value).count)); }
  template <class T>
  void fill(std::vector<T>& values) {
    values.resize(below(5));
    for (T& value : values) fill(value);
  }
  void fill(StoredRecording& recording) { visit_named(*this, recording); }

  test::Random& random_;
};

/// Every message of a variant, filled; `check` sees each.
template <class Message, std::size_t... I, class Check>
void for_each_kind(std::index_sequence<I...>, Check check) {
  test::Random random(9);
  for (int round = 0; round < 50; ++round) {
    Filler filler(random);
    const auto one = [&](auto body) {
      visit_named(filler, body);
      check(Message{body});
    };
    (one(std::variant_alternative_t<I, Message>{}), ...);
  }
}

template <class Message, class Check>
void for_each_kind(Check check) {
  for_each_kind<Message>(std::make_index_sequence<std::variant_size_v<Message>>(), check);
}

TEST_CASE("Every order and every piece of news comes back with every field as it was") {
  // Compared as JSON by a library that knows nothing of our structs; not-a-number is null on both sides.
  for_each_kind<Order>([](const Order& order) {
    const Result<Order> back = decode_order(encode(order));
    REQUIRE(back.ok());
    CHECK(back.value().index() == order.index());
    CHECK(nlohmann::json::parse(encode(back.value())) == nlohmann::json::parse(encode(order)));
  });
  for_each_kind<News>([](const News& news) {
    const Result<News> back = decode_news(encode(news));
    REQUIRE(back.ok());
    CHECK(back.value().index() == news.index());
    CHECK(nlohmann::json::parse(encode(back.value())) == nlohmann::json::parse(encode(news)));
  });
}

TEST_CASE("The JSON of a message is that written down here") {
  CHECK(nlohmann::json::parse(encode(Order{TaskBegin{Task::ArmsOut}})) == nlohmann::json::parse(R"({"kind": "task-begin", "task": "arms-out"})"));
  CHECK(nlohmann::json::parse(encode(Order{RecordEnd{}})) == nlohmann::json::parse(R"({"kind": "record-end"})"));
  CHECK(nlohmann::json::parse(encode(Order{RecordBegin{"2026-11-26-22-48-05", "{}", 600.0, true, false}})) ==
        nlohmann::json::parse(R"({"kind": "record-begin", "id": "2026-11-26-22-48-05", "context": "{}", "planned_s": 600.0, "night": true,
                                  "live_count": false})"));
  CHECK(nlohmann::json::parse(encode(News{Sensor{SensorState::BusyElsewhere}})) ==
        nlohmann::json::parse(R"({"kind": "sensor", "state": "busy-elsewhere"})"));
  CHECK(nlohmann::json::parse(encode(News{Trouble{TroubleKind::ScreenMaySleep, true}})) ==
        nlohmann::json::parse(R"({"kind": "trouble", "trouble": "screen-may-sleep", "over": true})"));
}

TEST_CASE("News of the recorder's script are understood: whole numbers where halves are allowed, unknown keys passed over") {
  const Result<News> news = decode_news(R"({"kind": "stored", "recordings": [{"id": "a", "bytes": 12, "begun_unix_ms": 1795555800000,
      "finished": false, "colour": "blue"}], "in_use_elsewhere": true, "more": [1, {"a": 2}]})");
  REQUIRE(news.ok());
  const auto& stored = std::get<Stored>(news.value());
  CHECK(stored.in_use_elsewhere);
  REQUIRE(stored.recordings.size() == 1);
  CHECK(stored.recordings[0].id == "a");
  CHECK(stored.recordings[0].bytes == 12.0);
  CHECK(stored.recordings[0].begun_unix_ms == 1795555800000.0);
  CHECK_FALSE(stored.recordings[0].finished);
  CHECK(stored.recordings[0].readable);
}

TEST_CASE("Fields that are left out keep their default") {
  const Result<News> news = decode_news(R"({"kind": "abilities"})");
  REQUIRE(news.ok());
  CHECK(std::get<Abilities>(news.value()).free_bytes == -1.0);
  CHECK(std::get<Abilities>(news.value()).store == StoreKind::Memory);
  const Result<Order> order = decode_order(R"({"kind": "strength", "number": 3})");
  REQUIRE(order.ok());
  CHECK(std::get<Strength>(order.value()).number == 3);
  CHECK(std::get<Strength>(order.value()).strength == -1);
}

TEST_CASE("Not-a-number and infinity become null, and null becomes not-a-number") {
  Check check;
  check.rate_hz = kNaN;
  check.jitter_ms = std::numeric_limits<double>::infinity();
  check.trace_x = {0.5F, std::nanf(""), -0.25F};
  const std::string text = encode(News{check});
  const auto json = nlohmann::json::parse(text);
  CHECK(json["rate_hz"].is_null());
  CHECK(json["jitter_ms"].is_null());
  CHECK(json["trace_x"] == nlohmann::json::parse("[0.5, null, -0.25]"));
  const Result<News> back = decode_news(text);
  REQUIRE(back.ok());
  CHECK(std::isnan(std::get<Check>(back.value()).rate_hz));
  CHECK(std::isnan(std::get<Check>(back.value()).trace_x[1]));
  CHECK(std::get<Check>(back.value()).trace_x[2] == -0.25F);
}

TEST_CASE("What is no message is malformed") {
  for (const char* text : {"", "{", "[]", "null", "7", "\"mark\"", "{}", R"({"kind": 3})", R"({"kind": "marker"})", R"({"kind": "Mark"})", R"({"kind": "saved"})",
                           R"({"kind": "mark", "number": "1"})", R"({"kind": "mark", "number": -1})", R"({"kind": "mark", "number": 1.5})",
                           R"({"kind": "mark", "number": 4294967296})", R"({"kind": "mark", "number": null})",
                           R"({"kind": "record-begin", "night": 1})", R"({"kind": "record-begin", "id": null})",
                           R"({"kind": "record-begin", "planned_s": "600"})", R"({"kind": "task-begin", "task": "ArmsOut"})",
                           R"({"kind": "task-begin", "task": 1})", R"({"kind": "mark", "number": 1} x)"}) {
    const Result<Order> order = decode_order(text);
    CAPTURE(text);
    REQUIRE_FALSE(order.ok());
    CHECK(order.error().code == ErrorCode::Malformed);
  }
  for (const char* text : {R"({"kind": "mark"})", R"({"kind": "stored", "recordings": {}})", R"({"kind": "stored", "recordings": [3]})",
                           R"({"kind": "stored", "recordings": [{"id": 3}]})", R"({"kind": "check", "trace_x": [true]})"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_news(text).ok());
  }
}

TEST_CASE("Text that is no UTF-8 still makes JSON") {
  const std::string text = encode(Order{StoreCard{"a", "\xFF\xC0 card"}});
  CHECK_FALSE(nlohmann::json::parse(text, nullptr, false).is_discarded());
  CHECK(decode_order(text).ok());
}

}  // namespace
}  // namespace klono

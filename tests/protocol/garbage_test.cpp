#include <doctest/doctest.h>

#include "protocol/codec.hpp"
#include "protocol/random_messages.hpp"

namespace klono {
namespace {

using protocol::Reply;
using protocol::Request;

constexpr std::size_t kHeader = 12;

TEST_CASE("A message that is cut anywhere is malformed") {
  test::Random random(3);
  for (std::size_t index = 0; index < std::variant_size_v<Request>; ++index) {
    const auto bytes = protocol::encode(test::random_request(random, index));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto decoded = protocol::decode_request(std::span(bytes).first(size));
      REQUIRE_FALSE(decoded.ok());
      CHECK(decoded.error().code == ErrorCode::Malformed);
    }
  }
  for (std::size_t index = 0; index < std::variant_size_v<Reply>; ++index) {
    const auto bytes = protocol::encode(test::random_reply(random, index));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto decoded = protocol::decode_reply(std::span(bytes).first(size));
      REQUIRE_FALSE(decoded.ok());
      CHECK(decoded.error().code == ErrorCode::Malformed);
    }
  }
}

TEST_CASE("A message with something behind it is malformed") {
  test::Random random(4);
  for (std::size_t index = 0; index < std::variant_size_v<Request>; ++index) {
    auto bytes = protocol::encode(test::random_request(random, index));
    bytes.push_back(0);
    const auto decoded = protocol::decode_request(bytes);
    REQUIRE_FALSE(decoded.ok());
    CHECK(decoded.error().code == ErrorCode::Malformed);
  }
}

TEST_CASE("Another magic, an unknown message and a value outside its enum are malformed") {
  auto bytes = protocol::encode(Request{protocol::Cancel{1, true}});
  for (const auto& [at, value] : {std::pair<std::size_t, std::uint8_t>{0, 'X'}, {8, std::variant_size_v<Request>}, {11, 1}, {16, 2}}) {
    auto changed = bytes;
    changed[at] = value;
    const auto decoded = protocol::decode_request(changed);
    REQUIRE_FALSE(decoded.ok());
    CHECK(decoded.error().code == ErrorCode::Malformed);
  }
}

TEST_CASE("A count beyond the buffer is malformed and reserves nothing") {
  protocol::SpectrogramReply reply;
  reply.level = {1, 2, 3};
  auto bytes = protocol::encode(Reply{reply});
  for (std::size_t i = 0; i < 4; ++i) bytes[bytes.size() - 7 + i] = 0xFF;
  CHECK_FALSE(protocol::decode_reply(bytes).ok());

  protocol::Opened opened;
  auto empty = protocol::encode(Reply{opened});
  for (std::size_t i = 0; i < 4; ++i) empty[empty.size() - 4 + i] = 0xFF;
  CHECK_FALSE(protocol::decode_reply(empty).ok());
}

TEST_CASE("Damaged messages are refused or read as some other valid message, never a crash") {
  test::Random random(5);
  for (int i = 0; i < 4000; ++i) {
    auto bytes = protocol::encode(test::random_reply(random, random() % std::variant_size_v<Reply>));
    for (std::uint64_t changes = 1 + random() % 4; changes > 0; --changes) bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
    const Result<Reply> decoded = protocol::decode_reply(bytes);
    if (!decoded.ok()) continue;
    CHECK(protocol::encode(decoded.value()) == bytes);  // what is accepted is exactly what was sent
  }
}

TEST_CASE("Random bytes behind a valid head are never a crash") {
  test::Random random(6);
  for (int i = 0; i < 4000; ++i) {
    auto bytes = protocol::encode(Request{protocol::Close{1}});
    bytes.resize(kHeader + random() % 300);
    bytes[8] = static_cast<std::uint8_t>(random() % (std::variant_size_v<Request> + 1));
    for (std::size_t at = kHeader; at < bytes.size(); ++at) bytes[at] = static_cast<std::uint8_t>(random() % 5 == 0 ? random() : 0);
    const Result<Request> decoded = protocol::decode_request(bytes);
    if (decoded.ok()) CHECK(protocol::encode(decoded.value()) == bytes);
  }
}

}  // namespace
}  // namespace klono

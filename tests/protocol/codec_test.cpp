#include <doctest/doctest.h>

#include "protocol/codec.hpp"
#include "protocol/random_messages.hpp"

namespace klono {
namespace {

using protocol::Reply;
using protocol::Request;

TEST_CASE("Every request comes back with every field as it was") {
  test::Random random(1);
  for (std::size_t index = 0; index < std::variant_size_v<Request>; ++index) {
    for (int i = 0; i < 200; ++i) {
      const Request request = test::random_request(random, index);
      REQUIRE(request.index() == index);
      const Result<Request> decoded = protocol::decode_request(protocol::encode(request));
      REQUIRE(decoded.ok());
      CHECK(test::same(request, decoded.value()));
    }
  }
}

TEST_CASE("Every reply comes back with every field as it was") {
  test::Random random(2);
  for (std::size_t index = 0; index < std::variant_size_v<Reply>; ++index) {
    for (int i = 0; i < 200; ++i) {
      const Reply reply = test::random_reply(random, index);
      REQUIRE(reply.index() == index);
      const Result<Reply> decoded = protocol::decode_reply(protocol::encode(reply));
      REQUIRE(decoded.ok());
      CHECK(test::same(reply, decoded.value()));
    }
  }
}

TEST_CASE("The bytes of a message are those written down here, on every machine") {
  const std::vector<std::uint8_t> bytes = protocol::encode(Request{protocol::Cancel{0x01020304, true}});
  CHECK(bytes == std::vector<std::uint8_t>{'K', 'L', 'N', 'P', 8, 0, 0, 0, 3, 0, 0, 0, 4, 3, 2, 1, 1});

  protocol::TraceRequest request;
  request.request = 5;
  request.begin_s = -2.0;
  const std::vector<std::uint8_t> trace = protocol::encode(Request{request});
  REQUIRE(trace.size() == 12 + 4 + 4 + 1 + 8 + 8 + 4);
  const std::vector<std::uint8_t> begin(trace.begin() + 21, trace.begin() + 29);
  CHECK(begin == std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 0, 0xC0});  // IEEE 754 binary64 of -2
}

TEST_CASE("A message of another version is refused with the advice to reload") {
  std::vector<std::uint8_t> bytes = protocol::encode(Request{protocol::Close{1}});
  bytes[4] = protocol::kProtocolVersion + 1;
  const Result<Request> decoded = protocol::decode_request(bytes);
  REQUIRE_FALSE(decoded.ok());
  CHECK(decoded.error().code == ErrorCode::Internal);
  CHECK_FALSE(decoded.error().advice.empty());
}

}  // namespace
}  // namespace klono

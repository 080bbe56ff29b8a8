#include <algorithm>
#include <cstdlib>
#include <span>

#include "fuzz/targets.hpp"
#include "protocol/codec.hpp"

namespace klono::fuzz {
namespace {

template <class Decoded>
void check(const Decoded& decoded, std::span<const std::uint8_t> bytes) {
  if (!decoded.ok()) {
    if (decoded.error().what.empty()) std::abort();
    return;
  }
  const std::vector<std::uint8_t> again = protocol::encode(decoded.value());
  if (!std::ranges::equal(again, bytes)) std::abort();
}

}  // namespace

void feed_codec(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  check(protocol::decode_request(bytes), bytes);
  check(protocol::decode_reply(bytes), bytes);
}

}  // namespace klono::fuzz

#include "protocol/codec.hpp"

#include <utility>

#include "base/words.hpp"
#include "protocol/wire.hpp"

namespace klono::protocol {
namespace {

constexpr std::uint32_t kMagic = 0x504E4C4B;  // "KLNP"

template <class Message>
std::vector<std::uint8_t> encode_any(const Message& message) {
  Writer writer;
  writer.put(kMagic);
  writer.put(kProtocolVersion);
  writer.put(static_cast<std::uint32_t>(message.index()));
  std::visit([&](const auto& body) { writer.put(body); }, message);
  return writer.take();
}

/// Makes the alternative with that index; false when there is none.
template <class Message, std::size_t... I>
bool emplace_index(Message& message, std::uint32_t index, std::index_sequence<I...>) {
  return ((index == I && (message.template emplace<I>(), true)) || ...);
}

Error malformed() { return {ErrorCode::Malformed, std::string(word(Word::engine_message_malformed))}; }

template <class Message>
Result<Message> decode_any(std::span<const std::uint8_t> bytes) {
  Reader reader(bytes);
  std::uint32_t magic = 0, version = 0, index = 0;
  reader.get(magic);
  reader.get(version);
  if (!reader.ok() || magic != kMagic) return malformed();
  if (version != kProtocolVersion)
    return Error{ErrorCode::Internal, std::string(word(Word::engine_message_version)),
                 std::string(word(Word::engine_message_version_advice))};
  reader.get(index);
  Message message;
  if (!reader.ok() || !emplace_index(message, index, std::make_index_sequence<std::variant_size_v<Message>>())) return malformed();
  std::visit([&](auto& body) { reader.get(body); }, message);
  if (!reader.ok() || !reader.at_end()) return malformed();
  return message;
}

}  // namespace

std::vector<std::uint8_t> encode(const Request& request) { return encode_any(request); }
std::vector<std::uint8_t> encode(const Reply& reply) { return encode_any(reply); }
Result<Request> decode_request(std::span<const std::uint8_t> bytes) { return decode_any<Request>(bytes); }
Result<Reply> decode_reply(std::span<const std::uint8_t> bytes) { return decode_any<Reply>(bytes); }

}  // namespace klono::protocol
